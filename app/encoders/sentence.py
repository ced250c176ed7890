"""Embeddings by sentence-transformers, in bf16 where the processor has it."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np

from app.encoders.embedder import UNRELATED, Vectors
from app.encoders.lanes import Lanes
from app.numerics.packed_linear import pack_linears
from app.numerics.precision import native_bfloat16
from app.numerics.threads import set_torch_threads

TOKENS_PER_PASS = 2048  # padded; larger ones only cost memory
TOKENS_PER_PASS_CUDA = 16_384
FEW_TOKENS = 64  # a query: it does not wait for passages
QUERY, PASSAGE = "query", "passage"


class SentenceEmbedder:
    """Embedder over a sentence-transformers folder. Safe from any thread.

    On a processor several forward passes of one thread each run at once: 1.4 times as fast on two cores as one pass of
    two threads, which wait for each other after every operation.
    """

    def __init__(
        self, folder: Path, *, fingerprint: str, device: Literal["cpu", "cuda"] = "cpu", threads: int = 0
    ) -> None:
        """`fingerprint` names the content of `folder`; the embedder's own adds what else shapes a vector."""
        import torch
        from sentence_transformers import SentenceTransformer

        set_torch_threads(threads)
        self._torch = torch
        on_cpu = device == "cpu"
        self._lanes = Lanes(torch.get_num_threads() if on_cpu else 1)
        self._aside = Lanes(1)  # for queries
        self._tokens_per_pass = TOKENS_PER_PASS if on_cpu else TOKENS_PER_PASS_CUDA
        dtype = torch.bfloat16 if native_bfloat16(device) else torch.float32
        self._model = SentenceTransformer(
            str(folder),
            device=device,
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"dtype": dtype},
        )
        self._model.eval()
        pack_linears(self._model)
        self._device = device
        self._prompts = {name: self._model.prompts.get(name, "") or "" for name in (QUERY, PASSAGE)}
        self._tokenizer = self._model.tokenizer
        self._ruler = copy.deepcopy(self._tokenizer.backend_tokenizer)  # truncation is a state of the original
        self._ruler.no_truncation()
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
        """Passes of like length under a token budget, so that little is padding; results in input order."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        features = [
            self._tokenizer(prompt + text, truncation=True, max_length=self._model.max_seq_length) for text in texts
        ]
        lengths = [len(one["input_ids"]) for one in features]
        lanes = self._aside if sum(lengths) <= FEW_TOKENS else self._lanes
        passes = divided(lengths, lanes.count, self._tokens_per_pass)
        results = lanes.map(self._forward, [[features[i] for i in places] for places in passes])
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for places, result in zip(passes, results, strict=True):
            vectors[places] = result
        return vectors

    def _forward(self, features: list[dict[str, list[int]]]) -> Vectors:
        padded = self._tokenizer.pad(features, return_tensors="pt").to(self._device)
        with self._torch.inference_mode():
            embedded = self._model(dict(padded))["sentence_embedding"]  # (n, dimension)
        vectors: Vectors = embedded.float().cpu().numpy()
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def divided(lengths: Sequence[int], lanes: int, most: int) -> list[list[int]]:
    """Places of texts by pass, longest first: about as many tokens for each lane, in passes of about `most`."""
    order = sorted(range(len(lengths)), key=lambda place: lengths[place], reverse=True)
    rounds = -(-sum(lengths) // (lanes * most))
    room = sum(lengths) / (lanes * rounds) + lengths[order[0]] / 2  # rounded to whole texts
    passes: list[list[int]] = []
    while order:
        count = max(1, int(room // lengths[order[0]]))
        passes.append(order[:count])
        order = order[count:]
    return passes
