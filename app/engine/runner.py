"""Running one sequence through the model: prefill, then one token at a time, under its adapter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import torch

from app.engine.lora import AdapterWeights, Segment, wrap_linears
from app.engine.sampling import Sampler, SamplingPlan


class Runner:
    """Owns the model. Not thread-safe: one thread calls it. Wrap once, serve for ever."""

    def __init__(self, model: Any, device: str) -> None:
        self._model = model
        self._device = device
        self._batch = wrap_linears(model)

    def tokens(
        self,
        prompt: Sequence[int],
        adapter: AdapterWeights | None,
        plan: SamplingPlan,
        *,
        max_tokens: int,
        end_ids: frozenset[int],
    ) -> Iterator[int]:
        """Token ids of the answer, the end token left out. The first one comes after the prefill.

        The adapter is the one given here until the end, whatever is activated meanwhile.
        """
        from transformers import DynamicCache

        cache = DynamicCache(config=self._model.config)
        sampler = Sampler(plan)
        ids = list(prompt)
        fresh = ids
        for _ in range(max_tokens):
            logits = self._forward(fresh, cache, adapter)
            token = sampler.choose(logits, ids)
            if token in end_ids:
                return
            ids.append(token)
            fresh = [token]
            yield token

    @torch.inference_mode()
    def _forward(self, ids: Sequence[int], cache: Any, adapter: AdapterWeights | None) -> torch.Tensor:
        """Logits (vocabulary,) after the last of `ids` (new tokens only; the cache holds the earlier ones)."""
        self._batch.segments = [Segment(0, len(ids), adapter)]
        tokens = torch.tensor([ids], device=self._device)  # (1, new tokens)
        out = self._model(input_ids=tokens, past_key_values=cache, use_cache=True, logits_to_keep=1)
        logits: torch.Tensor = out.logits[0, -1]
        return logits
