"""Our standing in a network, as one line."""

from kb.records.model import Standing
from kb.site.view.citations import Citations
from kb.site.view.lines import Line, joined, said
from kb.site.view.writer import Writer

TAKES_PART = ("full", "member", "associate", "observer", "participant")
"""The standings in which the Office sits in a network."""


def standing(w: Writer, ours: Standing, cite: Citations | None = None) -> Line:
    """Our standing as one line: status, since when, accreditation."""
    words, accredited = w.words, ours.accreditation
    parts = [
        said(words(f"membership.{ours.status}")),
        said((ours.since and words("network.since", date=words.since(ours.since))) or ""),
    ]
    if accredited:
        parts.append(said(words("network.accredited", status=accredited.status)))
        if accredited.last_renewed:
            parts.append(said(words("network.renewed", date=words.date(accredited.last_renewed))))
    if cite is None:
        return joined(parts)
    sources = (*ours.sources, *(accredited.sources if accredited else ()))
    return w.noted(joined(parts), ours.since_note, None, cite.mark(sources or (ours.summary.sources if ours.summary else ())))
