"""Embeddings of a server with OpenAI's /v1/embeddings: vLLM, llama.cpp, Ollama, hosted ones."""

from __future__ import annotations

import hashlib
import json
import random
import re
import time
from collections.abc import Sequence
from typing import Any

import httpx
import numpy as np

from app.embeddings.base import UNRELATED_PAIRS, Vectors
from app.errors import Unavailable, WeightsUnavailable

BATCH = 64  # texts in a request
ATTEMPTS = 4
PAUSE_S = 0.25  # before the second attempt; doubles
LATER = frozenset({408, 409, 429, 500, 502, 503, 504})  # statuses after which another attempt may succeed
TOKEN = re.compile(r"\w{1,4}|[^\w\s]")  # rather more of them than any tokenizer makes
LONGEST_REASON = 200


class EmbeddingServer:
    """Asks one server for vectors. Thread-safe."""

    def __init__(self, url: str, key: str, model: str, timeout_s: float) -> None:
        """`url` ends before /embeddings."""
        self.model = model
        self._url = url.rstrip("/")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(base_url=self._url, headers=headers, timeout=timeout_s)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """(n, dimension) float32 with norm 1. Raises Unavailable with what the server said."""
        if not texts:
            return np.empty((0, 0), np.float32)
        parts = [self._batch(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        return np.concatenate(parts)

    def _batch(self, texts: Sequence[str]) -> Vectors:
        for attempt in range(ATTEMPTS):
            try:
                response = self._client.post("/embeddings", json={"model": self.model, "input": list(texts)})
                if response.status_code == httpx.codes.OK:
                    return _vectors(response.json(), len(texts))
                reason = f"HTTP {response.status_code} {response.text[:LONGEST_REASON]}"
                if response.status_code not in LATER:
                    raise self._unavailable(reason)
            except (httpx.TransportError, ValueError) as fault:
                reason = str(fault)[:LONGEST_REASON] or type(fault).__name__
            if attempt + 1 < ATTEMPTS:
                time.sleep(PAUSE_S * 2**attempt * random.uniform(0.5, 1.5))  # noqa: S311 - spreads the attempts
        raise self._unavailable(reason)

    def _unavailable(self, reason: str) -> Unavailable:
        return Unavailable(
            f"The embedding server {self._url} does not embed with {self.model}: {reason}.",
            code="embeddings_unavailable",
            retry_after=5,
        )


class RemoteEmbedder:
    """Embedder over a server. The Embedder protocol defines its contract; it is thread-safe."""

    def __init__(
        self, server: EmbeddingServer, *, query_prefix: str = "", passage_prefix: str = "", max_tokens: int = 480
    ) -> None:
        """Asks for a few vectors, once: they tell the dimension and the similarity floor. Raises WeightsUnavailable."""
        self._server = server
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        self.max_tokens = max_tokens
        try:
            questions = server.embed([query_prefix + question for question, _ in UNRELATED_PAIRS])
            passages = server.embed([passage_prefix + passage for _, passage in UNRELATED_PAIRS])
        except Unavailable as fault:
            raise WeightsUnavailable(
                f"{fault.message} Check LORACLE_EMBEDDINGS_URL, LORACLE_EMBEDDINGS_KEY and the name in "
                "LORACLE_EMBEDDING_MODEL."
            ) from fault
        self.dimension = int(questions.shape[1])
        self.similarity_floor = max(0.0, float((questions * passages).sum(axis=1).mean()))
        identity = json.dumps(["openai", server.model, query_prefix, passage_prefix])
        self.fingerprint = f"{hashlib.sha256(identity.encode()).hexdigest()[:16]}-{self.dimension}"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(self._passage_prefix, texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(self._query_prefix, texts)

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        """Pieces of at most four characters: the server's own tokens are fewer, so that no text is too long for it."""
        return [match.span() for match in TOKEN.finditer(text)]

    def _embed(self, prefix: str, texts: Sequence[str]) -> Vectors:
        vectors = self._server.embed([prefix + self._cut(text) for text in texts])
        if len(texts) and vectors.shape[1] != self.dimension:
            raise Unavailable(
                f"The embedding server answers {vectors.shape[1]} dimensions now, not {self.dimension}: it has another "
                "model under the same name. Restore it, or change LORACLE_EMBEDDING_MODEL.",
                code="embeddings_changed",
            )
        return vectors.reshape(len(texts), self.dimension)

    def _cut(self, text: str) -> str:
        spans = self.token_spans(text)
        return text if len(spans) <= self.max_tokens else text[: spans[self.max_tokens - 1][1]]


def _vectors(answer: Any, count: int) -> Vectors:
    """The vectors of an answer, in the order of the texts. Raises ValueError."""
    try:
        rows = sorted(answer["data"], key=lambda row: row["index"])
        vectors = np.array([row["embedding"] for row in rows], np.float32)
    except (KeyError, TypeError) as fault:
        raise ValueError("its answer has no embeddings") from fault
    if vectors.shape[:1] != (count,) or vectors.ndim != 2 or not np.isfinite(vectors).all():
        raise ValueError("its answer has other embeddings than those asked for")
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not norms.all():
        raise ValueError("its answer has a vector of zeros")
    return np.asarray(vectors / norms, np.float32)
