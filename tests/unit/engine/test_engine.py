"""What the engine promises beside the right tokens: isolation, reuse, ends, fairness and nothing left behind."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import torch

from app.adapters.base_spec import BaseSpec
from app.engine.engine import Engine
from app.engine.lora import load_adapter
from app.engine.sampling import SamplingParams
from app.engine.scheduler import SchedulerLimits
from app.errors import Conflict, DeadlineExceeded, Unavailable, WeightsUnavailable
from tests.support.engine_serving import Collected, make_engine, run_all
from tests.support.random_adapter import write_random_adapter
from tests.support.tiny_models import Oracle, base_spec, tiny_model

PROMPT = list(range(3, 63))
OTHER = list(range(100, 60, -1))


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> BaseSpec:
    return base_spec(tiny_model("llama"), tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def adapters(spec: BaseSpec, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    root = tmp_path_factory.mktemp("adapters")
    return [write_random_adapter(root / str(i), spec, rank=4, std=0.3, seed=i) for i in range(6)]


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(lambda: tiny_model("llama"))


@pytest.fixture
def engine() -> Engine:
    return make_engine(tiny_model("llama"))


def baseline(engine: Engine) -> None:
    metrics = engine.metrics()
    held = ("waiting", "running", "adapter_pins", "kv_positions_running")
    assert {name: metrics[name] for name in held} == dict.fromkeys(held, 0)
    active, retained = engine._kv.usage()
    free = sum(length for _, length in engine._kv._allocator._ranges)
    assert active + retained + free == engine._kv.positions


# --- Versions and reuse


def test_new_adapter_version_does_not_change_a_running_answer(
    engine: Engine, adapters: list[Path], oracle: Oracle
) -> None:
    old = Collected.submit(engine, PROMPT, adapters[0], version="v1", max_tokens=12)
    while len(old.tokens) < 4:
        engine.step()
    new = Collected.submit(engine, PROMPT, adapters[1], version="v2", max_tokens=12)
    run_all(engine)
    assert old.tokens == oracle.greedy(PROMPT, adapters[0], 12)
    assert new.tokens == oracle.greedy(PROMPT, adapters[1], 12)
    assert old.tokens != new.tokens


def test_prefix_hit_gives_the_same_tokens_and_is_counted(engine: Engine, adapters: list[Path], oracle: Oracle) -> None:
    first = Collected.submit(engine, PROMPT, adapters[0])
    run_all(engine)
    prompt = [*PROMPT[:50], *OTHER[:10]]
    second = Collected.submit(engine, prompt, adapters[0])
    again = Collected.submit(engine, PROMPT, adapters[0])
    run_all(engine)
    assert (first.last.reused_tokens, second.last.reused_tokens) == (0, 50)
    assert again.last.reused_tokens == len(PROMPT) - 1  # the last token's logits are always computed
    assert second.tokens == oracle.greedy(prompt, adapters[0], 8)
    assert again.tokens == first.tokens == oracle.greedy(PROMPT, adapters[0], 8)
    assert engine.metrics()["prefix_hits"] == 2


def test_prefix_of_a_running_sequence_is_reused_too(engine: Engine, oracle: Oracle) -> None:
    first = Collected.submit(engine, PROMPT, max_tokens=12)
    while not first.tokens:
        engine.step()
    second = Collected.submit(engine, PROMPT, max_tokens=12)
    run_all(engine)
    assert second.last.reused_tokens > 0
    assert first.tokens == second.tokens == oracle.greedy(PROMPT, None, 12)


@pytest.mark.parametrize("change", ["version", "tenant", "base"])
def test_keys_and_values_never_cross_versions_or_tenants(
    engine: Engine, adapters: list[Path], oracle: Oracle, change: str
) -> None:
    """The same name uploaded again is a new version: nothing computed under the old one may be seen."""
    Collected.submit(engine, PROMPT, adapters[0], version="v1")
    run_all(engine)
    adapter = {"version": adapters[1], "tenant": adapters[0], "base": None}[change]
    tenant = "other" if change == "tenant" else "tenant"
    later = Collected.submit(engine, PROMPT, adapter, tenant=tenant, version="v2" if change == "version" else "v1")
    run_all(engine)
    assert later.last.reused_tokens == 0
    assert later.tokens == oracle.greedy(PROMPT, adapter, 8)


def test_reuse_survives_eviction_pressure(oracle: Oracle) -> None:
    """An arena for two answers at most: ranges are evicted, taken again, and every answer stays right."""
    engine = make_engine(tiny_model("llama"), positions=256)
    prompts = [[*PROMPT, *range(3, 3 + i)] for i in range(1, 40, 3)]
    for prompt in prompts:
        got = [Collected.submit(engine, prompt), Collected.submit(engine, prompt[::-1], tenant="other")]
        run_all(engine)
        assert got[0].tokens == oracle.greedy(prompt, None, 8)
        assert got[1].tokens == oracle.greedy(prompt[::-1], None, 8)
    assert engine.metrics()["kv_evictions"] > 0
    assert engine.metrics()["prefix_hits"] > 0
    baseline(engine)


def test_requests_beyond_memory_wait_and_are_answered() -> None:
    engine = make_engine(tiny_model("llama"), positions=256)
    got = [Collected.submit(engine, [*PROMPT, i], tenant=str(i % 3)) for i in range(3, 20)]
    run_all(engine)
    assert all(one.ended and one.error is None and len(one.tokens) == 8 for one in got)
    baseline(engine)


def test_cache_budget_must_hold_one_context() -> None:
    with pytest.raises(WeightsUnavailable, match="LORACLE_KV_CACHE_BYTES"):
        make_engine(tiny_model("llama"), positions=128)


# --- Faults


def test_step_that_raises_ends_only_the_sequence_that_caused_it(
    engine: Engine, adapters: list[Path], oracle: Oracle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Out of memory at layer 1 whenever a certain sequence is in the batch."""
    model: Any = engine._runner._model
    layer = model.model.layers[1]
    forward = layer.forward
    poison = 255

    def failing(*arguments: Any, packed: Any, **more: Any) -> Any:
        if poison in packed.token_ids[0].tolist():
            raise torch.OutOfMemoryError("simulated")
        return forward(*arguments, packed=packed, **more)

    monkeypatch.setattr(layer, "forward", failing)
    good = [Collected.submit(engine, PROMPT, adapters[i], tenant=str(i)) for i in range(3)]
    bad = Collected.submit(engine, [*OTHER, poison], adapters[3], tenant="bad")
    later = Collected.submit(engine, OTHER, adapters[0], tenant="0")
    run_all(engine)
    assert isinstance(bad.error, Unavailable)
    assert not bad.outputs
    for i, one in enumerate(good):
        assert one.tokens == oracle.greedy(PROMPT, adapters[i], 8)
    assert later.tokens == oracle.greedy(OTHER, adapters[0], 8)
    assert engine.metrics()["failed_steps"] >= 1
    baseline(engine)


def test_fault_in_sampling_ends_one_sequence(engine: Engine, oracle: Oracle) -> None:
    bad = Collected.submit(engine, PROMPT, sampling=SamplingParams(temperature=1.0, top_k=-1, seed=1), tenant="a")
    bad.sequence.sampler.sample = lambda *_: 1 / 0
    good = Collected.submit(engine, PROMPT, tenant="b")
    run_all(engine)
    assert isinstance(bad.error, Unavailable)
    assert good.tokens == oracle.greedy(PROMPT, None, 8)
    baseline(engine)


def test_corrupt_adapter_fails_its_request_and_works_once_it_is_whole(
    engine: Engine, adapters: list[Path], oracle: Oracle, tmp_path: Path
) -> None:
    folder = shutil.copytree(adapters[0], tmp_path / "a")
    whole = (folder / "adapter_model.safetensors").read_bytes()
    (folder / "adapter_model.safetensors").write_bytes(whole[: len(whole) // 2])
    bad = Collected.submit(engine, PROMPT, folder, version="v")
    good = Collected.submit(engine, PROMPT, adapters[1])
    run_all(engine)
    assert isinstance(bad.error, Unavailable)
    assert good.tokens == oracle.greedy(PROMPT, adapters[1], 8)
    (folder / "adapter_model.safetensors").write_bytes(whole)
    again = Collected.submit(engine, PROMPT, folder, version="v")
    run_all(engine)
    assert again.tokens == oracle.greedy(PROMPT, adapters[0], 8)
    baseline(engine)


@pytest.mark.parametrize("temperature", [0.0, 0.7])
def test_adapter_that_computes_no_finite_numbers_fails_its_request_alone(
    engine: Engine, spec: BaseSpec, oracle: Oracle, temperature: float, tmp_path: Path
) -> None:
    huge = write_random_adapter(tmp_path / "huge", spec, rank=4, alpha=4096, std=1e37)
    sampling = SamplingParams(temperature=temperature, seed=1)
    bad = Collected.submit(engine, PROMPT, huge, sampling=sampling, tenant="a")
    good = Collected.submit(engine, PROMPT, tenant="b")
    run_all(engine)
    assert isinstance(bad.error, Conflict)
    assert (bad.error.code, bad.tokens) == ("adapter_not_finite", [])
    assert good.tokens == oracle.greedy(PROMPT, None, 8)
    baseline(engine)


# --- Ends


@pytest.mark.parametrize("phase", ["submitted", "adapter loading", "waiting", "prefill", "decode"])
def test_cancelling_releases_all_resources(spec: BaseSpec, adapters: list[Path], oracle: Oracle, phase: str) -> None:
    gate = threading.Event()

    def load(folder: Path) -> Any:
        if folder == adapters[5]:
            gate.wait(10)
        return load_adapter(folder)

    running = 1 if phase == "waiting" else 4
    limits = SchedulerLimits(
        max_running=running, step_tokens=20, idle_step_tokens=20, min_prefill_tokens=8, tenant_share=1
    )
    engine = make_engine(tiny_model("llama"), limits=limits, load=load)
    if phase != "adapter loading":
        gate.set()
    bystander = Collected.submit(engine, OTHER, adapters[0], tenant="bystander", max_tokens=20)
    while not bystander.tokens:
        engine.step()
    one = Collected.submit(engine, PROMPT, adapters[5], max_tokens=20)
    reached = {
        "submitted": lambda: True,
        "adapter loading": lambda: True,
        "waiting": lambda: engine.depth()[0] == 1,
        "prefill": lambda: one.sequence.allocation is not None and 0 < one.sequence.allocation.length < len(PROMPT),
        "decode": lambda: len(one.tokens) > 2,
    }[phase]
    for _ in range(1 if phase != "submitted" else 0):
        engine.step()
    while not reached():
        engine.step()
    engine.cancel(one.sequence)
    before = len(one.tokens)
    engine.step()
    assert engine.depth() == (0, 1)  # within one step
    gate.set()
    run_all(engine)
    assert len(one.tokens) == before
    assert not one.ended  # no terminal output after a cancellation
    assert bystander.tokens == oracle.greedy(OTHER, adapters[0], 20)
    assert engine.metrics()["cancelled"] == 1
    baseline(engine)


def test_deadline_ends_waiting_and_running_sequences(engine: Engine) -> None:
    late = Collected.submit(engine, PROMPT, deadline=time.monotonic() - 1)
    soon = Collected.submit(engine, PROMPT, max_tokens=100, deadline=time.monotonic() + 0.2)
    while not soon.ended:
        engine.step()
        time.sleep(0.01)
    assert isinstance(late.error, DeadlineExceeded)
    assert isinstance(soon.error, DeadlineExceeded)
    assert soon.tokens
    baseline(engine)


def test_stop_string_ends_the_answer_before_it(engine: Engine) -> None:
    free = Collected.submit(engine, PROMPT, max_tokens=12)
    run_all(engine)
    stop = free.text[4:6]
    stopped = Collected.submit(engine, PROMPT, max_tokens=12, stop=(stop,))
    run_all(engine)
    assert stopped.text == free.text[: free.text.index(stop)]
    assert stopped.last.finish_reason == "stop"
    assert free.last.finish_reason == "length"


def test_end_token_ends_the_answer_and_is_not_part_of_it() -> None:
    free = Collected.submit(plain := make_engine(tiny_model("llama")), PROMPT)
    run_all(plain)
    ending = make_engine(tiny_model("llama"), end_ids=frozenset({free.tokens[3]}))
    stopped = Collected.submit(ending, PROMPT)
    run_all(ending)
    assert stopped.tokens == free.tokens[: free.tokens.index(free.tokens[3])]
    assert stopped.last.finish_reason == "stop"


def test_seed_repeats_a_sampled_answer_in_any_batch(engine: Engine) -> None:
    def sampled(seed: int | None) -> list[int]:
        got = Collected.submit(engine, PROMPT, sampling=SamplingParams(temperature=1.5, seed=seed), max_tokens=12)
        run_all(engine)
        return got.tokens

    alone = sampled(3)
    noise = [Collected.submit(engine, OTHER, sampling=SamplingParams(temperature=1.0), tenant=str(i)) for i in range(3)]
    assert sampled(3) == alone
    assert sampled(4) != alone
    assert sampled(None) != sampled(None)
    assert all(one.ended for one in noise)


def test_logprobs_equal_those_of_the_model(engine: Engine) -> None:
    got = Collected.submit(engine, PROMPT, sampling=SamplingParams(logprobs=3), max_tokens=4)
    run_all(engine)
    model = tiny_model("llama")
    with torch.inference_mode():
        logits = model(torch.tensor([[*PROMPT, *got.tokens[:-1]]])).logits[0, len(PROMPT) - 1 :]
    expected = torch.log_softmax(logits, -1)
    reported = [chosen for output in got.outputs for chosen in output.logprobs]
    assert len(reported) == 4
    for row, token, chosen in zip(expected, got.tokens, reported, strict=True):
        assert chosen.token_id == token
        assert chosen.logprob == pytest.approx(float(row[token]), abs=1e-4)
        assert [index for index, _ in chosen.top] == row.topk(3).indices.tolist()


# --- Fairness and adapters in memory


def test_many_requests_of_one_tenant_do_not_delay_another_tenant() -> None:
    """50 streams of one tenant; the other one's first token comes within three steps of its arrival."""
    limits = SchedulerLimits(max_running=8, step_tokens=64, idle_step_tokens=64)
    engine = make_engine(tiny_model("llama"), limits=limits, positions=2048)
    flood = [Collected.submit(engine, [*PROMPT, i], tenant="flood", max_tokens=40) for i in range(3, 53)]
    for _ in range(30):
        engine.step()
    for _ in range(5):
        quiet = Collected.submit(engine, OTHER, tenant="quiet", max_tokens=4)
        for _ in range(3):
            engine.step()
        assert quiet.tokens, "the flood went first"
    run_all(engine)
    assert all(one.ended for one in flood)


def test_new_prompt_does_not_wait_for_all_prompts_of_a_busy_tenant() -> None:
    """Whoever comes anew counts as served as much as the flood: its prompt is read first all the same."""
    limits = SchedulerLimits(max_running=8, step_tokens=16, idle_step_tokens=16, min_prefill_tokens=8)
    engine = make_engine(tiny_model("llama"), limits=limits, positions=2048)
    for i in range(3, 8):
        Collected.submit(engine, [*PROMPT, *PROMPT, i], tenant="flood", max_tokens=40)
    for _ in range(3):
        engine.step()
    quiet = Collected.submit(engine, OTHER[:8], tenant="quiet", max_tokens=2)
    engine.step()
    assert quiet.tokens, "the flood's prompts went first"
    run_all(engine)


def test_absence_earns_no_credit() -> None:
    """One place only: a tenant that comes late shares it by halves, it does not catch up with the past first."""
    engine = make_engine(tiny_model("llama"), limits=SchedulerLimits(max_running=1))
    steady = [Collected.submit(engine, PROMPT, tenant="steady", max_tokens=10) for _ in range(10)]
    while sum(one.ended for one in steady) < 5:
        engine.step()
    late = [Collected.submit(engine, PROMPT, tenant="late", max_tokens=10) for _ in range(5)]
    while sum(one.ended for one in late) < 4:
        engine.step()
    assert sum(one.ended for one in steady) in {8, 9, 10}


def test_long_answers_count_for_more_than_short_ones() -> None:
    """One place only: a tenant with answers of 30 tokens gets fewer of them than one with answers of 2."""
    engine = make_engine(tiny_model("llama"), limits=SchedulerLimits(max_running=1))
    long = [Collected.submit(engine, OTHER, tenant="long", max_tokens=30) for _ in range(6)]
    short = [Collected.submit(engine, OTHER, tenant="short", max_tokens=2) for _ in range(12)]
    while sum(one.ended for one in long) < 2:
        engine.step()
    assert sum(one.ended for one in short) > 4


def test_bypassed_sequence_is_admitted_in_the_end(adapters: list[Path]) -> None:
    """One adapter at a time and endless work for it: the other adapter still runs, after `max_bypasses` admissions."""
    limits = SchedulerLimits(max_running=3, max_adapters=1, max_bypasses=4, tenant_share=1.0)
    engine = make_engine(tiny_model("llama"), limits=limits)
    busy = [Collected.submit(engine, PROMPT, adapters[0], tenant="busy", max_tokens=3 + i) for i in range(3)]
    while not busy[0].tokens:
        engine.step()
    starved = Collected.submit(engine, PROMPT, adapters[1], tenant="starved", max_tokens=2)
    submitted = 0
    while not starved.ended:
        while sum(not one.ended for one in busy) < 4:
            length = 2 + submitted % 5
            busy.append(Collected.submit(engine, PROMPT, adapters[0], tenant="busy", max_tokens=length))
            submitted += 1
        engine.step()
        assert submitted < 40, "starved"
    engine.close(0)


def test_hundreds_of_adapters_are_served_by_a_small_cache(spec: BaseSpec, adapters: list[Path], oracle: Oracle) -> None:
    size = load_adapter(adapters[0]).size_bytes
    engine = make_engine(tiny_model("llama"), adapter_bytes=3 * size)
    got = []
    for i in range(200):
        kind = i % len(adapters)
        got.append((kind, Collected.submit(engine, PROMPT, adapters[kind], version=f"v{i}", max_tokens=4)))
        if i % 5 == 4:
            run_all(engine)
    run_all(engine)
    for kind, one in got:
        assert one.tokens == oracle.greedy(PROMPT, adapters[kind], 4)
    metrics = engine.metrics()
    assert metrics["adapter_loads"] >= 200
    assert metrics["adapter_bytes"] <= 3 * size
    baseline(engine)


def test_loading_an_adapter_does_not_block_the_batch(adapters: list[Path]) -> None:
    gate = threading.Event()

    def load(folder: Path) -> Any:
        if folder == adapters[1]:
            gate.wait(10)
        return load_adapter(folder)

    engine = make_engine(tiny_model("llama"), load=load)
    running = Collected.submit(engine, PROMPT, adapters[0], max_tokens=20)
    cold = Collected.submit(engine, PROMPT, adapters[1], max_tokens=4)
    while not running.ended:
        engine.step()
    assert not cold.outputs
    gate.set()
    run_all(engine)
    assert cold.ended


def test_engine_thread_serves_and_closes(adapters: list[Path], oracle: Oracle) -> None:
    engine = make_engine(tiny_model("llama"))
    engine.start()
    got = [Collected.submit(engine, PROMPT, adapters[i % 3], tenant=str(i)) for i in range(6)]
    ends = time.monotonic() + 20
    while not all(one.ended for one in got) and time.monotonic() < ends:
        time.sleep(0.01)
    for i, one in enumerate(got):
        assert one.tokens == oracle.greedy(PROMPT, adapters[i % 3], 8)
    engine.close(5)
    assert not engine.alive()


def test_closing_fails_sequences_that_do_not_end_in_time() -> None:
    engine = make_engine(tiny_model("llama"))
    engine.start()
    endless = Collected.submit(engine, PROMPT, max_tokens=150)
    while not endless.tokens:
        time.sleep(0.001)
    engine.close(0)
    assert not engine.alive()
    assert isinstance(endless.error, Unavailable)
