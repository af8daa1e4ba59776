"""The budgets of DESIGN.md, measured in one run, as ratios where machines differ: `make bench`.

Ours builds, checks every link, indexes, exports and writes; Hugo and mkdocs-material are given our finished bodies and only
put them into a frame. Hugo's pages are held against ours: the same addresses, links and letters. Seconds are CPU seconds of
the command and its children. Ours and Hugo's are measured in turn, and the least of three counts: what a machine does beside
them only ever adds to a figure.
"""

import math
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from cost import Cost, run
from generators import for_mkdocs
from hugo import for_hugo, held_together
from trees import deepen, grow

from kb.site.preview import Preview

PROJECT = Path(__file__).parents[2]
ROUNDS = 3
TODAY = "2026-11-22"
BIN = Path(sys.executable).parent


def main() -> None:
    """Measure and print one line a budget."""
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        scratch = Path(folder)
        real(scratch)
        large(scratch)
        deep(scratch)


def said(what: str, value: str, budget: str, kept: bool) -> None:
    """Print a row."""
    print(f"{'ok  ' if kept else 'OVER'} {what:<62} {value:>22}   budget {budget}", flush=True)


def built(records: Path, out: Path) -> Cost:
    """One build by the command that people call."""
    return run([str(BIN / "kb"), "build", "--records", str(records), "--out", str(out), "--today", TODAY], PROJECT)


def real(scratch: Path) -> None:
    """The real records: a full build, a check, a preview."""
    records = PROJECT / "networks"
    run(["rm", "-rf", "build"], PROJECT)
    full = built(records, scratch / "real")
    said("real records, full build from nothing, wall", f"{full.wall:.2f} s", "4 s", full.wall < 4)
    check = run([str(BIN / "kb"), "check"], PROJECT)
    said("real records, kb check, wall", f"{check.wall:.2f} s", "1 s", check.wall < 1)
    seen = preview(scratch / "real-tree", records)
    said("real records, edit to new page in the preview", f"{seen * 1000:.0f} ms", "100 ms", seen < 0.1)


def large(scratch: Path) -> None:
    """1,000 and 10,000 records: cost, growth, memory, the second build, Hugo and mkdocs-material."""
    small, tree = scratch / "tree-1000", scratch / "tree-10000"
    grow(PROJECT / "networks", small, 1_000)
    grow(PROJECT / "networks", tree, 10_000)
    thousand = least([built(small, scratch / f"site-1000-{number}") for number in range(ROUNDS)])
    ours = raced("600", tree, scratch / "wide")
    again = built(tree, scratch / "wide" / "site-0")
    growth = math.log10(ours.cpu / thousand.cpu)
    said("growth exponent from 1,000 to 10,000 records", f"{growth:.2f}", "1.05", growth < 1.05)
    said("10,000 records, memory of the largest process", f"{ours.megabytes:.0f} MB", "600 MB", ours.megabytes < 600)
    said(
        "10,000 records, nothing changed ÷ the first build, CPU",
        f"{again.cpu / ours.cpu:.2f}",
        "0.50",
        again.cpu < 0.5 * ours.cpu,
    )
    check = run([str(BIN / "kb"), "check", "--records", str(tree), "--today", TODAY], PROJECT)
    said("10,000 records, kb check, wall", f"{check.wall:.2f} s", "4 s", check.wall < 4)
    seen = preview(tree, tree, copy=False)
    said("10,000 records, edit to new page in the preview", f"{seen * 1000:.0f} ms", "300 ms", seen < 0.3)
    pages = for_mkdocs(scratch / "site-1000-0", scratch / "mkdocs")
    mkdocs = run([str(BIN / "mkdocs"), "build", "--quiet"], scratch / "mkdocs")
    ratio = thousand.cpu / mkdocs.cpu
    said(
        f"1,000 records, full build, CPU ÷ mkdocs-material's for {pages:,} pages",
        f"{thousand.cpu:.1f} ÷ {mkdocs.cpu:.1f} = {ratio:.2f}",
        "1",
        ratio < 1,
    )


def deep(scratch: Path) -> None:
    """10,000 records in the networks that there are, as a base grows: cost and Hugo."""
    deepen(PROJECT / "networks", scratch / "deep-tree", 10_000)
    raced("22", scratch / "deep-tree", scratch / "deep")


def raced(networks: str, tree: Path, scratch: Path) -> Cost:
    """Build a tree and let Hugo make the same pages, in turn; print our cost as a part of Hugo's, and return ours.

    Every build goes into a new folder, and none is removed before the end: a file system that has just let go of tens of
    thousands of files looks long for room.
    """
    source = scratch / "hugo"
    ours, hugo, alone = [], [], []
    for number in range(ROUNDS):
        ours.append(built(tree, scratch / f"site-{number}"))
        if not number:
            for_hugo(scratch / "site-0", source)
        hugo.append(by_hugo(source, scratch / f"public-{number}", "hugo.toml"))
        alone.append(by_hugo(source, scratch / f"alone-{number}", "alone.toml"))
        if not number:
            held_together(scratch / "site-0", scratch / "public-0")
            held_together(scratch / "site-0", scratch / "alone-0")
    pages = sum(1 for _ in (scratch / "public-0").rglob("*.html"))
    mine, theirs, other = least(ours), least(hugo), least(alone)
    said(
        f"10,000 records in {networks} networks, CPU ÷ Hugo's for {pages:,} pages alone",
        f"{mine.cpu:.1f} ÷ {theirs.cpu:.1f} = {mine.cpu / theirs.cpu:.2f}",
        "0.40",
        mine.cpu < 0.4 * theirs.cpu,
    )
    print(f"     the same without its hook for links: {mine.cpu:.1f} ÷ {other.cpu:.1f} = {mine.cpu / other.cpu:.2f}", flush=True)
    return mine


def by_hugo(source: Path, target: Path, configuration: str) -> Cost:
    """One build by Hugo."""
    given = ["--quiet", "--source", str(source), "--config", str(source / configuration), "--destination", str(target)]
    return run([str(BIN / "hugo"), *given], source)


def least(costs: list[Cost]) -> Cost:
    """The run that cost the least."""
    return min(costs, key=lambda cost: cost.cpu)


def preview(tree: Path, records: Path, copy: bool = True) -> float:
    """The median of five edits: seconds from the written file to the rendered page."""
    if copy:
        grow(records, tree, 0)
    seen = Preview(PROJECT, tree, date.fromisoformat(TODAY))
    seen.page("networks/ganhri.html")
    file = tree / "ganhri" / "network.yml"
    text = file.read_text("utf-8")
    times = []
    for number in range(5):
        file.write_text(text.replace("Global Alliance", f"Global Alliance {number}"), "utf-8")
        began = time.perf_counter()
        page = seen.page("en/networks/ganhri.html") or ""
        times.append(time.perf_counter() - began)
        if f"Global Alliance {number}" not in page:
            sys.exit("the preview did not show the edit")
    return sorted(times)[2]


if __name__ == "__main__":
    main()
