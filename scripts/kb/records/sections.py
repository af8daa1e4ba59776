"""The sections of the site: their order in the navigation, and the address of every page."""

from typing import Any

from kb.records.knowledge import Entry

# (section, the strings key of its name), in the order of the navigation; nested ones share a tab.
HOME = "home"
TABS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("home", ("home",)),
    ("units", ("units",)),
    ("networks", ("networks",)),
    ("resources", ("resources",)),
    ("themes", ("themes",)),
    ("opportunities", ("opportunities",)),
    ("events", ("events", "calendar")),
    ("office", ("agreements", "reporting", "contacts")),
    ("more", ("find", "changes", "bulletins", "glossary", "freshness", "todo", "data", "about", "help")),
)
SECTIONS = tuple(section for _, sections in TABS for section in sections)
HAND_WRITTEN = frozenset({"find", "help"})

# The folder of each kind of record in the address.
FOLDERS = {
    "network": "networks",
    "resource": "resources",
    "event": "events",
    "opportunity": "opportunities",
    "agreement": "agreements",
    "reporting": "reporting",
}
KINDS = {folder: kind for kind, folder in FOLDERS.items()}

ROOTS = {"ka": "", "en": "en/"}
"""Where each language begins on the site: Georgian, the first language, at its root."""
TO_SITE = {"ka": "", "en": "../"}
"""The way back, from the root of a language to that of the site, where styles, scripts and the api stand once for both."""


def index(section: str) -> str:
    """The address of a section's first page, below the root of a language."""
    return "index.html" if section == HOME else f"{section}/index.html"


def address(entry: Entry[Any]) -> str:
    """The address of a record's page, below the root of a language."""
    return address_of(entry.kind, entry.id)


def address_of(kind: str, record_id: str) -> str:
    """The address of the page of a record by its kind and id."""
    return f"{FOLDERS[kind]}/{record_id}.html"


def theme(theme_id: str) -> str:
    """The address of a theme's page."""
    return f"themes/{theme_id}.html"


def unit(unit_id: str) -> str:
    """The address of a unit's page."""
    return f"units/{unit_id}.html"


def to_root(address: str) -> str:
    """The way from a page up to the root of its language: `../../` for two folders."""
    return "../" * address.count("/")
