"""Rendering: the plain data of a page in, HTML out, by the templates of `overrides/records/`; compiled once a process."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from kb.bulletins.stationery.sheaf import Sheaf
from kb.bulletins.stationery.templates import BadTemplate
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


class Renderer:
    """Renders the pages of one language; `folder` holds the templates. Whatever is wrong with one is raised as BadTemplate."""

    def __init__(self, folder: Path, words: Words) -> None:
        self._words, self._sheaf = words, Sheaf(folder)
        environment = self._sheaf.environment
        environment.filters["say"] = words  # with a constant key Jinja asks for it once, when it compiles
        environment.globals["cut"] = CUT
        # the same links and facts stand on many pages: printed once, 10,000 pages take half of the time
        environment.filters["line"] = lru_cache(maxsize=MOST_LINES)(self._sheaf.macros("line.html")["line"])
        environment.globals |= self._sheaf.macros("components.html")

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
        return self._sheaf.printed("edit.html", {"address": address, "file": file})

    def redirect(self, target: str, title: str) -> str:
        """A small page that leads from an old address to the new one."""
        return self._sheaf.printed("redirect.html", {"language": self._words.language, "target": target, "title": title})

    def _gaps(self, names: tuple[str, ...], template: str, values: Mapping[str, Any]) -> dict[str, str]:
        parts = self._sheaf.printed(template, values).split(CUT)
        if len(parts) != len(names):
            raise BadTemplate("cuts", self._sheaf.shown(template), found=str(len(parts) - 1), needed=str(len(names) - 1))
        return dict(zip(names, parts, strict=True))
