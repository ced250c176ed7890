"""The rules about documents under a caller's own keys: one text for each key, made or replaced by one call."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from app.documents.document_editor import DocumentChanges, DocumentEditor
from app.documents.incoming_files import Uploaded, checked_filename
from app.documents.service import DocumentService
from app.documents.uploads import UploadService
from app.domain.documents import Document
from app.domain.visibility import Access
from app.errors import NotFound
from app.storage.database import Database

DEFAULT_COLLECTION = "default"
TEXT_ENDINGS = frozenset({".md", ".txt", ".html", ".htm", ".csv", ".json", ".xml", ".rst", ".adoc", ".org"})
MARK_CHARS = 8


@dataclass(frozen=True, slots=True)
class KeyedText:
    """The text for a key; None and empty metadata leave what there is."""

    text: str
    filename: str | None = None
    collection: str | None = None
    metadata: dict[str, Any] | None = None
    access: Access | None = None


class KeyedDocumentService:
    """Documents of all tenants by the keys that the tenants gave them; every call names its tenant."""

    def __init__(
        self, db: Database, documents: DocumentService, uploads: UploadService, editor: DocumentEditor
    ) -> None:
        self._db = db
        self._documents = documents
        self._uploads = uploads
        self._editor = editor

    def put(self, tenant_id: str, key: str, wanted: KeyedText) -> Uploaded:
        """Make the document of a key, or replace its text, name and collection. The same text is not read again.

        Raises Conflict if another document has the name, and what an upload raises.
        """
        document = self._find(tenant_id, key)
        filename = wanted.filename or (document.filename if document else default_filename(key))
        collection = wanted.collection or (document.collection if document else DEFAULT_COLLECTION)
        now = (document.collection, document.filename) if document else (collection, filename)  # before it moves
        room = self._uploads.room(tenant_id, *now)
        staged = self._uploads.stage(filename, room.counted([wanted.text.encode()]))
        try:
            if document is not None and (document.collection, document.filename) != (collection, filename):
                self._editor.update(tenant_id, document.id, DocumentChanges(None, filename, collection))
        except BaseException:
            self._uploads.discard([staged])
            raise
        return self._uploads.record(
            tenant_id,
            [staged],
            collection,
            wanted.metadata or {},
            wanted.access,
            prepare=lambda store: store.documents.claim_key(key, collection, filename),
        )[0]

    def get(self, tenant_id: str, key: str) -> Document:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.documents.by_key(key)

    def delete(self, tenant_id: str, key: str) -> str:
        """Delete the document of a key. Returns its id. Raises NotFound."""
        document = self.get(tenant_id, key)
        self._documents.delete(tenant_id, document.id)
        return document.id

    def _find(self, tenant_id: str, key: str) -> Document | None:
        try:
            return self.get(tenant_id, key)
        except NotFound:
            return None


def default_filename(key: str) -> str:
    """A file name for a key: keys that differ have names that differ."""
    flat = key.replace("\\", "/").replace("/", "-")
    stem, ending = PurePosixPath(flat).stem, PurePosixPath(flat).suffix
    if ending.lower() not in TEXT_ENDINGS:
        stem, ending = flat, ".md"
    if flat != key:
        stem += "~" + hashlib.sha256(key.encode()).hexdigest()[:MARK_CHARS]
    return checked_filename(stem + ending)
