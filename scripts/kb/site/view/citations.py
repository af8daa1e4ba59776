"""The numbered sources of a page: every fact leads to them by a small number."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from kb.records.model import Document, Source
from kb.records.texts import host
from kb.site.view.lines import NOTHING, SPACE, Line, Run, joined, outside, said
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

    def mark(self, sources: Sequence[str]) -> Line:
        """The small numbers that lead to these sources."""
        if not sources:
            return NOTHING
        return _marks(*sorted({self._numbers.setdefault(s, len(self._numbers) + 1) for s in sources}))

    def list(self) -> tuple[Line, ...]:
        """The numbered sources for the foot of the page."""
        return tuple([self._source(source) for source in self._numbers])

    def _source(self, source: str) -> Line:
        if source in self._documents:
            title = self._documents[source].title
            own = getattr(title, self._words.language)
            return (Run(own or self._words.plain(title), language="" if own else self._words.other),)
        known = self._leads.get(source) or self._titled.get(source)
        if known is None:
            return outside(source, short_address(source))
        if not known.official:
            unofficial = said(self._words("source.unofficial", host=host(source)), "quiet")
            return joined((said(known.title), unofficial), SPACE)
        return joined((outside(source, known.title or short_address(source)), said(host(source), "quiet")), SPACE)


def titled(sources: Iterable[Source]) -> dict[str, Source]:
    """Sources by their address."""
    return {source.url: source for source in sources}


@lru_cache(maxsize=256)
def _marks(*numbers: int) -> Line:
    return joined(((Run(str(n), f"#source-{n}", "mark"),) for n in numbers), SPACE)


def short_address(url: str) -> str:
    """An address as a reader needs it: host and the first of its path."""
    path = urlsplit(url).path.rstrip("/")
    return host(url) + (path if len(path) <= LONGEST_PATH else path[: LONGEST_PATH - 1] + "…")
