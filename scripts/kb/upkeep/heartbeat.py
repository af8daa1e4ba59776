"""Whether the scheduled work still goes on: what GitHub says of the workflows and the last quarterly round."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kb.words.language import Words

MOST_DAYS = 100  # a quarter has 92 at most; a round that is later than that did not happen
SCHEDULED = ("quarterly", "fetch", "heartbeat")


class Unheard(ValueError):
    """What GitHub answered is not what its API says."""


def worries(workflows: Any, runs: Any, today: date, words: Words) -> list[str]:
    """What is not as it should be, in words; nothing when all is well. Raises Unheard.

    `workflows` and `runs` are GitHub's answers to `repos/…/actions/workflows` and to the successful runs of quarterly.yml,
    the newest first.
    """
    try:
        known = {row["path"].rpartition("/")[2].removesuffix(".yml"): row for row in workflows["workflows"]}
        return [*_schedules(known, words), *_last_round(known, runs["workflow_runs"], today, words)]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise Unheard(f"not an answer of GitHub: {error!r}") from None


def _schedules(known: Mapping[str, Any], words: Words) -> Iterator[str]:
    for name in SCHEDULED:
        if name not in known:
            yield words("heartbeat.missing", name=f"{name}.yml")
        elif known[name]["state"] != "active":
            yield words("heartbeat.off", name=f"{name}.yml", state=str(known[name]["state"]))


def _last_round(known: Mapping[str, Any], runs: Sequence[Any], today: date, words: Words) -> Iterator[str]:
    """The last round; where there was none yet, the days count from the day on which the workflow was made."""
    if not runs and "quarterly" not in known:
        return
    began = runs[0]["created_at"] if runs else known["quarterly"]["created_at"]
    days = (today - date.fromisoformat(began[:10])).days
    if days > MOST_DAYS:
        key = "heartbeat.late" if runs else "heartbeat.never"
        yield words(key, date=words.date(began[:10]), n=days)
