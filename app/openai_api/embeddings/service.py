"""Embeds the texts of all tenants with the service's embedding model, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from anyio.to_thread import run_sync

from app.deadline import check_deadline
from app.embeddings.base import Embedder, Vectors
from app.errors import InvalidRequest
from app.llm.admission import Admission
from app.metering.meter import add_tokens, check_tokens

BATCH = 16  # texts embedded at once: between two batches a request can be cancelled, and others get their turn
REQUESTS, TENANT_REQUESTS = 8, 2  # under way at once: of the service, and of one tenant


@dataclass(frozen=True, slots=True)
class EmbeddedTexts:
    vectors: Vectors  # (texts, dimension)
    tokens: int


class EmbeddingService:
    """Bounds how many requests embed at once: questions and documents need the same model."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._admission = Admission(REQUESTS, TENANT_REQUESTS)

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    async def embed(self, tenant_id: str, texts: Sequence[str], *, queries: bool = False) -> EmbeddedTexts:
        """Embed questions (`queries`) or passages, in their order.

        Raises InvalidRequest for a text that is empty or too long, and RateLimited or Unavailable before any work;
        RequestTimedOut between two batches.
        """
        await check_tokens()
        with self._admission.place(tenant_id):
            starts = range(0, len(texts), BATCH)
            tokens = [await run_sync(self._count, texts[start : start + BATCH], start) for start in starts]
            embed = self._embedder.embed_queries if queries else self._embedder.embed_passages
            vectors = []
            for start, count in zip(starts, tokens, strict=True):
                check_deadline()
                add_tokens(prompt=count, completion=0)  # before the work: a client that leaves has used it
                vectors.append(await run_sync(embed, texts[start : start + BATCH]))
            return EmbeddedTexts(np.concatenate(vectors), sum(tokens))

    def _count(self, texts: Sequence[str], first: int) -> int:
        """The tokens of the texts, of which the first is number `first` of the request."""
        check_deadline()
        counts = [len(self._embedder.token_spans(text)) for text in texts]
        most = self._embedder.max_tokens
        for place, (text, count) in enumerate(zip(texts, counts, strict=True), start=first):
            if not text.strip():
                raise InvalidRequest(f"Text {place} is empty.", param="input")
            if count > most:
                message = f"Text {place} has {count:,} tokens; the embedding model reads {most:,}. Send it in parts."
                raise InvalidRequest(message, param="input", code="input_too_long")
        return sum(counts)
