"""The budgets of DESIGN.md, measured in one run as ratios: `make bench`.

Ours builds, checks every link, indexes, exports and writes; Hugo is given our finished bodies and only puts them into a frame.
Hugo's pages are held against ours: the same addresses, links and letters. Seconds are printed and not judged, but for what a
person waits for after an edit. Costs are CPU seconds of a command and its children. What is compared is measured in turn, and
the least of three counts: what a machine does beside them only ever adds to a figure.

With `--beside REVISION` another commit of this repository builds the same real records, with the packages of this one.
"""

import argparse
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from cost import Cost, run
from hugo import for_hugo, held_together

from kb.site.preview import Preview
from trees import deepen

PROJECT = Path(__file__).parents[2]
RECORDS = PROJECT / "networks"
ROUNDS = 3
TODAY = "2026-11-22"
BIN = Path(sys.executable).parent
KB = [sys.executable, "-m", "kb"]
BARE = """
import pathlib, sys, yaml
for path in pathlib.Path(sys.argv[1]).rglob("*.yml"):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""
"""What reading costs at least: the parser's own loader over the same files, in one process as `kb check` is."""
WEBSITE = re.compile(r"^website: (https?://[^\s/]+).*$", re.MULTILINE)
"""What every network has, and every page of one shows."""


def main() -> None:
    """Measure and print one line a budget."""
    parser = argparse.ArgumentParser(description="The budgets of DESIGN.md, as ratios in one run.")
    parser.add_argument("--beside", metavar="REVISION", help="a commit whose program builds the real records, too")
    revision = parser.parse_args().beside
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        scratch = Path(folder)
        beside(scratch, revision)
        edited_real(scratch)
        large(scratch)


def said(what: str, found: float, most: float, of: str = "", form: str = ".2f") -> None:
    """Print a row: what was measured, of which figures it is made, and whether it is within its budget."""
    print(f"{'ok  ' if found <= most else 'OVER'} {what:<66} {of:>16} {found:>8{form}}   budget {most:{form}}", flush=True)


def divided(what: str, ours: float, theirs: float, most: float) -> None:
    """Print a row of a ratio."""
    said(what, ours / theirs, most, f"{ours:.2f} ÷ {theirs:.2f} =")


def built(records: Path, out: Path, project: Path = PROJECT) -> Cost:
    """One build from nothing by a project's own program, as people call it."""
    shutil.rmtree(project / "build", ignore_errors=True)
    return again(records, out, project)


def again(records: Path, out: Path, project: Path = PROJECT) -> Cost:
    """One build beside what the last one left."""
    command = [*KB, "build", "--records", str(records), "--out", str(out), "--today", TODAY]
    return run(command, project, {**os.environ, "PYTHONPATH": str(project / "scripts")})


def least(costs: list[Cost]) -> Cost:
    """The run that cost the least."""
    return min(costs, key=lambda cost: cost.cpu)


# --- the real records


def beside(scratch: Path, revision: str | None) -> None:
    """A full build of the real records, against that of another commit where one is named."""
    if revision is None:
        print("     no other commit was built beside this one: name it with --beside REVISION")
        return
    with worktree(scratch / "other", revision) as other:
        ours, theirs = [], []
        for number in range(ROUNDS):
            ours.append(built(RECORDS, scratch / f"real-{number}"))
            theirs.append(built(RECORDS, scratch / f"other-{number}", other))
    divided(f"real records, full build from nothing ÷ that of {revision}", least(ours).cpu, least(theirs).cpu, 1.5)


@contextmanager
def worktree(folder: Path, revision: str) -> Iterator[Path]:
    """A commit's files in a folder of their own, known to git only while they are needed."""
    subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(folder), revision], cwd=PROJECT, check=True)
    try:
        yield folder
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", str(folder)], cwd=PROJECT, check=True)


def edited_real(scratch: Path) -> None:
    """What a person waits for after an edit of a real record."""
    tree = Path(shutil.copytree(RECORDS, scratch / "real-tree"))
    said("real records, milliseconds from an edit to its page in the preview", 1000 * seen(tree), 100, form=".0f")


def seen(tree: Path) -> float:
    """The median of five edits of a network: seconds from the written file to the rendered page."""
    file = next(path for path in sorted(tree.glob("*/network.yml")) if WEBSITE.search(path.read_text("utf-8")))
    text, page = file.read_text("utf-8"), f"en/networks/{file.parent.name}.html"
    preview = Preview(PROJECT, tree, date.fromisoformat(TODAY))
    preview.page(page)
    times = []
    for number in range(5):
        file.write_text(WEBSITE.sub(rf"website: \1/bench-{number}", text), "utf-8")
        began = time.perf_counter()
        shown = preview.page(page) or ""
        times.append(time.perf_counter() - began)
        if f"/bench-{number}" not in shown:
            sys.exit("the preview did not show the edit")
    file.write_text(text, "utf-8")
    return sorted(times)[2]


# --- 10,000 records


def large(scratch: Path) -> None:
    """10,000 records in the networks that there are, as a base grows: Hugo, growth, the second build, memory, check, preview."""
    small, tree, source = scratch / "tree-1000", scratch / "tree-10000", scratch / "hugo"
    deepen(RECORDS, small, 1_000)
    deepen(RECORDS, tree, 10_000)
    thousand = least([built(small, scratch / f"small-{number}") for number in range(ROUNDS)])
    all_ours, hugo, alone = [], [], []
    # Every build goes into a new folder, and none is removed before the end: a file system that has just let go of tens of
    # thousands of files looks long for room.
    for number in range(ROUNDS):
        site = scratch / f"site-{number}"
        all_ours.append(built(tree, site))
        if not number:
            for_hugo(site, source)
        hugo.append(by_hugo(source, scratch / f"hugo-{number}", "hugo.toml"))
        alone.append(by_hugo(source, scratch / f"alone-{number}", "alone.toml"))
        if not number:
            held_together(site, scratch / "hugo-0")
            held_together(site, scratch / "alone-0")
    ours, pages = least(all_ours), sum(1 for _ in (scratch / "hugo-0").rglob("*.html"))
    divided(f"10,000 records, CPU ÷ Hugo's for {pages:,} pages, as it comes", ours.cpu, least(hugo).cpu, 0.40)
    divided("10,000 records, CPU ÷ Hugo's without its hook for links", ours.cpu, least(alone).cpu, 0.75)
    said("growth exponent from 1,000 to 10,000 records", math.log10(ours.cpu / thousand.cpu), 1.05)
    divided("10,000 records, nothing changed ÷ the first build", again(tree, scratch / f"site-{ROUNDS - 1}").cpu, ours.cpu, 0.05)
    said("10,000 records, MB of the largest process", max(cost.megabytes for cost in all_ours), 600, form=".0f")
    checked(tree)
    divided("10,000 records, edit to new page in the preview ÷ full build, wall", seen(tree), ours.wall, 0.05)


def by_hugo(source: Path, target: Path, configuration: str) -> Cost:
    """One build by Hugo."""
    given = ["--quiet", "--source", str(source), "--config", str(source / configuration), "--destination", str(target)]
    return run([str(BIN / "hugo"), *given], source)


def checked(tree: Path) -> None:
    """`kb check` against the least that reading the same files can cost."""
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(run([*KB, "check", "--records", str(tree), "--today", TODAY], PROJECT))
        bare.append(run([sys.executable, "-c", BARE, str(tree)], PROJECT))
    divided("10,000 records, kb check ÷ a bare pass of CSafeLoader", least(ours).cpu, least(bare).cpu, 4)


if __name__ == "__main__":
    main()
