"""The verdict on a proposal: a project in, all that a person must mend in it out, each problem with its file and line."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kb.bulletins.stationery.templates import BadTemplate
from kb.editing import forms
from kb.records.audience import Audience
from kb.records.checking.problem import Problem, shown_below
from kb.records.knowledge import KnowledgeBase
from kb.records.reading import load
from kb.records.schema import files, outdated
from kb.site.building import build
from kb.site.frames.generator import PagesWrong
from kb.site.project import Order, name_of


def verdict(order: Order) -> list[Problem]:
    """What is wrong in the records; when nothing is, in what is derived and in the sites of both audiences.

    The site of the order's audience is built where the order says. Files are named below the project.
    """
    kb, problems = load(order.records, order.today)
    if problems:
        return shown_below(problems, name_of(order.project, order.records))
    return list(dict.fromkeys([*derived_faults(order.project, order.records, kb), *_site_faults(order)]))


def derived_faults(project: Path, records: Path, kb: KnowledgeBase) -> list[Problem]:
    """One problem for all derived files that are not what the model and the records make of them now: one command mends them."""
    stale = outdated([*files(project, records), *forms.files(project, kb)])
    names = [path.relative_to(project).as_posix() for path, _ in stale]
    return [Problem(names[0], 1, "", "site_derived", ", ".join(names))] if names else []


def _site_faults(order: Order) -> Iterator[Problem]:
    other: Audience = "public" if order.audience == "office" else "office"
    with tempfile.TemporaryDirectory(prefix="kb-") as folder:
        for one in (order, replace(order, out=Path(folder) / "site", audience=other, archive=None)):
            try:
                build(one)
            except (PagesWrong, BadTemplate) as error:
                yield from error.problems
