"""Samples the next token, greedily or at random, with processors in the order of transformers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch


class NotFinite(ArithmeticError):
    """The model computed no finite numbers: weights, of an adapter most likely, are too large for its arithmetic."""


@dataclass(frozen=True, slots=True)
class SamplingParams:
    temperature: float = 0.0  # 0: greedy
    top_p: float = 1.0
    top_k: int = 0  # 0: off
    repetition_penalty: float = 1.0
    seed: int | None = None
    logprobs: int | None = None  # how many of the most likely tokens to report; None: no logprobs


class Sampler:
    """The sampler of one request, with its own random generator."""

    def __init__(self, params: SamplingParams) -> None:
        self._params = params
        self._generator = torch.Generator()
        if params.seed is not None:
            self._generator.manual_seed(params.seed)
        else:
            self._generator.seed()

    def sample(self, logits: torch.Tensor, token_ids: list[int]) -> int:
        """Next token id from `logits` (vocabulary,); `token_ids` are the prompt and the answer so far.

        Raises NotFinite if the largest of the logits is no finite number; NaN is larger than any.
        """
        params = self._params
        if params.repetition_penalty != 1.0:
            logits = apply_repetition_penalty(logits, token_ids, params.repetition_penalty)
        if params.temperature == 0.0:
            token = argmax_token(logits)
            check_finite(float(logits[token]))
            return token
        check_finite(float(logits.max()))
        truncated = apply_top_k_top_p(logits.float().cpu() / params.temperature, params.top_k, params.top_p)
        return int(torch.multinomial(torch.softmax(truncated, -1), 1, generator=self._generator))


def check_finite(*values: float) -> None:
    """Raises NotFinite."""
    if not all(map(math.isfinite, values)):
        raise NotFinite("the logits are no finite numbers")


def argmax_token(logits: torch.Tensor) -> int:
    """Index of the first maximum. NumPy finds it on a CPU: PyTorch needs ten times as long for a vocabulary row."""
    return int(torch.argmax(logits) if logits.is_cuda else logits.float().numpy().argmax())


def apply_repetition_penalty(logits: torch.Tensor, token_ids: list[int], penalty: float) -> torch.Tensor:
    """Apply CTRL's repetition penalty (arXiv 1909.05858) to every token of `token_ids`."""
    ids = torch.tensor(sorted(set(token_ids)), device=logits.device)
    scores = logits[ids]
    logits = logits.clone()
    logits[ids] = torch.where(scores < 0, scores * penalty, scores / penalty)
    return logits


def apply_top_k_top_p(logits: torch.Tensor, top_k: int, top_p: float) -> torch.Tensor:
    """Set all `logits` (vocabulary,) to -inf except the `top_k` best within the smallest set of mass `top_p`."""
    if 0 < top_k < logits.shape[-1]:
        logits = logits.masked_fill(logits < torch.topk(logits, top_k).values[-1], -torch.inf)
    if top_p < 1.0:
        ordered, order = torch.sort(logits, descending=True)
        mass = torch.softmax(ordered, -1).cumsum(-1)
        removed = mass - torch.softmax(ordered, -1) >= top_p
        logits = logits.masked_fill(torch.zeros_like(removed).scatter(0, order, removed), -torch.inf)
    return logits
