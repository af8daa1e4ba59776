"""What a command costs: CPU and wall seconds, and the most memory that it or one of its children held.

A process begins its life with the peak of the one that forked it, so that a large bench would be told its own memory. This file
is therefore run by itself, too: small as it is, it starts the command and waits for it.
"""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """The price of one run."""

    cpu: float
    wall: float
    megabytes: float


def run(command: list[str], folder: Path, environment: Mapping[str, str] = os.environ) -> Cost:
    """Run a command to its end and measure it with its children; a failure ends the bench."""
    launcher = [sys.executable, "-I", "-S", __file__, *command]
    done = subprocess.run(launcher, cwd=folder, env=dict(environment), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return Cost(*map(float, done.stdout.split()))


def main() -> None:
    """Run the command that stands behind this file's name and print its cost; it says only what went wrong."""
    began = time.perf_counter()
    process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(1)
    print(usage.ru_utime + usage.ru_stime, time.perf_counter() - began, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
