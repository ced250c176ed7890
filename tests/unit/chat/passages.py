"""Passages for tests of the steps of an answer."""

from __future__ import annotations

from app.domain.documents import Chunk, LiveChunk
from app.domain.passages import Passage


def passage(text: str, *, heading: str = "", filename: str = "notes.txt", number: int = 1) -> Passage:
    """A passage of a document of its own for each number."""
    words = len(text.split())
    chunk = Chunk(0, text, heading, None, None, 0, len(text), words, id=number, document_id=f"doc_{number}", version=1)
    return Passage(LiveChunk(chunk, filename, "default", {}), 0.8, 0.9, 1.0)
