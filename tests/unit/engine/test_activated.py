"""Activated LoRA: keys and values before the invocation are the base's, shared by a tenant's adapters and no others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.base_spec import BaseSpec
from app.engine.activation import last_occurrence
from app.engine.batch import ScheduledSequence, pack
from app.engine.engine import Engine
from app.engine.kv import BASE, KVCache, Origin
from app.engine.lora import AdapterWeights, load_adapter
from tests.support.engine_serving import Collected, make_engine, run_all
from tests.support.random_adapter import write_random_adapter
from tests.support.tiny_models import SIZES, Oracle, base_spec, tiny_model

INVOCATION = (201, 202, 203)
DOCUMENTS = list(range(3, 93))
PROMPT = [*DOCUMENTS, *INVOCATION]


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> BaseSpec:
    return base_spec(tiny_model("llama"), tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def adapters(spec: BaseSpec, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    root = tmp_path_factory.mktemp("adapters")
    return [
        write_random_adapter(root / str(i), spec, rank=2 + i, std=0.3, seed=i, invocation=INVOCATION) for i in range(3)
    ]


@pytest.fixture(scope="module")
def plain(spec: BaseSpec, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_random_adapter(tmp_path_factory.mktemp("plain") / "a", spec, rank=4, std=0.3, seed=9)


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(lambda: tiny_model("llama"))


@pytest.fixture
def engine() -> Engine:
    return make_engine(tiny_model("llama"))


def ask(engine: Engine, prompt: Sequence[int], adapter: Path | None, **options: Any) -> Collected:
    got = Collected.submit(engine, prompt, adapter, **options)
    run_all(engine)
    return got


# --- Reuse


def test_adapters_and_base_of_a_tenant_share_what_the_base_computed(
    engine: Engine, adapters: list[Path], oracle: Oracle
) -> None:
    answers = [ask(engine, PROMPT, adapter) for adapter in (adapters[0], adapters[1], None, adapters[0])]
    reused = [one.last.reused_tokens for one in answers]
    assert reused == [0, len(DOCUMENTS), len(DOCUMENTS), len(PROMPT) - 1]
    for adapter, one in zip((adapters[0], adapters[1], None, adapters[0]), answers, strict=True):
        assert one.tokens == oracle.greedy(PROMPT, adapter, 8)
    assert len({tuple(one.tokens) for one in answers}) == 3


def test_activated_adapter_reuses_what_the_base_computed_before(
    engine: Engine, adapters: list[Path], oracle: Oracle
) -> None:
    ask(engine, PROMPT, None)
    got = ask(engine, PROMPT, adapters[0])
    assert got.last.reused_tokens == len(DOCUMENTS)
    assert got.tokens == oracle.greedy(PROMPT, adapters[0], 8)


def test_other_tenant_reuses_nothing(engine: Engine, adapters: list[Path], oracle: Oracle) -> None:
    ask(engine, PROMPT, adapters[0], tenant="a")
    ask(engine, PROMPT, None, tenant="a")
    for adapter in (adapters[0], adapters[1], None):
        got = Collected.submit(engine, PROMPT, adapter, tenant=f"b {adapter}")
        run_all(engine)
        assert got.last.reused_tokens == 0
        assert got.tokens == oracle.greedy(PROMPT, adapter, 8)
    assert engine.metrics()["prefix_hits"] == 1  # of tenant a alone


def test_plain_adapter_shares_nothing_with_an_activated_one(adapters: list[Path], plain: Path, oracle: Oracle) -> None:
    for first, second in [(adapters[0], plain), (plain, adapters[1]), (plain, None)]:
        engine = make_engine(tiny_model("llama"))
        ask(engine, PROMPT, first)
        got = ask(engine, PROMPT, second)
        assert got.last.reused_tokens == 0
        assert got.tokens == oracle.greedy(PROMPT, second, 8)


def test_later_invocation_recomputes_what_the_adapter_computed(
    engine: Engine, adapters: list[Path], oracle: Oracle
) -> None:
    """The next turn: the first answer is history, and only the last invocation activates."""
    first = ask(engine, PROMPT, adapters[0])
    turn = [*PROMPT, *first.tokens, 150, 151, *INVOCATION]
    second = ask(engine, turn, adapters[0])
    assert second.last.reused_tokens == len(DOCUMENTS)
    assert second.tokens == oracle.greedy(turn, adapters[0], 8)
    assert ask(engine, [*turn[:-3], 160, *INVOCATION], None).last.reused_tokens == len(turn) - 3


def test_prompt_without_invocation_runs_and_is_retained_as_the_base(
    engine: Engine, adapters: list[Path], oracle: Oracle
) -> None:
    got = ask(engine, DOCUMENTS, adapters[0])
    assert got.tokens == oracle.greedy(DOCUMENTS, None, 8)
    again = ask(engine, DOCUMENTS, None)
    assert again.last.reused_tokens == len(DOCUMENTS) - 1
    assert again.tokens == got.tokens


def test_running_sequence_of_another_adapter_is_a_source(engine: Engine, adapters: list[Path], oracle: Oracle) -> None:
    first = Collected.submit(engine, PROMPT, adapters[0], max_tokens=20)
    while not first.tokens:
        engine.step()
    second = Collected.submit(engine, PROMPT, adapters[1], max_tokens=20)
    run_all(engine)
    assert second.last.reused_tokens == len(DOCUMENTS)
    assert first.tokens == oracle.greedy(PROMPT, adapters[0], 20)
    assert second.tokens == oracle.greedy(PROMPT, adapters[1], 20)


def test_new_version_does_not_change_a_running_answer(engine: Engine, adapters: list[Path], oracle: Oracle) -> None:
    old = Collected.submit(engine, PROMPT, adapters[0], version="v1", max_tokens=12)
    while len(old.tokens) < 4:
        engine.step()
    new = Collected.submit(engine, PROMPT, adapters[1], version="v2", max_tokens=12)
    run_all(engine)
    assert new.last.reused_tokens == len(DOCUMENTS)
    assert old.tokens == oracle.greedy(PROMPT, adapters[0], 12)
    assert new.tokens == oracle.greedy(PROMPT, adapters[1], 12)


# --- The grammar of prefixes


def cache(positions: int = 512) -> KVCache:
    config: Any = tiny_model("llama").config
    size = positions * 2 * SIZES["num_hidden_layers"] * SIZES["num_key_value_heads"] * SIZES["head_dim"] * 4
    return KVCache(config, budget_bytes=size, context_tokens=64, dtype=torch.float32, device="cpu")


def retain(kv: KVCache, owner: str, tokens: list[int], origin: Origin) -> int:
    """Run and retain a sequence. Returns how much of it was copied."""
    allocation = kv.reserve(owner, tokens, len(tokens) + 1, origin)
    assert allocation is not None
    copied = allocation.length
    allocation.tokens = list(tokens)
    kv.release(allocation)
    return copied


def test_shorter_sequence_is_dropped_only_if_all_of_it_was_computed_alike() -> None:
    kv, tokens = cache(), list(range(40))
    retain(kv, "a", tokens[:30], BASE)
    retain(kv, "a", tokens[:25], Origin("v", 20))
    retain(kv, "a", tokens, Origin("w", 20))  # has the base's first 20 positions only
    assert len(kv._retained) == 3
    retain(kv, "a", tokens, Origin("v", 20))
    assert len(kv._retained) == 3  # took the place of v's shorter one
    retain(kv, "a", tokens, BASE)
    assert len(kv._retained) == 3  # took the place of the base's shorter one
    retain(kv, "b", [*tokens, 1], BASE)
    assert len(kv._retained) == 4


origins = st.builds(
    lambda adapter, active_from: Origin(adapter, active_from) if adapter else BASE,
    st.sampled_from([None, "v", "w"]),
    st.integers(0, 12),
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b"]), st.lists(st.integers(0, 1), min_size=1, max_size=14), origins),
        min_size=1,
        max_size=8,
    )
)
def test_every_copied_position_was_computed_by_the_same_weights_for_the_same_tenant(
    sequences: list[tuple[str, list[int], Origin]],
) -> None:
    """Each position is written with a number for (tenant, tokens so far, weights of each of them)."""
    kv = cache()
    for owner, tokens, origin in sequences:
        marks = [hash((owner, tuple(tokens[: i + 1]), computed_by(origin, i + 1))) % 2**20 for i in range(len(tokens))]
        allocation = kv.reserve(owner, tokens, len(tokens), origin)
        assert allocation is not None
        stored = kv.keys[0, 0, allocation.start : allocation.start + allocation.length, 0].tolist()
        assert stored == marks[: allocation.length]
        kv.keys[0, 0, allocation.start : allocation.start + len(tokens), 0] = torch.tensor(marks, dtype=torch.float32)
        allocation.tokens = list(tokens)
        kv.release(allocation)


def computed_by(origin: Origin, count: int) -> tuple[object, ...]:
    return tuple(origin.adapter if i >= origin.active_from else None for i in range(count))


# --- Batches


def weights() -> AdapterWeights:
    return AdapterWeights({}, 0)


def test_rows_of_an_adapter_are_few_ranges() -> None:
    """Three sequences that an adapter changes whole and one in part: one segment, and the rest has none."""
    kv = cache()
    one, other = weights(), weights()

    def scheduled(past: int, count: int, adapter: AdapterWeights | None, active_from: int) -> ScheduledSequence:
        allocation = kv.reserve("a", [], 32)
        assert allocation is not None
        allocation.tokens = list(range(past))
        return ScheduledSequence(list(range(count)), allocation, adapter, active_from)

    batch = pack(
        [
            scheduled(20, 1, one, 5),
            scheduled(0, 10, one, 6),  # rows 6 to 9 of it
            scheduled(0, 4, one, 0),
            scheduled(0, 4, one, 9),  # none yet
            scheduled(3, 1, None, 0),
            scheduled(0, 8, other, 5),
            scheduled(0, 8, other, 7),
        ],
        kv,
        "cpu",
    )
    by_adapter = {id(adapter): [one for one in batch.segments if one.adapter is adapter] for adapter in (one, other)}
    assert [segment.end - segment.start for segment in by_adapter[id(one)]] == [4 + 1 + 4]
    assert sorted(segment.end - segment.start for segment in by_adapter[id(other)]) == [1, 3]
    active = {row for segment in batch.segments for row in range(segment.start, segment.end)}
    for span, i in zip(batch.spans, batch.order, strict=True):
        expected = {0: 1, 1: 4, 2: 4, 3: 0, 4: 0, 5: 3, 6: 1}[i]
        assert active & set(range(span.start, span.end)) == set(range(span.end - expected, span.end))


# --- Files


def test_invocation_is_read_from_the_configuration(adapters: list[Path], plain: Path) -> None:
    activated = load_adapter(adapters[0])
    assert activated.invocation == INVOCATION
    assert activated.active_from(PROMPT) == activated.to("cpu").active_from(PROMPT) == len(DOCUMENTS)
    assert activated.active_from(DOCUMENTS) is None
    assert load_adapter(plain).active_from(DOCUMENTS) == 0


@given(st.lists(st.integers(0, 2), max_size=12), st.lists(st.integers(0, 2), min_size=1, max_size=3))
def test_last_occurrence_is_the_last(tokens: list[int], wanted: list[int]) -> None:
    found = [i for i in range(len(tokens)) if tokens[i : i + len(wanted)] == wanted]
    assert last_occurrence(tokens, wanted) == (found[-1] if found else None)
