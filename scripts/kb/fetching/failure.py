"""Why a source failed, or what is odd about it: a code, and its words in both languages."""

from kb.records.item import LONGEST_SUMMARY, UNSAFE, Said
from kb.words.language import Words


class Failed(Exception):
    """A source could not be used; `code` finds the words `fetch-failure.<code>` of strings.yml."""

    def __init__(self, code: str, retry: bool = False, **values: str | int) -> None:
        super().__init__(code)
        self.code, self.retry, self.values = code, retry, values

    def said(self) -> Said:
        """The failure in both languages."""
        return said("failure", self.code, **self.values)


def said(family: str, code: str, **values: str | int) -> Said:
    """A finding in both languages; what a server sent into it is made harmless and short."""
    safe = {name: UNSAFE.sub(" ", str(value))[:LONGEST_SUMMARY] for name, value in values.items()}
    ka, en = (Words(language)(f"fetch-{family}.{code}", **safe) for language in ("ka", "en"))
    return Said(code=code, ka=ka, en=en)


def warning(code: str, **values: str | int) -> Said:
    """A finding that stops nothing."""
    return said("warning", code, **values)
