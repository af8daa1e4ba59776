"""The workflows: pinned, least rights, nothing untrusted in a shell, and every step does what it says in a scratch clone."""

import json
import os
import re
import shutil
import socket
import subprocess
from datetime import date
from pathlib import Path

import pytest
import yaml
from aiosmtpd.controller import Controller

from conftest import FILES, Tree
from fault_server import rss
from kb.editing import forms
from kb.editing.forms import questions
from kb.fetching.sources import Source, listed
from kb.records.reading import load
from kb.records.schema import files, write
from kb.upkeep.reach import links_of
from trees import CONTENT

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[1]
BIN = PROJECT / ".venv" / "bin"
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
USES = re.compile(r"^\s*(?:- )?uses: (.+)$", re.MULTILINE)
PINNED = re.compile(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\Z")
EXPRESSION = re.compile(r"\$\{\{")
# What a step may call: what a person calls, git, GitHub's own command, and the shell.
CALLED = {
    ".venv/bin/kb",
    "make",
    "git",
    "gh",
    ".ci/propose",
    ".ci/run",
    ".ci/recall",
    ".ci/publish",
    "cat",
    "echo",
    "printf",
    "if",
    "for",
    "exit",
    "code=0",
}
CALLED |= {"book=$(mktemp)", "trap", "newest=$(printf", "--preview"}
FAKE_GH = """#!/bin/sh
printf '%s\\n' "gh $*" >> "$FAKE_LOG"
while [ $# -gt 0 ]; do
  if [ "$1" = --body-file ]; then cat "$2" >> "$FAKE_LOG.bodies"; fi
  shift
done
case "$(tail -n 1 "$FAKE_LOG")" in
  *"/runs?"*) cat "$FAKE_LOG.runs" ;;
  *"actions/workflows") cat "$FAKE_LOG.workflows" ;;
  *"pr list"*) if [ -e "$FAKE_LOG.open" ]; then echo 12; fi ;;
  *"pr create"*) touch "$FAKE_LOG.open" ;;
esac
"""


def jobs(path):
    """The jobs of a workflow."""
    return yaml.safe_load(path.read_text("utf-8"))["jobs"]


def steps(path):
    """Every step that runs something: (job, number, script, step)."""
    return [
        (job, n, step["run"], step) for job, row in jobs(path).items() for n, step in enumerate(row["steps"]) if "run" in step
    ]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_its_full_hash(path):
    """GitHub's own actions only, each by forty digits with its version beside it."""
    assert [use for use in USES.findall(path.read_text("utf-8")) if not PINNED.match(use)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_rights_are_given_per_job_and_none_above(path):
    """permissions: {} on top; each job names what it needs and has a time limit."""
    assert yaml.safe_load(path.read_text("utf-8"))["permissions"] == {}
    assert all("permissions" in job and "timeout-minutes" in job for job in jobs(path).values())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_checkout_keeps_its_credentials(path):
    """What runs after a checkout cannot push by accident."""
    found = [step for job in jobs(path).values() for step in job["steps"] if "checkout" in step.get("uses", "")]
    assert [step["with"]["persist-credentials"] for step in found] == [False] * len(found)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_expression_stands_in_a_script(path):
    """What GitHub fills in reaches a script by its environment alone."""
    assert [script for _, _, script, _ in steps(path) if EXPRESSION.search(script)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_step_calls_what_a_person_calls(path):
    """make, kb, git and gh; no program that is not in this repository or on the runner."""
    lines = [line.strip() for _, _, script, _ in steps(path) for line in script.splitlines()]
    assert {line.split()[0] for line in lines if line} <= CALLED


@pytest.mark.parametrize(
    "tool", [["zizmor", "--offline", "--no-progress", "."], ["actionlint", "-shellcheck="]], ids=["zizmor", "actionlint"]
)
def test_the_workflows_are_clean(tool):
    """zizmor and actionlint find nothing."""
    done = subprocess.run([BIN / tool[0], *tool[1:]], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# --- every step in a scratch clone


LINKS = 20  # so many that all of them cannot fail at once for reasons of their own
SOURCES = b"""\
feeds:
  - {url: "https://www.no.example/feed", evidence: seen}
  - {url: "https://www.no.example/press/feed", evidence: seen}
watch:
  - url: https://www.no.example/about
"""


def is_program(name):
    """Whether a file belongs to the program, and not to the records, the pages or the tests."""
    parts = name.split("/")
    return bool(name) and parts[0] not in ("content", "tests") and (parts[0] != "networks" or name.endswith(".schema.json"))


class Scratch:
    """A clone of the repository with an origin, a fake gh, and the environment of a runner."""

    def __init__(self, folder: Path) -> None:
        self.clone, self.log, self.folder = folder / "clone", folder / "gh.log", folder
        self.origin = folder / "origin.git"
        self.clone.mkdir()
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\n")
        for name in filter(is_program, listed):
            if (PROJECT / name).is_file():
                (self.clone / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(PROJECT / name, self.clone / name)
        tree = Tree(self.clone / "networks")
        tree.edit("nno/network.yml", "kind: ombudsman", "# of a person\nkind: ombudsman")
        tree.write("nno/network.yml", (tree.root / "nno/network.yml").read_bytes() + SOURCES)
        for number in range(LINKS):
            text = FILES["nno/resources/guide.yml"].replace("no.example/guide", f"no.example/guide-{number}")
            tree.write(f"nno/resources/guide-{number}.yml", text)
        write([*files(self.clone, tree.root), *forms.files(self.clone, tree.load()[0])])
        shutil.copytree(CONTENT, self.clone / "content")
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Editor")
        self.git("config", "user.email", "editor@example.org")
        self.commit("first")
        subprocess.run(["git", "clone", "--quiet", "--bare", self.clone, self.origin], check=True, capture_output=True)
        self.git("remote", "add", "origin", str(self.origin))
        (self.clone / ".venv").mkdir()
        (self.clone / ".venv" / "bin").symlink_to(BIN)
        for mark in ("ready", "ready-for-tests"):
            (self.clone / ".venv" / mark).touch()
        fakes = folder / "fakes"
        fakes.mkdir()
        (fakes / "gh").write_text(FAKE_GH, "utf-8")
        (fakes / "gh").chmod(0o755)
        self.environment = {
            "PATH": f"{fakes}:{os.environ['PATH']}",
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "FAKE_LOG": str(self.log),
            "GITHUB_ACTIONS": "true",
            "CI": "true",
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
            "GITHUB_EVENT_PATH": str(folder / "event.json"),
            "GH_TOKEN": "none",
            "GH_REPO": "office/kb",
            "KB_TODAY": "2026-11-22",
        }

    def git(self, *arguments):
        """Run git in the clone and return what it prints."""
        return subprocess.run(["git", *arguments], cwd=self.clone, capture_output=True, text=True, check=True).stdout

    def commit(self, message):
        """Commit everything."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def run(self, script, **environment):
        """Run a step as GitHub does: bash -e with pipefail, in a fresh process."""
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.clone, capture_output=True, text=True, check=False, env={**self.environment, **environment},
        )  # fmt: skip

    def edit(self, path, old, new):
        """Change one place of a file."""
        file = self.clone / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    @property
    def called(self):
        """What was asked of gh, a line a call."""
        return self.log.read_text("utf-8").splitlines() if self.log.exists() else []

    @property
    def bodies(self):
        """What was written in comments and proposals."""
        file = self.log.with_name(self.log.name + ".bodies")
        return file.read_text("utf-8") if file.exists() else ""


@pytest.fixture
def scratch(tmp_path):
    """A scratch clone."""
    return Scratch(tmp_path)


def script_of(workflow, name):
    """The script of a step by its name."""
    path = PROJECT / ".github" / "workflows" / f"{workflow}.yml"
    return next(script for _, _, script, step in steps(path) if step["name"] == name)


GUIDE = "networks/nno/network.yml"
PULL = {
    "BRANCH": 'edit"; touch pwned; "',
    "REPOSITORY": "https://github.com/office/kb",
    "COPY": "https://github.com/office/kb/actions/runs/7",
}


def test_a_right_proposal_is_checked_built_and_answered(scratch):
    """check.yml: every step succeeds, and the comment is ready with the change in words."""
    scratch.edit(GUIDE, "en: Northern Network of Ombudspersons", "en: Northern Network of Ombudspersons (NNO)")
    scratch.commit("one change")
    for name in ("Set up", "Check the records", "Build the site", "Write the answer", "Answer in the one comment"):
        done = scratch.run(script_of("check", name), NUMBER="12", **PULL)
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
    assert (scratch.clone / "site" / "index.html").is_file()
    assert "gh pr comment 12 --edit-last --create-if-none --body-file answer.md" in scratch.called
    assert "მზად არის" in scratch.bodies
    assert "Northern Network of Ombudspersons (NNO)" in (scratch.folder / "summary").read_text("utf-8")
    assert not (scratch.clone / "pwned").exists()


def test_a_wrong_proposal_fails_the_check_and_is_answered(scratch):
    """check.yml: the check fails with annotations at file and line, the comment says what to mend."""
    scratch.edit(GUIDE, "kind: ombudsman", "kind: ombudsmen")
    scratch.commit("one mistake")
    done = scratch.run(script_of("check", "Check the records"))
    assert (done.returncode, done.stdout.startswith(f"::error file={GUIDE},line=")) == (1, True)
    assert scratch.run(script_of("check", "Build the site")).returncode == 1
    assert scratch.run(script_of("check", "Write the answer"), **PULL).returncode == 0
    assert "გასასწორებელია: 1" in (scratch.clone / "answer.md").read_text("utf-8")


def issue(scratch, title):
    """Write the event of a filled-in form whose title is hostile."""
    answers = {
        "network": "(nno)", "title.ka": title, "title.en": title, "type": "(handbook)", "url": "https://www.no.example/new",
        "languages": "(en)", "themes": "(juvenile)", "summary.ka": "რა არის.",
    }  # fmt: skip
    asked = questions("resource", load(scratch.clone / "networks", date(2026, 11, 22))[0])
    body = "\r\n\r\n".join(f"### {q.label}\r\n\r\n{answers.get(q.way, '_No response_')}" for q in asked)
    event = {"action": "opened", "issue": {"number": 7, "title": title, "body": body, "author_association": "MEMBER"}}
    (scratch.folder / "event.json").write_text(json.dumps(event), "utf-8")


def test_a_filled_in_form_becomes_a_checked_proposal(scratch):
    """intake.yml: the record is made, checked, pushed to its branch and proposed; the form's words reach no shell."""
    issue(scratch, "New $(touch pwned) `touch pwned` guide")
    done = scratch.run(script_of("intake", "Make the record"))
    assert (done.returncode, (scratch.folder / "output").read_text("utf-8")) == (0, "code=0\n"), done.stdout + done.stderr
    assert scratch.run(script_of("intake", "Say what became of it"), NUMBER="7").returncode == 0
    done = scratch.run(script_of("intake", "Propose it and answer the proposal"), NUMBER="7")
    assert done.returncode == 0, done.stdout + done.stderr
    listed = scratch.git("--git-dir", str(scratch.origin), "diff", "--name-only", "main", "form-7")
    assert listed == "networks/nno/resources/new-touch-pwned-touch-pwned-guide.yml\n"
    assert any(line.startswith("gh pr create --head form-7") for line in scratch.called)
    assert "Closes #7" in scratch.bodies
    assert not list(scratch.folder.rglob("pwned"))


def test_a_form_is_proposed_once(scratch):
    """intake.yml: when the issue is edited after its branch is there, the branch is left as a person may have changed it."""
    issue(scratch, "New guide")
    for _ in range(2):
        scratch.run(script_of("intake", "Make the record"))
        assert scratch.run(script_of("intake", "Propose it and answer the proposal"), NUMBER="7").returncode == 0
        scratch.git("checkout", "--quiet", "main")
        scratch.git("reset", "--quiet", "--hard", "HEAD~1") if "form" in scratch.git("log", "-1", "--format=%s") else None
    assert sum(line.startswith("gh pr create") for line in scratch.called) == 1


def test_a_half_empty_form_is_told_what_is_missing(scratch):
    """intake.yml: nothing is proposed, the comment lists the questions."""
    issue(scratch, "")
    scratch.run(script_of("intake", "Make the record"))
    assert (scratch.folder / "output").read_text("utf-8") == "code=1\n"
    scratch.run(script_of("intake", "Say what became of it"), NUMBER="7")
    assert "ჩანაწერი ჯერ არ შექმნილა" in scratch.bodies
    assert scratch.git("status", "--porcelain", "networks") == ""


def test_an_issue_without_a_form_is_left_to_people(scratch):
    """intake.yml: the code is 2, and no step after it is for such an issue."""
    (scratch.folder / "event.json").write_text(json.dumps({"issue": {"body": "გამარჯობა"}}), "utf-8")
    assert scratch.run(script_of("intake", "Make the record")).returncode == 0
    assert (scratch.folder / "output").read_text("utf-8") == "code=2\n"


def test_what_a_robot_wrote_is_proposed_in_one_pull_request(scratch):
    """fetch.yml: what is new is pushed to one branch; the next week renews that proposal; no news propose nothing."""
    script = script_of("fetch", "Check and propose")
    assert scratch.run(script).returncode == 0
    assert scratch.called == []
    for week in ("first", "second"):
        scratch.edit(GUIDE, "# of a person", f"# {week}\n# of a person")
        done = scratch.run(script)
        assert done.returncode == 0, done.stdout + done.stderr
        assert week in scratch.git("--git-dir", str(scratch.origin), "show", f"fetched:{GUIDE}")
    assert [line.split()[2] for line in scratch.called if line.startswith("gh pr") and "list" not in line] == ["create", "edit"]


def fresh(scratch):
    """A fresh runner: main as it is at the origin."""
    scratch.git("checkout", "--quiet", "--force", "main")
    scratch.git("fetch", "--quiet", "origin")
    scratch.git("reset", "--quiet", "--hard", "origin/main")


def begin(scratch, workflow, step, **environment):
    """A fresh runner, and what a step takes up of a proposal."""
    fresh(scratch)
    done = scratch.run(script_of(workflow, step), **environment)
    assert done.returncode == 0, done.stdout + done.stderr


RECALL = "Take up what the open proposal holds"


def monday(scratch, day, folder):
    """The steps of fetch.yml about links on a fresh runner, with saved answers; whether the links could be asked for."""
    begin(scratch, "fetch", RECALL, KB_TODAY=day)
    asked = scratch.run(f"{script_of('fetch', 'Ask for the links')} --offline {folder}", KB_TODAY=day)
    done = scratch.run(script_of("fetch", "Check and propose"), KB_TODAY=day)
    assert done.returncode == 0, done.stdout + done.stderr
    return asked.returncode == 0


def answering(scratch, urls, status):
    """Saved answers: each address opens, or has the status that is given for it."""
    folder = scratch.folder / "links"
    folder.mkdir(exist_ok=True)
    (folder / "page").write_bytes(b"<html></html>")
    index = {url: {"status": status.get(url, 200), "body": "page"} for url in urls}
    (folder / "index.json").write_text(json.dumps(index), "utf-8")
    return folder


def test_a_link_that_died_is_proposed_though_nobody_took_the_first_proposal(scratch):
    """fetch.yml: failed on two Mondays, it is named in the proposal; the first failure is remembered in the open one."""
    scratch.git("fetch", "--quiet", "origin")
    kb, _ = load(scratch.clone / "networks", date(2026, 11, 23))
    urls = links_of(kb)
    dead = kb.networks["nno"].record.website
    folder = answering(scratch, urls, {dead: 404})
    assert monday(scratch, "2026-11-23", folder)
    assert "ბმული აღარ იხსნება" not in scratch.bodies
    assert monday(scratch, "2026-11-30", folder)
    assert f"ბმული აღარ იხსნება: {dead}" in scratch.bodies
    assert dead in (scratch.clone / "site" / "todo" / "index.html").read_text("utf-8")
    assert [line.split()[2] for line in scratch.called if line.startswith("gh pr") and "list" not in line] == ["create", "edit"]


SOURCE = Source("nno/feed", "nno", "feed", "https://www.no.example/feed")


def fetch(scratch, day, *titles):
    """The step Fetch for one feed with these titles."""
    folder = scratch.folder / "feed"
    folder.mkdir(exist_ok=True)
    (folder / "feed").write_bytes(rss(*titles))
    (folder / "index.json").write_text(json.dumps({SOURCE.url: {"body": "feed"}}), "utf-8")
    done = scratch.run(f"{script_of('fetch', 'Fetch')} --only {SOURCE.id} --offline {folder}", KB_TODAY=day)
    assert done.returncode == 0, done.stdout + done.stderr


def fetched(scratch, day, *titles):
    """The steps of fetch.yml on a fresh runner, but for the site; title → its first day in the proposal."""
    begin(scratch, "fetch", RECALL, KB_TODAY=day)
    fetch(scratch, day, *titles)
    (scratch.clone / "body.md").write_text("", "utf-8")
    done = scratch.run(f".venv/bin/kb check && {script_of('fetch', 'Check and propose').splitlines()[-1]}", KB_TODAY=day)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = (scratch.clone / "networks/_fetched" / f"{SOURCE.network}.jsonl").read_text("utf-8").splitlines()
    return {row["title"]: row["first_seen"] for row in map(json.loads, lines)}


def test_what_nobody_has_merged_yet_is_not_lost(scratch):
    """fetch.yml: an item that left its feed stays in the proposal, and what stays in the feed keeps its first day."""
    seen = fetched(scratch, "2026-11-23", "A report", "B report", "C report", "D report")
    assert set(seen.values()) == {"2026-11-23"}
    seen = fetched(scratch, "2026-11-30", "B report", "C report", "D report", "E report")
    assert seen == dict.fromkeys(("A report", "B report", "C report", "D report"), "2026-11-23") | {"E report": "2026-11-30"}


def test_what_was_merged_meanwhile_counts_and_the_open_proposal_beside_it(scratch):
    """fetch.yml: after the quarter's proposal was merged main is newer; items of both stay, each with its first day."""
    fetched(scratch, "2026-11-23", "A report", "B report", "C report", "D report")
    fresh(scratch)
    fetch(scratch, "2026-11-25", "B report", "C report", "D report", "E report")
    scratch.commit("another proposal, merged")
    scratch.git("push", "--quiet", "origin", "main")
    health = (scratch.clone / "networks/_fetched/sources.json").read_bytes()
    begin(scratch, "fetch", RECALL)
    assert (scratch.clone / "networks/_fetched/sources.json").read_bytes() == health
    seen = fetched(scratch, "2026-11-30", "B report", "C report", "D report", "E report", "F report")
    first = dict.fromkeys(("A report", "B report", "C report", "D report"), "2026-11-23")
    assert seen == first | {"E report": "2026-11-25", "F report": "2026-11-30"}


@pytest.mark.parametrize("way", ["--no-ff", "--squash"])
def test_a_proposal_that_was_merged_changes_nothing_any_more(scratch, way):
    """fetch.yml: its branch may still be there; what main says since is newer."""
    fetched(scratch, "2026-11-23", "A report", "B report")
    fresh(scratch)
    scratch.git("merge", "--quiet", way, "origin/fetched")
    scratch.git("commit", "--quiet", "--allow-empty", "--message", "merged")
    scratch.git("push", "--quiet", "origin", "main")
    merged = outputs(scratch)
    begin(scratch, "fetch", RECALL)
    fetch(scratch, "2026-11-23", "A report", "B report")
    assert outputs(scratch) == merged


@pytest.mark.parametrize(
    ("workflow", "step"),
    [
        ("fetch", RECALL),
        ("quarterly", "Take up what the open proposal of the weekly fetch holds"),
        ("deliver", "Take up the ledger of what was sent"),
    ],
)
def test_a_proposal_that_cannot_be_asked_for_stops_the_run(scratch, workflow, step):
    """No answer is not no proposal: it would be begun anew, and everybody would get the mail again."""
    assert scratch.run(script_of(workflow, step)).returncode == 0
    scratch.git("remote", "set-url", "origin", str(scratch.folder / "nowhere"))
    assert scratch.run(script_of(workflow, step)).returncode != 0
    found = [one for _, _, _, one in steps(PROJECT / ".github" / "workflows" / f"{workflow}.yml")]
    names = [one["name"] for one in found]
    assert names.index(step) == 1
    assert "continue-on-error" not in found[1]


def test_when_no_link_opens_the_rest_is_proposed_and_the_run_fails(scratch):
    """fetch.yml: the network is to blame, so nothing is said of links; what was fetched goes its way, the last step fails."""
    scratch.git("fetch", "--quiet", "origin")
    scratch.edit(GUIDE, "# of a person", "# fetched\n# of a person")
    kb, _ = load(scratch.clone / "networks", date(2026, 11, 23))
    folder = answering(scratch, links_of(kb), dict.fromkeys(links_of(kb), 404))
    asked = scratch.run(f"{script_of('fetch', 'Ask for the links')} --offline {folder}")
    assert asked.returncode == 1
    assert scratch.run(script_of("fetch", "Check and propose")).returncode == 0
    listed_files = scratch.git("--git-dir", str(scratch.origin), "diff", "--name-only", "main", "fetched")
    assert listed_files == f"{GUIDE}\n"
    assert scratch.run(script_of("fetch", "Fail when the links could not be asked for")).returncode == 1


def test_the_links_neither_stop_nor_silence_a_fetch():
    """fetch.yml: both steps about links may fail before the proposal; the step that says so is for that case alone."""
    found = {step["name"]: step for _, _, _, step in steps(PROJECT / ".github" / "workflows" / "fetch.yml")}
    names = list(found)
    asking, proposing = names.index("Ask for the links"), names.index("Check and propose")
    assert names.index("Fetch") < asking < proposing < len(names) - 1
    assert all(step["continue-on-error"] for step in list(found.values())[names.index("Fetch") + 1 : proposing])
    assert found[names[-1]]["if"] == f"${{{{ steps.{found['Ask for the links']['id']}.outcome != 'success' }}}}"


def test_the_heartbeat_listens_and_keeps_the_schedules_on(scratch):
    """heartbeat.yml: it fails for an old round, and enables every schedule anew."""
    rows = [
        {"path": f".github/workflows/{path.name}", "state": "active", "created_at": "2026-01-01T00:00:00Z"} for path in WORKFLOWS
    ]
    scratch.log.with_name("gh.log.workflows").write_text(json.dumps({"workflows": rows}), "utf-8")
    for run, code in (("2026-10-02T04:00:00Z", 0), ("2026-07-02T04:00:00Z", 1)):
        scratch.log.with_name("gh.log.runs").write_text(json.dumps({"workflow_runs": [{"created_at": run}]}), "utf-8")
        assert scratch.run(script_of("heartbeat", "Listen")).returncode == code
    assert scratch.run(script_of("heartbeat", "Keep the schedules on")).returncode == 0
    assert [line for line in scratch.called if "enable" in line] == [
        f"gh workflow enable {name}.yml" for name in ("quarterly", "fetch", "heartbeat")
    ]


@pytest.mark.parametrize("target", ["kb@intranet.example:/srv/kb", "-e touch pwned", "", "a b:/x"])
def test_the_site_is_copied_only_to_a_host(scratch, target):
    """deploy.yml: rsync gets the target as one argument; an option or a broken target is refused."""
    fake = scratch.folder / "fakes" / "rsync"
    fake.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$FAKE_LOG.rsync"\n', "utf-8")
    fake.chmod(0o755)
    done = scratch.run(script_of("deploy", "Copy it to the intranet"), TARGET=target, KB_SSH_KEY="key", KB_SSH_KNOWN_HOSTS="host")
    said = scratch.log.with_name("gh.log.rsync")
    assert (done.returncode, said.exists()) == ((0, True) if target.startswith("kb@") else (2, False))
    if said.exists():
        assert said.read_text("utf-8").splitlines()[-2:] == ["site/", f"{target}/"]


# --- the whole quarter, offline


@pytest.fixture
def saved(scratch):
    """Saved answers for every source of the records: feeds with an item, pages with a text."""
    folder = scratch.folder / "saved"
    folder.mkdir()
    kb, _ = load(scratch.clone / "networks", date(2026, 11, 22))
    index = {}
    for number, source in enumerate(listed(kb.networks)):
        page = b"<html><body><main><h1>About</h1><p>The network has many members in Europe.</p></main></body></html>"
        body = page if source.what == "page" else rss(f"Call for applications {number}", f"Annual report {number}")
        index[source.url] = {"body": f"{number}.bin"}
        (folder / f"{number}.bin").write_bytes(body)
    (folder / "index.json").write_text(json.dumps(index), "utf-8")
    return folder


def outputs(scratch):
    """Every file that a round leaves, with its bytes."""
    names = scratch.git("ls-files", "--cached", "--others", "--exclude-standard", "networks").split()
    files = [scratch.clone / name for name in names]
    files += [path for folder in ("site", "out") for path in (scratch.clone / folder).rglob("*") if path.is_file()]
    return {path.relative_to(scratch.clone).as_posix(): path.read_bytes() for path in files if path.name != ".lock"}


def test_the_whole_quarter_offline_happens_once(scratch, saved):
    """On 4 January the fourth quarter is fetched, closed, built and written; the second time changes no byte."""
    script = script_of("quarterly", "Do the round")
    seen = []
    for _ in range(2):
        done = scratch.run(f"{script} --offline {saved}", KB_TODAY="2027-01-04")
        assert done.returncode == 0, done.stdout + done.stderr
        seen.append(outputs(scratch))
    assert seen[0] == seen[1]
    assert "networks/_quarters/2026-Q4.json" in seen[0]
    assert [name for name in seen[0] if name.startswith("networks/_quarters/") and name.endswith(".json")] == [
        "networks/_quarters/2026-Q4.json"
    ]
    assert any(name.startswith("out/2026-Q4/") and name.endswith(".eml") for name in seen[0])
    assert "networks/_fetched/nno.jsonl" in seen[0]


def test_the_quarter_is_proposed_for_a_person_to_read(scratch, saved):
    """quarterly.yml: after the round one pull request with the snapshot; the same round again proposes nothing new."""
    scratch.run(f"{script_of('quarterly', 'Do the round')} --offline {saved}", KB_TODAY="2027-01-04")
    done = scratch.run(
        script_of("quarterly", "Propose it"), COPY="https://github.com/office/kb/actions/runs/7", KB_TODAY="2027-01-04"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "networks/_quarters/2026-Q4.json" in scratch.git(
        "--git-dir", str(scratch.origin), "ls-tree", "-r", "--name-only", "quarter"
    )
    assert sum(line.startswith("gh pr create --head quarter") for line in scratch.called) == 1


def test_a_weekly_fetch_that_the_network_refuses_fails_loudly(scratch):
    """fetch.yml: when nearly nothing can be reached the step fails, and the records are as they were."""
    empty = scratch.folder / "empty"
    empty.mkdir()
    (empty / "index.json").write_text("{}", "utf-8")
    done = scratch.run(f"{script_of('fetch', 'Fetch')} --offline {empty}")
    assert done.returncode == 1, done.stdout + done.stderr
    assert scratch.run(".venv/bin/kb check").returncode == 0


class Mailbox:
    """What a mail server on this machine received."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):  # noqa: ARG002, N802 - aiosmtpd calls it so
        """Take a letter."""
        self.letters.append(envelope.rcpt_tos)
        return "250 OK"


@pytest.fixture
def post():
    """A mail server on this machine, and its settings."""
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, server_hostname="localhost")
    controller.start()
    yield box, {"KB_SMTP_HOST": "127.0.0.1", "KB_SMTP_PORT": str(port), "KB_SMTP_SECURITY": "none"}
    controller.stop()


def test_a_merged_quarter_is_delivered_once_and_its_ledger_proposed(scratch, post):
    """deliver.yml: each unit gets one letter, a second run on a fresh runner sends none, though nobody took the first proposal.

    The ledger without addresses is proposed, and no file of addresses is left.
    """
    assert scratch.run(".venv/bin/kb quarter 2026-Q4", KB_TODAY="2027-01-04").returncode == 0
    scratch.commit("the quarter")
    scratch.git("push", "--quiet", "origin", "main")
    box, settings = post
    book = "from: bulletin@example.org\nunits:\n  nvd: [nvd@example.org]\n  office: [all@example.org]"
    temporary = scratch.folder / "temporary"
    temporary.mkdir()
    script = script_of("deliver", "Send the last quarter, each unit once")
    for _ in range(2):
        begin(scratch, "deliver", "Take up the ledger of what was sent")
        scratch.run(script, ADDRESSES=book, KB_SITE="https://kb.example.org", TMPDIR=str(temporary), **settings)
        done = scratch.run(script_of("deliver", "Propose the ledger of what was sent"))
        assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(box.letters) == [["all@example.org"], ["nvd@example.org"]]
    assert list(temporary.iterdir()) == []
    listed_files = scratch.git("--git-dir", str(scratch.origin), "diff", "--name-only", "main", "delivered")
    assert listed_files == "networks/_quarters/2026-Q4.sent.jsonl\n"
    assert "example.org" not in scratch.git("show", "HEAD:networks/_quarters/2026-Q4.sent.jsonl")
