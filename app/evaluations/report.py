"""The report of a run, or of two runs: JSON, and one HTML page with plots that loads no other file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from app.evaluations.records import Differences, MeanScore, PartScores, RunScores, ShareScore
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


def write_report(folder: Path, runs: Mapping[str, RunScores], comparison: Differences, about: Any) -> Path:
    """Write `report.html` and `scores.json`; `runs` by name, `about` is the configuration. Returns the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    data = {"about": about, "runs": runs, "comparison": comparison}
    (folder / "scores.json").write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
    page = folder / "report.html"
    page.write_text(render(runs, comparison, about), encoding="utf-8")
    return page


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


def render(runs: Mapping[str, RunScores], comparison: Differences, about: Any) -> str:
    """Render the page."""
    heads = ("part", "score", "difference", "interval", "n")
    return render_template(
        "evaluation.html",
        about=json.dumps(about, indent=1, ensure_ascii=False),
        runs=[_run(name, scores) for name, scores in runs.items()],
        differences=Table(heads, list(_difference_rows(comparison))) if comparison else None,
    )


def _run(name: str, scores: RunScores) -> RunSection:
    places = {**scores["layers"], **scores["parts"]}
    tables = [_scored(places, columns) for columns in (ANSWER_COLUMNS, RETRIEVAL_COLUMNS)]
    bars = [_bars("F1", "f1", scores["parts"]), _bars("nDCG@10", "ndcg_10", scores["parts"])]
    return RunSection(
        name,
        [table for table in tables if table.rows],
        [chart for chart in bars if chart.bars],
        _risk_coverage(places),
        _latency(scores["layers"]),
    )


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
        [name, *(f"{place[key][share]:.2f}" for key in ("ttft_s", "total_s") for share in ("p50", "p95"))]
        for name, place in layers.items()
        if "total_s" in place
    ]
    return Table(("layer", "first token p50", "p95", "answer p50", "p95"), rows) if rows else None


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
