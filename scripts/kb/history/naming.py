"""What records, items and values are called in one language: names for sentences, out of plain data."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from kb.history.labels import valued
from kb.history.shapes import Shape, shapes
from kb.history.snapshot import Plain
from kb.words.language import Words
from kb.words.moments import TBILISI, moment

MOST = 300  # letters of a text that is shown whole
TITLED = 120  # letters of a record's title
NAMED = 60  # letters of an item's name

# What an item is called by, in this order; and what else is said of one that is new or gone.
CALLED = ("title", "name", "what")  # what a record is called by
ALONE = ("unit", "body", "agreement", "reporting", "event", "opportunity")  # kinds whose title says enough
TITLES = ("name", "role", "title", "body", "what", "text", "words", "count", "city", "date", "status", "term", "url")
DETAILS: Mapping[str, tuple[str, ...]] = {
    "Contact": ("email", "phone"),
    "Role": ("term",),
    "Obligation": ("owner", "due"),
    "Submission": ("date",),
    "Moment": ("dates",),
    "WorkingGroup": ("themes",),
    "GoverningBody": ("text",),
    "MemberCount": ("as_of",),
    "Membership": ("as_of",),
    "Accreditation": ("held_since", "last_renewed"),
    "Seat": ("country",),
    "Founded": ("place",),
    "Meeting": ("months",),
}


class Namer:
    """Names things in one language; `things` are the records, by `kind:id`, that others refer to."""

    def __init__(self, words: Words, things: Mapping[str, Plain]) -> None:
        self.words, self.things = words, things
        self._documents = {one["id"]: one["title"] for one in things.get("office:office", {}).get("documents", ())}

    def subject(self, kind: str, name: str, plain: Plain) -> str:
        """What a record is called: a network by its acronym, what stands with a network after it."""
        if kind == "network":
            return self.text(plain["acronym"])
        own = self._title(plain)
        home = self.things.get(f"network:{name.partition('/')[0]}") if "/" in name else None
        if home:
            return f"{self.text(home['acronym'])}, {self.quoted(own)}"
        if kind in ALONE:
            return own
        return own and f"{self.words(f'kind.{kind}')} {self.quoted(own)}"

    def _title(self, plain: Plain) -> str:
        return next((self.cut(self.text(plain[key]), TITLED) for key in CALLED if key in plain), "")

    def language_of(self, kind: str, name: str, plain: Plain) -> str:
        """The language of `subject` where it is another; empty where it is this one, or a word of it stands before the title."""
        keys = ("acronym",) if kind == "network" else CALLED if "/" in name or kind in ALONE else ()
        return next((self.foreign(plain[key]) for key in keys if key in plain), "")

    def name_of(self, kind: str, name: str) -> str:
        """What a referred record is called; its id when it is not there."""
        plain = self.things.get(f"{kind}:{name}")
        if plain is None:
            return name
        if kind == "network":
            return self.text(plain["acronym"])
        return self.text(plain.get("short") or plain.get("title") or plain.get("name") or {}) or name

    def text(self, plain: Mapping[str, str]) -> str:
        """A text in this language, else in the other."""
        return plain.get(self.words.language) or plain.get(self.words.other) or ""

    def foreign(self, plain: Mapping[str, str]) -> str:
        """The language of a text that is not there in this one; else empty."""
        return self.words.other if plain.get(self.words.other) and not plain.get(self.words.language) else ""

    def quoted(self, text: str) -> str:
        """A name in quotation marks; those inside it become the inner ones."""
        return self.words("change.quoted", text=text.replace("„", "«").replace("“", "»") if self.words.language == "ka" else text)

    def cut(self, text: str, most: int = NAMED) -> str:
        """A text shortened at a word."""
        text = " ".join(text.split())
        return text if len(text) <= most else text[: most - 1].rpartition(" ")[0].rstrip(" ,;:–-") + "…"

    def value(self, shape: Shape, value: Any) -> str:
        """Any plain value of a field in words."""
        if isinstance(value, list):
            return ", ".join(self.value(shape, item) for item in value)
        if shape.refers == "source":
            return self.text(self._documents[value]) if value in self._documents else str(value)
        if shape.refers:
            return self.name_of(shape.refers, value)
        if shape.holds == "whole":
            return self._whole(value)
        if isinstance(value, Mapping):
            return self.described(shape, value)
        return valued(shape, value, self.words)

    def _whole(self, value: Mapping[str, Any]) -> str:
        """A stretch of time, or a deadline in Tbilisi time."""
        if "zone" in value:
            return self.moment(value)
        start, end = value.get("start") or value.get("date"), value.get("end") or value.get("until")
        span = self.words.span(start, end) if start or not end else f"– {self.words.date(end)}"
        return beside(span, [self.words("role.past")] if value.get("past") else []) or self.words("role.present")

    def moment(self, deadline: Mapping[str, str]) -> str:
        """A deadline in Tbilisi time, and as its own zone has it where that differs."""
        there = moment(deadline["date"], deadline["time"], deadline["zone"])
        when = self.words("meta.at_tbilisi", date=self.words.date(there.date().isoformat()), time=there.strftime("%H:%M"))
        if deadline["zone"] == TBILISI.key:
            return when
        return f"{when} ({self.words.short(deadline['date'])} {deadline['time']}, {deadline['zone']})"

    def described(self, shape: Shape, item: Any) -> str:
        """A part or an item: what it is called, and the little that a reader wants beside it."""
        if shape.model is None or isinstance(item, str):
            return str(item)
        if shape.holds in ("texts", "text"):
            return self.cut(self.text(item), MOST)
        more = [self._said(one, item) for one in shapes(shape.model) if one.name in DETAILS.get(shape.model.__name__, ())]
        return beside(self.cut(self.named(shape.model, item), MOST), [part for part in more if part])

    def language_within(self, shape: Shape, item: Any) -> str:
        """The language of what `described` calls an item by, where it is another."""
        if shape.holds in ("texts", "text"):
            return self.foreign(item)
        title = title_shape(shape.model, item) if shape.model and not isinstance(item, str) else None
        return self.foreign(title.of(item) or {}) if title and title.holds == "text" else ""

    def named(self, model: type[BaseModel], item: Plain) -> str:
        """What an item is called."""
        shape = title_shape(model, item)
        return self._said(shape, item) if shape.of(item) is not None else ""

    def _said(self, shape: Shape, item: Plain) -> str:
        found = shape.of(item)
        if found is None:
            return ""
        return self.cut(self.text(found), MOST) if shape.holds == "text" else self.value(shape, found)


def beside(text: str, more: list[str]) -> str:
    """A name with what is said beside it in brackets."""
    return f"{text} ({'; '.join(more)})" if more and text else text or "; ".join(more)


def title_shape(model: type[BaseModel], item: Plain) -> Shape:
    """What an item is called by: the first of its titles that it has."""
    own = {shape.name: shape for shape in shapes(model)}
    return next((own[name] for name in TITLES if name in own and own[name].of(item) is not None), next(iter(own.values())))
