"""Embeddings by sentence-transformers, in bf16 where the processor has it."""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import numpy as np

from app.encoders.embedder import UNRELATED, Vectors
from app.numerics.packed_linear import pack_linears
from app.numerics.precision import native_bfloat16

TOKENS_PER_BATCH = 4096  # padded; measured best on 2 cores, larger ones only cost memory
FEW_TOKENS = 64  # a query: more threads gain little
QUERY, PASSAGE = "query", "passage"


class SentenceEmbedder:
    """Embedder over a sentence-transformers folder. One forward pass at a time; safe from any thread."""

    def __init__(
        self, folder: Path, *, fingerprint: str, device: Literal["cpu", "cuda"] = "cpu", threads: int = 0
    ) -> None:
        """`fingerprint` names the content of `folder`; the embedder's own adds what else shapes a vector."""
        import torch
        from sentence_transformers import SentenceTransformer

        if threads:
            torch.set_num_threads(threads)
        self._torch = torch
        self._threads = torch.get_num_threads()
        self._dtype = torch.bfloat16 if native_bfloat16(device) else torch.float32
        self._model = SentenceTransformer(
            str(folder),
            device=device,
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"dtype": self._dtype},
        )
        self._model.eval()
        pack_linears(self._model)
        self._device = device
        self._prompts = {name: self._model.prompts.get(name, "") or "" for name in (QUERY, PASSAGE)}
        self._tokenizer = self._model.tokenizer
        self._ruler = copy.deepcopy(self._tokenizer.backend_tokenizer)  # truncation is a state of the original
        self._ruler.no_truncation()
        self._lock = threading.Lock()
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        longest = int(self._model.max_seq_length or 512)
        frame = len(self._tokenizer(max(self._prompts.values(), key=len))["input_ids"])
        self.max_tokens = longest - frame
        self.fingerprint = f"{fingerprint}-{self.dimension}"
        self.unrelated_cosine = self._measured_floor()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, self._prompts[PASSAGE])

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, self._prompts[QUERY])

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        encoded = self._ruler.encode(text, add_special_tokens=False)
        return [span for span in encoded.offsets if span[1] > span[0]]

    def _measured_floor(self) -> float:
        """Cosines of models differ in range (e5 stays above .7): measured on pairs that have nothing in common."""
        questions = self.embed_queries([question for question, _ in UNRELATED])
        passages = self.embed_passages([passage for _, passage in UNRELATED])
        return float(np.mean(np.sum(questions * passages, axis=1)))

    def _embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        """Batches of like length under a token budget, so that little is padding; results in input order."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        features = [
            self._tokenizer(prompt + text, truncation=True, max_length=self._model.max_seq_length) for text in texts
        ]
        order = sorted(range(len(texts)), key=lambda i: len(features[i]["input_ids"]), reverse=True)
        vectors = np.empty((len(texts), self.dimension), np.float32)
        start = 0
        while start < len(order):
            longest = len(features[order[start]]["input_ids"])
            batch = order[start : start + max(1, TOKENS_PER_BATCH // longest)]
            vectors[batch] = self._forward([features[i] for i in batch])
            start += len(batch)
        return vectors

    @contextmanager
    def _on(self, threads: int) -> Iterator[None]:
        """So many processor threads for the block: a query leaves the other half to the full-text leg."""
        self._torch.set_num_threads(threads)
        try:
            yield
        finally:
            self._torch.set_num_threads(self._threads)

    def _forward(self, features: list[dict[str, list[int]]]) -> Vectors:
        padded = self._tokenizer.pad(features, return_tensors="pt").to(self._device)
        few = padded["input_ids"].numel() <= FEW_TOKENS
        with self._lock, self._on(max(1, self._threads // 2) if few else self._threads), self._torch.inference_mode():
            embedded = self._model(dict(padded))["sentence_embedding"]  # (n, dimension)
        vectors: Vectors = embedded.float().cpu().numpy()
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
