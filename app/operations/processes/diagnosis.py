"""Diagnoses the processes of a service: what was lost, and what nobody does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.domain.processes import ProcessKind, ProcessStatus
from app.operations.diagnosis.finding import Finding
from app.operations.processes.service import ProcessService


def diagnose_processes(
    processes: ProcessService, elsewhere: frozenset[ProcessKind], *, one_serve: bool = False
) -> Iterator[Finding]:
    """What runs, which processes were lost, and which kind is missing although `serve` leaves its work to it.

    `elsewhere`: the kinds of processes that `serve` does not replace, by the settings. `one_serve`: the database is for
    one `serve` alone. Raises Unavailable.
    """
    found = processes.list()
    running = [process for process in found if process.status != ProcessStatus.LOST]
    lost = [f"{process.kind} on {process.node}" for process in found if process.status == ProcessStatus.LOST]
    kinds = Counter(process.kind for process in running)
    text = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "none runs now"
    if len(versions := sorted({process.version for process in running})) > 1:
        text += f"; of versions {', '.join(versions)}"
    if lost:
        text += f"; lost within the hour: {', '.join(lost)}"
    crowded = one_serve and kinds[ProcessKind.SERVE] > 1
    if crowded:
        text += "; SQLite is for one `serve`, or limits count for each alone: stop the others, or use PostgreSQL"
    yield Finding("processes", text, not lost, warning=crowded)
    for kind in sorted(elsewhere - kinds.keys()) if kinds[ProcessKind.SERVE] else ():
        yield Finding(f"processes: {kind}", f"`serve` leaves its work to a `loracle {kind}`: start one", False)
