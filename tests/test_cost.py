"""What the bench measures of a command is the command's own."""

import sys
from pathlib import Path

import pytest

from bench.cost import run

MB = 1 << 20

pytestmark = pytest.mark.slow


def test_the_memory_of_a_command_is_its_own(tmp_path: Path) -> None:
    """A command that takes 64 MB is told as one of 64 and the little of its own, though who asks holds 400."""
    held = b"x" * (400 * MB)
    cost = run([sys.executable, "-c", f"held = b'x' * (64 * {MB})"], tmp_path)
    assert (64 < cost.megabytes < 128, len(held)) == (True, 400 * MB)


def test_the_memory_of_a_child_counts(tmp_path: Path) -> None:
    """The largest of a command and its children is told."""
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', \"held = b'x' * (64 * {MB})\"])"
    assert 64 < run([sys.executable, "-c", child], tmp_path).megabytes < 128


def test_a_command_that_fails_ends_the_bench(tmp_path: Path) -> None:
    """It is named with what it said, and nothing of it is taken for a figure."""
    with pytest.raises(SystemExit, match=r"failed:\nno such tree"):
        run([sys.executable, "-c", "import sys; sys.exit('no such tree')"], tmp_path)
