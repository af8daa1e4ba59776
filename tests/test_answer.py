"""The comment under a proposed change, as an editor reads it, and the revision it is compared with."""

import json
import re
import subprocess

import pytest

from kb.editing.answer import code, text
from kb.history.revision import NoRevision, records_at

GUIDE = "nno/resources/guide.yml"
LINKS = ("--repository", "https://github.com/office/kb", "--branch", "edit-1", "--preview", "https://preview.example.org/7")
HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "@everyone",
    "#1",
    "`code`",
    "**bold** ~~gone~~ _x_",
    "| a | b |",
    "<!-- x -->",
    "</details>",
    "&lt;b&gt;",
    "$\\frac{1}{2}$",
]


def git(folder, *arguments):
    """Run git in a folder as somebody."""
    who = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tree, tmp_path):
    """The small tree as the first commit of a repository."""
    git(tmp_path, "init")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-m", "first")
    return tree


@pytest.fixture
def answer(repository, kb_command):
    """The comment on what is in the tree now, as (Georgian half, English half)."""

    def ask(*more):
        result = kb_command("answer", "--base", "HEAD", "--records", "networks", *LINKS, *more)
        assert result.exit_code == 0, result.output
        georgian, _, english = result.stdout.partition("<details")
        return georgian, english

    return ask


def test_a_right_change_is_told_before_and_after(tree, answer):
    """Ready, the record's name, the field, what it said and what it says."""
    tree.edit(GUIDE, "year: 2024", "year: 2025")
    georgian, english = answer()
    assert "### ✅ მზად არის" in georgian
    assert "#### NNO, „სახელმძღვანელო“" in georgian
    assert "2024 → 2025" in georgian
    assert "2024 → 2025" in english


def test_a_changed_page_is_linked_in_both_languages(tree, answer):
    """The Georgian half leads to the Georgian page, the English to the English one, both to the file on its branch."""
    tree.edit(GUIDE, "year: 2024", "year: 2025")
    georgian, english = answer()
    assert "(https://preview.example.org/7/resources/nno/guide.html)" in georgian
    assert "(https://preview.example.org/7/en/resources/nno/guide.html)" in english
    assert "(https://github.com/office/kb/edit/edit-1/networks/nno/resources/guide.yml)" in georgian


def test_without_a_preview_the_page_in_the_copy_is_named(tree, answer):
    """Where the site can only be downloaded, the answer leads to it and names the file to open in it."""
    tree.edit(GUIDE, "year: 2024", "year: 2025")
    georgian, _ = answer("--preview", "", "--copy", "https://github.com/office/kb/actions/runs/7")
    assert "(https://github.com/office/kb/actions/runs/7)" in georgian
    assert "`resources/nno/guide.html`" in georgian


def test_a_link_that_died_is_told_with_its_record(tree, answer):
    """What `kb links` found is in the answer in both languages; a link that failed on one day is nobody's news yet."""
    known = {"https://www.no.example/guide": {"checked_on": "2026-11-21", "answer": "gone", "failed_on": ["2026-11-21"]}}
    tree.write("_fetched/links.json", json.dumps(known))
    georgian, _ = answer()
    assert "ჩანაწერები არ შეცვლილა" in georgian
    known["https://www.no.example/guide"]["failed_on"].append("2026-11-22")
    tree.write("_fetched/links.json", json.dumps(known))
    georgian, english = answer()
    assert "#### NNO, „სახელმძღვანელო“" in georgian
    assert "- ბმული აღარ იხსნება: https://www.no.example/guide" in georgian
    assert "- the link no longer opens: https://www.no.example/guide" in english


def test_a_wrong_change_says_where_and_what_must_be(tree, answer):
    """File, line, what must be, what was found, an example, and a link to the line on the branch."""
    tree.edit(GUIDE, "type: handbook", "type: handbok")
    georgian, english = answer()
    assert "### ❌ გასასწორებელია: 1" in georgian
    assert "`networks/nno/resources/guide.yml`, სტრიქონი 4" in georgian
    assert "(https://github.com/office/kb/edit/edit-1/networks/nno/resources/guide.yml#L4)" in georgian
    assert "`handbok`" in georgian
    assert "`type: handbook`" in georgian
    assert "must be one of" in english


def test_georgian_comes_first_and_english_is_folded(tree, answer):
    """An editor sees Georgian; the same in English is one click away."""
    georgian, english = answer()
    assert re.search("[ა-ჰ]", georgian.splitlines()[0])
    assert english.rstrip().endswith("</details>")


def test_nothing_changed_is_said(answer):
    """A change of other files says that no record is touched."""
    assert "ჩანაწერები არ შეცვლილა" in answer()[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2026-10-02", "2026-11-20", "დადასტურდა; დღე: 2026 წლის 20 ნოემბერი"),
        ("collected_on: 2026-10-01", "collected_on: 2026-11-01", "შინაარსი უცვლელია"),
        ("type:", "status: draft\ntype:", "მონახაზი"),
    ],
)
def test_what_no_bulletin_tells_the_editor_still_sees(tree, answer, old, new, said):
    """A confirmation, a date of collection and a draft are answered, too."""
    tree.edit(GUIDE, old, new)
    assert said in answer()[0]


def test_a_draft_that_begins_is_no_page(tree, answer):
    """A new draft is named as one, without a link to a page that there is not."""
    tree.write("nno/resources/new.yml", (tree.root / GUIDE).read_bytes() + b"status: draft\n")
    georgian, _ = answer()
    assert "მონახაზი" in georgian
    assert "new.html" not in georgian


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_anybody_are_only_text(tree, answer, words):
    """A title with mark-up, a mention or a picture is shown letter by letter."""
    tree.edit(GUIDE, "en: Guide", f"en: '{words}'")
    georgian, english = answer()
    for part in (georgian, english.partition(">")[2].rpartition("</details>")[0]):
        assert words not in part
    assert text(words) in english


@pytest.mark.parametrize("words", HOSTILE)
def test_wrong_words_stand_in_code(tree, answer, words):
    """A wrong value with mark-up is code, behind more backticks than it has."""
    tree.edit(GUIDE, "type: handbook", f"type: '{words}'")
    georgian, _ = answer()
    assert code(words) in georgian


@pytest.mark.parametrize("words", ["`", "``", "a`b", "`a``b`", "a"])
def test_code_holds_any_backticks(words):
    """Between fences that are longer than any run of backticks inside stand the very words; a space keeps both apart."""
    fence, inside = re.fullmatch(r"(`+)([^`].*[^`]|[^`])\1", code(words)).groups()
    assert fence not in inside
    assert (inside[1:-1] if inside[0] == inside[-1] == " " else inside) == words


def test_a_thousand_problems_fit_in_one_comment(tree, answer):
    """However much is wrong, the comment stays below GitHub's 65,536 letters and says how much more there is."""
    for number in range(400):
        tree.write(f"nno/resources/r{number}.yml", "title: {}\ntype: x\n" + "colour: y\n" * 1)
    georgian, english = answer()
    assert len(georgian) + len(english) < 60_000
    assert "და კიდევ: " in georgian


def test_a_thousand_changes_fit_in_one_comment(tree, answer):
    """However much changes, the comment stays below the limit."""
    for number in range(400):
        tree.write(f"nno/resources/r{number}.yml", (tree.root / GUIDE).read_bytes())
    georgian, english = answer()
    assert len(georgian) + len(english) < 60_000


@pytest.mark.parametrize("revision", ["nowhere", "-h", "--output=x", "HEAD~9", "", "HEAD; rm -rf x", "$(id)", "a\nb"])
def test_a_revision_that_is_none_is_refused(repository, kb_command, revision):
    """What git does not know, an option or a command of a shell: exit 2 and nothing done."""
    result = kb_command("answer", f"--base={revision}", "--records", "networks")
    assert (result.exit_code, "Traceback" in result.output) == (2, False)


def test_a_folder_outside_git_has_no_revisions(tree):
    """Where there is no repository the command says so."""
    with pytest.raises(NoRevision), records_at(tree.root, "HEAD"):
        pass


def test_the_old_tree_is_there_as_it_was(repository):
    """The records of a revision are all there, whatever stands in the folder now."""
    before = (repository.root / GUIDE).read_bytes()
    (repository.root / GUIDE).unlink()
    with records_at(repository.root, "HEAD") as old:
        assert (old / GUIDE).read_bytes() == before
    assert not old.exists()


def test_a_link_in_a_revision_leads_nowhere(repository, tmp_path):
    """What somebody commits as a link is a file with a few letters when it is read again."""
    link = repository.root / "nno" / "resources" / "link.yml"
    link.symlink_to("/etc/passwd")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-m", "link")
    with records_at(repository.root, "HEAD") as old:
        assert (old / "nno/resources/link.yml").read_text() == "/etc/passwd"


def test_a_git_that_does_not_answer_has_no_revisions(repository, monkeypatch):
    """The wait has an end, and it is told in words."""

    def hang(command, **given):
        raise subprocess.TimeoutExpired(command, given["timeout"])

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(NoRevision, match="no answer"), records_at(repository.root, "HEAD"):
        pass


@pytest.mark.parametrize("style", ["text", "markdown", "json"])
def test_changes_are_told_against_a_revision(tree, repository, kb_command, style):
    """`kb changes --base HEAD` says what differs from the last commit, in each of its forms."""
    tree.edit(GUIDE, "year: 2024", "year: 2025")
    result = kb_command("changes", "--base", "HEAD", "--records", "networks", "--format", style)
    assert (result.exit_code, "2024 → 2025" in result.stdout) == (0, True)


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "2026-Q9"])
def test_changes_refuse_a_base_that_is_none(repository, kb_command, revision):
    """What is no quarter, no folder and no revision is told, with exit 2."""
    result = kb_command("changes", f"--base={revision}", "--records", "networks")
    assert (result.exit_code, "Traceback" in result.output) == (2, False)
