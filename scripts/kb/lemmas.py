"""More keys for a Georgian form when the index is built: those of its dictionary form, where no rule leads there.

The dictionary is simplemma's, 448,000 forms of 16,000 words made from Wiktionary: it knows irregular forms and verbs.
It takes a quarter of a second and 60 MB to read, so only the index builder imports this module.
"""

from simplemma import lemmatize

from kb import georgian

SHARED = 2
"""First letters that a form must share with its dictionary form; others are slips, or verbs whose start changes."""


def keys(form: str) -> tuple[str, ...]:
    """The keys of the dictionary form of a Georgian word; none where the form's own keys lead there, or none is known."""
    lemma = lemmatize(form, lang="ka") if form else form  # it refuses an empty word
    if lemma == form or lemma[:SHARED] != form[:SHARED] or not lemma.isalpha():
        return ()
    own = georgian.keys(form)
    found = georgian.keys(lemma)
    if f"{lemma[:-1]}ებ" in own:  # the table knows better: წამების is of წამება, not of some წამები
        return ()
    return () if any(key in own for key in found) else found
