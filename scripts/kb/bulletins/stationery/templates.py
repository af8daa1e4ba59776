"""The Office's own templates: what lies in overrides/papers and overrides/mail in, by name, and the words for what is wrong."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import jinja2

from kb.records.checking.problem import Problem, nearest, shown, written

FOLDERS = ("papers", "mail")  # below overrides: Word files, and the mail as HTML and as text
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
XML = re.compile(r"</?w:[^>]*>")
OWN = Path(__file__).parents[4] / "overrides"
MOST = 160  # letters of what was found: a tag, or the words around one
NAME = re.compile(r"'([^']*)'(?: is undefined)?$")  # how Jinja ends the sentence on a name that there is not


class Template(NamedTuple):
    """A template as it lies in the project."""

    path: str
    """Below the project, as a person finds it: overrides/papers/bulletin.docx."""
    content: bytes


class BadTemplate(Exception):
    """A template that cannot be filled; `problems` holds why, with the file below the project."""

    def __init__(self, code: str, path: str, line: int = 1, found: str = "", **context: str) -> None:
        """`code` finds the words of the problem, without `template_`; `context` fills their gaps."""
        self.problems = [Problem(path, line, "", f"template_{code}", shown(found, MOST), context)]
        super().__init__(written(self.problems, "text", "en"))


@dataclass(frozen=True, slots=True)
class Stationery:
    """What bulletins, briefs and mails are printed on."""

    templates: tuple[Template, ...]

    def __getitem__(self, name: str) -> Template:
        """The template of a name below overrides, as papers/bulletin.docx; raises BadTemplate where there is none."""
        path = f"overrides/{name}"
        for template in self.templates:
            if template.path == path:
                return template
        raise BadTemplate("missing", path)

    def folder(self, name: str) -> tuple[Template, ...]:
        """All templates of a folder below overrides."""
        return tuple(template for template in self.templates if template.path.startswith(f"overrides/{name}/"))


def read(overrides: Path) -> Stationery:
    """The templates of a project's folder overrides; a folder that is not there is taken from the program's own."""
    return Stationery(tuple(template for name in FOLDERS for template in _folder(overrides, name)))


def _folder(overrides: Path, name: str) -> Iterable[Template]:
    folder = overrides / name
    if not folder.is_dir():
        folder = OWN / name
    # Word keeps a file beside the one that is open: ~$bulletin.docx
    files = sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith(("~$", ".")))
    return [Template(f"overrides/{name}/{file.name}", file.read_bytes()) for file in files]


def place_of(error: BaseException, paths: Container[str]) -> tuple[str, int]:
    """The template, of those of `paths`, and its line at which filling failed; ("", 0) where that is not known.

    Jinja writes the names and lines of its templates into the traceback:
    https://jinja.palletsprojects.com/en/stable/api/#undefined-types
    """
    place, step = ("", 0), error.__traceback__
    while step:
        if step.tb_frame.f_code.co_filename in paths:
            place = step.tb_frame.f_code.co_filename, step.tb_lineno
        step = step.tb_next
    return place


def failed(error: Exception, path: str, line: int, found: str, names: Iterable[str]) -> BadTemplate:
    """What is wrong with a template that cannot be filled; `names` are all that there are, of which the nearest may be meant."""
    match = NAME.search(error.message or "") if isinstance(error, jinja2.UndefinedError) else None
    if match is None:
        return BadTemplate("fails", path, line, found, why=str(error))
    name = re.compile(rf"\b{re.escape(match[1])}\b")
    tag = next(filter(name.search, TAG.findall(found)), found)
    meant = nearest(match[1], names)
    return BadTemplate("name", path, line, tag, names=", ".join(sorted(names)), nearest=name.sub(meant, tag) if meant else "")


def line_at(source: str, line: int) -> str:
    """What stands on a line of a template, the first being 1, without the tags of XML around words."""
    lines = source.split("\n")
    return " ".join(XML.sub("", lines[line - 1]).split()) if 0 < line <= len(lines) else ""
