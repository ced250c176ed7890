"""Rerankers score a question and a passage together, with a cross-encoder."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

import numpy as np

from app.embeddings.base import Vectors
from app.errors import WeightsUnavailable


class Reranker(Protocol):
    """Scores passages for a query. Thread-safe. Implementation: CrossEncoderReranker."""

    def score(self, query: str, passages: Sequence[str]) -> Vectors:
        """(n,) float32, 0 to 1: how well each passage answers the query."""


class CrossEncoderReranker:
    """Reranker over a cross-encoder folder with one output, such as an MS MARCO MiniLM."""

    def __init__(self, folder: Path, *, device: Literal["cpu", "cuda"] = "cpu") -> None:
        """Raises WeightsUnavailable if the folder holds no cross-encoder with one output."""
        import torch
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(str(folder), device=device, local_files_only=True, trust_remote_code=False)
            self._sigmoid = torch.nn.Sigmoid()
            self._lock = threading.Lock()
            probe = self.score("question", ["passage"])
        except (OSError, ValueError, KeyError, RuntimeError, TypeError) as fault:
            raise WeightsUnavailable(f"{folder} cannot be loaded as a reranker: {fault}") from fault
        if probe.shape != (1,) or not np.isfinite(probe).all():
            raise WeightsUnavailable(
                f"{folder} is no reranker: it gives {probe.shape[1:] or probe} for a pair, where one number is needed."
            )

    def score(self, query: str, passages: Sequence[str]) -> Vectors:
        if not passages:
            return np.empty(0, np.float32)
        pairs = [(query, passage) for passage in passages]
        with self._lock:
            scores = self._model.predict(pairs, activation_fn=self._sigmoid, show_progress_bar=False)
        return np.asarray(scores, np.float32)
