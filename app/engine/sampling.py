"""Choosing the next token: greedy or sampled, in the order transformers applies its processors."""

from __future__ import annotations

from dataclasses import dataclass

import torch


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    temperature: float = 0.0  # 0: greedy
    top_p: float = 1.0
    top_k: int = 0  # 0: off
    repetition_penalty: float = 1.0
    seed: int | None = None
    logprobs: int | None = None  # how many of the likeliest tokens to report; None: no logprobs at all


class Sampler:
    """One request's sampler, with a random generator of its own."""

    def __init__(self, plan: SamplingPlan) -> None:
        self._plan = plan
        self._random = torch.Generator()
        if plan.seed is not None:
            self._random.manual_seed(plan.seed)
        else:
            self._random.seed()

    def choose(self, logits: torch.Tensor, seen: list[int]) -> int:
        """Next token id from `logits` (vocabulary,); `seen` are prompt and answer so far."""
        plan = self._plan
        if plan.repetition_penalty != 1.0:
            logits = penalized(logits, seen, plan.repetition_penalty)
        if plan.temperature == 0.0:
            return likeliest(logits)
        kept = nucleus(logits.float().cpu() / plan.temperature, plan.top_k, plan.top_p)
        return int(torch.multinomial(torch.softmax(kept, -1), 1, generator=self._random))


def likeliest(logits: torch.Tensor) -> int:
    """The first of the greatest. On a CPU NumPy finds it: PyTorch takes ten times as long for a row of a vocabulary."""
    return int(torch.argmax(logits) if logits.is_cuda else logits.float().numpy().argmax())


def penalized(logits: torch.Tensor, seen: list[int], penalty: float) -> torch.Tensor:
    """CTRL's repetition penalty (arXiv 1909.05858) on every token of `seen`."""
    ids = torch.tensor(sorted(set(seen)), device=logits.device)
    scores = logits[ids]
    logits = logits.clone()
    logits[ids] = torch.where(scores < 0, scores * penalty, scores / penalty)
    return logits


def nucleus(logits: torch.Tensor, top_k: int, top_p: float) -> torch.Tensor:
    """`logits` (vocabulary,) with all but the `top_k` best and the smallest set of mass `top_p` at -inf."""
    if 0 < top_k < logits.shape[-1]:
        logits = logits.masked_fill(logits < torch.topk(logits, top_k).values[-1], -torch.inf)
    if top_p < 1.0:
        ordered, order = torch.sort(logits, descending=True)
        mass = torch.softmax(ordered, -1).cumsum(-1)
        drop = mass - torch.softmax(ordered, -1) >= top_p
        logits = logits.masked_fill(torch.zeros_like(drop).scatter(0, order, drop), -torch.inf)
    return logits
