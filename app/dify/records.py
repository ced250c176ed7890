"""Passages as the records that Dify reads."""

from __future__ import annotations

from typing import Any

from app.domain.passages import Passage


def record(passage: Passage) -> dict[str, Any]:
    """The passage as a record. Its metadata are the document's, with the passage's place; no value is null."""
    place = {
        "document_id": passage.document_id,
        "chunk_id": passage.chunk_id,
        "collection": passage.live.collection,
        "filename": passage.filename,
        "version": passage.version,
        "heading": passage.heading,
        "page_start": passage.page_start,
        "page_end": passage.page_end,
        "char_start": passage.char_start,
        "char_end": passage.char_end,
    }
    known = {name: value for name, value in place.items() if value is not None}
    return {
        "content": passage.text,
        "score": round(passage.score, 6),
        "title": passage.filename,
        "metadata": {**passage.live.metadata, **known},
    }
