"""The numbered sources of a page: every fact leads to them by a small number."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from kb.words.markup import EMPTY, Html, escape, outside, quiet, safe
from kb.records.model import Document, Source
from kb.records.texts import host
from kb.words.language import Words

LONGEST_PATH = 48


class Citations:
    """Numbers the sources of one page in the order in which its facts name them."""

    def __init__(
        self,
        words: Words,
        leads: Mapping[str, Source],
        titled: Mapping[str, Source] | None = None,
        documents: Iterable[Document] = (),
    ) -> None:
        """`leads` are somebody else's copies, `titled` the sources whose title is known, both by their address."""
        self._words, self._leads = words, leads
        self._titled = titled or {}
        self._documents = {document.id: document for document in documents} if documents else {}
        self._numbers: dict[str, int] = {}

    def mark(self, sources: Sequence[str]) -> Html:
        """The superscript numbers that lead to these sources."""
        if not sources:
            return EMPTY
        return _marks(*sorted({self._numbers.setdefault(s, len(self._numbers) + 1) for s in sources}))

    def list(self) -> tuple[Html, ...]:
        """The numbered sources for the foot of the page."""
        return tuple([self._source(source) for source in self._numbers])

    def _source(self, source: str) -> Html:
        if source in self._documents:
            return self._words.text(self._documents[source].title)
        known = self._leads.get(source) or self._titled.get(source)
        if known is None:
            return outside(source, short_address(source))
        if not known.official:
            unofficial = quiet(self._words("source.unofficial", host=host(source)))
            return safe(f"{escape(known.title or '')} {unofficial}")
        return safe(f"{outside(source, known.title or short_address(source))} {quiet(host(source))}")


def titled(sources: Iterable[Source]) -> dict[str, Source]:
    """Sources by their address."""
    return {source.url: source for source in sources}


@lru_cache(maxsize=256)
def _marks(*numbers: int) -> Html:
    return safe('<sup class="kb-mark">' + " ".join([f'<a href="#source-{n}">{n}</a>' for n in numbers]) + "</sup>")


def short_address(url: str) -> str:
    """An address as a reader needs it: host and the first of its path."""
    path = urlsplit(url).path.rstrip("/")
    return host(url) + (path if len(path) <= LONGEST_PATH else path[: LONGEST_PATH - 1] + "…")
