"""The Embedder protocol: what retrieval and ingestion need of an embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
UNRELATED = (  # questions and passages that have nothing in common: where an embedder's cosines begin
    ("What time does the swimming pool open?", "The treaty was signed in 1648 and ended thirty years of war."),
    ("Qual é a capital da Mongólia?", "Leave the dough to rise for an hour before shaping the loaves."),
    ("Who painted the ceiling?", "O contrato de trabalho prevê trinta dias de férias remuneradas por ano."),
    ("Como se calcula o imposto?", "A fotossíntese converte a luz do sol em energia química nas folhas."),
    ("How do I reset my password?", "Whales migrate thousands of kilometres between feeding and breeding grounds."),
    ("Onde nasceu o escritor?", "The gearbox oil must be changed every forty thousand kilometres."),
)


class Embedder(Protocol):
    """Text to vectors: SentenceEmbedder (sentence-transformers), WordVectors (static), HashingEmbedder (shipped fake).

    Thread-safe. Vectors are (n, dimension) float32 with L2 norm 1; inputs over `max_tokens` are cut.
    """

    fingerprint: str  # names model, revision, prompts, dimension: vectors of different fingerprints never mix
    dimension: int
    max_tokens: int  # content tokens that fit beside the prompt and control tokens
    unrelated_cosine: float  # of a question and a passage that have nothing to do with each other

    def embed_passages(self, texts: Sequence[str]) -> Vectors: ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors: ...

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        """Character span (start, end) of each content token of `text`, in order: the chunker's ruler."""
