"""Whom of the Office a record concerns: the units on its themes, those that own it or took part, and who follows its network."""

from collections.abc import Iterator, Mapping

from kb.history.changes import Change
from kb.history.snapshot import Plain, Snapshot

WHOLE = "leadership"  # the kind of unit that hears of everything


class Readers:
    """Finds the units that a record concerns; `things` holds the units and networks of the day."""

    def __init__(self, things: Mapping[str, Plain]) -> None:
        self._networks = {key: plain for key, plain in things.items() if key.startswith("network:")}
        self._units = [(key.removeprefix("unit:"), plain) for key, plain in things.items() if key.startswith("unit:")]

    def of(self, kind: str, name: str, plain: Plain) -> tuple[str, ...]:
        """The ids of the units, in the order of `things`.

        A record without themes and owners of its own concerns whom its networks concern. Leadership is among them
        only for its own themes; that it hears of everything is for the digest to know.
        """
        if kind == "unit":
            return (name,)
        themes, units = set(_themes(kind, name, plain)), set(_owners(plain))
        networks = {name} if kind == "network" else set()
        if not themes and not units:
            for home in (*plain.get("networks", ()), name.partition("/")[0]):
                themes |= set(self._networks.get(f"network:{home}", {}).get("themes", ()))
                networks.add(home)
        return tuple([one for one, unit in self._units if one in units or _follows(unit, themes, networks)])

    def of_change(self, change: Change, old: Snapshot) -> tuple[str, ...]:
        """The units that a change concerns: those of the record as it is and as it was, and of the working group meant."""
        after = self.of(change.kind, change.id, change.record)
        groups = {theme for step in change.path if step.shape.name == "working_groups" for theme in step.item.get("themes", ())}
        after += tuple([one for one, unit in self._units if _follows(unit, groups, set())])
        earlier = old.things.get(f"{change.kind}:{change.id}")
        return tuple(dict.fromkeys([*after, *(self.of(change.kind, change.id, earlier) if earlier else ())]))


def hears_all(unit: Plain) -> bool:
    """Whether a unit gets the edition for the whole Office: the Public Defender and the deputies."""
    return bool(unit.get("kind") == WHOLE)


def _follows(unit: Plain, themes: set[str], networks: set[str]) -> bool:
    return not themes.isdisjoint(unit.get("themes", ())) or not networks.isdisjoint(unit.get("networks", ()))


def _themes(kind: str, name: str, plain: Plain) -> Iterator[str]:
    """A record's themes; a theme is its own."""
    yield from plain.get("themes", ())
    if kind == "theme":
        yield name


def _owners(plain: Plain) -> Iterator[str]:
    """The units that own a record or a duty under it, took part in it, or work with a body."""
    for field in ("owner", "unit"):
        if field in plain:
            yield plain[field]
    yield from plain.get("units", ())
    for duty in plain.get("obligations", ()):
        yield duty["owner"]
