"""One sequence under its adapter gives PEFT's own tokens, on every architecture and quantisation."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from app.engine.lora import load_adapter
from app.engine.runner import Runner
from app.engine.sampling import SamplingPlan
from benchmarks.random_adapter import write_random_adapter
from tests.engine.tiny import ARCHITECTURES, Oracle, base_spec, nf4, tiny_model

PROMPT = list(range(3, 40))


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("quantized", [False, True])
def test_greedy_answers_are_those_of_peft(architecture: str, quantized: bool, tmp_path: Path) -> None:
    spec = base_spec(tiny_model(architecture), tmp_path / "base")
    adapters = [
        None,
        write_random_adapter(tmp_path / "a", spec, rank=4, std=0.3, seed=1),
        write_random_adapter(tmp_path / "b", spec, rank=8, std=0.3, seed=2, targets=("q_proj", "v_proj")),
        write_random_adapter(tmp_path / "c", spec, rank=2, std=0.3, seed=3, use_rslora=True, targets=("down_proj",)),
    ]
    prepared = (lambda: nf4(tiny_model(architecture))) if quantized else (lambda: tiny_model(architecture))
    oracle, runner = Oracle(prepared), Runner(prepared(), "cpu")
    answers = set()
    for adapter in adapters:
        weights = load_adapter(adapter) if adapter is not None else None
        plan = SamplingPlan()
        got = list(runner.tokens(PROMPT, weights, plan, max_tokens=16, end_ids=frozenset()))
        assert got == oracle.greedy(PROMPT, adapter, 16)
        answers.add(tuple(got))
    assert len(answers) == len(adapters)  # each adapter does change the answer


def test_end_token_ends_the_answer_and_is_not_part_of_it() -> None:
    runner = Runner(tiny_model("llama"), "cpu")
    free = list(runner.tokens(PROMPT, None, SamplingPlan(), max_tokens=8, end_ids=frozenset()))
    stopped = list(runner.tokens(PROMPT, None, SamplingPlan(), max_tokens=8, end_ids=frozenset({free[3]})))
    assert stopped == free[: free.index(free[3])]


def test_two_answers_at_once_do_not_disturb_each_other() -> None:
    runner = Runner(tiny_model("llama"), "cpu")

    def start(prompt: list[int]) -> object:
        return runner.tokens(prompt, None, SamplingPlan(), max_tokens=8, end_ids=frozenset())

    alone = [list(start(PROMPT)), list(start(PROMPT[::-1]))]
    one, two = start(PROMPT), start(PROMPT[::-1])
    woven = [list(pair) for pair in zip(*zip(one, two, strict=True), strict=True)]
    assert woven == alone


def test_seed_repeats_a_sampled_answer() -> None:
    runner = Runner(tiny_model("llama"), "cpu")

    def sampled(seed: int | None) -> list[int]:
        plan = SamplingPlan(temperature=1.5, seed=seed)
        return list(runner.tokens(PROMPT, None, plan, max_tokens=12, end_ids=frozenset()))

    assert sampled(3) == sampled(3)
    assert sampled(3) != sampled(4)
    torch.manual_seed(0)
    assert sampled(None) != sampled(None)
