"""The report page of an adapter version: its origin, its evaluations, its singular values, its deployments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from markupsafe import Markup

from app.domain.adapters import AdapterVersion, Deployment
from app.domain.evaluations import AdapterEvaluation
from app.domain.jobs import JobStatus
from app.errors import AppError
from app.numerics.pytorch import needs_pytorch
from app.web.charts import Series, line_chart, point_chart
from app.web.templates import Table, render_template


def adapter_page(
    adapter: AdapterVersion,
    evaluations: Sequence[AdapterEvaluation],
    deployments: Sequence[Deployment],
    find_folder: Callable[[], Path],
) -> str:
    """A self-contained HTML page. `find_folder` returns the folder of the adapter's weights, or raises AppError."""
    done = [evaluation for evaluation in evaluations if evaluation.status == JobStatus.SUCCEEDED]
    spectrum, unreadable = _spectrum(find_folder)
    return render_template(
        "adapter.html",
        adapter=adapter,
        evaluations=done,
        differences=_differences(done),
        compression=adapter.lineage.details.get("compression"),
        spectrum=spectrum,
        unreadable=unreadable,
        activations=_deployment_table([one for one in deployments if one.adapter == adapter.label]),
    )


def _differences(done: Sequence[AdapterEvaluation]) -> Markup:
    """The intervals of all evaluations in one chart, oldest first."""
    found = [one.report["difference"] for one in reversed(done) if one.report.get("difference")]
    numbers = [float(number) for number in range(1, len(found) + 1)]
    series = Series(
        "difference", numbers, *([100 * interval[end] for interval in found] for end in ("mean", "low", "high"))
    )
    return point_chart("F1 against what it would replace, 90 % intervals", "evaluation", "points of F1", [series])


def _spectrum(find_folder: Callable[[], Path]) -> tuple[Markup | None, str]:
    """(chart of the energy that each rank keeps, "") or (None, why the weights cannot be read)."""
    try:
        with needs_pytorch("The chart"):
            from app.adapters.compress import decompose_layers, energy_curve
            from app.adapters.weights import read_matrices
        curve = energy_curve(decompose_layers(read_matrices(find_folder())))
    except AppError as fault:
        return None, fault.message
    ranks = [float(rank) for rank in range(1, len(curve) + 1)]
    series = [Series("all layers", ranks, curve)]
    return line_chart("Energy that each rank keeps", "rank", "share of squared norm", series), ""


def _deployment_table(deployments: Sequence[Deployment]) -> Table:
    rows = [(f"{deployment.created_at:%Y-%m-%d %H:%M} UTC", _reason(deployment)) for deployment in deployments]
    return Table(("active from", "let through by"), rows)


def _reason(deployment: Deployment) -> str:
    if deployment.override_reason is not None:
        return f"override: {deployment.override_reason}"
    return f"evaluation {deployment.evaluation_id}" if deployment.evaluation_id else "rollback, or no gate"
