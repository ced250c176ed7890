"""Scores are the model's own log-probabilities, in any batch, under any adapter, and leave nothing behind."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.adapter_cache import AdapterLocation
from app.engine.engine import Engine
from app.engine.scheduler import SchedulerLimits
from app.engine.scoring import STEP_ROWS, EngineScoreRequest, Scores
from app.errors import DeadlineExceeded, Unavailable
from tests.support.engine_serving import Collected, make_engine, run_all
from tests.support.random_adapter import write_random_adapter
from tests.support.tiny_models import ARCHITECTURES, Oracle, base_spec, tiny_model

INVOCATION = (201, 202)
PROMPT = [random.Random(5).randrange(3, 200) for _ in range(60)]
PROMPT = [*PROMPT, *INVOCATION]
CONTINUATIONS = [(7,), (8, 9, 10), (8, 9, 11, 12), (13, 14), (7,), (8, 9, 10, 15, 16)]
LIMITS = SchedulerLimits(max_running=4, step_tokens=24, idle_step_tokens=32, min_prefill_tokens=8, max_adapters=3)


@dataclass
class Scored:
    """What one score request got."""

    sequence: Any = None
    scores: Scores | None = None
    error: Exception | None = None

    @classmethod
    def submit(
        cls,
        engine: Engine,
        prompt: Sequence[int],
        continuations: Sequence[tuple[int, ...]],
        adapter: Path | None = None,
        *,
        tenant: str = "tenant",
        deadline: float = float("inf"),
    ) -> Scored:
        one = cls()
        location = AdapterLocation((tenant, str(adapter)), adapter) if adapter is not None else None
        request = EngineScoreRequest("request", tenant, tuple(prompt), tuple(continuations), location, deadline)
        one.sequence = engine.score(request, one.take)
        return one

    def take(self, item: Scores | Exception) -> None:
        assert self.scores is None, "only one result"
        if isinstance(item, Exception):
            self.error = item
        else:
            self.scores = item


@dataclass(frozen=True)
class Bench:
    engine: Engine
    adapters: list[Path | None]
    oracle: Oracle

    def expected(
        self, prompt: Sequence[int], continuations: Sequence[tuple[int, ...]], adapter: int
    ) -> list[list[float]]:
        return [self.oracle.logprobs(prompt, one, self.adapters[adapter]) for one in continuations]


@pytest.fixture(scope="module", params=ARCHITECTURES)
def bench(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("scoring")
    spec = base_spec(tiny_model(request.param), folder / "base")
    adapters = [
        None,
        write_random_adapter(folder / "plain", spec, rank=4, std=0.3, seed=1),
        write_random_adapter(folder / "activated", spec, rank=3, std=0.3, seed=2, invocation=INVOCATION),
        write_random_adapter(folder / "other", spec, rank=2, std=0.3, seed=3, invocation=INVOCATION),
    ]
    engine = make_engine(tiny_model(request.param), limits=LIMITS)
    return Bench(engine, adapters, Oracle(lambda: tiny_model(request.param)))


def check(scored: Scored, expected: list[list[float]]) -> None:
    assert scored.error is None
    assert scored.scores is not None
    assert [len(one) for one in scored.scores.logprobs] == [len(one) for one in expected]
    for got, want in zip(scored.scores.logprobs, expected, strict=True):
        assert got == pytest.approx(want, abs=2e-3)


def baseline(engine: Engine) -> None:
    metrics = engine.metrics()
    assert metrics["running"] == metrics["waiting"] == metrics["adapter_pins"] == metrics["kv_positions_running"] == 0
    active, retained = engine._kv.usage()
    assert active + retained + sum(length for _, length in engine._kv._allocator._ranges) == engine._kv.positions


arrivals = st.lists(
    st.tuples(
        st.integers(0, 4),  # steps to wait before it arrives
        st.sampled_from(["a", "b"]),  # tenant
        st.sampled_from([1, 20, 40, len(PROMPT)]),  # tokens of the prompt
        st.integers(0, 3),  # adapter
        st.one_of(st.integers(1, 10), st.lists(st.sampled_from(CONTINUATIONS), min_size=1, max_size=8)),
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=40, deadline=None)
@given(schedule=arrivals)
def test_scores_and_answers_of_any_schedule_are_the_model_s(bench: Bench, schedule: list[Any]) -> None:
    """A number asks for an answer of so many tokens, a list for the scores of these continuations."""
    made = []
    for wait, tenant, length, adapter, asked in schedule:
        for _ in range(wait):
            bench.engine.step()
        prompt, folder = PROMPT[-length:], bench.adapters[adapter]
        if isinstance(asked, int):
            made.append(Collected.submit(bench.engine, prompt, folder, tenant=tenant, max_tokens=asked))
        else:
            made.append(Scored.submit(bench.engine, prompt, asked, folder, tenant=tenant))
    run_all(bench.engine)
    for (_, _, length, adapter, asked), got in zip(schedule, made, strict=True):
        if isinstance(got, Collected):
            assert got.tokens == bench.oracle.greedy(PROMPT[-length:], bench.adapters[adapter], asked)
        else:
            check(got, bench.expected(PROMPT[-length:], asked, adapter))
    baseline(bench.engine)


@pytest.fixture
def engine() -> Engine:
    return make_engine(tiny_model("llama"))


def test_prompt_and_continuations_run_in_one_step_and_single_tokens_need_no_row(engine: Engine) -> None:
    labels = Scored.submit(engine, PROMPT, [(7,), (8,), (9,)])
    assert run_all(engine) == 1
    assert labels.scores is not None
    assert engine.metrics()["prompt_tokens"] == len(PROMPT)
    longer = Scored.submit(engine, PROMPT, CONTINUATIONS)
    assert run_all(engine) == 1
    assert longer.scores is not None
    assert longer.scores.reused_tokens == len(PROMPT) - 1
    assert engine.metrics()["scored_continuations"] == 3 + len(CONTINUATIONS)


def test_many_rows_run_in_several_steps_and_give_the_same_scores(engine: Engine) -> None:
    long = [tuple(range(3 + i, 43 + i)) for i in range(5)]
    scored = Scored.submit(engine, PROMPT, long)
    assert run_all(engine) == -(-5 * 39 // STEP_ROWS) == 4
    oracle = Oracle(lambda: tiny_model("llama"))
    check(scored, [oracle.logprobs(PROMPT, one, None) for one in long])


def test_prompt_is_retained_for_the_answer_that_follows_and_continuations_are_not(engine: Engine) -> None:
    """The second continuation lies after the first in the arena: a prompt that reads so must not reuse it."""
    Scored.submit(engine, PROMPT, [(7, 8, 9), (10, 11, 12)])
    run_all(engine)
    answer = Collected.submit(engine, [*PROMPT, 7, 8, 10, 11, 3])
    run_all(engine)
    assert answer.last.reused_tokens == len(PROMPT)
    assert answer.tokens == Oracle(lambda: tiny_model("llama")).greedy([*PROMPT, 7, 8, 10, 11, 3], None, 8)
    baseline(engine)


def test_prompt_of_a_running_scoring_is_reused_without_its_continuations() -> None:
    limits = SchedulerLimits(max_running=4, step_tokens=16, idle_step_tokens=16, min_prefill_tokens=8)
    engine = make_engine(tiny_model("llama"), limits=limits)
    scored = Scored.submit(engine, PROMPT, [tuple(range(3, 33)), tuple(range(40, 60))])
    while scored.sequence.allocation is None or not scored.sequence.allocation.scored:
        engine.step()
    follows = [*PROMPT, *range(3, 10), 99]
    answer = Collected.submit(engine, follows)
    run_all(engine)
    oracle = Oracle(lambda: tiny_model("llama"))
    assert answer.last.reused_tokens == len(PROMPT)
    assert answer.tokens == oracle.greedy(follows, None, 8)
    expected = [oracle.logprobs(PROMPT, tuple(range(3, 33)), None), oracle.logprobs(PROMPT, tuple(range(40, 60)), None)]
    check(scored, expected)


@pytest.mark.parametrize("phase", ["submitted", "prefill", "continuations"])
def test_cancelling_releases_all_resources(phase: str) -> None:
    limits = SchedulerLimits(max_running=4, step_tokens=16, idle_step_tokens=16, min_prefill_tokens=8)
    engine = make_engine(tiny_model("llama"), limits=limits)
    one = Scored.submit(engine, PROMPT, [tuple(range(3, 33))] * 2)
    reached = {
        "submitted": lambda: True,
        "prefill": lambda: 0 < one.sequence.filled < len(PROMPT),
        "continuations": lambda: one.sequence.filled > len(PROMPT),
    }[phase]
    while not reached():
        engine.step()
    engine.cancel(one.sequence)
    engine.step()
    assert engine.depth() == (0, 0)
    assert one.scores is None
    assert one.error is None
    baseline(engine)


def test_deadline_ends_a_scoring(engine: Engine) -> None:
    late = Scored.submit(engine, PROMPT, CONTINUATIONS, deadline=time.monotonic() - 1)
    run_all(engine)
    assert isinstance(late.error, DeadlineExceeded)
    baseline(engine)


def test_fault_in_one_scoring_leaves_the_others(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    model: Any = engine._runner._model
    layer = model.model.layers[1]
    forward = layer.forward

    def failing(*arguments: Any, packed: Any, **more: Any) -> Any:
        if 255 in packed.token_ids[0].tolist():
            raise torch.OutOfMemoryError("simulated")
        return forward(*arguments, packed=packed, **more)

    monkeypatch.setattr(layer, "forward", failing)
    bad = Scored.submit(engine, PROMPT, [(255, 3)])
    good = Scored.submit(engine, PROMPT, CONTINUATIONS, tenant="good")
    run_all(engine)
    assert isinstance(bad.error, Unavailable)
    check(good, [Oracle(lambda: tiny_model("llama")).logprobs(PROMPT, one, None) for one in CONTINUATIONS])
    baseline(engine)


def test_tenant_that_scores_much_waits_behind_another() -> None:
    """One place only: rows of continuations count as served, like those of a prompt."""
    engine = make_engine(tiny_model("llama"), limits=SchedulerLimits(max_running=1))
    flood = [Scored.submit(engine, [*PROMPT, i], [tuple(range(3, 23))] * 4, tenant="flood") for i in range(3, 13)]
    engine.step()
    quiet = Scored.submit(engine, PROMPT, [(7,)], tenant="quiet")
    for _ in range(2):
        engine.step()
    assert quiet.scores is not None
    run_all(engine)
    assert all(one.scores is not None for one in flood)
