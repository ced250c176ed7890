"""Running one packed step through the model: many sequences, prefilling and decoding, each under its adapter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
import torch

from app.engine.attention import use_packed_attention
from app.engine.batch import PackedBatch, Work, pack
from app.engine.decoder import NativeDecoder, fits
from app.engine.kv import KVCache
from app.engine.lora import wrap_linears
from app.engine.norms import use_native_norms
from app.engine.pointwise import use_native_pointwise

log = structlog.get_logger(__name__)

PROBE = [1, 2, 3]  # any tokens


class Runner:
    """Owns the model. Not thread-safe: one thread calls it. Wrap once, serve for ever."""

    def __init__(self, model: Any, kv: KVCache, device: str) -> None:
        self._model = model
        self._kv = kv
        self._device = device
        if device == "cpu":
            use_native_pointwise(model)
        self._lora, self.layouts = wrap_linears(model)
        use_packed_attention(model)
        use_native_norms(model)
        self._decoder = self._agreeing_decoder()

    @torch.inference_mode()
    def logits(self, works: Sequence[Work]) -> list[torch.Tensor]:
        """(vocabulary,) for each work: logits after its last token. Keys and values go into its slot.

        The slots' tokens are the caller's to extend: until then a step that failed has left no trace.
        """
        batch = pack(works, self._kv, self._device)
        if self._decoder is not None and self._decoder.takes(batch):
            logits = self._by_decoder(self._decoder, batch)
        else:
            logits = self._by_model(batch)
        rows: dict[int, torch.Tensor] = dict(zip(batch.order, logits, strict=True))
        return [rows[i] for i in range(len(works))]

    def _by_model(self, batch: PackedBatch) -> torch.Tensor:
        """(spans, vocabulary) by transformers' own forward."""
        self._lora.run(batch.segments)
        out = self._model(
            input_ids=batch.token_ids,
            position_ids=batch.position_ids,
            use_cache=False,
            logits_to_keep=batch.last_rows,
            packed=batch,
        )
        logits: torch.Tensor = out.logits[0]
        return logits

    def _by_decoder(self, decoder: NativeDecoder, batch: PackedBatch) -> torch.Tensor:
        """(spans, vocabulary) with all layers in one native call."""
        body = self._model.model
        hidden = body.embed_tokens(batch.token_ids)
        cosines, sines = body.rotary_emb(hidden, batch.position_ids)
        decoder(hidden[0], cosines[0], sines[0], batch)
        logits: torch.Tensor = self._model.lm_head(body.norm(hidden[:, batch.last_rows]))[0]
        return logits

    @torch.inference_mode()
    def _agreeing_decoder(self) -> NativeDecoder | None:
        """The native decoder if it gives on a probe what the model gives: parts alike may be put together otherwise."""
        if not fits(self._model, self._kv):
            return None
        decoder = NativeDecoder(self._model, self._kv)
        slot = self._kv.reserve("probe", PROBE, len(PROBE))
        if slot is None:
            return None
        batch = pack([Work(PROBE, slot, None)], self._kv, self._device)
        expected, got = self._by_model(batch), self._by_decoder(decoder, batch)
        self._kv.release(slot, retain=False)
        agrees = torch.allclose(got.float(), expected.float(), rtol=2**-5, atol=float(expected.abs().max()) * 2**-6)
        log.info("native_decoder", agrees=agrees, below_rows=decoder.rows)
        return decoder if agrees else None
