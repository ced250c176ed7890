"""Comparing methods: what shares a training, what is kept between runs, what the table says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file

from app.cli.comparison import _rates
from app.cli.comparison import _run as run_stage
from app.comparison.data import prepare, training_rows
from app.comparison.page import HEADS, cells, comparison_markdown, comparison_page
from app.comparison.pairwise import COMPARED_PAIRS, compare_pairs
from app.comparison.plan import ARMS, Method, Plan, Stage, seeds_of, trainings
from app.comparison.progress import ComparisonProgress
from app.comparison.run import Comparison, StageFailed, decode_stage, encode_stage, format_tables
from app.comparison.summary import summarize
from app.embeddings.hashing import HashingEmbedder
from app.errors import InvalidRequest
from app.training.loop import RunResources
from app.training.memory_budget import MemoryBudget

PLAN = Plan("train.jsonl", "test.jsonl", arms=tuple(arm.name for arm in ARMS), cases=10, rows=10, passages=3)


def asked(f1: float, seconds: float = 10.0) -> dict[str, Any]:
    cases = [
        {"id": str(i), "group": str(i // 2), "answerable": i > 1, "refused": i < 1, "f1": f1 * (i > 1), "em": 0.0}
        for i in range(10)
    ]
    cost = {"seconds": seconds, "cpu_seconds": 2 * seconds, "peak_mb": 500.0, "joules": None}
    return {**cost, "energy_method": "estimated", "completion_tokens": 50, "knowledge": 0.5, "cases": cases}


def trained(valid_loss: float, rate: float) -> dict[str, Any]:
    cost = {"seconds": 100.0, "cpu_seconds": 200.0, "peak_mb": 900.0, "joules": None, "energy_method": "estimated"}
    more = {"trained_parameters": 2_400_000, "trained_share": 0.018, "rejected_rows": 3, "adapter_mb": 9.8}
    return {**cost, **more, "train_loss": 1.0, "valid_loss": valid_loss, "learning_rate": rate}


class Recorded(Comparison):
    """A comparison whose processes are made up; the higher learning rate is the better one."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        super().__init__(plan, folder, lambda _: None)
        self.ran: list[Stage] = []
        self.fails_at = 10**9

    def _run(self, stage: Stage, training: Stage | None, kept: Path) -> None:
        if len(self.ran) >= self.fails_at:
            raise StageFailed("killed")
        self.ran.append(stage)
        made = {
            "ask": asked(0.4 if training else 0.1),
            "train": trained(1 / max(stage.learning_rate, 1e-9), stage.learning_rate),
        }
        kept.write_text(json.dumps(made.get(stage.kind, {})))


def test_arms_that_differ_only_in_how_they_are_asked_share_a_training() -> None:
    assert sorted(trainings(PLAN)) == sorted(
        [
            ("lora", "questions"),
            ("qlora", "questions"),
            ("lora", "passages"),
            ("qlora", "passages"),
            ("adalora", "passages"),
            ("full", "questions"),
            ("full", "passages"),
        ]
    )
    assert [seeds_of(PLAN, arm) for arm in ARMS[:3]] == [(0,), (0,), (0, 1, 2)]


def test_arms_that_are_extra_are_run_where_they_are_named() -> None:
    left_out = {arm.name for arm in ARMS} - set(Plan("", "").arms)
    assert left_out == {"AdaLoRA (RAFT) + RAG", "full (RAFT) + RAG"}


def test_every_task_runs_once_and_a_second_call_runs_none(tmp_path: Path) -> None:
    first = Recorded(PLAN, tmp_path)
    compared = first.run()
    assert [one.arm for one in compared.arms] == list(PLAN.arms)
    kinds = [stage.kind for stage in first.ran]
    assert kinds.count("prepare") == 1
    assert kinds.count("train") == 7 * (3 + 1)  # three seeds, and the other learning rate once
    assert kinds.count("ask") == 2 + 9 * 3
    assert len({stage.id for stage in first.ran}) == len(first.ran)
    assert [stage.seed for stage in first.ran if stage.kind == "ask"] == [0] * 11 + [1] * 9 + [2] * 9
    again = Recorded(PLAN, tmp_path)
    assert again.run() == compared
    assert again.ran == []


def test_a_stopped_comparison_goes_on_where_it_was(tmp_path: Path) -> None:
    stopped = Recorded(PLAN, tmp_path)
    stopped.fails_at = 7
    with pytest.raises(StageFailed):
        stopped.run()
    rest = Recorded(PLAN, tmp_path)
    rest.run()
    assert not {stage.id for stage in stopped.ran} & {stage.id for stage in rest.ran}
    more = Recorded(replace(PLAN, seeds=(0, 1, 2, 3)), tmp_path)
    more.run()
    assert {stage.seed for stage in more.ran} == {3}
    other = Recorded(replace(PLAN, steps=61), tmp_path)
    other.run()
    assert any(stage.kind == "train" and stage.seed == 0 for stage in other.ran)


def test_what_is_left_takes_as_long_as_its_like_took() -> None:
    plan = replace(PLAN, arms=("base", "LoRA", "full"), learning_rates={"lora": (1e-3,), "full": (1e-5, 1e-4)})
    progress = ComparisonProgress(plan)
    assert progress.describe() == "0 of 15 done"  # 1 prepare, 3 + 4 trainings, 1 + 3 + 3 asked
    progress.record(Stage("prepare", plan), {})
    progress.record(Stage("train", plan, "full", "questions", learning_rate=1e-5), {"process_seconds": 600})
    assert progress.describe() == "2 of 15 done"
    progress.record(Stage("train", plan, "lora", "questions", learning_rate=1e-3), {"process_seconds": 300})
    for _ in range(2):  # read again, it counts once
        progress.record(Stage("ask", plan), {"process_seconds": 60})
    assert progress.describe() == "4 of 15 done, about 46 minutes to go"  # 3 x 10 + 2 x 5 + 6 x 1


def test_best_learning_rate_on_validation_is_taken(tmp_path: Path) -> None:
    done = Recorded(replace(PLAN, learning_rates={"lora": (1e-4, 5e-4), "qlora": (2e-4,)}), tmp_path)
    rates = {one.arm: one.learning_rate for one in done.run().arms}
    assert (rates["LoRA"], rates["QLoRA"], rates["full"], rates["base"]) == (5e-4, 2e-4, 1e-4, None)


def test_rates_are_for_lora_and_qlora_unless_they_name_a_method() -> None:
    rates = _rates("5e-4,full=1e-5,full=5e-5")
    assert rates == {"lora": (5e-4,), "qlora": (5e-4,), "full": (1e-5, 5e-5)}
    plan = replace(PLAN, learning_rates=rates)
    assert [plan.rates(method) for method in ("lora", "full", "adalora")] == [
        (5e-4,),
        (1e-5, 5e-5),
        PLAN.rates("adalora"),
    ]
    assert _rates("") is None
    for wrong in ("fast", "full=", "magic=1e-4"):
        with pytest.raises(InvalidRequest, match="--rates"):
            _rates(wrong)


def test_a_process_that_ends_without_a_result_is_told_with_its_log(tmp_path: Path) -> None:
    with pytest.raises(StageFailed, match=r"prepare-.*no file.*whole log"):
        Comparison(replace(PLAN, train="/nowhere.jsonl"), tmp_path, lambda _: None).run()
    assert list((tmp_path / "results").iterdir()) == []


def test_tasks_travel_to_their_process_unchanged(tmp_path: Path) -> None:
    training = Stage("train", PLAN, "lora", "passages", seed=2, learning_rate=5e-4)
    ask = Stage("ask", PLAN, "lora", "passages", passages=True, seed=2, learning_rate=5e-4)
    given = json.loads(json.dumps(encode_stage(ask, tmp_path, training)))
    stage, data, model = decode_stage(given)
    assert stage == ask
    assert stage.id == ask.id
    assert data.name.startswith("prepare-")
    assert model is not None
    assert model.name == training.id


def test_summary_counts_each_document_once_and_says_how_energy_was_had() -> None:
    one = summarize(ARMS[6], [asked(0.4), asked(0.6)], [trained(1.0, 2e-4)] * 2, watts_per_core=10.0)
    assert one.f1.mean == pytest.approx(0.5)
    assert one.f1_by_seed == pytest.approx((0.4, 0.6))
    assert one.refusal_accuracy == pytest.approx((1 + 0.5) / 2)
    assert one.joules_per_answer == pytest.approx(20.0)
    assert one.train_joules == pytest.approx(2000.0)
    assert one.energy_method == "estimated"
    measured = summarize(ARMS[0], [{**asked(0.1), "joules": 50.0, "energy_method": "rapl"}], [], watts_per_core=10.0)
    assert (measured.joules_per_answer, measured.energy_method, measured.train_seconds) == (5.0, "rapl", None)


def test_unknown_arms_are_named() -> None:
    with pytest.raises(InvalidRequest, match="magic"):
        replace(PLAN, arms=("base", "magic")).selected_arms()


def cases_file(path: Path, first: int, count: int = 20) -> Path:
    rows = [
        {
            "question": f"Where is item {i}?",
            "answers": [f"on shelf {i}"],
            "context": f"Item {i} lies on shelf {i}.",
            "group": f"g{i}",
        }
        for i in range(first, first + count)
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def test_data_is_drawn_once_with_every_fifth_case_to_be_refused(tmp_path: Path) -> None:
    plan = replace(
        PLAN, train=str(cases_file(tmp_path / "a.jsonl", 0)), test=str(cases_file(tmp_path / "b.jsonl", 100)), rows=15
    )
    data = prepare(plan, HashingEmbedder())
    assert data == prepare(plan, HashingEmbedder())
    assert (len(data["train"]), len(data["test"])) == (15, 10)
    for case in data["test"]:
        own = f"Item {case['group'][1:]} lies on shelf {case['group'][1:]}."
        assert len(case["found"]) == 3
        assert case["answerable"] or own not in case["found"]
    assert sum(not case["answerable"] for case in data["test"]) == 2
    raft = [json.loads(line) for line in training_rows(data["train"], "passages")]
    assert [row["answer"] is None for row in raft] == [not case["answerable"] for case in data["train"]]
    alone = [json.loads(line) for line in training_rows(data["train"], "questions")]
    assert all(row["messages"][-1]["content"].startswith("on shelf") for row in alone)


class InProcess(Comparison):
    """A comparison whose stages run here, one after the other, for a plan of few steps."""

    def _run(self, stage: Stage, training: Stage | None, kept: Path) -> None:
        given = json.loads(json.dumps(encode_stage(stage, self._folder, training)))
        kept.write_text(json.dumps(run_stage(*decode_stage(given))), encoding="utf-8")


@pytest.mark.models
def test_full_and_adalora_are_trained_and_asked_as_what_they_became(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.support.training_factories import tiny_base

    source = tiny_base(tmp_path / "base")
    monkeypatch.setenv("LORACLE_BASE_MODEL", f"path:{source.folder}")
    monkeypatch.setenv("LORACLE_EMBEDDING_MODEL", "hashing")
    arms = ("base + RAG", "AdaLoRA (RAFT) + RAG", "full + RAG")
    train = cases_file(tmp_path / "a.jsonl", 0, count=11)
    train.write_text(f"{train.read_text()}\n{train.read_text().splitlines()[0]}")  # a row that is there twice
    plan = Plan(
        str(train),
        str(cases_file(tmp_path / "b.jsonl", 100)),
        arms=arms,
        seeds=(0,),
        rows=12,
        cases=10,
        steps=5,
        rows_per_step=4,
        learning_rates={"adalora": (0.05,), "full": (1e-5, 5e-3)},
        passages=1,
        threads=1,
    )
    base, adalora, full = InProcess(plan, tmp_path / "out", print).run().arms
    assert (full.trained_share, full.learning_rate) == (1.0, 5e-3)
    assert full.rejected_rows == 1
    assert full.trained_parameters == sum(
        tensor.numel() for tensor in load_file(source.folder / "model.safetensors").values()
    )
    assert 0 < (adalora.trained_share or 0) < 0.1
    assert adalora.adapter_mb is not None
    assert full.adapter_mb is not None
    assert adalora.adapter_mb < full.adapter_mb
    said = {}
    for path in (tmp_path / "out" / "results").glob("ask-*.json"):
        result = json.loads(path.read_text())
        said[path.name.split("-")[1]] = [case["said"] for case in result["cases"]]
        assert 0 <= result["knowledge"] <= 1
    assert len({json.dumps(texts) for texts in said.values()}) == 3
    assert base.train_seconds is None
    assert (full.train_peak_mb or 0) > 0


@pytest.mark.models
@pytest.mark.parametrize(("method", "limit"), [("lora", 700), ("qlora", 700), ("full", None)])
def test_trainings_keep_to_the_memory_of_the_settings_except_full_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: Method, limit: int | None
) -> None:
    from tests.support.training_factories import tiny_base

    budgets: list[MemoryBudget | None] = []

    def stop_at_the_limit(setup: object, controls: object, resources: RunResources) -> None:
        budgets.append(resources.memory_budget)
        raise StageFailed("seen")

    monkeypatch.setattr("app.comparison.stages.train", stop_at_the_limit)
    monkeypatch.setenv("LORACLE_BASE_MODEL", f"path:{tiny_base(tmp_path / 'base').folder}")
    monkeypatch.setenv("LORACLE_TRAINING_MEMORY_MB", "700")
    files = [str(cases_file(tmp_path / name, first)) for name, first in (("a.jsonl", 0), ("b.jsonl", 100))]
    plan = replace(PLAN, train=files[0], test=files[1])
    data = tmp_path / "data.json"
    data.write_text(json.dumps(prepare(plan, HashingEmbedder())))

    with pytest.raises(StageFailed, match="seen"):
        run_stage(Stage("train", plan, method, "questions", learning_rate=1e-3), data, tmp_path / "out")

    assert [budget and budget.memory_mb for budget in budgets] == [limit]


def test_test_on_what_was_trained_on_is_refused(tmp_path: Path) -> None:
    same = str(cases_file(tmp_path / "a.jsonl", 0))
    with pytest.raises(InvalidRequest, match="not trained on"):
        prepare(replace(PLAN, train=same, test=same), HashingEmbedder())


def test_arms_side_by_side_are_compared_question_by_question() -> None:
    first = asked(0.2)
    second = [asked(0.5), asked(0.7)]
    second[0]["cases"][0]["f1"] = 1.0  # has no answer: does not count
    (pair,) = compare_pairs({"base": [first], "base + RAG": second, "LoRA (RAFT) + RAG": second})
    assert (pair.first, pair.second) == ("base", "base + RAG")
    assert (pair.f1.mean, pair.f1.low, pair.f1.n) == (pytest.approx(0.4), pytest.approx(0.4), 8)
    unlike = asked(0.2)
    unlike["cases"][-1]["f1"] = 1.0
    (pair,) = compare_pairs({"base": [first], "base + RAG": [unlike]})
    assert pair.f1.low == 0 < pair.f1.mean < pair.f1.high


def test_contrasts_name_arms_that_there_are() -> None:
    assert {name for _, *pair in COMPARED_PAIRS for name in pair} == {arm.name for arm in ARMS} - {"QLoRA", "full"}


def test_page_and_tables_hold_every_arm_and_contrast(tmp_path: Path) -> None:
    compared = Recorded(PLAN, tmp_path).run()
    page = comparison_page(PLAN, compared.arms, compared.pairs)
    assert page.count("<svg") == 4
    assert all(name in page for name in PLAN.arms)
    assert all(question in page for question, *_ in COMPARED_PAIRS)
    assert all(len(cells(one)) == len(HEADS) for one in compared.arms)
    refused = {cells(one)[HEADS.index("rows refused")] for one in compared.arms}
    assert refused == {"3", "–"}
    tables = comparison_markdown(compared.arms, compared.pairs).splitlines()
    assert len(tables) == len(PLAN.arms) + len(COMPARED_PAIRS) + 2 * 2 + 1
    assert "| What do passages add? | base + RAG less base | +0.000 | +0.000 to +0.000 |" in tables
    said = list(format_tables(compared))
    assert len(said) == 1 + len(PLAN.arms) + len(COMPARED_PAIRS)
    assert said[-1].startswith("LoRA (RAFT) + RAG less LoRA: F1 +0.000")
