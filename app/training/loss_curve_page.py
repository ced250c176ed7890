"""The report page of a training: loss curve, search and events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.training import Training, TrainingEvent, TrainingPoint
from app.training.hyperparameter_search import summarize_changes
from app.web.charts import Series, line_chart
from app.web.templates import Table, render_template


def curve_page(training: Training, points: Sequence[TrainingPoint], events: Sequence[TrainingEvent]) -> str:
    """A self-contained HTML page."""
    lines = [
        Series(name, [point.step for point in found], [point.figures[key] for point in found])
        for name, key in (("training", "train_loss"), ("rows held out", "valid_loss"))
        if (found := [point for point in points if key in point.figures])
    ]
    return render_template(
        "training.html",
        training=training,
        events=events,
        curve=line_chart("Loss", "step", "loss per token", lines) if lines else None,
        trials=None if training.search_state is None else _trials(training.search_state),
    )


def _trials(search: Mapping[str, Any]) -> Table:
    rows = [
        (
            str(trial["number"]),
            summarize_changes(trial["hyperparameters"]),
            trial["status"],
            str(trial["step"]),
            ", ".join(_loss(one) for one in trial["losses"]),
            f"{trial['seconds']:.1f}",
        )
        for trial in search["trials"]
    ]
    return Table(("trial", "recipe", "status", "steps", "held-out loss", "seconds"), rows)


def _loss(one: dict[str, Any]) -> str:
    loss = one["valid_loss"]
    return f"step {one['step']}: {'no number' if loss is None else f'{loss:.4f}'}"
