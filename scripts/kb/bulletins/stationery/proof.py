"""What can be wrong with a Word file of tags: its paragraphs in, the first fault out, in words that say what must be there.

An editor in Word cuts a tag in two with a stroke of a key; Jinja would then speak of lines that nobody sees in Word.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from kb.bulletins.stationery.templates import TAG, BadTemplate

EDGE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
ALONE = re.compile(r"\{[{%#](p|tr) ")  # docxtpl takes the whole paragraph or row away with such a tag
STATEMENT = re.compile(r"\{%-?(p|tr|tc|r)? *(\w*)")
PAIRED = frozenset({"for", "if", "with"})
WORDS = PAIRED | {"endfor", "endif", "endwith", "elif", "else", "set", "vm", "hm", "colspan", "cellbg"}
"""What a tag can say: Jinja's words that need no other file, and docxtpl's own for cells of tables."""
OUTSIDE = frozenset(qn(f"w:{name}") for name in ("body", "hdr", "ftr", "tbl", "tr", "tc", "p", "r", "hyperlink"))
Block = tuple[str, str, str]
"""What a tag takes away with it (p, tr or nothing), its word, and the tag."""
P, ROW, TEXT = qn("w:p"), qn("w:tr"), qn("w:t")


def check_tags(path: str, root: Any) -> None:
    """Every tag of a part is whole, alone where it must be, and every block that is opened is closed; raises BadTemplate."""
    found = list(paragraphs(root))
    for paragraph in found:
        if EDGE.search(TAG.sub("", paragraph)):
            raise BadTemplate("cut", path, found=paragraph)
        if ALONE.search(paragraph) and not TAG.fullmatch(paragraph.strip()):
            raise BadTemplate("alone", path, found=paragraph)
    for row in root.iter(ROW):
        words = "".join(row.itertext(TEXT)).strip()
        if "{%tr " in words and not TAG.fullmatch(words):
            raise BadTemplate("alone", path, found=words)
    for paragraph in found:
        if lost := unpaired([tag for tag in blocks(path, paragraph) if not tag[0]]):
            raise BadTemplate("across", path, found=lost[2], nearest=lost[2].replace("{%", "{%p", 1))
    if lost := unpaired([tag for paragraph in found for tag in blocks(path, paragraph)]):
        _, word, tag = lost
        if word.startswith("end"):
            raise BadTemplate("closes", path, found=tag)
        raise BadTemplate("open", path, found=tag, end=f"{{%p end{word} %}}")


def blocks(path: str, paragraph: str) -> Iterator[Block]:
    """The tags of a paragraph that say for, if and the like; raises BadTemplate for one that says what nobody understands."""
    for tag in TAG.findall(paragraph):
        if match := STATEMENT.match(tag):
            what, word = match.groups()
            if word not in WORDS:
                raise BadTemplate("word", path, found=tag)
            yield what or "", word, tag


def unpaired(tags: Iterable[Block]) -> Block | None:
    """The first block that is not closed, or the end of one that was not opened; nothing when all are paired."""
    opened: list[Block] = []
    for block in tags:
        word = block[1]
        if word in PAIRED:
            opened.append(block)
        elif (begun := word.removeprefix("end")) in PAIRED and word != begun:
            if begun not in [one for _, one, _ in opened]:
                return block
            if opened[-1][1] != begun:
                return opened[-1]
            opened.pop()
    return opened[-1] if opened else None


def paragraphs(root: Any) -> Iterator[str]:
    """The words of each paragraph of a part; one in a text box is not those around it."""
    texts = root.iter(TEXT)
    for _, of_one in groupby(texts, lambda text: next(text.iterancestors(P), None)):
        yield "".join(text.text or "" for text in of_one)


def check_filled(path: str, xml: str) -> None:
    """A filled part is XML in which words stand where Word looks for them; raises BadTemplate."""
    try:
        root = etree.fromstring(xml)
    except etree.XMLSyntaxError as error:
        raise BadTemplate("broken", path, why=str(error)) from None
    for element in root.iter():
        children = list(element)
        if element.tag == TEXT and children:
            raise BadTemplate("rich", path, found="".join(element.itertext()))
        loose = [text for text in (element.text, *(child.tail for child in children)) if text and text.strip()]
        if element.tag in OUTSIDE and loose:
            raise BadTemplate("plain", path, found=loose[0].strip())
