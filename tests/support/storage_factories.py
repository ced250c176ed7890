"""Rows made quickly: a document that is ready, with chunks and vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from app.domain.documents import Document, DocumentText, NewChunk
from app.storage.database import Database

FINGERPRINT = "test-4"
DIMENSION = 4


def uploaded(
    db: Database, tenant_id: str, name: str = "a.txt", content: bytes = b"a", collection: str = "default"
) -> Document:
    """A queued document."""
    with db.write_tenant(tenant_id) as store:
        document, _ = store.documents.upload(
            collection=collection,
            filename=name,
            metadata={},
            sha256=hashlib.sha256(content).hexdigest(),
            size_bytes=len(content),
            media_type="text/plain",
            blob=hashlib.md5(content, usedforsecurity=False).hexdigest(),
        )
    return document


def ready(db: Database, tenant_id: str, name: str, texts: Sequence[str], seed: int = 0) -> Document:
    """A document of these chunks, one vector each, that answers from now on."""
    document = uploaded(db, tenant_id, name, "\n".join(texts).encode() + bytes([seed]))
    make_ready(db, tenant_id, document.latest.id, texts, seed)
    with db.read_tenant(tenant_id) as store:
        return store.documents.get(document.id)


def make_ready(db: Database, tenant_id: str, version_id: int, texts: Sequence[str], seed: int = 0) -> None:
    chunks, start = [], 0
    for index, text in enumerate(texts):
        chunks.append(NewChunk(index, text, "", None, None, start, start + len(text), len(text.split())))
        start += len(text) + 1
    with db.write_tenant(tenant_id) as store:
        store.document_versions.commit_ready(
            version_id, DocumentText("\n".join(texts), ()), chunks, vectors(len(texts), seed), FINGERPRINT
        )


def add_document_with_vectors(
    db: Database, tenant_id: str, start: int, embeddings: np.ndarray, fingerprint: str
) -> None:
    """A ready document with one chunk for each vector; chunks have the usual length and are numbered from `start`."""
    texts = [f"Passage {start + i}. " + f"Word{(start + i) % 997} " * 60 for i in range(len(embeddings))]
    chunks, at = [], 0
    for index, text in enumerate(texts):
        chunks.append(NewChunk(index, text, "", None, None, at, at + len(text), 64))
        at += len(text) + 1
    name = f"{start}.txt"
    with db.write_tenant(tenant_id) as store:
        document, _ = store.documents.upload(
            collection="default",
            filename=name,
            metadata={},
            sha256=hashlib.sha256(name.encode()).hexdigest(),
            size_bytes=at,
            media_type="text/plain",
            blob=hashlib.sha256(name.encode()).hexdigest()[:32],
        )
        store.document_versions.commit_ready(
            document.latest.id, DocumentText("\n".join(texts), ()), chunks, embeddings, fingerprint
        )


def vectors(count: int, seed: int = 0) -> np.ndarray:
    """(count, DIMENSION) with norm 1, as float16 keeps them."""
    random = np.random.default_rng(seed)
    made = random.normal(size=(count, DIMENSION)).astype(np.float32)
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float16).astype(np.float32)
