"""Embeddings by sentence-transformers, in bf16 where the processor supports it."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from app.embeddings.base import UNRELATED_PAIRS, Vectors
from app.embeddings.parallel_executor import ParallelExecutor
from app.numerics.packed_linear import pack_linears
from app.numerics.precision import native_bfloat16
from app.numerics.threads import set_torch_threads
from app.precedence import give_way, is_background

TOKENS_PER_PASS = 2048  # padded tokens; larger passes only need more memory
TOKENS_PER_PASS_CUDA = 16_384
SMALL_BATCH_TOKENS = 64  # a batch this small runs on its own thread, so a query does not wait for passages
QUERY, PASSAGE = "query", "passage"


@dataclass(frozen=True, slots=True)
class Lanes:
    """The threads that compute for requests, or for jobs: neither stands in the queue of the other."""

    small: ParallelExecutor  # one thread, for batches of at most SMALL_BATCH_TOKENS
    large: ParallelExecutor


class SentenceEmbedder:
    """Embedder over a sentence-transformers folder. Safe from any thread.

    On a CPU, several single-threaded forward passes run in parallel. On two cores this is 1.4 times as fast as one pass
    with two threads, which wait for each other after every operation. Jobs give way to requests between two layers.
    """

    def __init__(
        self, folder: Path, *, fingerprint: str, device: Literal["cpu", "cuda"] = "cpu", threads: int = 0
    ) -> None:
        """`fingerprint` identifies the content of `folder`; the embedder appends the dimension to it."""
        import torch
        from sentence_transformers import SentenceTransformer

        set_torch_threads(threads)
        self._torch = torch
        on_cpu = device == "cpu"
        lanes = torch.get_num_threads() if on_cpu else 1
        self._for_requests = Lanes(ParallelExecutor(1), ParallelExecutor(lanes))
        self._for_jobs = Lanes(ParallelExecutor(1), ParallelExecutor(lanes))
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
        give_way_between_layers(self._model)
        self._device = device
        self._prompts = {name: self._model.prompts.get(name, "") or "" for name in (QUERY, PASSAGE)}
        self._tokenizer = self._model.tokenizer
        self._offset_tokenizer = copy.deepcopy(
            self._tokenizer.backend_tokenizer
        )  # because truncation is state of the original
        self._offset_tokenizer.no_truncation()
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        max_length = int(self._model.max_seq_length or 512)
        frame = len(self._tokenizer(max(self._prompts.values(), key=len))["input_ids"])
        self.max_tokens = max_length - frame
        self.fingerprint = f"{fingerprint}-{self.dimension}"
        self.similarity_floor = self._measure_similarity_floor()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, self._prompts[PASSAGE])

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, self._prompts[QUERY])

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        encoded = self._offset_tokenizer.encode(text, add_special_tokens=False)
        return [span for span in encoded.offsets if span[1] > span[0]]

    def _measure_similarity_floor(self) -> float:
        """Mean cosine of unrelated pairs. It differs between models: e5 stays above .7."""
        questions = self.embed_queries([question for question, _ in UNRELATED_PAIRS])
        passages = self.embed_passages([passage for _, passage in UNRELATED_PAIRS])
        return float(np.mean(np.sum(questions * passages, axis=1)))

    def _embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        """Embed in passes of texts of similar length, for little padding; results are in input order."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        features = [
            self._tokenizer(prompt + text, truncation=True, max_length=self._model.max_seq_length) for text in texts
        ]
        lengths = [len(one["input_ids"]) for one in features]
        lanes = self._for_jobs if is_background() else self._for_requests
        executor = lanes.small if sum(lengths) <= SMALL_BATCH_TOKENS else lanes.large
        passes = split_into_passes(lengths, executor.workers, self._tokens_per_pass)
        results = executor.map(self._forward, [[features[i] for i in positions] for positions in passes])
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for positions, result in zip(passes, results, strict=True):
            vectors[positions] = result
        return vectors

    def _forward(self, features: list[dict[str, list[int]]]) -> Vectors:
        padded = self._tokenizer.pad(features, return_tensors="pt").to(self._device)
        with self._torch.inference_mode():
            embedded = self._model(dict(padded))["sentence_embedding"]  # (n, dimension)
        vectors: Vectors = embedded.float().cpu().numpy()
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def give_way_between_layers(model: Any) -> None:
    """Let a pass of a job wait for requests before each of the layers, which are the model's longest list of parts."""
    from torch import nn

    lists = [module for module in model.modules() if isinstance(module, nn.ModuleList)]
    for layer in max(lists, key=len, default=()):
        layer.register_forward_pre_hook(lambda *_: give_way())


def split_into_passes(lengths: Sequence[int], workers: int, max_tokens: int) -> list[list[int]]:
    """Positions of the texts of each pass, longest first: passes of about `max_tokens`, balanced over the workers."""
    order = sorted(range(len(lengths)), key=lambda index: lengths[index], reverse=True)
    rounds = -(-sum(lengths) // (workers * max_tokens))
    pass_tokens = sum(lengths) / (workers * rounds) + lengths[order[0]] / 2  # rounded to whole texts
    passes: list[list[int]] = []
    while order:
        count = max(1, int(pass_tokens // lengths[order[0]]))
        passes.append(order[:count])
        order = order[count:]
    return passes
