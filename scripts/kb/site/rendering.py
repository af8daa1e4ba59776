"""Rendering: the plain data of a page in, HTML out, by the templates of `overrides/records/`; compiled once a process."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from kb.bulletins.stationery.templates import BadTemplate, failed, line_at
from kb.site.view.blocks import Placed
from kb.words.language import Words

CUT = "\x1e"
"""Stands between the parts of a rendered page; no text of a record may hold it (the sign U+001E, *record separator*)."""
GAPS = ("title", "description", "siblings", "toc", "crumbs", "body")
"""The gaps of a frame that a page fills, in the order in which `page.html` prints them."""
AROUND = ("as-of", "stale")
"""The gaps that are the same on all pages of an edition, as `around.html` prints them."""
MOST_LINES = 1 << 16
"""Lines that are kept as HTML."""
PREVIEW = ("problems", "reload")
"""What `preview.html` prints."""
FOLDER = "records"
"""The folder of the templates below overrides/."""


class Renderer:
    """Renders the pages of one language; `folder` holds the templates. Whatever is wrong with one is raised as BadTemplate."""

    def __init__(self, folder: Path, words: Words) -> None:
        self._words, self._folder = words, folder
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters["say"] = words  # with a constant key Jinja asks for it once, when it compiles
        self._environment.globals["cut"] = CUT
        with self._told():
            # the same links and facts stand on many pages: printed once, 10,000 pages take half of the time
            self._environment.filters["line"] = lru_cache(maxsize=MOST_LINES)(self._macros("line.html")["line"])
            self._environment.globals |= self._macros("components.html")

    def page(self, placed: Placed, intro: str = "") -> dict[str, str]:
        """What fills the gaps of a page's frame; `intro` is the hand-written text of a section, as HTML."""
        hand_written = Markup(intro)  # noqa: S704 - MkDocs made it of our own Markdown
        values = {"page": placed.page, "placed": placed, "intro": hand_written}
        return self._gaps(GAPS, f"{placed.page.template}.html", values)

    def around(self, values: Mapping[str, Any]) -> dict[str, str]:
        """What fills the gaps that are the same on all pages of an edition."""
        return self._gaps(AROUND, "around.html", values)

    def preview(self, values: Mapping[str, Any]) -> dict[str, str]:
        """What the preview puts on a page: what is wrong in the records, and the script that loads the page anew."""
        return self._gaps(PREVIEW, "preview.html", values)

    def edit(self, address: str, file: str) -> str:
        """The way to mend a page that people wrote."""
        return self._printed("edit.html", {"address": address, "file": file})

    def redirect(self, target: str, title: str) -> str:
        """A small page that leads from an old address to the new one."""
        return self._printed("redirect.html", {"language": self._words.language, "target": target, "title": title})

    def _gaps(self, names: tuple[str, ...], template: str, values: Mapping[str, Any]) -> dict[str, str]:
        parts = self._printed(template, values).split(CUT)
        if len(parts) != len(names):
            raise BadTemplate("cuts", f"overrides/{FOLDER}/{template}", found=str(len(parts) - 1), needed=str(len(names) - 1))
        return dict(zip(names, parts, strict=True))

    def _printed(self, template: str, values: Mapping[str, Any]) -> str:
        with self._told(values):
            return self._environment.get_template(template).render(values)

    def _macros(self, template: str) -> dict[str, Any]:
        """The macros of a template by their names."""
        found = vars(self._environment.get_template(template).module)
        return {name: macro for name, macro in found.items() if not name.startswith("_")}

    @contextmanager
    def _told(self, values: Mapping[str, Any] | None = None) -> Iterator[None]:
        """Whatever a template does wrong is told with its file and line; `values` are what it may name."""
        try:
            yield
        except TemplateNotFound as error:
            raise BadTemplate("missing", self._shown(Path(error.name or ""))) from None
        except TemplateSyntaxError as error:
            path = self._folder / (error.name or "")
            raise failed(error, self._shown(path), error.lineno, self._line(path, error.lineno), ()) from None
        except Exception as error:
            place = self._culprit(error)
            if place is None:  # not a template's mistake but ours
                raise
            page = (values or {}).get("page")
            names = [one.name for one in fields(page)] if is_dataclass(page) else list(values or ())
            raise failed(error, self._shown(place[0]), place[1], self._line(*place), names) from None

    def _culprit(self, error: Exception) -> tuple[Path, int] | None:
        """The template and line at which rendering failed: the innermost that names what is missing, else the innermost.

        Jinja writes the names and lines of its templates into the traceback:
        https://jinja.palletsprojects.com/en/stable/api/#undefined-types
        """
        steps = ((Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__))
        places = [(file, line) for file, line in steps if file.parent == self._folder]
        name = re.search(r"'([^']*)'(?: is undefined)?$", str(error))
        naming = [place for place in places if name and re.search(rf"\b{re.escape(name[1])}\b", self._line(*place))]
        return next(iter((naming or places)[::-1]), None)

    def _shown(self, path: Path) -> str:
        return f"overrides/{FOLDER}/{path.name}"

    @staticmethod
    def _line(path: Path, number: int) -> str:
        return line_at(path.read_text("utf-8"), number) if path.is_file() else ""
