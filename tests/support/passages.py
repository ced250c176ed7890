"""Passages with a given text, as retrieval would bring them."""

from __future__ import annotations

from app.domain.documents import Chunk, LiveChunk
from app.domain.passages import Passage


def passage(text: str) -> Passage:
    chunk = Chunk(0, text, "", None, None, 0, len(text), len(text.split()))
    return Passage(LiveChunk(chunk, "file.txt", "default", {}), 1.0, None, None)
