"""Where the records are kept, so that every page can lead to the file it comes from."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

REMOTE = re.compile(
    r"(?:https?://(?:[^@/]+@)?|git@|ssh://(?:[^@/]+@)?)(?P<host>[A-Za-z0-9.-]+\.[a-z]{2,})(?::\d+(?=/))?[:/](?P<name>.+?)(?:\.git)?/?\Z"
)

WRONG = "wrong.yml"  # the form in .github/ISSUE_TEMPLATE that `kb.editing.forms` writes; `page` is its first question


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository's address on the web, if it has one, and the folder of the records in it."""

    address: str = ""
    branch: str = "main"
    records: str = "networks"

    def file(self, path: str) -> str:
        """The name of a record's file in the repository."""
        return f"{self.records}/{path}"

    def edit_address(self, path: str) -> str:
        """The page at which a record's file is edited; empty without an address."""
        return self.edit_file(self.file(path))

    def edit_file(self, name: str) -> str:
        """The page at which any file is edited; GitLab puts a dash before it."""
        if not self.address:
            return ""
        dash = "-/" if "gitlab" in self.address else ""
        return f"{self.address}/{dash}edit/{self.branch}/{name}"

    def wrong_address(self, path: str) -> str:
        """The form in which a mistake in a record is reported, its file filled in; empty without an address."""
        if not self.address:
            return ""
        name = quote(self.file(path))
        if "gitlab" in self.address:
            return f"{self.address}/-/issues/new?issue[title]={name}"
        return f"{self.address}/issues/new?template={WRONG}&page={name}"


def from_remote(remote: str) -> str:
    """The web address of a git remote such as git@github.com:office/kb.git; empty for a local one."""
    match = REMOTE.match(remote.strip())
    return f"https://{match['host']}/{match['name']}" if match else ""


def origin(folder: Path) -> str:
    """The remote called origin of the checkout at `folder`; empty when there is none, or git does not say it."""
    command = ["git", "-C", str(folder), "config", "--get", "remote.origin.url"]
    try:
        return subprocess.run(  # noqa: S603 - a fixed command
            command, capture_output=True, text=True, check=False, timeout=10
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
