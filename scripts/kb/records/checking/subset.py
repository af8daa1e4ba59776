"""The part of YAML in which nearly every record is written, read by two patterns in a third of the parser's time.

Blocks of fields and lists whose levels are two spaces apart; plain and quoted texts, also over several lines;
short lists in brackets; comments that begin their line. Of 10,000 records 9,970 hold nothing else, and reading them
takes 0.5 seconds instead of 1.5. Whatever is not wholly of this form is left to libyaml, and so is every mistake.
"""

import re
from typing import Any

GEORGIAN = "\u10d0-\u10fa"
LATIN = "A-Za-z\u00c0-\u00ff"
SIGNS = "\n -@\\[-`{-~\u00a7\u00ab\u00bb\u2013\u2014\u2018\u2019\u201c-\u201e\u2026\u2116"
# Words of one script each and signs that can be seen: no tab, nothing invisible, no Latin letter in a Georgian word.
HARMLESS = re.compile(f"[{SIGNS}]*+(?:(?:[{GEORGIAN}]++|[{LATIN}]++)[{SIGNS}]++)*+")

WORD = "[0-9A-Za-z][0-9A-Za-z/_.-]*+"
BRACKETS = rf"\[(?:{WORD}(?: {WORD})*+(?:, {WORD}(?: {WORD})*+)*+)?\]"
QUOTED = r"""'(?:[^'\n]++|''|\n +(?=[^\s']))*+'|"(?:[^"\\\n]++|\n +(?=[^\s"]))*+\""""
# A plain text neither begins with a sign of YAML nor has a colon before a space or an end of line.
LINE = r"""[^\s'"\[\]{}>|*&!%#`@,?:-][^:\n]*+(?::(?=\S)[^:\n]*+)*+"""
PLAIN = rf"{LINE}(?:\n +{LINE}(?=\n))*+"
FIELD = "([a-z_]{1,60}):(?: (?=[^ \n])|(?=\n))"
COMMENTS = r"\n*+(?:#[^\n]*+\n++)*+"
TOP = re.compile(COMMENTS)
# A margin, which ends in a dash where an item begins, a field's name, a value; or else all that follows.
ENTRY = re.compile(rf"((?:  ){{0,8}}(?:- )?)(?:{FIELD})?({PLAIN}|{QUOTED}|{BRACKETS}|)\n{COMMENTS}|([\s\S]+)")
FOLD = re.compile("\n +")

WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
LOOSE_BOOLEANS = frozenset(["yes", "no", "on", "off", "y", "n", "true", "false"])

Entries = list[tuple[str, str, str, str]]
"""What is left to read, the next entry last."""


class _OtherForm(Exception):
    """This is for libyaml: a mistake, or a way to write that few records have."""


def read(text: str) -> Any:
    """The values of a file, as `document.parse` gives them; nothing when the file is of any other form."""
    # A space before a hash or at the end of a line is of no meaning in most files, and of some in a few.
    if " #" in text or " \n" in text or not text.endswith("\n") or not HARMLESS.fullmatch(text):
        return None
    entries = ENTRY.findall(text, TOP.match(text).end())  # type: ignore[union-attr]  # it matches nothing, too
    if not entries or entries[-1][-1]:
        return None
    entries.reverse()
    try:
        value = _block(entries, "", "- ")
    except _OtherForm:
        return None
    return None if entries else value


def meaning(text: str) -> str | int | bool | None:
    """What a scalar without quotes means, once it is no loose boolean: nothing, a truth, a whole number or its text."""
    if len(text) <= 5:
        if text in ("true", "false"):
            return text == "true"
        if text.lower() in ("", "~", "null"):
            return None
    return int(text) if WHOLE_NUMBER.match(text) else text


def is_loose(text: str) -> bool:
    """Whether other programs take a scalar without quotes for true or false, and people for a word."""
    return len(text) <= 5 and text.lower() in LOOSE_BOOLEANS and text not in ("true", "false")


def _block(entries: Entries, fields: str, items: str) -> Any:
    """What begins at the next entry when it has one of two margins; else nothing stands here."""
    margin = entries[-1][0] if entries else None
    if margin == fields:
        return _mapping(entries, fields)
    return _sequence(entries, items) if margin == items else None


def _mapping(entries: Entries, margin: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    deeper = f"{margin} "
    while True:
        _, name, value, _ = entries.pop()
        if not name or name in fields:
            raise _OtherForm
        fields[name] = _value(value, deeper) if value else _block(entries, f"{deeper} ", f"{deeper} - ")
        if not entries or entries[-1][0] != margin:
            return fields


def _sequence(entries: Entries, margin: str) -> tuple[Any, ...]:
    items = []
    inner = " " * len(margin)
    while entries and entries[-1][0] == margin:
        items.append(_mapping(entries, inner) if entries[-1][1] else _value(entries.pop()[2], inner))
    return tuple(items)


def _value(written: str, margin: str) -> Any:
    """A value beside its name or dash; its further lines begin with `margin`."""
    if "\n" in written:
        if not all(line.startswith(margin) for line in written.split("\n")[1:]):
            raise _OtherForm
        written = FOLD.sub(" ", written)
    first = written[0]
    if first == "[":
        return tuple(map(_plain, written[1:-1].split(", "))) if written != "[]" else ()
    if first == '"':
        return written[1:-1]
    if first == "'":
        return written[1:-1].replace("''", "'")
    return written if first > "9" and len(written) > 5 else _plain(written)


def _plain(text: str) -> Any:
    if is_loose(text):
        raise _OtherForm
    return meaning(text)
