"""The command `kb`: reads options and the clock, calls the program, prints and exits. Nothing else prints or exits."""

import gc
import io
import os
import sys

# The order of the imports is the order in which `kb --help` names the commands.
from kb.cli import records  # isort: skip
from kb.cli import site  # isort: skip
from kb.cli import proposals  # isort: skip
from kb.cli import robots  # isort: skip
from kb.cli import quarters  # isort: skip
from kb.cli.options import MISUSE, PROBLEMS, app

__all__ = ["app", "main", "proposals", "quarters", "records", "robots", "site"]


def main() -> None:
    """The entry point; neither a reader that closes the pipe early nor a terminal without Georgian is a mistake."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PROBLEMS)
    except OSError as error:  # a full disk, a folder that is gone or closed: nothing of ours to mend
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"kb: {error}", file=sys.stderr)
        sys.exit(MISUSE)
    finally:
        gc.freeze()  # what is left is given back as it is, without a last search for cycles
