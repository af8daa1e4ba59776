"""Where a record's file is edited."""

import shutil
import subprocess

import pytest
import yaml

from kb.editing.repository import WRONG, Repository, from_remote, origin

REMOTES = {
    "https://github.com/office/kb.git": "https://github.com/office/kb",
    "https://github.com/office/kb": "https://github.com/office/kb",
    "https://github.com/office/kb/": "https://github.com/office/kb",
    "https://github.com/office/kb.git\n": "https://github.com/office/kb",
    "http://git.example.org/office/kb.git": "https://git.example.org/office/kb",
    "git@github.com:office/kb.git": "https://github.com/office/kb",
    "ssh://git@github.com/office/kb.git": "https://github.com/office/kb",
    "https://gitlab.com/office/division/kb.git": "https://gitlab.com/office/division/kb",
    "https://user:secret@github.com/office/kb.git": "https://github.com/office/kb",
    "https://secret@github.com/office/kb.git": "https://github.com/office/kb",
}
NO_REMOTES = [
    "",
    "\n",
    "/srv/git/kb.git",
    "../kb.git",
    "file:///srv/git/kb.git",
    "kb",
    "C:\\kb",
    "https://github.com",
    "git@kb:x",
]


@pytest.mark.parametrize("remote", REMOTES)
def test_a_remote_has_an_address_on_the_web(remote):
    """Whatever way git reaches it, a repository has one address, and no password in it."""
    assert from_remote(remote) == REMOTES[remote]


@pytest.mark.parametrize("remote", NO_REMOTES)
def test_a_local_remote_has_no_address(remote):
    """A repository on a disk cannot be opened in a browser."""
    assert from_remote(remote) == ""


def test_a_record_is_edited_at_its_file():
    """The pencil of a page opens the record's file on the main branch."""
    address = Repository("https://github.com/office/kb").edit_address("nno/network.yml")
    assert address == "https://github.com/office/kb/edit/main/networks/nno/network.yml"


def test_gitlab_has_a_dash_before_its_pages():
    """The same file at GitLab has the address that GitLab uses."""
    address = Repository("https://gitlab.com/office/kb", "master").edit_address("nno/network.yml")
    assert address == "https://gitlab.com/office/kb/-/edit/master/networks/nno/network.yml"


def test_a_page_written_by_hand_is_edited_at_its_own_file():
    """A file outside the record tree is edited under its own name."""
    address = Repository("https://github.com/office/kb").edit_file("content/ka/help/index.md")
    assert address == "https://github.com/office/kb/edit/main/content/ka/help/index.md"


def test_records_may_stand_in_another_folder():
    """The folder of the records is part of the name of their files."""
    assert Repository(records="data/networks").file("nno/network.yml") == "data/networks/nno/network.yml"


def test_without_an_address_nothing_is_edited():
    """A repository that is not on the web has no page for editing."""
    assert Repository().edit_address("nno/network.yml") == Repository().wrong_address("nno/network.yml") == ""


def test_a_mistake_is_reported_in_the_form_for_it():
    """The form „something is wrong“ opens with the record's file as its first answer."""
    address = Repository("https://github.com/office/kb").wrong_address("nno/network.yml")
    assert address == "https://github.com/office/kb/issues/new?template=wrong.yml&page=networks/nno/network.yml"


def test_the_form_for_mistakes_is_there_with_its_first_question(project):
    """The address names a form of this repository, and a question in it."""
    form = yaml.safe_load((project / ".github/ISSUE_TEMPLATE" / WRONG).read_text("utf-8"))
    assert next(part["id"] for part in form["body"] if "id" in part) == "page"


def test_gitlab_has_no_forms():
    """There an issue begins with the file as its title."""
    address = Repository("https://gitlab.com/office/kb").wrong_address("nno/network.yml")
    assert address == "https://gitlab.com/office/kb/-/issues/new?issue[title]=networks/nno/network.yml"


def test_a_folder_without_git_has_no_origin(tmp_path, monkeypatch):
    """Outside of a checkout there is no remote, and no error."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert origin(tmp_path) == ""


def test_a_machine_without_git_has_no_origin(tmp_path, monkeypatch):
    """Where git is not installed there is no remote, and no error."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert origin(tmp_path) == ""


def test_a_git_that_does_not_answer_has_no_origin(tmp_path, monkeypatch):
    """A disk of the network that hangs costs the pencil, not the build."""

    def hang(command, **given):
        raise subprocess.TimeoutExpired(command, given["timeout"])

    monkeypatch.setattr(subprocess, "run", hang)
    assert origin(tmp_path) == ""


def test_the_origin_of_a_checkout_is_found(tmp_path):
    """The remote called origin is where the records are kept."""
    git = shutil.which("git")
    subprocess.run([git, "init", "-q", str(tmp_path)], check=True)
    subprocess.run([git, "-C", str(tmp_path), "remote", "add", "origin", "git@github.com:office/kb.git"], check=True)
    assert from_remote(origin(tmp_path)) == "https://github.com/office/kb"


def test_the_port_of_a_remote_is_not_part_of_its_address():
    """A remote on another port leads to the same address on the web."""
    assert from_remote("ssh://git@git.office.ge:2222/office/kb.git") == "https://git.office.ge/office/kb"
