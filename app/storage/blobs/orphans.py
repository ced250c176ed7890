"""Deletes stored files that no row refers to."""

from __future__ import annotations

from app.storage.blobs.base import BlobStore
from app.storage.database import Database
from app.storage.sql.blob_use import used_blobs


def sweep_orphans(db: Database, blobs: BlobStore) -> int:
    """Delete the files of uploads that a crash interrupted before they were recorded. Returns their number."""
    with db.read() as session:
        referenced = used_blobs(session)
    return blobs.sweep(referenced)
