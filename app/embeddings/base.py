"""The Embedder protocol: the interface of embedding models for retrieval and ingestion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
UNRELATED_PAIRS = (  # questions and passages that have nothing in common: their mean cosine is the similarity floor
    ("What time does the swimming pool open?", "The treaty was signed in 1648 and ended thirty years of war."),
    ("Qual é a capital da Mongólia?", "Leave the dough to rise for an hour before shaping the loaves."),
    ("Who painted the ceiling?", "O contrato de trabalho prevê trinta dias de férias remuneradas por ano."),
    ("Como se calcula o imposto?", "A fotossíntese converte a luz do sol em energia química nas folhas."),
    ("How do I reset my password?", "Whales migrate thousands of kilometres between feeding and breeding grounds."),
    ("Onde nasceu o escritor?", "The gearbox oil must be changed every forty thousand kilometres."),
)


class Embedder(Protocol):
    """Turns text into vectors. Implementations: SentenceEmbedder, WordVectors (static), HashingEmbedder (shipped fake).

    Thread-safe. Vectors are (n, dimension) float32 with L2 norm 1; inputs longer than `max_tokens` are truncated.
    """

    fingerprint: str  # of model, revision, prompts and dimension: vectors of different fingerprints never mix
    dimension: int
    max_tokens: int  # content tokens, without the prompt and control tokens
    similarity_floor: float  # mean cosine of unrelated questions and passages

    def embed_passages(self, texts: Sequence[str]) -> Vectors: ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors: ...

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        """Character span (start, end) of each content token of `text`, in order; used to measure chunk lengths."""
