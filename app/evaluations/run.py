"""A run: every part of a suite measured, each row kept as it comes, scores at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence

from app.evaluations.answer_runner import AT_ONCE, Subject, ask_all
from app.evaluations.cases import Case
from app.evaluations.corpus import rank_all
from app.evaluations.parsing import parse_all
from app.evaluations.records import CaseResult, RunScores
from app.evaluations.results_log import Journal
from app.evaluations.suite import Part
from app.evaluations.summary import summarize

Progress = Callable[[str, int, int], None]  # (part, cases done, cases of the run)


async def run(
    subject: Subject, parts: Sequence[Part], journal: Journal, progress: Progress, at_once: int = AT_ONCE
) -> RunScores:
    """Measure what the journal does not hold yet; the scores of all parts."""
    total = sum(len(part.cases) for part in parts)
    done = sum(len(journal.done(part.name)) for part in parts)
    for part in parts:
        kept = journal.done(part.name)
        left = [case for case in part.cases if case.id not in kept]
        async for row in measure(subject, part, left, at_once):
            journal.add(part.name, row)
            done += 1
            progress(part.name, done, total)
    return summarize({part.name: journal.rows(part.name) for part in parts})


def measure(subject: Subject, part: Part, cases: Sequence[Case], at_once: int = AT_ONCE) -> AsyncIterator[CaseResult]:
    """A row for each of these cases of a part."""
    if part.source is not None and part.work == "rank":
        if subject.open_retriever is None:
            raise ValueError("A retrieval set is ranked in an index of its own, and the subject cannot open one.")
        return rank_all(subject.open_retriever, subject.embedder, part.source, cases)
    if part.source is not None and part.work == "parse":
        return parse_all(part.source, cases, subject.limits)
    return ask_all(subject, cases, at_once, decide=part.work == "decide")
