"""The one comment under a proposed change: ready, with what changes in words, or what is to be mended and where."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from kb.editing.repository import Repository
from kb.history.changes import Change, compare
from kb.history.naming import Namer
from kb.history.snapshot import Plain, Snapshot
from kb.history.telling import Piece, Teller
from kb.records import sections
from kb.records.checking.problem import Problem, details
from kb.words.language import LANGUAGES, Language, Words

MOST_PROBLEMS = 25  # of one language; a comment may have 65,536 letters, and nobody mends more at a time
MOST_RECORDS = 40
MOST_CHANGES = 12  # of one record
SPECIAL = "\\`*_{}[]<>#@|~&!$"
MARKS = {"": "{}", "gone": "~~{}~~", "new": "**{}**"}


@dataclass(frozen=True, slots=True)
class Places:
    """Where the answer leads to."""

    repository: Repository
    """The repository and branch that the change was proposed from."""
    preview: str = ""
    """The address of the site with the change; empty when it is only to be downloaded."""
    copy: str = ""
    """The address where a copy of that site can be downloaded."""
    files: Mapping[str, str] | None = None
    """`kind:id` → the record's file."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a change makes of the records."""

    old: Snapshot
    new: Snapshot
    problems: Sequence[Problem]
    """What is to be mended; files are named below the project."""
    today: date


def answer(proposal: Proposal, places: Places) -> str:
    """The comment in Markdown, Georgian first, English folded below it; every text in it is only text."""
    parts = {language: "\n".join(_Writer(language, proposal, places).lines()) for language in LANGUAGES}
    title = Words("ka")("pull.in_english")
    return f'{parts["ka"]}\n\n<details lang="en">\n<summary>In English · {title}</summary>\n\n{parts["en"]}\n\n</details>\n'


class _Writer:
    """Writes the comment in one language."""

    def __init__(self, language: Language, proposal: Proposal, places: Places) -> None:
        self.words, self.proposal, self.places = Words(language), proposal, places
        things = {**proposal.old.things, **proposal.new.things}
        self.teller, self.names = Teller(self.words, things, proposal.today), Namer(self.words, things)

    def lines(self) -> Iterator[str]:
        if self.proposal.problems:
            yield from self._problems(self.proposal.problems)
        else:
            yield from self._ready()

    # --- what is to be mended

    def _problems(self, problems: Sequence[Problem]) -> Iterator[str]:
        yield f"### ❌ {self.words('pull.wrong', n=len(problems))}"
        yield ""
        yield self.words("pull.wrong_how")
        for number, problem in enumerate(problems[:MOST_PROBLEMS], 1):
            yield ""
            yield from self._problem(number, problem)
        yield from self._more(len(problems) - MOST_PROBLEMS)

    def _problem(self, number: int, problem: Problem) -> Iterator[str]:
        repository = self.places.repository
        where = f"{code(problem.path)}, {self.words('pull.line', n=problem.line)}"
        page = repository.edit_file(problem.path)
        yield f"**{number}.** {where}{self._link('pull.mend', f'{page}#L{problem.line}' if page else '')}"
        yield ""
        field = f"{self.words('pull.field')} {code(problem.field)}: " if problem.field else ""
        yield f"{field}{text(problem.say(self.words.language))}"
        yield ""
        yield from (f"- {label}: {code(value)}" for label, value in details(problem, self.words.language))

    # --- what changes

    def _ready(self) -> Iterator[str]:
        told = self._told()
        yield f"### ✅ {self.words('pull.ready')}"
        yield ""
        yield f"{self.words('pull.changed', n=len(told))}. {self.words('pull.ready_how')}" if told else self.words("pull.nothing")
        if self.places.copy:
            yield ""
            yield f"[{self.words('pull.copy')}]({address(self.places.copy)})"
        for key, sentences in list(told.items())[:MOST_RECORDS]:
            yield ""
            yield f"#### {self._heading(key)}"
            yield from (f"- {sentence}" for sentence in sentences[:MOST_CHANGES])
            yield from self._more(len(sentences) - MOST_CHANGES)
        yield from self._more(len(told) - MOST_RECORDS)

    def _told(self) -> dict[str, list[str]]:
        """`kind:id` of each changed record → its changes in words; what is silent for readers is said here, too."""
        old, new = self.proposal.old, self.proposal.new
        found: dict[str, list[str]] = {}
        for change in compare(old, new):
            found.setdefault(f"{change.kind}:{change.id}", []).append(self._sentence(change))
        differing = [key for key in {**new.things, **old.things} if new.things.get(key) != old.things.get(key)]
        for key in differing:
            found[key] = [*found.get(key, []), *self._silent(old.things.get(key, {}), new.things.get(key, {}), key in found)]
        return {key: sentences for key, sentences in found.items() if sentences}

    def _silent(self, old: Plain, new: Plain, told: bool) -> Iterator[str]:
        """What the bulletin does not tell, and the editor wants to see done."""
        if new.get("status") == "draft":
            yield self.words("pull.draft")
        review = new.get("review", {})
        if review.get("confirmed_on") and review.get("confirmed_on") != old.get("review", {}).get("confirmed_on"):
            unit = self.names.name_of("unit", review.get("confirmed_by", ""))
            yield self.words("pull.confirmed", date=self.words.date(review["confirmed_on"]), unit=text(unit))
        elif not told and new and new.get("status") != "draft":
            yield self.words("pull.silent")

    def _sentence(self, change: Change) -> str:
        return " ".join(MARKS[piece.mark].format(text(piece.text)) for piece in _filled(self.teller.tell(change).pieces))

    def _heading(self, key: str) -> str:
        """A record's name with its page and its file."""
        kind, _, name = key.partition(":")
        plain = self.proposal.new.things.get(key) or self.proposal.old.things[key]
        subject = self.names.subject(kind, name, plain) or self.words(f"kind.{kind}")
        links = self._page(kind, name) if key in self.proposal.new.things and plain.get("status") != "draft" else ""
        file = (self.places.files or {}).get(key)
        return text(subject) + links + (self._link("pull.edit", self.places.repository.edit_address(file)) if file else "")

    def _page(self, kind: str, name: str) -> str:
        page = _page_of(kind, name)
        if not page:
            return ""
        page = page if self.words.language == "ka" else f"en/{page}"
        if self.places.preview:
            return self._link("pull.page", f"{self.places.preview.rstrip('/')}/{page}")
        return f" · {self.words('pull.page_in_copy', page=code(page))}"

    # --- small things

    def _link(self, key: str, target: str) -> str:
        return f" · [{self.words(key)}]({address(target)})" if target else ""

    def _more(self, n: int) -> Iterator[str]:
        if n > 0:
            yield ""
            yield self.words("pull.more", n=n)


def _filled(pieces: Iterable[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if piece.text.strip())


def _page_of(kind: str, name: str) -> str:
    """The page of a record, below the root of a language; empty for what has none of its own."""
    if kind in sections.FOLDERS:
        return sections.address_of(kind, name)
    return {"theme": sections.theme(name), "unit": sections.unit(name)}.get(kind, "")


def text(words: str) -> str:
    """Words of anybody as text in Markdown: no mark-up, no mention, no reference, no formula, on one line."""
    line = " ".join(words.split())
    return "".join(f"&#{ord(letter)};" if letter in SPECIAL else letter for letter in line)


def code(words: str) -> str:
    """Words of anybody as code in Markdown, between more backticks than they have themselves."""
    line = " ".join(words.split())
    fence = "`" * (max((len(run) for run in "".join(c if c == "`" else " " for c in line).split()), default=0) + 1)
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}"


def address(url: str) -> str:
    """An address as the target of a link in Markdown."""
    return quote(url, safe=":/?#@!$&'*+,;=%~-._")
