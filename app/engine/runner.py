"""Running one packed step through the model: many sequences, prefilling and decoding, each under its adapter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from app.engine.attention import use_packed_attention
from app.engine.batch import Work, pack
from app.engine.kv import KVCache
from app.engine.lora import wrap_linears
from app.engine.norms import use_native_norms
from app.engine.pointwise import use_native_pointwise


class Runner:
    """Owns the model. Not thread-safe: one thread calls it. Wrap once, serve for ever."""

    def __init__(self, model: Any, kv: KVCache, device: str) -> None:
        self._model = model
        self._kv = kv
        self._device = device
        use_native_pointwise(model)
        self._lora, self.layouts = wrap_linears(model)
        use_packed_attention(model)
        use_native_norms(model)

    @torch.inference_mode()
    def logits(self, works: Sequence[Work]) -> list[torch.Tensor]:
        """(vocabulary,) for each work: logits after its last token. Keys and values go into its slot.

        The slots' tokens are the caller's to extend: until then a step that failed has left no trace.
        """
        batch = pack(works, self._kv, self._device)
        self._lora.run(batch.segments)
        out = self._model(
            input_ids=batch.token_ids,
            position_ids=batch.position_ids,
            use_cache=False,
            logits_to_keep=batch.last_rows,
            packed=batch,
        )
        rows: dict[int, torch.Tensor] = dict(zip(batch.order, out.logits[0], strict=True))
        return [rows[i] for i in range(len(works))]
