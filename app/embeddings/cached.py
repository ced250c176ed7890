"""An embedder with a cache of vectors by text content, stored in a file. For evaluation, not for serving."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from app.atomic_files import write_atomically
from app.embeddings.base import Embedder, Vectors

DIGEST = 16  # bytes


class CachedEmbedder:
    """Embedder that caches the vectors of another one. Thread-safe; `save` writes new vectors to the file."""

    def __init__(self, inner: Embedder, folder: Path) -> None:
        """Cached vectors are stored in `folder`, one file for each fingerprint."""
        self._inner = inner
        self.fingerprint = inner.fingerprint
        self.dimension = inner.dimension
        self.max_tokens = inner.max_tokens
        self.similarity_floor = inner.similarity_floor
        self._path = folder / f"{hashlib.sha256(inner.fingerprint.encode()).hexdigest()[:16]}.npz"
        self._lock = threading.Lock()
        self._cache = self._load()
        self._saved_count = len(self._cache)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed("passage", texts, self._inner.embed_passages)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed("query", texts, self._inner.embed_queries)

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        return self._inner.token_spans(text)

    def save(self) -> None:
        """Write the cache if it grew: writes a new file and renames it over the old one."""
        with self._lock:
            if len(self._cache) == self._saved_count:
                return
            keys = np.frombuffer(b"".join(self._cache), np.uint8).reshape(-1, DIGEST)
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with write_atomically(self._path) as fresh, fresh.open("wb") as file:
                np.savez(file, keys=keys, vectors=np.stack(list(self._cache.values())))
            self._saved_count = len(self._cache)

    def _load(self) -> dict[bytes, Vectors]:
        try:
            with np.load(self._path, allow_pickle=False) as stored:
                keys, vectors = stored["keys"], stored["vectors"]
        except (OSError, ValueError, KeyError):  # no file, or a damaged one: the cache starts empty
            return {}
        if vectors.ndim != 2 or vectors.shape[1] != self.dimension:
            return {}
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}

    def _embed(self, kind: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]) -> Vectors:
        if not texts:
            return embed(texts)
        keys = [hashlib.blake2b(f"{kind}\0{text}".encode(), digest_size=DIGEST).digest() for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._cache}
        if missing:
            vectors = embed(list(missing.values()))
            with self._lock:
                self._cache.update(zip(missing, vectors, strict=True))
        return np.stack([self._cache[key] for key in keys])
