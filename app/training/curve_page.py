"""The page of one training: its loss curve, its figures, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from app.charts import STYLE, Series, line_chart
from app.store.adapter_records import Training, TrainingEvent, TrainingPoint
from app.training.search import summarize_changes


def curve_page(training: Training, points: Sequence[TrainingPoint], events: Sequence[TrainingEvent]) -> str:
    """A page that loads nothing from elsewhere."""
    lines = [
        Series(name, [point.step for point in found], [point.figures[key] for point in found])
        for name, key in (("training", "train_loss"), ("rows held out", "valid_loss"))
        if (found := [point for point in points if key in point.figures])
    ]
    chart = line_chart("Loss", "step", "loss per token", lines) if lines else "<p>No step has ended yet.</p>"
    title = escape(f"{training.adapter_name}: training on {training.dataset_label}")
    state = escape(training.error_message or training.adapter or "")
    rows = "".join(
        f"<tr><td>{event.created_at:%Y-%m-%d %H:%M:%S}</td><td>{escape(event.message)}</td></tr>" for event in events
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
        f"<h1>{title}</h1><p>{training.status}: step {training.step} of {training.steps}. {state}</p>{chart}"
        f"{_trials(training)}"
        f"<h2>What happened</h2><table>{rows}</table></html>"
    )


def _trials(training: Training) -> str:
    if training.search is None:
        return ""
    rows = ""
    for trial in training.search["trials"]:
        changes = escape(summarize_changes(trial["hyperparameters"]))
        losses = ", ".join(_loss(one) for one in trial["losses"])
        rows += (
            f"<tr><td>{trial['number']}</td><td>{changes}</td><td>{trial['status']}</td><td>{trial['step']}</td>"
            f"<td>{losses}</td><td>{trial['seconds']:.1f}</td></tr>"
        )
    head = "".join(f"<th>{name}</th>" for name in ("trial", "recipe", "status", "steps", "held-out loss", "seconds"))
    return f"<h2>Search</h2><table><tr>{head}</tr>{rows}</table>"


def _loss(one: dict[str, Any]) -> str:
    loss = one["valid_loss"]
    return f"step {one['step']}: {'no number' if loss is None else f'{loss:.4f}'}"
