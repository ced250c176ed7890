"""What need not be done again: reading a file whose bytes are known, and embedding chunks that have a vector."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.documents.ingestion.chunking import contextual_text
from app.domain.documents import DocumentText, DocumentVersion, NewChunk, ReaderVersion
from app.storage.sql.tenant_store import TenantStore

KnownVectors = Mapping[str, npt.NDArray[np.float32]]  # (dimension,) by the text that was embedded


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a file: the text, its chunks, and the version of the parser."""

    text: DocumentText
    chunks: Sequence[NewChunk]
    reader: ReaderVersion


def reading_of(store: TenantStore, version: DocumentVersion, reader: ReaderVersion, filename: str) -> Reading:
    """The reading of a live version, for a document of that filename."""
    document = store.documents.get(version.document_id)
    text = store.documents.text(document.id, version.version)
    if text.title == document.filename:  # it has no title of its own
        text = replace(text, title=filename)
    return Reading(text, list(store.chunks.of_version(version.id).values()), reader)


def vectors_of(store: TenantStore, version_ids: Iterable[int], fingerprint: str) -> KnownVectors:
    """The vectors of that fingerprint that chunks of live versions have."""
    known = {}
    for version_id in version_ids:
        chunks, title = store.chunks.of_version(version_id), store.document_versions.title(version_id)
        for chunk_id, vector in zip(*store.changes.vectors_of(version_id, fingerprint), strict=True):
            known[contextual_text(title, chunks[chunk_id])] = vector
    return known
