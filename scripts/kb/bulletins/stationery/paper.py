"""A Word file with tags in, documents out: docxtpl reads the file once, Jinja fills it; the same words are the same bytes.

docxtpl's own way opens, fills and saves the whole file for each document: 37 ms a brief, of which a build of two seconds
makes 144. What it has read is kept here instead, a Jinja template for each part with tags, and the parts without tags are
compressed once, which alone saves 1 ms a brief, 6 % of a build: a brief then takes 1.4 ms.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import jinja2
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import parse_xml
from docxtpl import DocxTemplate, RichText
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kb.bulletins.letter import Run, link_of, spaced
from kb.bulletins.stationery.archives import BEST, extended, packed
from kb.bulletins.stationery.proof import check_filled, check_tags
from kb.bulletins.stationery.templates import BadTemplate, Template, failed, line_at, place_of

LOCALES = {"ka": "ka-GE", "en": "en-GB"}
DATED = datetime(2026, 1, 1, tzinfo=UTC)  # every document says that it was made then: the same letter is the same file
TITLE = "{{ title }}"
LINK, STRONG = "Hyperlink", "Strong"
MARKS = {"gone": "Removed Words", "new": "Added Words"}
NEEDED = (LINK, STRONG, *MARKS.values())
"""The styles of words that the program asks for by name; what they look like is said in the file."""
FILLED = tuple(f"{kind}+xml" for kind in ("document.main", "header", "footer", "footnotes", "endnotes", "core-properties"))
CONTENTS = "[Content_Types].xml"  # what programs look for; it comes first
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML 1.0 cannot hold
NO_URI = re.compile(r"[\[\]^`{}]")  # what browsers take in an address, but no URI may hold; Office programs refuse the file
EMPTY = re.compile(r"<w:r(?: [^>]*)?>(?:<w:rPr/>|<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?></w:t></w:r>")
IN_MEMORY = "<template>"  # what Jinja calls a template without a file
PARAGRAPH = re.compile(r"<w:p(?=[ >])")


def clean(text: Any) -> Any:
    """A text that XML can hold; what is no text stays as it is."""
    return ILLEGAL.sub("", text) if isinstance(text, str) and not text.isprintable() else text


def as_uri(address: str) -> str:
    """An address that Word takes."""
    return NO_URI.sub(lambda sign: f"%{ord(sign[0]):X}", str(clean(address)))


# Word files come with proposals and cannot be compared by eye: their tags reach the data and nothing else.
JINJA = ImmutableSandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined, finalize=clean)


class Part(NamedTuple):
    """A part of a Word file that has tags."""

    source: str
    """Its XML as docxtpl prepares it for Jinja, a paragraph a line."""
    template: jinja2.Template


class Paper:
    """A Word file, ready to be filled again and again."""

    def __init__(self, template: Template) -> None:
        """Raises BadTemplate for what is no Word file, has no style of a needed name, or tags that cannot be understood."""
        self.path = template.path
        word = opened(template)
        self.locale: str = word.core_properties.language or LOCALES["ka"]
        # by name: Word and LibreOffice each give a style an id of their own
        ids = {style.name: style.style_id for style in word.styles}
        if lost := [name for name in NEEDED if name not in ids]:
            raise BadTemplate("style", self.path, found=lost[0])
        self.styles: dict[str, str] = {name: ids[name] for name in NEEDED}
        self.parts = {name: self._part(source) for name, source in tagged(word, self.path)}
        main = word.docx.part
        self._links, self._links_name = main.rels, str(main.partname.rels_uri.membername)
        files = saved(word)
        self._kept = packed({name: files[name] for name in files if name not in {self._links_name, *self.parts}}, BEST)

    def _part(self, source: str) -> Part:
        try:
            return Part(source, JINJA.from_string(source))
        except jinja2.TemplateSyntaxError as error:
            found, why = line_at(source, error.lineno), str(error.message)
            raise BadTemplate("syntax", self.path, found=found, why=why) from None

    def prove(self, values: Mapping[str, Any], names: Iterable[str]) -> None:
        """Fill the paper once with all that it can be given; `names` are all that there are. Raises BadTemplate."""
        for part in self.parts.values():
            try:
                xml = part.template.render(values)
            except Exception as error:  # noqa: BLE001 - a template can do whatever Jinja lets it do
                _, line = place_of(error, {IN_MEMORY})
                raise failed(error, self.path, 1, line_at(part.source, line), names) from None
            check_filled(self.path, xml)

    def document(self, values: Mapping[str, Any], links: Mapping[str, str]) -> bytes:
        """The document; `links` holds the addresses that its words lead to, each with its id."""
        relations = copy(self._links)  # those of the file stay as they are for the next document
        for address, name in links.items():
            relations.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True)
        made = {name: part.template.render(values).encode() for name, part in self.parts.items()}
        return extended(self._kept, made | {self._links_name: relations.xml})


def opened(template: Template) -> DocxTemplate:
    """A Word file as docxtpl opens it, with what all documents have in common; raises BadTemplate for any other file."""
    word = DocxTemplate(io.BytesIO(template.content))
    try:
        word.init_docx()
        about = word.core_properties
    except Exception:  # noqa: BLE001 - zipfile, lxml and python-docx each raise their own for what is no Word file
        raise BadTemplate("not_word", template.path) from None
    about.title = about.title or TITLE
    about.created = about.modified = DATED
    about.last_modified_by, about.revision = "", 1  # who edited the template and how often is not told to its readers
    return word


def tagged(word: DocxTemplate, path: str) -> Iterator[tuple[str, str]]:
    """(name, XML for Jinja) of every part that can have tags and has some; of the text itself always."""
    for part in word.docx.part.package.iter_parts():
        if part.content_type.endswith(FILLED):
            root = parse_xml(part.blob)
            check_tags(path, root)
            source = word.patch_xml(word.xml_to_string(root))
            if part is word.docx.part or "{{" in source or "{%" in source:
                yield str(part.partname.membername), PARAGRAPH.sub("\n<w:p", EMPTY.sub("", source))


def saved(word: DocxTemplate) -> dict[str, bytes]:
    """The files of a Word file by name, in an order that hangs on nothing else."""
    raw = io.BytesIO()
    word.docx.save(raw)
    with zipfile.ZipFile(raw) as archive:
        names = sorted(archive.namelist(), key=lambda name: (name != CONTENTS, name))
        return {name: archive.read(name) for name in names}


class Pen:
    """Writes the words of one document."""

    def __init__(self, paper: Paper, site: str) -> None:
        """`site` is the address with which links to it begin; without one there are none."""
        self.paper, self.site = paper, site
        self.links: dict[str, str] = {}

    def write(self, runs: Iterable[Run], language: str) -> RichText:
        """The words of a paragraph of a letter in a language; words beside each other that look the same are one run."""
        text = RichText()
        for look, pieces in groupby(self._pieces(runs, language), itemgetter(0)):
            said = clean("".join([words for _, words in pieces]))
            style, strong, locale, address = look
            href = self.links.setdefault(address, f"kb{len(self.links) + 1}") if address else None
            text.add(said, style=style, bold=strong, lang=locale, url_id=href)
        return text

    def _pieces(self, runs: Iterable[Run], language: str) -> Iterator[tuple[tuple[str, bool, str, str], str]]:
        """What each run looks like and its words; the spaces between runs look like nothing."""
        own = self._locale(language)
        for space, run in spaced(runs):
            if space:
                yield ("", False, own, ""), space
            address = as_uri(link_of(run, language, self.site))
            style = self._style(run, address)
            look = style, run.strong and style != self.paper.styles[STRONG], self._locale(run.language or language), address
            yield look, run.text

    def _style(self, run: Run, address: str) -> str:
        name = LINK if address else MARKS.get(run.mark, STRONG if run.strong else "")
        return self.paper.styles[name] if name else ""

    def _locale(self, language: str) -> str:
        """The language of words for spelling and for reading aloud, where it is not that of the paper."""
        locale = LOCALES.get(language, language)
        return "" if locale == self.paper.locale else locale
