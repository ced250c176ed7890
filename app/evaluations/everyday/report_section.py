"""The part of a report about everyday questions: figures by kind, and each question with its turns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.evaluations.records import CaseResult, IntervalFigures, PartScores, RunScores, TurnRecord
from app.web.templates import Table

EVERYDAY = "everyday"
FEWEST = 5  # of fewer, an interval says nothing
HEADS = (
    "questions", "n", "useful", "refused wrongly", "refused rightly", "cited rightly", "verified rightly", "failed",
    "s, half", "s, 95 %",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TurnView:
    """One turn as the page shows it."""

    question: str
    searched: str  # "" if it is the question
    answer: str
    marks: str  # route, refusal, seconds
    citations: Table | None
    unsupported: Sequence[str]  # sentences
    trace: Table | None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """An everyday question as the page shows it."""

    title: str
    question: str  # the last turn
    verdict: str
    wrong: bool
    reasons: Sequence[str]
    turns: Sequence[TurnView]


def everyday_results(results: Mapping[str, Sequence[CaseResult]]) -> list[CaseResult]:
    """The results of everyday questions, wrong ones first, otherwise in order."""
    found = [one for part, rows in results.items() if part.startswith(f"{EVERYDAY}/") for one in rows]
    return sorted(found, key=_severity)


def everyday_table(scores: RunScores) -> Table | None:
    """Figures of all everyday questions, of each kind and of each of several packs, with their 95 % intervals."""
    layer = scores["layers"].get(EVERYDAY)
    if layer is None:
        return None
    packs = [(name, part) for name, part in scores["parts"].items() if name.startswith(f"{EVERYDAY}/")]
    places = [("all", layer), *layer.get("kinds", {}).items(), *(packs if len(packs) > 1 else ())]
    return Table(HEADS, [_row(name, place) for name, place in places])


def question_view(result: CaseResult) -> QuestionView:
    """What the page shows of a result."""
    error = result.get("error")
    reasons = [f"{error['code']}: {error['message']}"] if error else result.get("reasons", [])
    title = " · ".join(text for text in (result["group"], result["id"], result.get("kind", "")) if text)
    turns = [_turn(turn) for turn in result.get("turns", [])]
    return QuestionView(title, result.get("question", ""), _verdict(result), _severity(result) < RIGHT, reasons, turns)


FAILED, WRONG, CITED_WRONGLY, RIGHT = range(4)


def _severity(result: CaseResult) -> int:
    if "error" in result:
        return FAILED
    if not result.get("useful", 1.0) or not result.get("right_refusal", 1.0):
        return WRONG
    return RIGHT if result.get("right_citation", 1.0) else CITED_WRONGLY


def _verdict(result: CaseResult) -> str:
    if "error" in result:
        return "failed"
    if "right_refusal" in result:
        return "rightly refused" if result["right_refusal"] else "answered, should be refused"
    if result.get("wrong_refusal"):
        return "wrongly refused"
    if not result.get("useful"):
        return "not useful"
    return "useful" if result.get("right_citation", 1.0) else "useful, cited wrongly"


def _row(name: str, place: PartScores) -> Sequence[str]:
    seconds = place.get("total_s")
    return (
        name.removeprefix(f"{EVERYDAY}/"),
        str(place["n"]),
        _share(place.get("useful")),
        _share(place.get("wrong_refusal")),
        _share(place.get("right_refusal")),
        _share(place.get("right_citation")),
        _share(place.get("verified_right")),
        str(place.get("failed", 0)),
        *((f"{seconds['p50']:.1f}", f"{seconds['p95']:.1f}") if seconds else ("", "")),
    )


def _share(figures: IntervalFigures | None) -> str:
    if figures is None:
        return ""
    count = f"{round(figures['mean'] * figures['n'])}/{figures['n']}"
    if figures["n"] < FEWEST:
        return f"{figures['mean']:.2f} {count}"
    return f"{figures['mean']:.2f} [{figures['low']:.2f}, {figures['high']:.2f}] {count}"


def _turn(turn: TurnRecord) -> TurnView:
    sent: Mapping[str, Any] = turn.get("sent", {})
    answer, searched = str(sent.get("answer", "")), turn.get("searched", "")
    return TurnView(
        question=turn["question"],
        searched=searched if searched != turn["question"] else "",
        answer=answer,
        marks=" · ".join(_marks(turn, sent)),
        citations=_citations(sent.get("citations", [])),
        unsupported=[_unsupported(answer, span) for span in sent.get("unsupported", [])],
        trace=_trace(sent.get("trace") or []),
    )


def _unsupported(answer: str, span: Mapping[str, Any]) -> str:
    sentence = answer[span["start"] : span["end"]]
    return f"{sentence} ({span['reason']})" if span.get("reason") else sentence


def _marks(turn: TurnRecord, sent: Mapping[str, Any]) -> Iterator[str]:
    if not sent:
        yield "no answer"
        return
    if sent.get("route"):
        yield f"route {sent['route']}"
    if sent.get("refused"):
        yield f"refused: {sent.get('refusal_reason')}"
    if sent.get("finish_reason", "stop") != "stop":
        yield f"ended: {sent['finish_reason']}"
    yield f"{turn['seconds']:.1f} s"


def _citations(citations: Sequence[Mapping[str, Any]]) -> Table | None:
    rows = [
        (str(one["index"]), _mark(one), f"{one['score']:.2f}", str(one["filename"]), str(one["quote"]))
        for one in citations
    ]
    return Table(("citation", "mark", "support", "file", "quote"), rows) if rows else None


def _mark(citation: Mapping[str, Any]) -> str:
    """`verified`, or what else the citation says of itself."""
    if citation["verified"]:
        return "verified"
    return ": ".join(str(citation[name]) for name in ("support", "reason") if citation.get(name)) or "not verified"


def _trace(steps: Sequence[Mapping[str, Any]]) -> Table | None:
    rows = [
        (
            str(step.get("name", "")),
            str(step.get("version", "")),
            f"{float(step.get('seconds') or 0.0):.3f}",
            _detail(step.get("detail")),
        )
        for step in steps
    ]
    return Table(("step", "version", "s", "detail"), rows) if rows else None


def _detail(detail: Any) -> str:
    if isinstance(detail, Mapping):
        return ", ".join(f"{name}: {value}" for name, value in detail.items())
    return "" if detail is None else str(detail)
