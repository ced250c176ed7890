"""The report of a comparison: tables with intervals, and charts of quality against cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from app.comparison.pairwise import PairwiseDifference
from app.comparison.plan import Plan
from app.comparison.summary import ArmSummary
from app.web.charts import Series, point_chart
from app.web.templates import Table, render_template

Cost = Callable[[ArmSummary], float | None]
CHARTS: tuple[tuple[str, Cost], ...] = (
    ("seconds to train", lambda one: one.train_seconds),
    ("peak memory of training, MB", lambda one: one.train_peak_mb),
    ("trained parameters", lambda one: one.trained_parameters),
    ("seconds per answer", lambda one: one.answer_seconds),
)


def comparison_page(plan: Plan, summaries: Sequence[ArmSummary], pairs: Sequence[PairwiseDifference]) -> str:
    """A self-contained HTML page."""
    charts = [_chart(label, cost, summaries) for label, cost in CHARTS]
    return render_template(
        "comparison.html",
        plan=plan,
        arms=Table(HEADS, [cells(one) for one in summaries]),
        pairs=Table(PAIR_HEADS, [pair_cells(one) for one in pairs]),
        charts=[chart for chart in charts if chart is not None],
    )


def _chart(label: str, cost: Cost, summaries: Sequence[ArmSummary]) -> Markup | None:
    """A chart of the arms that have this cost, one series each; None if no arm has it."""
    series = [
        Series(one.arm, [value], [one.f1.mean], [one.f1.low], [one.f1.high])
        for one in summaries
        if (value := cost(one)) is not None
    ]
    return point_chart(f"F1 against {label}", label, "F1", series, log_x=True) if series else None


HEADS = (
    "arm", "F1", "95 %", "by seed", "EM", "refusal accuracy", "knowledge kept", "trained", "%", "rows refused",
    "train s", "train CPU s", "train MB", "ask MB", "adapter MB", "J to train", "J per answer", "energy", "tokens/s",
    "s per answer", "rate",
)  # fmt: skip
PAIR_HEADS = ("question", "difference", "F1", "95 %")


def cells(one: ArmSummary) -> list[str]:
    """One row, in the order of HEADS."""
    return [
        one.arm,
        f"{one.f1.mean:.3f}",
        f"{one.f1.low:.3f}–{one.f1.high:.3f}",
        " ".join(f"{value:.3f}" for value in one.f1_by_seed),
        f"{one.exact_match.mean:.3f}",
        _or_dash(one.refusal_accuracy, "{:.2f}"),
        f"{one.knowledge:.2f}",
        _or_dash(one.trained_parameters, "{:,}"),
        _or_dash(one.trained_share, "{:.2%}"),
        _or_dash(one.rejected_rows, "{}"),
        _or_dash(one.train_seconds, "{:.0f}"),
        _or_dash(one.train_cpu_seconds, "{:.0f}"),
        _or_dash(one.train_peak_mb, "{:.0f}"),
        f"{one.ask_peak_mb:.0f}",
        _or_dash(one.adapter_mb, "{:.1f}"),
        _or_dash(one.train_joules, "{:.0f}"),
        f"{one.joules_per_answer:.1f}",
        one.energy_method,
        f"{one.tokens_per_s:.1f}",
        f"{one.answer_seconds:.2f}",
        _or_dash(one.learning_rate, "{:g}"),
    ]


def pair_cells(one: PairwiseDifference) -> list[str]:
    """One row, in the order of PAIR_HEADS."""
    return [
        one.question,
        f"{one.second} less {one.first}",
        f"{one.f1.mean:+.3f}",
        f"{one.f1.low:+.3f} to {one.f1.high:+.3f}",
    ]


def comparison_markdown(summaries: Sequence[ArmSummary], pairs: Sequence[PairwiseDifference]) -> str:
    """Both tables in Markdown."""
    return f"{_markdown(HEADS, map(cells, summaries))}\n{_markdown(PAIR_HEADS, map(pair_cells, pairs))}"


def _markdown(heads: Sequence[str], rows: Iterable[list[str]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in (heads, ["---"] * len(heads), *rows))


def _or_dash(value: float | None, pattern: str) -> str:
    return "–" if value is None else pattern.format(value)
