"""The report page of one adapter version: what it is, whether it is any good, and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from app.adapters.compress import decompose_layers, energy_curve
from app.adapters.weights import read_matrices
from app.charts import STYLE, Series, line_chart, point_chart
from app.errors import AppError
from app.store.adapter_records import Activation, AdapterEvaluation, AdapterVersion
from app.store.states import JobStatus


def adapter_page(
    adapter: AdapterVersion, evaluations: Sequence[AdapterEvaluation], history: Sequence[Activation], folder: Path
) -> str:
    """A self-contained HTML page; everything that a tenant wrote is escaped."""
    moves = [move for move in history if move.adapter == adapter.label]
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(adapter.label)}</title>'
        f"<style>{STYLE}</style><h1>{escape(adapter.name)} <small>{adapter.version}</small></h1>"
        f"{_facts(adapter)}{_evaluations(evaluations)}{_compression(adapter)}{_spectrum(folder)}{_moves(moves)}</html>\n"
    )


def _facts(adapter: AdapterVersion) -> str:
    lineage = adapter.lineage
    state = "Active." if adapter.active else "Not active."
    made = escape(f" from {', '.join(lineage.parents)}" if lineage.parents else "")
    facts = (
        f"<p>{state} Made by {lineage.origin}{made}. Rank {adapter.rank}, alpha {adapter.alpha:g}, "
        f"{adapter.size_bytes:,} bytes, layers {', '.join(adapter.target_modules)}, base {adapter.base_fingerprint}."
    )
    gone = [escape(source.filename) for source in lineage.sources if source.deleted]
    if gone:
        facts += f"<p><strong>Stale:</strong> it learned from {', '.join(gone)}, which was deleted. Train it anew."
    if lineage.sources:
        facts += f"<p>Learned from {len(lineage.sources)} documents."
    return facts


def _evaluations(evaluations: Sequence[AdapterEvaluation]) -> str:
    done = [evaluation for evaluation in evaluations if evaluation.status == JobStatus.SUCCEEDED]
    if not done:
        return "<h2>Evaluations</h2><p>None: nobody knows whether it is any good."
    return "<h2>Evaluations</h2>" + _differences(done) + "".join(_evaluation(one) for one in done)


def _differences(done: Sequence[AdapterEvaluation]) -> str:
    """The intervals of all evaluations in one chart, oldest first."""
    found = [one.report["difference"] for one in reversed(done) if one.report.get("difference")]
    numbers = [float(number) for number in range(1, len(found) + 1)]
    series = Series(
        "difference", numbers, *([100 * interval[end] for interval in found] for end in ("mean", "low", "high"))
    )
    return point_chart("F1 against what it would replace, 90 % intervals", "evaluation", "points of F1", [series])


def _evaluation(one: AdapterEvaluation) -> str:
    report = one.report
    rows = "".join(_check(check) for check in report["checks"])
    return (
        f"<h3>Against {escape(one.against)}: {escape(str(one.verdict))}</h3><p>{escape(' '.join(report['reasons']))} "
        f"F1 {report['incumbent_f1']:.3f} → {report['candidate_f1']:.3f} over {report['questions']} questions about "
        f"{report['groups']} documents.<table><tr><th>went wrong<th>before<th>now<th>questions<th></tr>{rows}</table>"
    )


def _check(check: Mapping[str, Any]) -> str:
    note = "veto" if check["vetoed"] else "too few to tell" if check["rise"] is None else "fine"
    return (
        f"<tr><td>{escape(check['name'])}<td>{check['incumbent']:.0%}<td>{check['candidate']:.0%}"
        f"<td>{check['n']}<td>{note}</tr>"
    )


def _compression(adapter: AdapterVersion) -> str:
    done = adapter.lineage.details.get("compression")
    if not done:
        return ""
    return (
        f"<h2>Compression</h2><p>Rank {done['rank_before']} → {done['rank']}: {done['energy_kept']:.2%} of the squared "
        f"norm of all updates kept, the worst layer changed by {done['largest_relative_error']:.2%}, "
        f"{done['bytes_before']:,} → {done['bytes_after']:,} bytes. What that cost in answers is the evaluation "
        f"against {escape(', '.join(adapter.lineage.parents))}."
    )


def _spectrum(folder: Path) -> str:
    try:
        curve = energy_curve(decompose_layers(read_matrices(folder)))
    except AppError as fault:
        return f"<h2>Singular values</h2><p>{escape(fault.message)}"
    ranks = [float(rank) for rank in range(1, len(curve) + 1)]
    chart = line_chart(
        "Energy that each rank keeps", "rank", "share of squared norm", [Series("all layers", ranks, curve)]
    )
    return f"<h2>Singular values</h2>{chart}"


def _moves(moves: Sequence[Activation]) -> str:
    if not moves:
        return "<h2>History</h2><p>Never active."
    rows = "".join(f"<tr><td>{move.created_at:%Y-%m-%d %H:%M} UTC<td>{escape(_why(move))}</tr>" for move in moves)
    return f"<h2>History</h2><table><tr><th>active from<th>let through by</tr>{rows}</table>"


def _why(move: Activation) -> str:
    if move.override_reason is not None:
        return f"override: {move.override_reason}"
    return f"evaluation {move.evaluation_id}" if move.evaluation_id else "rollback, or no gate"
