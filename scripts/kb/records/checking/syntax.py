"""What is wrong in a file that is no YAML: its text and the parser's error in, one problem that an editor understands out."""

import re

import yaml

from kb.records.checking.letters import ODD_SPACE
from kb.records.checking.problem import Problem, shown

QUOTED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL), "'": re.compile("'(?:[^']|'')*'")}
OPENING = re.compile(r"""(?:^ *(?:- +)*|[\[{,] *)(?:[^\s'"#:,\[\]{}]+: +)?(?:[\[{] *)?(?P<quote>["'])""", re.MULTILINE)
AFTER_QUOTED = re.compile(r" *(?:$|[,:\]}\r]| #)", re.MULTILINE)
BESIDE_COLON = re.compile(rf"^[ -]*{ODD_SPACE.pattern}|:{ODD_SPACE.pattern}")
CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)", re.MULTILINE)
COLON = re.compile(r":(?= |$)")
FIELD_LINE = re.compile(r" *(?:- +)*[\w-]+:(?: |$)")
FIRST_SIGN = re.compile(r" *(?:(?:- +)*[\w-]+: +(?:[@`%>|]|- )|(?:- +)+[@`%>|]|[@`])")
TIGHT_DASH = re.compile(r" *-[^\s-]")
OPEN_QUOTE = "while scanning a quoted scalar"
# The parser stumbles where one of these goes on; the mistake is where it begins.
BEGUN = (OPEN_QUOTE, "while scanning a simple key", "while parsing a flow sequence", "while parsing a flow mapping")
ANOTHER_DOCUMENT = "expected a single document"


def mistake(path: str, text: str, error: yaml.YAMLError) -> Problem:
    """The problem of a file that the parser refused, with the line in which an editor would look."""
    context, begun = getattr(error, "context", None), getattr(error, "context_mark", None)
    mark = begun if context in BEGUN else getattr(error, "problem_mark", None)
    lines = text.splitlines() or [""]
    line = min(mark.line + 1 if mark else 1, len(lines))
    if conflict := CONFLICT.search(text):
        line = line_at(text, conflict.start())
        return Problem(path, line, "", "conflict", shown(lines[line - 1].strip()))
    if ANOTHER_DOCUMENT in str(error):
        return Problem(path, line, "", "one_document")
    quote = line if context == OPEN_QUOTE else _line_of_open_quote(text, line)
    line = quote or line
    code = (
        ("quote_part" if _quotes_a_part(lines[line - 1]) else "quote") if quote else _code(error, lines[max(0, line - 2) : line])
    )
    return Problem(path, line, "", code, shown(lines[line - 1].strip()))


def line_at(text: str, position: int) -> int:
    """The line of a place in a text; a carriage return alone ends a line, as it does for libyaml."""
    return text.count("\n", 0, position) + text.count("\r", 0, position) - text.count("\r\n", 0, position) + 1


def _code(error: yaml.YAMLError, lines: list[str]) -> str:
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
            return line_at(text, opening.start("quote"))
        place = quoted.end()
    return 0


def _begin_of(text: str, line: int) -> int:
    """Where a line begins."""
    place = 0
    for _ in range(line - 1):
        place = text.find("\n", place) + 1
    return place
