"""The state of the last build: an order in, whether the site is as it would be made; a build of nothing new is over at once."""

import hashlib
import json
from pathlib import Path

from kb.records.folder import entries
from kb.site.project import Order, installed, repository_of


def fingerprint(order: Order) -> str:
    """Names everything that the site depends on; equal fingerprints mean equal sites."""
    trees = (Path(__file__).parents[1], order.project / "overrides", order.project / "content", order.records)
    config = (order.project / "mkdocs.yml").read_text("utf-8")
    repository = repository_of(order.project, order.records)
    return _digest(
        "\n".join([installed(), config, f"{order.today} {order.audience} {repository}", *(_stamps(tree) for tree in trees)])
    )


def _stamps(folder: Path) -> str:
    """The name, size and time of every file below a folder."""
    found = [(name, entry.stat()) for name, entry in entries(folder) if not name.endswith(".pyc")]
    return "\n".join([str(folder.resolve()), *sorted(f"{name} {s.st_size} {s.st_mtime_ns}" for name, s in found)])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def ledger_of(order: Order) -> Path:
    """The file that remembers the last build into a folder."""
    return order.project / "build" / f"state-{_digest(str(order.out.resolve()))[:12]}.json"


def remember(ledger: Path, inputs: str, out: Path, pages: int) -> None:
    """Note what a site was made of, and what it is."""
    state = {"inputs": inputs, "pages": pages, "outputs": _digest(_stamps(out))}
    ledger.parent.mkdir(parents=True, exist_ok=True)
    ledger.write_text(json.dumps(state), "utf-8")


def unchanged(ledger: Path, inputs: str, out: Path) -> int:
    """The number of pages when neither the inputs nor the written site have changed since; else 0."""
    try:
        state = json.loads(ledger.read_text("utf-8"))
    except (OSError, ValueError):
        return 0
    same = state.get("inputs") == inputs and out.is_dir() and state.get("outputs") == _digest(_stamps(out))
    return int(state["pages"]) if same else 0
