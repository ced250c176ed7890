"""Runs one packed step through the model: many sequences, in prefill or decode, each with its own adapter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
import torch

from app.engine.attention import use_packed_attention
from app.engine.batch import PackedBatch, ScheduledSequence, pack
from app.engine.decoder import NativeDecoder, is_supported
from app.engine.elementwise import use_native_elementwise
from app.engine.kv import KVCache
from app.engine.lora import wrap_linears
from app.engine.norms import use_native_norms

log = structlog.get_logger(__name__)

PROBE = [1, 2, 3]  # any tokens


class Runner:
    """Owns the model and replaces its layers for serving. Not thread-safe: only the engine's thread calls it."""

    def __init__(self, model: Any, kv: KVCache, device: str) -> None:
        self._model = model
        self._kv = kv
        self._device = device
        if device == "cpu":
            use_native_elementwise(model)
        self._lora, self.layouts = wrap_linears(model)
        use_packed_attention(model)
        use_native_norms(model)
        self._decoder = self._verified_decoder()

    @torch.inference_mode()
    def logits(self, scheduled: Sequence[ScheduledSequence]) -> list[torch.Tensor]:
        """(logit_rows, vocabulary) for each scheduled sequence: the logits after its last tokens. Fills the KV cache.

        The caller extends the tokens of each allocation afterwards, so a step that fails leaves no trace.
        """
        batch = pack(scheduled, self._kv, self._device)
        if self._decoder is not None and not batch.branched and self._decoder.supports(batch):
            logits = self._forward_by_decoder(self._decoder, batch)
        else:
            logits = self._forward_by_model(batch)
        rows: dict[int, torch.Tensor] = dict(zip(batch.order, torch.split(logits, batch.logit_counts), strict=True))
        return [rows[i] for i in range(len(scheduled))]

    def _forward_by_model(self, batch: PackedBatch) -> torch.Tensor:
        """(logit rows, vocabulary) by transformers' own forward."""
        self._lora.set_segments(batch.segments)
        out = self._model(
            input_ids=batch.token_ids,
            position_ids=batch.position_ids,
            use_cache=False,
            logits_to_keep=batch.logit_rows,
            packed=batch,
        )
        logits: torch.Tensor = out.logits[0]
        return logits

    def _forward_by_decoder(self, decoder: NativeDecoder, batch: PackedBatch) -> torch.Tensor:
        """(logit rows, vocabulary) with all layers in one native call."""
        body, config = self._model.model, self._model.config
        hidden = body.embed_tokens(batch.token_ids)
        if (multiplier := getattr(config, "embedding_multiplier", 1)) != 1:  # Granite
            hidden = hidden * multiplier
        types = decoder.rotary_types
        rotaries = [body.rotary_emb(hidden, batch.position_ids, *([one] if one else [])) for one in types]
        decoder(hidden[0], rotaries, batch)
        logits: torch.Tensor = self._model.lm_head(body.norm(hidden[:, batch.logit_rows]))[0]
        scaling = getattr(config, "logits_scaling", 1)  # Granite
        return logits if scaling == 1 else logits / scaling

    @torch.inference_mode()
    def _verified_decoder(self) -> NativeDecoder | None:
        """The native decoder, if it agrees with the model on a probe: equal modules may be composed differently."""
        if not is_supported(self._model, self._kv):
            return None
        decoder = NativeDecoder(self._model, self._kv)
        allocation = self._kv.reserve("probe", PROBE, len(PROBE))
        if allocation is None:
            return None
        batch = pack([ScheduledSequence(PROBE, allocation, None)], self._kv, self._device)
        expected, got = self._forward_by_model(batch), self._forward_by_decoder(decoder, batch)
        self._kv.release(allocation, retain=False)
        agrees = torch.allclose(got.float(), expected.float(), rtol=2**-5, atol=float(expected.abs().max()) * 2**-6)
        log.info("native_decoder", agrees=agrees, below_rows=decoder.rows)
        return decoder if agrees else None
