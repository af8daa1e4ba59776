"""A change as a sentence in one language: „IOI: კონტაქტი „სამდივნო“, ელფოსტა შეიცვალა: ძველი → ახალი“."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Literal

from kb.history.changes import Change, Step
from kb.history.labels import label
from kb.history.matching import ALIKE
from kb.history.naming import MOST, Namer, beside, title_shape
from kb.history.snapshot import Plain
from kb.words.language import LANGUAGES, OTHER, Language, Words

LONG = 80  # letters from which a changed text is shown by its changed words only
AROUND = 5  # words that are left standing around what changed

Mark = Literal["", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence; `gone` and `new` are what a text lost and gained."""

    text: str
    mark: Mark = ""
    language: str = ""
    """The language of a record's words that are not there in the reader's."""


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words."""

    subject: str
    """What changed: the name of the record."""
    pieces: tuple[Piece, ...]
    """What happened to it."""

    def plain(self, words: Words) -> str:
        """The sentence as plain text."""
        parts = [words(_PLAIN[piece.mark], text=piece.text) if piece.mark else piece.text for piece in self.pieces]
        return words("change.about", subject=self.subject, what=" ".join(parts).replace(" ;", ";"))


_PLAIN = {"gone": "change.cut", "new": "change.put"}


class Teller:
    """Tells changes in one language; `things` are the records of both snapshots, for the names of what they refer to."""

    def __init__(self, words: Words, things: Mapping[str, Plain], today: date) -> None:
        self.words, self.today = words, today
        self.names = Namer(words, things)

    def tell(self, change: Change) -> Told:
        """The sentence of a change."""
        return Told(self.names.subject(change.kind, change.id, change.record), tuple(p for p in self._pieces(change) if p.text))

    # --- the sentence

    def _pieces(self, change: Change) -> Iterator[Piece]:
        words, kind = self.words, self.words(f"kind.{change.kind}")
        if change.action in ("link-dead", "link-alive"):
            yield Piece(words(f"change.{change.action.replace('-', '_')}"))
            yield Piece(str(change.after))
        elif not change.path:
            yield Piece(words(f"change.record_{change.action}", kind=kind))
            reason = change.after["reason"] if change.action == "archived" else {}
            yield Piece(self.names.text(reason), language=self.names.foreign(reason))
        elif change.action in ("item-added", "item-removed"):
            yield from self._item(change)
        else:
            yield from self._field(change)

    def _item(self, change: Change) -> Iterator[Piece]:
        step, item = change.path[-1], change.before if change.after is None else change.after
        if step.shape.name == "roles" and change.after is not None and not self._over(item):
            yield Piece(self.words("change.new_role"))
        else:
            what = self._way(change.path, last="one")
            yield Piece(self.words("change.set" if change.after is not None else "change.unset", what=what))
        yield Piece(self.names.described(step.shape, item), language=self.names.language_within(step.shape, item))

    def _field(self, change: Change) -> Iterator[Piece]:
        shape = change.path[-1].shape
        if shape.holds in ("text", "texts"):
            yield from self._text(change)
        elif shape.holds == "values":
            yield from self._values(change)
        elif shape.name == "term" and self._over(change.after) and not self._over(change.before):
            role = change.path[-2].item or {}
            yield Piece(self.words("change.role_ended"))
            yield Piece(
                beside(self.names.cut(self.names.text(role.get("role", {})), MOST), [self.names.value(shape, change.after)])
            )
        else:
            what, before, after = self._way(change.path), change.before, change.after
            if before is not None and after is not None:
                yield Piece(self.words("change.changed", what=what))
                yield Piece(f"{self.names.value(shape, before)} → {self.names.value(shape, after)}")
            else:
                yield Piece(self.words("change.unset" if after is None else "change.set", what=what))
                yield Piece(self.names.value(shape, before if after is None else after))

    def _values(self, change: Change) -> Iterator[Piece]:
        """A list of values: what came and what went."""
        shape, what = change.path[-1].shape, self._way(change.path)
        came = [v for v in change.after or [] if v not in (change.before or [])]
        went = [v for v in change.before or [] if v not in (change.after or [])]
        if came:
            yield Piece(self.words("change.more", what=what))
            yield Piece(", ".join(self.names.value(shape, value) for value in came))
        if went:
            yield Piece(self.words("change.and_less") if came else self.words("change.less", what=what))
            yield Piece(", ".join(self.names.value(shape, value) for value in went))

    def _text(self, change: Change) -> Iterator[Piece]:
        """A text in the language of the reader, or in the other when only that one changed."""
        language, own = self._language(change), self.words.language
        foreign = "" if language == own else language
        what = self._way(change.path)
        if language != own or _one_language(change):
            what = self.words(f"change.in_{language}", what=what)
        before, after = (change.before or {}).get(language), (change.after or {}).get(language)
        if before and after:
            yield Piece(self.words("change.text_changed" if _alike(before, after) else "change.changed", what=what))
            if _alike(before, after):
                yield from (replace(piece, language=foreign) for piece in _difference(before, after))
            else:
                yield Piece(f"{self.names.cut(before, MOST)} → {self.names.cut(after, MOST)}", language=foreign)
        else:
            yield Piece(self.words("change.set" if after else "change.unset", what=what))
            yield Piece(self.names.cut(after or before or "", MOST), language=foreign)

    def _language(self, change: Change) -> Language:
        own = self.words.language
        before, after = change.before or {}, change.after or {}
        return own if before.get(own) != after.get(own) else OTHER[own]

    # --- the way to a field

    def _way(self, path: tuple[Step, ...], last: str = "") -> str:
        """The way to a field in words: „კონტაქტი „სამდივნო“, ელფოსტა“."""
        found: list[str] = []
        for number, step in enumerate(path):
            ending = number == len(path) - 1
            if step.shape.name == "text" and found:
                continue  # the sentence itself: what it belongs to says enough
            name = label(step.shape, self.words, one=step.item is not None)
            own = (
                not (ending and last)
                and not self._is_title(path, number)
                and step.shape.holds == "parts"
                and step.item is not None
            )
            found.append(f"{name} {self.names.quoted(self._item_name(step))}" if own else name)
        return ", ".join(found)

    def _is_title(self, path: tuple[Step, ...], number: int) -> bool:
        """Whether the next step is what the item is called by: its name need not stand there twice."""
        if number + 1 != len(path) - 1:
            return False
        model = path[number].shape.model
        item = path[number].item
        return model is not None and item is not None and path[-1].shape.name == title_shape(model, item).name

    def _item_name(self, step: Step) -> str:
        model = step.shape.model
        return self.names.cut(self.names.named(model, step.item)) if model else ""

    def _over(self, term: Mapping[str, Any] | None) -> bool:
        """Whether a role is over: it says so, or its last day is past."""
        end = (term or {}).get("end")
        return bool((term or {}).get("past")) or bool(end and end < self.today.isoformat()[: len(end)])


def _one_language(change: Change) -> bool:
    """Whether a text was there before and after and only one of its languages came or went."""
    before, after = change.before or {}, change.after or {}
    return bool(before and after) and any((language in before) != (language in after) for language in LANGUAGES)


def _alike(before: str, after: str) -> bool:
    """Whether two texts are long and have so much in common that their difference reads better than both."""
    if max(len(before), len(after)) < LONG:
        return False
    return before[:MOST] == after[:MOST] or SequenceMatcher(None, before.split(), after.split(), autojunk=False).ratio() >= ALIKE


def _difference(before: str, after: str) -> list[Piece]:
    """The changed words of a long text with a few around them."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    pieces: list[Piece] = []
    codes = matcher.get_opcodes()
    for number, (action, i, j, k, m) in enumerate(codes):
        if action == "equal":
            pieces.append(Piece(_around(old[i:j], first=number == 0, last=number == len(codes) - 1)))
        else:
            pieces += [Piece(" ".join(old[i:j]), "gone")] * (i < j) + [Piece(" ".join(new[k:m]), "new")] * (k < m)
    return pieces


def _around(words: list[str], first: bool, last: bool) -> str:
    """The words between two changes: all when they are few, else those beside the changes."""
    if len(words) <= 2 * AROUND and not (first or last):
        return " ".join(words)
    head = [] if first else words[:AROUND]
    tail = [] if last else words[-AROUND:]
    if len(words) <= len(head) + len(tail):
        return " ".join(words)
    return " ".join([*head, "…", *tail])
