"""Strict YAML: the bytes of a record become plain values and their lines, or problems."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kb.records.checking import subset
from kb.records.checking.problem import Problem, dotted, shown

MOST_BYTES = 512 * 1024  # the largest list, 225 terms, has 40 kB; a person's file never needs ten times that
MOST_DEPTH = 12  # the deepest record has six levels
MOST_LINES = 20  # with a character that nobody typed: more of them say no more
MOST_BRACKETS = 400  # more than this in one file is looked at event by event before it is composed

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    "|[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|[\U000e0000-\U000e007f]"
)
GEORGIAN = "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f"
FOREIGN = "A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
UNWANTED = re.compile(f"{INVISIBLE.pattern}|\t")
MIXED_WORD = re.compile(
    f"[{GEORGIAN}][{FOREIGN}]|[{FOREIGN}][{GEORGIAN}]|[A-Za-z][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][A-Za-z]"
)
# Spaces that look like ordinary ones; YAML takes them for letters.
ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
BESIDE_COLON = re.compile(rf"^[ -]*{ODD_SPACE.pattern}|:{ODD_SPACE.pattern}")
FOREIGN_LETTER = re.compile("[\u0370-\u03ff\u0400-\u052f]")
CAPITAL_GEORGIAN = re.compile("[\u1c90-\u1cbf\u10a0-\u10c5]")
DEEP_LIST = re.compile("- +- +-")  # libyaml recurses at each step, and its stack is not Python's to guard
OPENING = re.compile(r"""(?:^ *(?:- +)*|[\[{,] *)(?:[^\s'"#:,\[\]{}]+: +)?(?:[\[{] *)?(?P<quote>["'])""", re.MULTILINE)
QUOTED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL), "'": re.compile("'(?:[^']|'')*'")}
AFTER_QUOTED = re.compile(r" *(?:$|[,:\]}\r]| #)", re.MULTILINE)
SUSPICIOUS = re.compile(f"{INVISIBLE.pattern}|{MIXED_WORD.pattern}|{CAPITAL_GEORGIAN.pattern}")
MARGIN = re.compile(" *(?:- +)*")
HASH = re.compile(r"#[^\s#]")  # a number or a tag; a remark begins with a space
FIELD = re.compile("( *(?:- +)*)[a-z_]+:(?: |$)")
# Where a node may begin, the signs of an anchor, an alias, a tag or a complex key; `&` inside an address is none of them.
NODE_SIGN = re.compile(r"(?:^|[\s\[{,:?])(?:[&*!]|\? )", re.MULTILINE)
# What is wrong with one value, or with a name that stands twice; all else is left out of the check as a whole.
OF_A_VALUE = frozenset(
    ["loose_boolean", "hash", "quote", "duplicate_key", "invisible", "mixed_scripts", "look_alikes", "capital_georgian"]
)
CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)", re.MULTILINE)
COLON = re.compile(r":(?= |$)")
FIELD_LINE = re.compile(r" *(?:- +)*[\w-]+:(?: |$)")
FIRST_SIGN = re.compile(r" *(?:(?:- +)*[\w-]+: +(?:[@`%>|]|- )|(?:- +)+[@`%>|]|[@`])")
TIGHT_DASH = re.compile(r" *-[^\s-]")
# Programs save their own files under any name: packed ones (Word, Excel), PDF, the older Word, rich text.
PROGRAM = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"{\\rtf")
OPEN_QUOTE = "while scanning a quoted scalar"
# The parser stumbles where one of these goes on; the mistake is where it begins.
BEGUN = (OPEN_QUOTE, "while scanning a simple key", "while parsing a flow sequence", "while parsing a flow mapping")

Path = tuple[str | int, ...]


class _Reader(yaml.cyaml.CParser if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc]
    """libyaml's parser with one resolver: a scalar is plain or quoted; what it means is decided here."""

    def __init__(self, text: str) -> None:
        super().__init__(text)

    def resolve(self, kind: type[Node], value: str | None, implicit: Any) -> str:  # noqa: ARG002 - the parser calls it so
        if kind is ScalarNode:
            return "plain" if implicit[0] else "quoted"
        return "collection"

    def descend_resolver(self, current_node: Any, current_index: Any) -> None: ...

    def ascend_resolver(self) -> None: ...


@dataclass
class Document:
    """A parsed file: its values, and its text, which tells their lines."""

    path: str
    data: Any
    text: str

    @cached_property
    def root(self) -> Node:
        """The tree that knows all places, made when one is asked for: only files with problems, and those edited, pay."""
        root: Node = _composed(self.text)
        return root

    def line(self, where: Path) -> int:
        """The line of the value at `where`, or of the nearest part of the file that is there."""
        node, line = self.root, self.root.start_mark.line + 1
        for step in where:
            found = _child(node, step)
            if found is None:
                break
            node, line = found
        return line


def _child(node: Node, step: str | int) -> tuple[Node, int] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, key.start_mark.line + 1
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item, item.start_mark.line + 1
    return None


def parse(path: str, raw: bytes) -> tuple[Document | None, list[Problem]]:
    """Bytes of one file → its document as far as it can be read, and the problems in it.

    A value that is wrong by itself stands in the document as nothing, so that what is right around it is checked, too.
    """
    if problem := _no_text(path, raw):
        return None, [problem]
    try:
        text = raw.decode("utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else "utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Problem(path, line, "", "utf8", shown(raw[error.start : error.start + 4].hex(" ")))]
    data = subset.read(text)
    if data is not None:
        return Document(path, data, text), []
    problems = list(_suspicious_characters(path, text))
    if problems:
        return None, problems
    return parsed(path, text)


def _no_text(path: str, raw: bytes) -> Problem | None:
    """The problem of a file that holds no text, or holds it in UTF-16, which gives every plain letter a NUL."""
    if len(raw) > MOST_BYTES:
        return too_large(path, len(raw))
    if raw.startswith(PROGRAM):
        return Problem(path, 1, "", "no_text")
    if b"\0" in raw and max(raw[::2].count(0), raw[1::2].count(0)) > len(raw) // 4:
        return Problem(path, 1, "", "utf8", shown(raw[:4].hex(" ")))
    return None


def too_large(path: str, size: int, most: int = MOST_BYTES) -> Problem:
    """The problem of a file that no person wrote, or no robot of ours."""
    return Problem(path, 1, "", "too_large", f"{size // 1024} kB", {"most": f"{most // 1024} kB"})


def _suspicious_characters(path: str, text: str) -> Iterator[Problem]:
    if text.isascii() and text.isprintable():
        return
    seen: set[int] = set()
    for match in UNWANTED.finditer(text):
        line = _line_at(text, match.start())
        if line in seen:
            continue
        seen.add(line)
        tab = match[0] == "\t"
        yield Problem(path, line, "", "tab" if tab else "invisible", "" if tab else f"U+{ord(match[0]):04X}")
        if len(seen) == MOST_LINES:  # a file of another program, not of a person
            return


def _composed(text: str) -> Any:
    return _Reader(text).get_single_node()


def parsed(path: str, text: str) -> tuple[Document | None, list[Problem]]:
    """A text without suspicious characters → what libyaml reads in it; for the form that nearly all files have, see `subset`."""
    try:
        dangerous = list(_dangerous_events(path, text)) if _looks_dangerous(text) else []
        if dangerous:
            return None, dangerous
        root = _composed(text)
    except yaml.YAMLError as error:
        return None, [_syntax_problem(path, text, error)]
    except RecursionError:
        return None, [Problem(path, 1, "", "too_deep", context={"most": str(MOST_DEPTH)})]
    reading = _Reading(path, text)
    data = None if root is None else reading.value(root, [])
    if data is None or any(problem.code not in OF_A_VALUE for problem in reading.problems):
        return None, reading.problems or [Problem(path, 1, "", "empty_file")]
    return Document(path, data, text), reading.problems


def _looks_dangerous(text: str) -> bool:
    """Whether the file might hold anchors, aliases, a lone tag or deep nesting; most do not, and skip the slower look."""
    return (
        NODE_SIGN.search(text) is not None
        or text.count("[") + text.count("{") > MOST_BRACKETS
        or DEEP_LIST.search(text) is not None
    )


def _dangerous_events(path: str, text: str) -> Iterator[Problem]:
    depth = 0
    for event in yaml.parse(text, Loader=_Reader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if getattr(event, "anchor", None):
            yield Problem(path, line, "", "anchor", shown(getattr(event, "anchor", "")))
            return
        if getattr(event, "tag", None) == "!":  # the composer would drop it, and the reader of the page would miss it
            yield Problem(path, line, "", "tag", "!")
            return
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MOST_DEPTH:
            yield Problem(path, line, "", "too_deep", context={"most": str(MOST_DEPTH)})
            return


def _syntax_problem(path: str, text: str, error: yaml.YAMLError) -> Problem:
    context, begun = getattr(error, "context", None), getattr(error, "context_mark", None)
    mark = begun if context in BEGUN else getattr(error, "problem_mark", None)
    lines = text.splitlines() or [""]
    line = min(mark.line + 1 if mark else 1, len(lines))
    if conflict := CONFLICT.search(text):
        line = _line_at(text, conflict.start())
        return Problem(path, line, "", "conflict", shown(lines[line - 1].strip()))
    if "expected a single document" in str(error):
        return Problem(path, line, "", "one_document")
    quote = line if context == OPEN_QUOTE else _line_of_open_quote(text, line)
    line = quote or line
    code = (
        ("quote_part" if _quotes_a_part(lines[line - 1]) else "quote")
        if quote
        else _mistake(error, lines[max(0, line - 2) : line])
    )
    return Problem(path, line, "", code, shown(lines[line - 1].strip()))


def _mistake(error: yaml.YAMLError, lines: list[str]) -> str:
    """What is wrong in the last of some lines, told by the signs of the commonest mistakes."""
    line, said = lines[-1], getattr(error, "problem", None) or ""
    if any(BESIDE_COLON.search(one) for one in lines):
        return "odd_space"
    if "escape" in said:
        return "backslash"
    if "flow" in (getattr(error, "context", None) or "") and any(line.count(a) > line.count(b) for a, b in ("[]", "{}")):
        return "bracket"
    if FIRST_SIGN.match(line) or TIGHT_DASH.match(line):
        return "value_sign" if FIRST_SIGN.match(line) else "list_dash"
    if "mapping values" in said and len(COLON.findall(line)) > 1:
        return "colon"
    balanced = all(line.count(a) == line.count(b) for a, b in ("[]", "{}"))
    misplaced = FIELD_LINE.match(line) and balanced and ("mapping values" in said or "expected key" in said)
    return "indentation" if misplaced else "syntax"


def _quotes_a_part(line: str) -> bool:
    """Whether a quotation that begins a line's text ends before the text does, and no other of its marks is left alone."""
    opening = OPENING.search(line)
    quoted = QUOTED[opening["quote"]].match(line, opening.start("quote")) if opening else None
    return bool(opening and quoted and line.count(opening["quote"], quoted.end()) % 2 == 0)


def _line_of_open_quote(text: str, stumbled: int) -> int:
    """The line of a quote that a later one closes by chance, in the line at which the parser stumbled; 0 for none."""
    place, begins = 0, _begin_of(text, stumbled)
    ends = text.find("\n", begins) + 1 or len(text) + 1
    while (opening := OPENING.search(text, place)) and opening.start("quote") < ends:
        quoted = QUOTED[opening["quote"]].match(text, opening.start("quote"))
        if quoted is None:
            return 0
        by_chance = not AFTER_QUOTED.match(text, quoted.end())
        if by_chance and begins <= quoted.end() < ends:
            return _line_at(text, opening.start("quote"))
        place = quoted.end()
    return 0


def _begin_of(text: str, line: int) -> int:
    """Where a line begins."""
    place = 0
    for _ in range(line - 1):
        place = text.find("\n", place) + 1
    return place


def _line_at(text: str, position: int) -> int:
    """The line of a place in a text; a carriage return alone ends a line, as it does for libyaml."""
    return text.count("\n", 0, position) + text.count("\r", 0, position) - text.count("\r\n", 0, position) + 1


class _Reading:
    """One reading of a file's tree of nodes: its values, and what is wrong with each of them."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.problems = path, list[Problem]()
        self._text = text

    @cached_property
    def _lines(self) -> list[str]:
        return re.split("\r\n|\n|\r", self._text)

    def value(self, node: Node, where: list[str | int]) -> Any:
        """What a node means; nothing where it is wrong."""
        if len(where) > MOST_DEPTH:
            self._wrong(node, where, "too_deep", most=str(MOST_DEPTH))
        elif node.tag not in ("plain", "quoted", "collection"):
            self._wrong(node, where, "tag", shown(node.tag))
        elif isinstance(node, ScalarNode):
            return self._scalar(node, where)
        elif isinstance(node, SequenceNode):
            return tuple([self._below(item, where, i) for i, item in enumerate(node.value)])
        elif isinstance(node, MappingNode):
            return self._mapping(node, where)
        return None

    def _below(self, node: Node, where: list[str | int], step: str | int) -> Any:
        where.append(step)
        value = self.value(node, where)
        where.pop()
        return value

    def _mapping(self, node: MappingNode, where: list[str | int]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else None
            if name is None or name == "" or key.tag not in ("plain", "quoted"):
                self._wrong(key, where, "key")
            elif name == "<<" and key.tag == "plain":
                self._wrong(key, where, "merge")
            elif name in result:
                self._wrong(key, (*where, name), "duplicate_key")
            else:
                result[name] = self._below(value, where, name)
        return result

    def _scalar(self, node: ScalarNode, where: list[str | int]) -> str | int | bool | None:
        value: str = node.value
        plain = node.tag == "plain"
        if plain and not node.style and HASH.match(self._rest_of_line(node)):
            self._wrong(node, where, "hash", shown(self._lines[node.end_mark.line].strip()))
        elif plain and subset.is_loose(value):
            self._wrong(node, where, "loose_boolean", value)
        elif node.style in QUOTED and self._swallows_a_field(node):
            self._wrong(node, where, "quote", shown(self._lines[node.start_mark.line].strip()))
        else:
            self._check_letters(node, where)
            return subset.meaning(value) if plain else value
        return None

    def _rest_of_line(self, node: ScalarNode) -> str:
        """What stands behind a value without quotes: a remark, or what its writer took for a part of the text."""
        if "#" not in self._text:
            return ""
        mark = node.end_mark
        return self._lines[mark.line][mark.column :].strip() if mark.line < len(self._lines) else ""

    def _swallows_a_field(self, node: ScalarNode) -> bool:
        """Whether a text in quotes goes on over a line that is a field beside it: its quote was meant to close before."""
        first, last = node.start_mark.line, node.end_mark.line
        if first == last:
            return False
        margin = MARGIN.match(self._lines[first])
        least = len(margin[0]) if margin else 0
        found = (FIELD.match(line) for line in self._lines[first + 1 : last + 1])
        return any(field and len(field[1]) <= least for field in found)

    def _check_letters(self, node: ScalarNode, where: list[str | int]) -> None:
        """A word is of one script: a Latin `o` inside a Georgian word is never found by search."""
        value: str = node.value
        if (value.isascii() and value.isprintable()) or not SUSPICIOUS.search(value):
            return
        if found := INVISIBLE.search(value):
            self._wrong(node, where, "invisible", f"U+{ord(found[0]):04X}")
        for word in mixed_words(value):
            self._wrong(node, where, _code_of_mixture(word), shown(word), beside=word)
        if found := CAPITAL_GEORGIAN.search(value):
            self._wrong(node, where, "capital_georgian", shown(value[found.start() :], 20), beside=found[0])

    def _wrong(
        self, node: Node, where: Iterable[str | int], code: str, found: str = "", beside: str = "", **context: str
    ) -> None:
        """Note a problem; of a text of several lines it stands on the one that has `beside` in it."""
        first, last = node.start_mark.line, node.end_mark.line
        lines = self._lines[first : last + 1] if beside and last > first else []
        line = next((number for number, text in enumerate(lines, first) if beside in text), first)
        self.problems.append(Problem(self.path, line + 1, dotted(where), code, found, context))


def mixed_words(text: str) -> list[str]:
    """The words of a text in which letters of two scripts stand side by side, each once."""
    words = dict.fromkeys(word for word in text.split() if MIXED_WORD.search(word))
    return list(words)


def _code_of_mixture(word: str) -> str:
    """A word with Georgian letters may lack the hyphen before its case ending; any other was pasted."""
    return "mixed_scripts" if re.search(f"[{GEORGIAN}]", word) else "look_alikes"
