"""A file of the records is replaced whole or not at all, and what a crash leaves disturbs nobody."""

import signal
import subprocess
import sys

from kb.records.replacement import replace

KILLED = """
import os, sys
from pathlib import Path
from kb.records.replacement import replace

os.fsync = lambda _: os.kill(os.getpid(), 9)
replace(Path(sys.argv[1]), b"new")
"""


def test_a_file_is_replaced_whole_and_keeps_its_rights(tmp_path):
    """The new content stands there, no other file is left beside it, and what could be run still can."""
    file = tmp_path / "a.yml"
    file.write_text("old", "utf-8")
    file.chmod(0o640)
    replace(file, b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777, list(tmp_path.iterdir())) == (b"new", 0o640, [file])


def test_what_a_crash_leaves_is_seen_neither_by_the_check_nor_by_git(tree, project):
    """The old file stands, and the half of the new one has a hidden name that git leaves out."""
    file = tree.root / "_office/themes.yml"
    before = file.read_bytes()
    ended = subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False, timeout=60).returncode
    [left] = set(file.parent.glob(".*"))
    assert (ended, file.read_bytes(), tree.problems()) == (-signal.SIGKILL, before, [])
    assert (
        subprocess.run(["git", "check-ignore", "-q", f"networks/_office/{left.name}"], cwd=project, check=False).returncode == 0
    )
