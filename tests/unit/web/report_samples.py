"""Sample report pages: `name` stands wherever a page shows a text that a tenant or an operator chose."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.adapters.compress import compress_adapter
from app.adapters.compress_page import compression_page
from app.comparison.page import comparison_page
from app.comparison.pairwise import PairwiseDifference
from app.comparison.plan import Plan
from app.comparison.summary import ArmSummary
from app.domain.adapters import AdapterSource, AdapterVersion, Deployment, Lineage
from app.domain.evaluations import AdapterEvaluation
from app.domain.training import Training, TrainingEvent, TrainingPoint
from app.evaluations.gate.report_page import adapter_page
from app.evaluations.metrics import Interval
from app.evaluations.records import CaseResult, TurnRecord
from app.evaluations.report import render
from app.training.loss_curve_page import curve_page

NOW = datetime(2026, 11, 28, 3, 34, 5, tzinfo=UTC)
COMPRESSION = {
    "rank_before": 8, "rank": 4, "energy_kept": 0.9871, "largest_relative_error": 0.2107,
    "bytes_before": 1_234_567, "bytes_after": 617_284,
}  # fmt: skip


def evaluation_report(name: str) -> str:
    scores = {part: _part_scores(mean) for part, mean in ((f"answers/{name}", 0.41), ("retrieval/museum", 0.78))}
    run = {"parts": scores, "layers": {"answers": _part_scores(0.5), name: _part_scores(0.6)}, "overall": {}}
    difference = {"mean": -0.031, "low": -0.06, "high": 0.01, "n": 40}
    comparison = {f"answers/{name}": {"f1": difference}, name: {name: difference}}
    about = {"questions": name, "adapter": name}
    return render({name: run, "against": run}, comparison, about, {name: {f"everyday/{name}": _everyday(name)}})


def _everyday(name: str) -> list[CaseResult]:
    citation = {"index": 1, "score": 0.9, "filename": name, "quote": f"It is {name}.", "verified": True}
    trace = [{"name": name, "version": "rule", "seconds": 0.1, "detail": f"{name} is a question."}]
    sent = {"answer": f"About {name}.", "citations": [citation], "trace": trace, "unsupported": [], "route": name}
    head: CaseResult = {"id": name, "group": name, "language": "en", "question": f"What is {name}?"}
    turns: list[TurnRecord] = [
        {"question": f"And {name}?", "searched": f"What is {name}?", "seconds": 1.0, "sent": sent}
    ]
    wrong: CaseResult = {**head, "kind": "direct", "useful": 0.0, "reasons": [f"No {name}."], "turns": turns}
    return [{**head, "error": {"code": name, "message": f"{name} failed."}}, wrong]


def _part_scores(mean: float) -> dict[str, Any]:
    interval = {"mean": mean, "low": mean - 0.1, "high": mean + 0.1, "n": 40}
    return {
        "n": 40,
        "f1": interval,
        "em": interval,
        "ndcg_10": interval,
        "recall_5": interval,
        "balanced_accuracy": 0.875,
        "risk_coverage": [[0.1, 0.0], [0.5, 0.1], [1.0, mean]],
        "total_s": {"p50": 1.25, "p95": 2.5},
        "ttft_s": {"p50": 0.25, "p95": 0.5},
    }


def adapter_report(name: str, folder: Path) -> str:
    sources = (AdapterSource("doc_1", f"{name}.pdf", True), AdapterSource("doc_2", "rules.md", False))
    lineage = Lineage("compression", (f"{name}@0123456789abcdef",), sources, {"compression": COMPRESSION})
    adapter = AdapterVersion(
        1, "ten_1", name, "fedcba9876543210", "fedcba", 8, 16.0, ("q_proj", "v_proj"), 617_284, "base-1", lineage, NOW,
        active=True,
    )  # fmt: skip
    moves = [
        Deployment(adapter.label, "aev_1", None, "key_1", NOW),
        Deployment(adapter.label, None, f"The board of {name} insists.", "key_1", NOW),
        Deployment(adapter.label, None, None, "key_1", NOW),
        Deployment("other@0", "aev_2", None, "key_1", NOW),
    ]
    return adapter_page(adapter, [_evaluation(name, 0.05), _evaluation(name, -0.02)], moves, lambda: folder)


def _evaluation(name: str, mean: float) -> AdapterEvaluation:
    checks = [
        {"name": f"refuses {name}", "incumbent": 0.1, "candidate": 0.3, "n": 40, "rise": 0.2, "vetoed": True},
        {"name": "repeats", "incumbent": 0.0, "candidate": 0.0, "n": 40, "rise": 0.0, "vetoed": False},
        {"name": "cut off", "incumbent": 0.0, "candidate": 0.5, "n": 2, "rise": None, "vetoed": False},
    ]
    report = {
        "checks": checks,
        "reasons": [f"About {name}.", "The interval holds zero."],
        "difference": {"mean": mean, "low": mean - 0.04, "high": mean + 0.04},
        "incumbent_f1": 0.5,
        "candidate_f1": 0.5 + mean,
        "questions": 40,
        "groups": 12,
    }
    return AdapterEvaluation(
        "aev_1",
        "ten_1",
        1,
        f"{name}@1",
        f"{name}@2",
        "base",
        "succeeded",
        1.0,
        "worse",
        report,
        None,
        None,
        None,
        NOW,
        NOW,
    )


def training_report(name: str, *, search: bool = True, points: bool = True) -> str:
    trials = [
        {
            "number": 1, "hyperparameters": {"rank": 8, "init": name}, "status": "chosen", "step": 20, "seconds": 12.34,
            "losses": [{"step": 10, "valid_loss": 1.5}, {"step": 20, "valid_loss": None}],
        }
    ]  # fmt: skip
    training = Training(
        "ftjob_1", "ten_1", name, "ds_1", f"{name}@3", "running", {}, 0.1, None, {"trials": trials} if search else None,
        12, 40, {}, None, None, None, None, f"Something about {name}.", None, {}, NOW, NOW, None,
    )  # fmt: skip
    found = [
        TrainingPoint(step, {"train_loss": 2.0 / step} | ({"valid_loss": 2.2 / step} if step % 4 == 0 else {}))
        for step in range(1, 13)
    ]
    events = [TrainingEvent(1, "started", "Training begins: 40 steps.", NOW), TrainingEvent(2, "x", name, NOW)]
    return curve_page(training, found if points else [], events)


def compression_report(name: str, folder: Path, out: Path) -> str:
    return compression_page(compress_adapter(folder, out, rank=2), name)


def comparison_report(name: str) -> str:
    interval = Interval(0.5, 0.4, 0.6, 60)
    arms = [
        ArmSummary(
            arm, 3, interval, interval, (0.4, 0.5, 0.6), 0.75, 0.9, 1.2, 31.5, 900.0, 12.0, *cost, energy_method=name
        )
        for arm, cost in (
            ("base", (None,) * 9),
            (name, (460_800, 0.0034, 3, 120.0, 230.0, 1400.0, 2300.0, 1.8, 0.0005)),
            ("full + RAG", (134_000_000, 1.0, 3, 620.0, 1230.0, 4400.0, 12300.0, 512.0, 0.0001)),
        )
    ]
    pairs = [PairwiseDifference(f"What does {name} add?", "base", name, interval)]
    return comparison_page(Plan("train.jsonl", "test.jsonl"), arms, pairs)
