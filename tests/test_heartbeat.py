"""The heartbeat: what GitHub says, and when that is worth an alarm."""

import json

import pytest

ACTIVE = {name: {"path": f".github/workflows/{name}.yml", "state": "active", "created_at": "2026-11-01T00:00:00Z"}
          for name in ("quarterly", "fetch", "heartbeat", "check")}  # fmt: skip


@pytest.fixture
def listen(kb_command, tmp_path):
    """A way to call the heartbeat with the workflows and the last quarterly runs."""

    def call(workflows, runs, *more):
        (tmp_path / "workflows.json").write_text(json.dumps({"workflows": list(workflows.values())}), "utf-8")
        (tmp_path / "runs.json").write_text(json.dumps({"workflow_runs": [{"created_at": run} for run in runs]}), "utf-8")
        return kb_command("heartbeat", "workflows.json", "runs.json", *more)

    return call


@pytest.mark.parametrize("run", ["2026-11-22T04:00:00Z", "2026-08-14T04:00:00Z"])
def test_a_round_within_100_days_is_well(listen, run):
    """On 22 November a round of that day and one of 14 August, 100 days before, are in time."""
    assert listen(ACTIVE, [run]).exit_code == 0


@pytest.mark.parametrize("run", ["2026-08-13T23:00:00Z", "2025-10-02T04:00:00Z"])
def test_a_round_over_100_days_ago_is_an_alarm(listen, run):
    """A round 101 days ago fails, and the day is said."""
    result = listen(ACTIVE, [run], "--lang", "en")
    assert (result.exit_code, "last succeeded on" in result.stdout) == (1, True)


def test_a_round_that_never_was_is_an_alarm_in_time(listen):
    """Before the first quarter there is nothing to miss; after 100 days without a round there is."""
    assert listen(ACTIVE, []).exit_code == 0
    assert listen(ACTIVE, [], "--today", "2027-02-10").exit_code == 1


@pytest.mark.parametrize("name", ["quarterly", "fetch", "heartbeat"])
@pytest.mark.parametrize("state", ["disabled_inactivity", "disabled_manually"])
def test_a_schedule_that_is_off_is_an_alarm(listen, name, state):
    """GitHub's own switching off and a person's are both told, in Georgian, with the workflow's file."""
    result = listen({**ACTIVE, name: {**ACTIVE[name], "state": state}}, ["2026-11-02T04:00:00Z"])
    assert (result.exit_code, f"{name}.yml ({state})" in result.stdout) == (1, True)


def test_a_schedule_that_is_gone_is_an_alarm(listen):
    """A deleted workflow is no silence."""
    rest = {name: row for name, row in ACTIVE.items() if name != "quarterly"}
    assert listen(rest, ["2026-11-02T04:00:00Z"]).exit_code == 1


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"workflows": [{}]}', '{"message": "Bad credentials"}', "nope"])
def test_an_answer_that_is_none_is_no_good_news(listen, kb_command, tmp_path, content):
    """When GitHub refuses or says something else the heartbeat fails, too."""
    listen(ACTIVE, ["2026-11-02T04:00:00Z"])
    (tmp_path / "workflows.json").write_text(content, "utf-8")
    assert kb_command("heartbeat", "workflows.json", "runs.json").exit_code == 2


def test_in_actions_an_alarm_is_an_annotation(listen, monkeypatch):
    """On GitHub the alarm stands at the top of the run."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert listen(ACTIVE, ["2026-01-02T04:00:00Z"]).stdout.startswith("::error::")
