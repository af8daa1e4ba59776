"""Working groups of networks: those where the Office sits or could sit first."""

from kb.records import sections
from kb.records.knowledge import Entry
from kb.records.model import Network, WorkingGroup
from kb.site.pages.pieces.standings import TAKES_PART
from kb.site.view.blocks import Block, Folded, Statement, Statements
from kb.site.view.writer import Writer


def working_groups(w: Writer, groups: tuple[tuple[Entry[Network], WorkingGroup], ...]) -> tuple[Block, ...]:
    """Working groups, each after its network: those where the Office sits or could sit, then the others, folded."""
    blocks: list[Block] = []
    ours = [_group(w, e, g) for e, g in groups if e.record.standing.status in TAKES_PART]
    others = [_group(w, e, g) for e, g in groups if e.record.standing.status not in TAKES_PART]
    if ours:
        blocks.append(Statements(tuple(ours)))
    if others:
        blocks.append(Folded(w.words("unit.other_groups", n=len(others)), (Statements(tuple(others)),)))
    return tuple(blocks)


def _group(w: Writer, home: Entry[Network], group: WorkingGroup) -> Statement:
    network = w.leading(f"{sections.address(home)}#groups", w.text(home.record.acronym))
    return Statement(network, w.text(group.name))
