"""The report of a run, or of two runs: JSON, and one HTML page with plots that loads no other file.

With the results of the cases it names those that failed, and shows everyday questions with all their turns.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from app.evaluations.everyday.report_section import (
    EVERYDAY,
    QuestionView,
    everyday_results,
    everyday_table,
    question_view,
)
from app.evaluations.failures import failures
from app.evaluations.records import CaseResult, Differences, MeanScore, PartScores, Percentiles, RunScores, ShareScore
from app.web.charts import Series, line_chart
from app.web.templates import Table, render_template

Columns = tuple[tuple[MeanScore | ShareScore, str], ...]
ANSWER_COLUMNS: Columns = (
    ("f1", "F1"),
    ("em", "EM"),
    ("contains", "contains"),
    ("language_match", "language"),
    ("balanced_accuracy", "balanced acc."),
    ("false_refusals", "false refusals"),
    ("citation_validity", "cit. valid"),
    ("citation_precision", "cit. precision"),
    ("citation_recall", "cit. recall"),
    ("forbidden", "canaries"),
    ("found", "passage found"),
)
RETRIEVAL_COLUMNS: Columns = (
    ("ndcg_10", "nDCG@10"),
    ("dense_ndcg_10", "dense alone"),
    ("lexical_ndcg_10", "lexical alone"),
    ("alone_ndcg_10", "asked alone"),
    ("recall_5", "recall@5"),
    ("alone_recall_5", "asked alone"),
    ("recall_100", "recall@100"),
    ("mrr", "MRR"),
    ("kept", "phrases kept"),
    ("whole", "files whole"),
)


Results = Mapping[str, Sequence[CaseResult]]  # by part
NO_RESULTS: Mapping[str, Results] = {}


def write_report(
    folder: Path,
    runs: Mapping[str, RunScores],
    comparison: Differences,
    about: Any,
    results: Mapping[str, Results] = NO_RESULTS,
) -> Path:
    """Write `report.html`, `scores.json` and, of everyday questions, `questions.json`. Returns the page's path.

    `runs` and `results` are by the name of the run; `about` is the configuration.
    """
    folder.mkdir(parents=True, exist_ok=True)
    failed = {name: [asdict(failure) for failure in failures(found)] for name, found in results.items()}
    data = {"about": about, "runs": runs, "comparison": comparison, "failures": failed}
    _write_json(folder / "scores.json", data)
    everyday = {name: everyday_results(found) for name, found in results.items()}
    if any(everyday.values()):
        _write_json(folder / "questions.json", everyday)
    page = folder / "report.html"
    page.write_text(render(runs, comparison, about, results), encoding="utf-8")
    return page


def _write_json(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Bar:
    """A mean between 0 and 1 with the ends of its interval."""

    name: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BarChart:
    title: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class RunSection:
    """The part of the page about one run; None where the run has no such figures."""

    name: str
    tables: Sequence[Table]
    bars: Sequence[BarChart]
    risk_coverage: Markup | None  # SVG
    latency: Table | None
    everyday: Table | None
    failures: Table | None
    questions: Sequence[QuestionView]  # everyday ones, wrong ones first


def render(
    runs: Mapping[str, RunScores], comparison: Differences, about: Any, results: Mapping[str, Results] = NO_RESULTS
) -> str:
    """Render the page; with the results of a run also its failures and its everyday questions."""
    heads = ("part", "score", "difference", "interval", "n")
    return render_template(
        "evaluation.html",
        about=json.dumps(about, indent=1, ensure_ascii=False),
        runs=[_run(name, scores, results.get(name, {})) for name, scores in runs.items()],
        differences=Table(heads, list(_difference_rows(comparison))) if comparison else None,
    )


def _run(name: str, scores: RunScores, results: Results) -> RunSection:
    places = {**scores["layers"], **scores["parts"]}
    tables = [_scored(places, columns) for columns in (ANSWER_COLUMNS, RETRIEVAL_COLUMNS)]
    bars = [_bars("F1", "f1", scores["parts"]), _bars("nDCG@10", "ndcg_10", scores["parts"])]
    return RunSection(
        name,
        [table for table in tables if table.rows],
        [chart for chart in bars if chart.bars],
        _risk_coverage(places),
        _latency(scores["layers"]),
        everyday_table(scores),
        _failures(results),
        [question_view(one) for one in everyday_results(results)],
    )


def _failures(results: Results) -> Table | None:
    rows = [(one.part, one.case_id, one.question, f"{one.code}: {one.message}") for one in failures(results)]
    return Table(("part", "case", "question", "error"), rows) if rows else None


def _risk_coverage(places: Mapping[str, PartScores]) -> Markup | None:
    curves = [
        Series(name, [x for x, _ in place["risk_coverage"]], [y for _, y in place["risk_coverage"]])
        for name, place in places.items()
        if len(place.get("risk_coverage", ())) > 1
    ]
    if not curves:
        return None
    return line_chart("Risk and coverage", "coverage: share answered", "risk: share not answerable", curves)


def _latency(layers: Mapping[str, PartScores]) -> Table | None:
    rows = [
        [name, *_seconds(place.get("ttft_s")), *_seconds(place["total_s"])]
        for name, place in layers.items()
        if "total_s" in place and name != EVERYDAY
    ]
    return Table(("layer", "first token p50", "p95", "answer p50", "p95"), rows) if rows else None


def _seconds(found: Percentiles | None) -> tuple[str, str]:
    return (f"{found['p50']:.2f}", f"{found['p95']:.2f}") if found is not None else ("", "")


def _scored(places: Mapping[str, PartScores], columns: Columns) -> Table:
    """A table of the places that have any of these scores, with the columns that any of them has."""
    having = {name: place for name, place in places.items() if any(key in place for key, _ in columns)}
    shown = [(key, title) for key, title in columns if any(key in place for place in having.values())]
    rows = [[name, str(place["n"]), *(_cell(place, key) for key, _ in shown)] for name, place in having.items()]
    return Table(("part", "n", *(title for _, title in shown)), rows)


def _bars(title: str, score: MeanScore, parts: Mapping[str, PartScores]) -> BarChart:
    found = [(name, figure) for name, place in parts.items() if (figure := place.get(score)) is not None]
    return BarChart(title, [Bar(name, figure["mean"], figure["low"], figure["high"]) for name, figure in found])


def _difference_rows(comparison: Differences) -> Iterator[Sequence[str]]:
    for part, figures in comparison.items():
        for score, figure in figures.items():
            interval = f"{figure['low']:+.3f} to {figure['high']:+.3f}"
            yield part, score, f"{figure['mean']:+.3f}", interval, str(figure["n"])


def _cell(place: PartScores, key: MeanScore | ShareScore) -> str:
    if key not in place:
        return ""
    value = place[key]
    return f"{value if isinstance(value, int | float) else value['mean']:.3f}"
