"""A theme, and the words by which what robots collected is sorted into themes and kinds."""

from typing import Literal

from kb.records.values import Closed, Name, Slug, Words


class Keywords(Closed):
    """საკვანძო სიტყვები, რომლებითაც ავტომატურად შეგროვებული მასალა ლაგდება.
    Words by which what was collected automatically is sorted; a phrase must stand as it is, in any case form."""

    ka: tuple[Words, ...] = ()
    """ქართული სიტყვები და შესიტყვებები.
    Georgian words and phrases."""
    en: tuple[Words, ...] = ()
    """ინგლისური სიტყვები და შესიტყვებები.
    English words and phrases."""


class Theme(Closed):
    """თემა.
    A theme."""

    id: Slug
    """სახელი მისამართისთვის.
    Its name in addresses."""
    name: Name
    """თემის სახელი.
    The name."""
    keywords: Keywords = Keywords()
    """საკვანძო სიტყვები ავტომატურად შეგროვებული მასალისთვის.
    Words by which what was collected automatically is given this theme."""


class ItemKind(Closed):
    """ავტომატურად შეგროვებული მასალის სახე და სიტყვები, რომლებიც მას ამხელს.
    A kind of fetched item, and the words that give it away."""

    id: Literal["news", "publication", "event", "opportunity", "statement", "vacancy"]
    """სახე.
    The kind."""
    keywords: Keywords
    """სიტყვები სათაურსა და შინაარსში.
    Words of titles and summaries."""
    paths: tuple[Words, ...] = ()
    """მისამართის ნაწილები: /events/, /vacancies/.
    Parts of addresses that tell it: /events/, /vacancies/."""
