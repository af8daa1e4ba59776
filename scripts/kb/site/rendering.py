"""Rendering: the plain data of a page in, HTML out, by the templates of `overrides/records/`; compiled once a process."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kb.site.view import Placed
from kb.words.language import Words

CUT = "\x1e"
"""Stands between the parts of a rendered page; no text of a record may hold it (the sign U+001E, *record separator*)."""
GAPS = ("title", "description", "siblings", "toc", "crumbs", "body")
"""The gaps of a frame that a page fills, in the order in which `page.html` prints them."""
AROUND = ("as-of", "stale")
"""The gaps that are the same on all pages of an edition, as `around.html` prints them."""
MOST_LINES = 1 << 16
"""Lines that are kept as HTML."""
FOLDER = "records"
"""The folder of the templates below overrides/."""


class Renderer:
    """Renders the pages of one language; `folder` holds the templates."""

    def __init__(self, folder: Path, words: Words) -> None:
        self._words = words
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
        # the same links and facts stand on many pages: printed once, 10,000 pages take half of the time
        self._environment.filters["line"] = lru_cache(maxsize=MOST_LINES)(self._macros("line.html")["line"])
        self._environment.globals |= self._macros("components.html")

    def _macros(self, template: str) -> dict[str, Any]:
        """The macros of a template by their names."""
        found = vars(self._environment.get_template(template).module)
        return {name: macro for name, macro in found.items() if not name.startswith("_")}

    def page(self, placed: Placed, intro: str = "") -> dict[str, str]:
        """What fills the gaps of a page's frame; `intro` is the hand-written text of a section, as HTML.

        Raises jinja2.TemplateError for a template that names what the page has not.
        """
        template = self._environment.get_template(f"{placed.page.template}.html")
        hand_written = Markup(intro)  # noqa: S704 - MkDocs made it of our own Markdown
        return self._parts(GAPS, template.render(page=placed.page, placed=placed, intro=hand_written))

    def around(self, values: Mapping[str, Any]) -> dict[str, str]:
        """What fills the gaps that are the same on all pages of an edition."""
        return self._parts(AROUND, self._environment.get_template("around.html").render(values))

    def edit(self, address: str, file: str) -> str:
        """The way to mend a page that people wrote."""
        return self._environment.get_template("edit.html").render(address=address, file=file)

    def redirect(self, target: str, title: str) -> str:
        """A small page that leads from an old address to the new one."""
        template = self._environment.get_template("redirect.html")
        return template.render(language=self._words.language, target=target, title=title)

    @staticmethod
    def _parts(names: tuple[str, ...], rendered: str) -> dict[str, str]:
        return dict(zip(names, rendered.split(CUT), strict=True))
