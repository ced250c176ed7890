"""The engine gives PEFT's own tokens under random schedules: plain and activated adapters, three architectures."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.engine.scheduler import SchedulerLimits
from tests.support.devices import DEVICES
from tests.support.engine_serving import Collected, make_engine, run_all
from tests.support.random_adapter import write_random_adapter
from tests.support.tiny_models import ARCHITECTURES, Oracle, base_spec, nf4, tiny_model

MOST_TOKENS = 12
PROMPTS = [[random.Random(i).randrange(3, 256) for _ in range(length)] for i, length in enumerate((1, 5, 23, 37, 60))]
INVOCATION = [201, 202]
# With the invocation once, twice, first of all, and cut off; the others have none.
PROMPTS += [
    [*PROMPTS[3], *INVOCATION],
    [*PROMPTS[3], *INVOCATION, 7, 8, *INVOCATION, 9],
    [*INVOCATION, *PROMPTS[4]],
    [*PROMPTS[3], INVOCATION[0]],
]
ACTIVATED = [5, 6, 7]  # adapters
LIMITS = SchedulerLimits(max_running=4, step_tokens=24, idle_step_tokens=32, min_prefill_tokens=8, max_adapters=3)


@dataclass(frozen=True)
class Bench:
    """An engine, and PEFT's answers for every prompt under every adapter."""

    engine: Any
    adapters: list[Path | None]
    oracle: Oracle
    answers: dict[tuple[int, int], list[int]] = field(default_factory=dict)  # by (prompt, adapter)

    def expected(self, prompt: int, adapter: int, count: int) -> list[int]:
        key = (prompt, adapter)
        if key not in self.answers:
            self.answers[key] = self.oracle.greedy(PROMPTS[prompt], self.adapters[adapter], MOST_TOKENS)
        return self.answers[key][:count]


@pytest.fixture(scope="module", params=DEVICES)
def device(request: Any) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=[(name, q) for name in ARCHITECTURES for q in (False, True)], ids=str)
def bench(request: Any, device: str, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    architecture, quantized = request.param
    folder = tmp_path_factory.mktemp("oracle")
    spec = base_spec(tiny_model(architecture), folder / "base")
    adapters = [
        None,
        write_random_adapter(folder / "all", spec, rank=4, std=0.3, seed=1),
        write_random_adapter(folder / "qv", spec, rank=8, std=0.3, seed=2, targets=("q_proj", "v_proj")),
        write_random_adapter(folder / "down", spec, rank=2, std=0.3, seed=3, use_rslora=True, targets=("down_proj",)),
        write_random_adapter(folder / "mlp", spec, rank=16, std=0.2, seed=4, targets=("gate_proj", "up_proj")),
        write_random_adapter(folder / "activated", spec, rank=4, std=0.3, seed=5, invocation=INVOCATION),
        write_random_adapter(
            folder / "activated-qv", spec, rank=8, std=0.3, seed=6, targets=("q_proj", "v_proj"), invocation=INVOCATION
        ),
        write_random_adapter(folder / "activated-early", spec, rank=2, std=0.3, seed=7, invocation=PROMPTS[3][20:22]),
    ]

    def prepared() -> Any:
        model = tiny_model(architecture)
        return nf4(model, device=device) if quantized else model.to(device)

    return Bench(make_engine(prepared(), limits=LIMITS, device=device), adapters, Oracle(prepared))


arrivals = st.lists(
    st.tuples(
        st.integers(0, 6),  # steps to wait before it arrives
        st.sampled_from(["a", "b", "c"]),  # tenant
        st.integers(0, len(PROMPTS) - 1),
        st.integers(0, 7),  # adapter
        st.integers(1, MOST_TOKENS),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(schedule=arrivals)
def test_any_schedule_gives_the_tokens_of_peft(bench: Bench, schedule: list[tuple[int, str, int, int, int]]) -> None:
    """Six engines and 60 schedules each: 360 in all."""
    collected: list[Collected] = []
    for wait, tenant, prompt, adapter, count in schedule:
        for _ in range(wait):
            bench.engine.step()
        collected.append(
            Collected.submit(bench.engine, PROMPTS[prompt], bench.adapters[adapter], tenant=tenant, max_tokens=count)
        )
    run_all(bench.engine)
    for (_, _, prompt, adapter, count), got in zip(schedule, collected, strict=True):
        assert got.error is None
        assert got.tokens == bench.expected(prompt, adapter, count)
    metrics = bench.engine.metrics()
    assert metrics["running"] == metrics["waiting"] == metrics["adapter_pins"] == metrics["kv_positions_running"] == 0


def test_each_adapter_changes_the_answer(bench: Bench) -> None:
    answers = {tuple(bench.expected(2, adapter, MOST_TOKENS)) for adapter in range(5)}
    assert len(answers) == 5
    with_invocation = (5, 6, 7)
    answers = {
        tuple(token for prompt in with_invocation for token in bench.expected(prompt, adapter, MOST_TOKENS))
        for adapter in range(8)
    }
    assert len(answers) == 8


def test_activated_adapter_gives_the_answer_of_the_base_without_its_invocation(bench: Bench) -> None:
    for adapter in ACTIVATED[:2]:
        for prompt in (2, 8):
            assert bench.expected(prompt, adapter, MOST_TOKENS) == bench.expected(prompt, 0, MOST_TOKENS)
