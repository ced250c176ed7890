"""The report of a run, or of two side by side: one HTML page with plots that loads nothing, and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from app.charts import Series, line_chart
from app.evaluation.summary import Scores

STYLE = """
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums }
th, td { padding: .2rem .7rem; text-align: right; border-bottom: 1px solid #8884 }
th:first-child, td:first-child { text-align: left }
.bar { display: inline-block; height: .7rem; background: #3366cc; vertical-align: middle }
.worse { color: #c2385a } .better { color: #2a9d5c }
"""
ANSWERING = (
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
FINDING = (
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
BAR_REM = 8


def write_report(folder: Path, runs: Mapping[str, Scores], comparison: Mapping[str, Any], about: Any) -> Path:
    """`report.html` and `scores.json` in `folder`; `runs` by name, `about` says what was run. Returns the page."""
    folder.mkdir(parents=True, exist_ok=True)
    data = {"about": about, "runs": runs, "comparison": comparison}
    (folder / "scores.json").write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
    page = folder / "report.html"
    page.write_text(render(runs, comparison, about), encoding="utf-8")
    return page


def render(runs: Mapping[str, Scores], comparison: Mapping[str, Any], about: Any) -> str:
    body = ["<h1>Evaluation</h1>", f"<pre>{escape(json.dumps(about, indent=1, ensure_ascii=False))}</pre>"]
    for name, scores in runs.items():
        body += [f"<h2>{escape(name)}</h2>", *_run(scores)]
    if comparison:
        body += ["<h2>Side by side</h2>", "<p>Second minus first, paired, with 95 % bootstrap intervals.</p>"]
        body.append(_table(("part", "score", "difference", "interval", "n"), _difference_rows(comparison)))
    head = f"<meta charset=utf-8><title>Evaluation</title><style>{STYLE}</style>"
    return f"<!doctype html><html lang=en><head>{head}</head><body>{''.join(body)}</body></html>"


def _run(scores: Scores) -> Iterator[str]:
    places = {**scores["layers"], **scores["parts"]}
    for columns in (ANSWERING, FINDING):
        yield _scored(places, columns)
    yield _bars("F1", "f1", scores["parts"])
    yield _bars("nDCG@10", "ndcg_10", scores["parts"])
    curves = [
        Series(name, [x for x, _ in place["risk_coverage"]], [y for _, y in place["risk_coverage"]])
        for name, place in places.items()
        if len(place.get("risk_coverage", ())) > 1
    ]
    if curves:
        yield line_chart("Risk and coverage", "coverage: share answered", "risk: share not answerable", curves)
    timed = {name: place for name, place in scores["layers"].items() if "total_s" in place}
    if timed:
        rows = [
            [name, *(f"{place[key][share]:.2f}" for key in ("ttft_s", "total_s") for share in ("p50", "p95"))]
            for name, place in timed.items()
        ]
        yield "<p>Seconds, with other questions in the same batch:</p>"
        yield _table(("layer", "first token p50", "p95", "answer p50", "p95"), rows)


def _scored(places: Mapping[str, Scores], columns: Sequence[tuple[str, str]]) -> str:
    """A table of the places that have any of these scores, with the columns that any of them has."""
    having = {name: place for name, place in places.items() if any(key in place for key, _ in columns)}
    kept = [(key, title) for key, title in columns if any(key in place for place in having.values())]
    rows = [[name, str(place["n"]), *(_cell(place.get(key)) for key, _ in kept)] for name, place in having.items()]
    return _table(("part", "n", *(title for _, title in kept)), rows) if rows else ""


def _bars(title: str, score: str, parts: Mapping[str, Scores]) -> str:
    rows = []
    for name, place in parts.items():
        figure = place.get(score)
        if figure is not None:
            bar = f'<span class=bar style="width:{figure["mean"] * BAR_REM:.2f}rem"></span>'
            interval = f"{figure['mean']:.3f} [{figure['low']:.3f}, {figure['high']:.3f}]"
            rows.append(f"<tr><td>{escape(name)}<td style='text-align:left'>{bar} {interval}")
    return f"<h3>{title} by part, with 95 % intervals</h3><table>{''.join(rows)}</table>" if rows else ""


def _difference_rows(comparison: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    for part, figures in comparison.items():
        for score, figure in figures.items():
            interval = f"{figure['low']:+.3f} to {figure['high']:+.3f}"
            yield part, score, f"{figure['mean']:+.3f}", interval, str(figure["n"])


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("mean")
    return f"{value:.3f}" if isinstance(value, int | float) else ""


def _table(titles: Sequence[str], rows: Any) -> str:
    head = "".join(f"<th>{escape(title)}" for title in titles)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}" for cell in row) for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"
