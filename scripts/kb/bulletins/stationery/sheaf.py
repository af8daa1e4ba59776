"""A sheaf of templates: a folder of overrides/ in, text out; whatever is wrong with a template is told with its file and line."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError

from kb.bulletins.stationery.templates import BadTemplate, failed, line_at


class Sheaf:
    """The templates of a folder below overrides/: every text is escaped, every name must be known, compiled once a process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def printed(self, template: str, values: Mapping[str, Any]) -> str:
        """A template, filled; raises BadTemplate."""
        with self._told(values):
            return self.environment.get_template(template).render(values)

    def macros(self, template: str) -> dict[str, Any]:
        """The macros of a template by their names; raises BadTemplate."""
        with self._told({}):
            found = vars(self.environment.get_template(template).module)
        return {name: macro for name, macro in found.items() if not name.startswith("_")}

    def shown(self, template: str) -> str:
        """Where a template stands, as a person finds it."""
        return f"overrides/{self._folder.name}/{template}"

    @contextmanager
    def _told(self, values: Mapping[str, Any]) -> Iterator[None]:
        """Whatever a template does wrong is told with its file and line; `values` are what it may name."""
        try:
            yield
        except TemplateNotFound as error:
            raise BadTemplate("missing", self.shown(str(error.name or ""))) from None
        except TemplateSyntaxError as error:
            path = self._folder / (error.name or "")
            raise failed(error, self.shown(path.name), error.lineno, self._line(path, error.lineno), ()) from None
        except Exception as error:
            place = self._culprit(error)
            if place is None:  # not a template's mistake but ours
                raise
            page = values.get("page")
            names = [one.name for one in fields(page)] if is_dataclass(page) else list(values)
            raise failed(error, self.shown(place[0].name), place[1], self._line(*place), names) from None

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

    @staticmethod
    def _line(path: Path, number: int) -> str:
        return line_at(path.read_text("utf-8"), number) if path.is_file() else ""
