"""Letters that nobody gets: some have everything that a letter can have, others as little as there can be.

Templates are tried with them before they are used, so that a wrong tag is told before a letter needs it.
"""

from kb.bulletins.letter import Letter, Line, Run, Section
from kb.words.language import LANGUAGES

RUNS = (
    Run("name", href="networks/name.html", strong=True),
    Run(":"),
    Run("strong", strong=True),
    Run("gone", "gone"),
    Run("new", "new"),
    Run("foreign", language="en"),
)
LINES = (Line(RUNS, (RUNS, RUNS)), Line(RUNS))
SECTIONS = tuple(Section(name, name, LINES, (Run("rest", href="bulletins/rest.html"),)) for name in ("changes", "events"))
CLOSING = ("closing", "owner", "reply")
FULL = tuple(
    Letter(language, "title", "unit", "period", ("opening",), "foreword\nof two lines", SECTIONS, RUNS, CLOSING)
    for language in LANGUAGES
)
BARE = tuple(Letter(language, "title", "unit", "period", (), "", (), (), CLOSING) for language in LANGUAGES)
