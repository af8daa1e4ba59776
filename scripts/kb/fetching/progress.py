"""The progress of a round on a terminal: a bar for each source that is under way, and one for all."""

from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TaskID, TextColumn

from kb.fetching.round import Row
from kb.fetching.sources import Source

STAGES = {"ask": 1, "parse": 2, "done": 3}


class Bars:
    """Bars that follow what a round tells; finished sources make room."""

    def __init__(self, total: int) -> None:
        self._progress = Progress(
            TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), transient=True, expand=False
        )
        self._all = self._progress.add_task("kb fetch", total=total)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "Bars":
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    @property
    def tasks(self) -> list[Task]:
        """The bars: that of all, then one a source."""
        return self._progress.tasks

    def __call__(self, source: Source, stage: str, row: Row | None) -> None:
        """A source has come to a stage."""
        if source.id not in self._tasks:
            self._tasks[source.id] = self._progress.add_task(source.id, total=STAGES["done"])
        self._progress.update(self._tasks[source.id], completed=STAGES[stage])
        if row is not None:
            self._progress.update(self._tasks[source.id], visible=False)
            self._progress.advance(self._all)
