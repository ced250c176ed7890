"""A run: it measures every part of a suite, logs each result, and summarizes the scores at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence

from app.evaluations.answer_runner import CONCURRENT_CASES, Subject, answer_all
from app.evaluations.cases import Case
from app.evaluations.corpus import rank_all
from app.evaluations.everyday.conversation_runner import ask_all
from app.evaluations.parsing import parse_all
from app.evaluations.records import CaseResult, RunScores
from app.evaluations.results_log import ResultsLog
from app.evaluations.suite import Part
from app.evaluations.summary import summarize

CONCURRENT_CONVERSATIONS = 1  # their seconds are those that a user waits
Progress = Callable[[str, int, int], None]  # (part, finished cases, cases of the run)


async def run(
    subject: Subject,
    parts: Sequence[Part],
    results_log: ResultsLog,
    progress: Progress,
    concurrency: int = CONCURRENT_CASES,
) -> RunScores:
    """Measure the cases without a result in the log, and those that failed; the scores of all parts."""
    total = sum(len(part.cases) for part in parts)
    done = sum(len(results_log.case_ids(part.name)) for part in parts)
    for part in parts:
        finished = results_log.case_ids(part.name)
        remaining = [case for case in part.cases if case.id not in finished]
        async for result in measure(subject, part, remaining, concurrency):
            results_log.add(part.name, result)
            done += 1
            progress(part.name, done, total)
    return summarize({part.name: results_log.results(part.name) for part in parts})


def measure(
    subject: Subject,
    part: Part,
    cases: Sequence[Case],
    concurrency: int = CONCURRENT_CASES,
    conversations: int = CONCURRENT_CONVERSATIONS,
) -> AsyncIterator[CaseResult]:
    """A result for each of these cases of a part. `conversations`: of everyday questions at once."""
    if part.source is not None and part.work == "rank":
        if subject.open_retriever is None:
            raise ValueError("A retrieval set is ranked in an index of its own, and the subject cannot open one.")
        return rank_all(subject.open_retriever, subject.embedder, part.source, cases)
    if part.source is not None and part.work == "parse":
        return parse_all(part.source, cases, subject.limits)
    if part.work == "converse":
        if subject.open_asker is None:
            raise ValueError("Everyday questions are asked through a chat, and the subject cannot open one.")
        return ask_all(subject.open_asker, part.source, cases, conversations, subject.timeout_s)
    return answer_all(subject, cases, concurrency, decide=part.work == "decide")
