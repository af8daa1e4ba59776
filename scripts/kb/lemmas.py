"""The keys of a Georgian word's dictionary form, for the index alone: the dictionary is too large for a browser."""

from kb import georgian


def keys(form: str) -> tuple[str, ...]:
    """The keys of the dictionary form where it is known and begins like the word."""
    from simplemma import lemmatize  # noqa: PLC0415 - loads a dictionary, which only the index needs

    lemma = lemmatize(form, "ka")
    return georgian.keys(lemma) if lemma != form and lemma[:2] == form[:2] else ()
