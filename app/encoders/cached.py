"""An embedder that remembers: vectors by content, kept in a file between runs. For evaluation, not for serving."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from app.atomic_files import write_atomically
from app.encoders.embedder import Embedder, Vectors

DIGEST = 16  # bytes


class CachedEmbedder:
    """Embedder over another one. Thread-safe; `save` writes what is new."""

    def __init__(self, inner: Embedder, folder: Path) -> None:
        """Cached vectors lie in `folder`, one file for each fingerprint."""
        self._inner = inner
        self.fingerprint = inner.fingerprint
        self.dimension = inner.dimension
        self.max_tokens = inner.max_tokens
        self.unrelated_cosine = inner.unrelated_cosine
        self._path = folder / f"{hashlib.sha256(inner.fingerprint.encode()).hexdigest()[:16]}.npz"
        self._lock = threading.Lock()
        self._known = self._load()
        self._saved = len(self._known)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed("passage", texts, self._inner.embed_passages)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed("query", texts, self._inner.embed_queries)

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        return self._inner.token_spans(text)

    def save(self) -> None:
        """Write the cache if it grew: a new file, then renamed over the old one."""
        with self._lock:
            if len(self._known) == self._saved:
                return
            keys = np.frombuffer(b"".join(self._known), np.uint8).reshape(-1, DIGEST)
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with write_atomically(self._path) as fresh, fresh.open("wb") as file:
                np.savez(file, keys=keys, vectors=np.stack(list(self._known.values())))
            self._saved = len(self._known)

    def _load(self) -> dict[bytes, Vectors]:
        try:
            with np.load(self._path, allow_pickle=False) as kept:
                keys, vectors = kept["keys"], kept["vectors"]
        except (OSError, ValueError, KeyError):  # none yet, or damaged: it is only a cache
            return {}
        if vectors.ndim != 2 or vectors.shape[1] != self.dimension:
            return {}
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}

    def _embed(self, kind: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]) -> Vectors:
        if not texts:
            return embed(texts)
        keys = [hashlib.blake2b(f"{kind}\0{text}".encode(), digest_size=DIGEST).digest() for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if missing:
            vectors = embed(list(missing.values()))
            with self._lock:
                self._known.update(zip(missing, vectors, strict=True))
        return np.stack([self._known[key] for key in keys])
