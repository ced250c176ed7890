"""Sampling, detokenising and prompts: the parts of the engine between logits and text."""

from __future__ import annotations

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.detokenize import IncrementalDetokenizer
from app.engine.sampling import Sampler, SamplingParams, apply_repetition_penalty, apply_top_k_top_p


def decode_bytes(ids) -> str:
    return bytes(ids).decode("utf-8", errors="replace")


@settings(max_examples=300)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufffd"), max_size=60))
def test_streamed_text_is_the_whole_text_and_no_character_is_split(text: str) -> None:
    stream = IncrementalDetokenizer(decode_bytes)
    pieces = [stream.push(byte) for byte in text.encode()]
    assert "\ufffd" not in "".join(pieces)
    assert "".join(pieces) + stream.finish() == text.replace("\x00", ""), "NUL is left out: no database stores it"


@settings(max_examples=300)
@given(st.text("abç", max_size=40), st.lists(st.text("abç", min_size=1, max_size=4), max_size=3))
def test_stop_string_ends_the_text_before_it_even_across_tokens(text: str, stop: list[str]) -> None:
    stream = IncrementalDetokenizer(decode_bytes, stop)
    out = ""
    for byte in text.encode():
        out += stream.push(byte)
        if stream.stopped:
            break
    out += stream.finish()
    # What is complete first wins; of two that end together, the one that begins first.
    ends = [(text.find(s) + len(s), text.find(s)) for s in stop if s in text]
    if not ends:
        assert out == text
        assert not stream.stopped
        return
    first_end = min(end for end, _ in ends)
    assert stream.stopped
    assert out == text[: min(start for end, start in ends if end == first_end)]


def test_greedy_sampling_returns_the_most_likely_token() -> None:
    assert Sampler(SamplingParams()).sample(torch.tensor([0.1, 3.0, 2.0]), []) == 1


@settings(max_examples=100)
@given(st.lists(st.floats(-5, 5, width=32), min_size=2, max_size=20), st.floats(0.05, 1), st.integers(0, 10))
def test_nucleus_keeps_the_smallest_set_with_the_given_mass(values: list[float], top_p: float, top_k: int) -> None:
    logits = torch.tensor(values)
    kept = apply_top_k_top_p(logits, top_k, top_p)
    survivors = torch.isfinite(kept)
    assert survivors.any()
    assert torch.equal(kept[survivors], logits[survivors])
    if top_k and top_p == 1.0:
        assert int(survivors.sum()) >= min(top_k, len(values))
    if not top_k and top_p < 1:
        mass = torch.softmax(logits, -1)
        assert float(mass[survivors].sum()) >= top_p - 1e-4
        assert float(mass[survivors].sum() - mass[survivors].min()) < top_p + 1e-4


def test_nucleus_equals_that_of_transformers() -> None:
    from transformers import TopKLogitsWarper, TopPLogitsWarper

    torch.manual_seed(0)
    for _ in range(50):
        logits = torch.randn(1, 40) * 3
        theirs = TopPLogitsWarper(0.8)(None, TopKLogitsWarper(10)(None, logits.clone()))[0]
        assert torch.equal(torch.isfinite(apply_top_k_top_p(logits[0], 10, 0.8)), torch.isfinite(theirs))


def test_repetition_penalty_equals_that_of_transformers() -> None:
    from transformers import RepetitionPenaltyLogitsProcessor

    logits = torch.tensor([[1.0, -1.0, 2.0, 0.5]])
    theirs = RepetitionPenaltyLogitsProcessor(1.3)(torch.tensor([[0, 1, 1]]), logits.clone())
    assert torch.allclose(apply_repetition_penalty(logits[0], [0, 1, 1], 1.3), theirs[0])
