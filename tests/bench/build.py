"""The budgets of DESIGN.md, measured in one run, as ratios where machines differ: `make bench`.

Ours builds, checks every link and writes; Hugo and mkdocs-material are given our finished bodies and only put them into a
frame. Seconds are CPU seconds of the command and its children.
"""

import math
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from cost import Cost, run
from generators import for_hugo, for_mkdocs
from trees import deepen, grow

from kb.preview import Preview

PROJECT = Path(__file__).parents[2]
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
    costs, sites = {}, {}
    for size in (1_000, 10_000):
        tree, sites[size] = scratch / f"tree-{size}", scratch / f"site-{size}"
        grow(PROJECT / "networks", tree, size)
        costs[size] = built(tree, sites[size])
    again = built(scratch / "tree-10000", sites[10_000])
    ours = costs[10_000]
    run(["true"], PROJECT)
    for_hugo(sites[10_000], scratch / "hugo")
    hugo = run([str(BIN / "hugo"), "--quiet", "--source", str(scratch / "hugo")], scratch)
    compared("600", scratch / "hugo", ours, hugo)
    growth = math.log10(ours.cpu / costs[1_000].cpu)
    said("growth exponent from 1,000 to 10,000 records", f"{growth:.2f}", "1.05", growth < 1.05)
    said("10,000 records, memory of the largest process", f"{ours.megabytes:.0f} MB", "600 MB", ours.megabytes < 600)
    said(
        "10,000 records, nothing changed ÷ the first build, CPU",
        f"{again.cpu / ours.cpu:.2f}",
        "0.50",
        again.cpu < 0.5 * ours.cpu,
    )
    check = run([str(BIN / "kb"), "check", "--records", str(scratch / "tree-10000"), "--today", TODAY], PROJECT)
    said("10,000 records, kb check, wall", f"{check.wall:.2f} s", "4 s", check.wall < 4)
    seen = preview(scratch / "tree-10000", scratch / "tree-10000", copy=False)
    said("10,000 records, edit to new page in the preview", f"{seen * 1000:.0f} ms", "300 ms", seen < 0.3)
    pages = for_mkdocs(sites[1_000], scratch / "mkdocs")
    mkdocs = run([str(BIN / "mkdocs"), "build", "--quiet"], scratch / "mkdocs")
    ratio = costs[1_000].cpu / mkdocs.cpu
    said(
        f"1,000 records, full build, CPU ÷ mkdocs-material's for {pages:,} pages",
        f"{costs[1_000].cpu:.1f} ÷ {mkdocs.cpu:.1f} = {ratio:.2f}",
        "1",
        ratio < 1,
    )


def deep(scratch: Path) -> None:
    """10,000 records in the networks that there are, as a base grows: cost and Hugo."""
    tree, site = scratch / "deep-tree", scratch / "deep-site"
    deepen(PROJECT / "networks", tree, 10_000)
    ours = built(tree, site)
    for_hugo(site, scratch / "deep-hugo")
    compared(
        "22", scratch / "deep-hugo", ours, run([str(BIN / "hugo"), "--quiet", "--source", str(scratch / "deep-hugo")], scratch)
    )


def compared(networks: str, folder: Path, ours: Cost, hugo: Cost) -> None:
    """Print our cost as a part of Hugo's for the same pages."""
    pages = sum(1 for _ in (folder / "public").rglob("*.html"))
    said(
        f"10,000 records in {networks} networks, CPU ÷ Hugo's for {pages:,} pages alone",
        f"{ours.cpu:.1f} ÷ {hugo.cpu:.1f} = {ours.cpu / hugo.cpu:.2f}",
        "0.40",
        ours.cpu < 0.4 * hugo.cpu,
    )


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
