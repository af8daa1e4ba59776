"""An international day."""

from kb.records.values import Closed, MonthDay, Name, Slug, SourceRef, Text, ThemeRef


class Day(Closed):
    """საერთაშორისო დღე.
    An international day."""

    id: Slug
    """სახელი მისამართისთვის.
    Its name in addresses."""
    day: MonthDay
    """თვე და დღე: 12-10.
    Month and day: 12-10."""
    name: Name
    """სახელი.
    The name."""
    national: bool = False
    """true, თუ დღე ეროვნულია.
    true for a day of Georgia."""
    themes: tuple[ThemeRef, ...] = ()
    """თემები.
    Its themes."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    checked: bool
    """true, თუ წყარო წაკითხულია.
    true when the source was read."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""
