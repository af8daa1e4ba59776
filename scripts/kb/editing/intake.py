"""A filled-in issue form becomes a record's file, or a list of what is missing; whatever was typed is only ever text."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kb.editing import notation
from kb.editing.curation import Edits, changed
from kb.editing.forms import ASKED, HOMELESS, Question, questions
from kb.editing.scaffold import OFTEN
from kb.records.checking.document import parse
from kb.records.checking.letters import CAPITAL_GEORGIAN, INVISIBLE
from kb.records.checking.problem import Problem, shown
from kb.records.checking.validation import validate
from kb.records.knowledge import KnowledgeBase
from kb.records.reading import OFFICE, PLURALS, SCHEMA_ENDING, placed
from kb.search.georgian import romanised
from kb.words.language import Language, Words

MOST_LINE, MOST_TEXT = 300, 5000  # letters of an answer; the longest summary of a record has 700
MOST_BODY = 70_000  # GitHub keeps 65,536 letters of an issue
MOST_NAME = 60  # letters of a file's name made of a title
EMPTY = frozenset(["", "_no response_", "none"])
LETTERS = re.compile("[\u10d0-\u10fa]+")
NAMED = re.compile(r"\(([a-z0-9-]+)\)\Z")
# Marks that only change how the letter before them looks, and joiners: an emoji does without them.
DRESSING = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class NoForm(Exception):
    """The file is no issue that was written in one of the forms."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """An answer that cannot become part of a record."""

    label: str
    """The question."""
    why: Problem | str
    """What must be; a string is a key of `strings.yml` under `intake`."""
    found: str = ""

    def say(self, language: Language) -> str:
        """The question and what its answer must be."""
        if isinstance(self.why, str):
            return (
                f"{self.label}: {Words(language)(f'intake.{self.why}', **({'n': MOST_TEXT} if self.why == 'too_long' else {}))}"
            )
        return f"{self.label}: {self.why.say(language)}"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a form."""

    form: str
    edits: Edits
    """The file to write; none when something is missing or nothing was to be made."""
    wrong: tuple[Wrong, ...] = ()
    file: str = ""


def issue_body(raw: bytes) -> str:
    """The text of an issue out of GitHub's JSON: an event, or what `gh issue view --json body` prints. Raises NoForm."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        raise NoForm("not JSON") from None
    found = data.get("issue", data) if isinstance(data, dict) else None
    body = found.get("body") if isinstance(found, dict) else None
    if not isinstance(body, str) or len(body) > MOST_BODY:
        raise NoForm("no text of an issue")
    return body


def take(root: Path, kb: KnowledgeBase, body: str, today: date) -> Taken:
    """The record that the answers of a form make; raises NoForm for a text that no form wrote."""
    form, asked = _form_of(body, kb)
    answers, wrong = _answers(body, asked)
    if form == "wrong" or wrong:
        return Taken(form, {}, tuple(wrong))
    data = _data(form, answers, today)
    if form == "contact":
        return _contact(root, kb, data, asked)
    return _record(root, form, data, asked)


# --- reading the answers


def _form_of(body: str, kb: KnowledgeBase) -> tuple[str, tuple[Question, ...]]:
    """The form of which most questions stand in the text."""
    lines = set(_lines(body))
    counted = [(sum(_heading(q) in lines for q in asked), form, asked) for form in ASKED for asked in [questions(form, kb)]]
    most, form, asked = max(counted, key=lambda row: (row[0] / len(row[2]), row[0]))
    if most < 2:
        raise NoForm("no questions of a form")
    return form, asked


def _lines(body: str) -> list[str]:
    return [line.rstrip() for line in body.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def _heading(question: Question) -> str:
    return f"### {question.label}"


def _answers(body: str, asked: tuple[Question, ...]) -> tuple[dict[str, Any], list[Wrong]]:
    """The way of each question → its answer, and what is wrong with answers. A heading that stands twice could hide one."""
    headings = {_heading(question): question for question in asked}
    found: dict[str, list[str]] = {}
    twice: dict[str, Wrong] = {}
    current: list[str] = []
    for line in _lines(body):
        question = headings.get(line)
        if question is None:
            current.append(line)
            continue
        if question.way in found:
            twice[question.way] = Wrong(question.label, "twice")
        current = found.setdefault(question.way, [])
    answers: dict[str, Any] = {}
    wrong = list(twice.values())
    for question in asked:
        value, fault = _answer(question, clean("\n".join(found.get(question.way, []))))
        wrong += [fault] if fault else []
        if value:
            answers[question.way] = value
    return answers, wrong


def clean(text: str) -> str:
    """What a person typed without what nobody sees: controls, marks that turn or hide letters, spaces at line ends."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\u2028", "\n"))
    text = DRESSING.sub("", INVISIBLE.sub("", text.replace("\xa0", " ")))
    text = CAPITAL_GEORGIAN.sub(lambda found: found[0].lower(), text)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return "" if text.lower() in EMPTY else text


def _answer(question: Question, text: str) -> tuple[Any, Wrong | None]:
    """One answer as a value of its field."""
    if len(text) > (MOST_TEXT if question.holds == "text" else MOST_LINE * (1 + 9 * bool(question.options))):
        return None, Wrong(question.label, "too_long")
    if question.holds == "text" or not text:
        return text, None
    line = " ".join(text.split())
    if not question.options:
        return line, None
    known = {key for key, _ in question.options}
    parts = line.split(", ") if question.holds == "choices" else [line]
    chosen = [match[1] if (match := NAMED.search(part)) else part for part in parts]
    if not set(chosen) <= known:
        return None, Wrong(question.label, "not_offered", shown(line))
    return (list(dict.fromkeys(chosen)) if question.holds == "choices" else chosen[0]), None


# --- making the record


def _data(form: str, answers: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The fields of the record in the order of the form, then its dates."""
    data: dict[str, Any] = {}
    for way, value in answers.items():
        name, _, part = way.partition(".")
        if part:
            data.setdefault(name, {})[part] = value
        elif name == "source":
            data["sources"] = [value]
        else:
            data[name] = int(value) if name == "year" and value.isdecimal() and value.isascii() and len(value) <= 4 else value
    if form != "contact":
        data |= {"collected_on": today.isoformat(), "review": {"every": OFTEN[form]}}
    return data


def _record(root: Path, form: str, data: dict[str, Any], asked: tuple[Question, ...]) -> Taken:
    home = data.pop("network", None)
    if home is None:
        return Taken(form, {}, (_wrong(asked, Problem("", 1, "network", "missing")), *_problems(form, data, asked, OFFICE)))
    if form != "resource" and home != HOMELESS:
        data["networks"] = [home]
    wrong = _problems(form, data, asked, OFFICE if home == HOMELESS else home)
    if wrong:
        return Taken(form, {}, wrong)
    folder = f"{OFFICE if home == HOMELESS else home}/{PLURALS[form]}"
    name = _free(
        _name_of(data["title"]), data.get("start", "")[:7] if form == "event" else "", lambda n: root / folder / f"{n}.yml"
    )
    if name is None or isinstance(placed(f"{folder}/{name}.yml"), Problem):
        return Taken(form, {}, (Wrong(next(q.label for q in asked if q.way == "title.en"), "no_name"),))
    path = f"{folder}/{name}.yml"
    return Taken(form, {path: _file(form, data)}, (), path)


def _problems(form: str, data: Mapping[str, Any], asked: tuple[Question, ...], home: str) -> tuple[Wrong, ...]:
    """Everything that the model says of the record."""
    model = ASKED[form][0]
    unnamed = [Problem("", 1, "start", "missing")] if form == "event" and "start" not in data else []
    document, problems = parse(f"{home}/x.yml", _file(form, data))
    if document is not None:
        said = {problem.field for problem in problems}
        problems += [problem for problem in validate(document, model)[1] if problem.field not in said]
    return tuple(_wrong(asked, problem) for problem in (*problems, *unnamed))


def _wrong(asked: tuple[Question, ...], problem: Problem) -> Wrong:
    """A problem at the question to which it belongs."""
    near = [q for q in asked if q.way == problem.field] or [
        q for q in asked if q.way.partition(".")[0] == problem.field.partition(".")[0]
    ]
    return Wrong(near[0].label if near else problem.field, problem, problem.found)


def _file(form: str, data: Mapping[str, Any]) -> bytes:
    lines = notation.mapping(data)
    head = "" if form == "contact" else f"# yaml-language-server: $schema=../../{form}{SCHEMA_ENDING}\n"
    return (head + "\n".join(lines) + "\n").encode()


def _name_of(title: Mapping[str, str]) -> str:
    """A file's name out of a title: English, else Georgian in Latin letters; empty when it has no letter."""
    for text in (title.get("en"), title.get("ka")):
        latin = LETTERS.sub(lambda found: romanised(found[0]), text or "")
        plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode().lower()
        words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
        name = ""
        for word in words:
            if len(f"{name}-{word}") > MOST_NAME and name:
                break
            name = f"{name}-{word[:MOST_NAME]}".strip("-")
        if name:
            return name
    return ""


def _free(name: str, month: str, file_of: Any) -> str | None:
    """A name that no file has: as it is, else with a number behind it; an event's begins with its month."""
    if not name:
        return None
    full = f"{month}-{name}" if month and not name.startswith(month) else name
    names: Iterable[str] = (full, *(f"{full}-{number}" for number in range(2, 1000)))
    return next((one for one in names if not file_of(one).exists()), None)


def _contact(root: Path, kb: KnowledgeBase, data: dict[str, Any], asked: tuple[Question, ...]) -> Taken:
    """A contact goes to the end of its network's list."""
    home = data.pop("network", None)
    entry = kb.networks.get(home or "")
    data = {"id": "contact", **data}
    wrong = _problems("contact", data, asked, home or "")
    if entry is None:
        wrong = (_wrong(asked, Problem("", 1, "network", "missing")), *wrong)
    if wrong or entry is None:
        return Taken("contact", {}, wrong)
    taken = {contact.id for contact in entry.record.contacts}
    name = _name_of(data["role"])
    if not name:
        return Taken("contact", {}, (Wrong(next(q.label for q in asked if q.way == "role.en"), "no_name"),))
    data["id"] = next(one for one in (name, *(f"{name}-{n}" for n in range(2, 1000))) if one not in taken)
    new = changed(root, entry.path, [(("contacts", len(entry.record.contacts)), data)])
    return Taken("contact", {entry.path: new}, (), entry.path)
