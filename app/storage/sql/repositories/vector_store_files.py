"""The documents of a collection as the files of a vector store: under the id of the file that they are of, if any."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.domain.documents import Document, DocumentStatus
from app.domain.files import IdPage, IdWindow
from app.domain.visibility import EVERYTHING, Visibility
from app.errors import NotFound
from app.storage.sql.access import own_documents
from app.storage.sql.id_windows import rows_in_window
from app.storage.sql.repositories.documents import Documents
from app.storage.sql.tables import BatchVersionRow, DocumentRow, DocumentVersionRow

PUBLIC_ID = func.coalesce(DocumentRow.file_id, DocumentRow.id)


class VectorStoreFiles:
    """Reads the documents of one tenant that the caller sees as files of vector stores."""

    def __init__(self, session: Session, tenant_id: str, visibility: Visibility = EVERYTHING) -> None:
        self._session = session
        self._own = own_documents(tenant_id, visibility)
        self._documents = Documents(session, tenant_id, visibility)

    def get(self, collection: str, file_id: str) -> Document:
        """Raises NotFound."""
        query = self._mine().where(DocumentRow.collection == collection, PUBLIC_ID.in_([file_id]))
        document_id = self._session.scalar(query.with_only_columns(DocumentRow.id))
        if document_id is None:
            raise NotFound("The vector store has no such file.", param="file_id")
        return self._documents.get(document_id)

    def window(
        self, collection: str, window: IdWindow, *, statuses: Collection[DocumentStatus] = (), batch: str | None = None
    ) -> IdPage[Document]:
        """Documents by their public ids: files by the time of their upload, after them documents that are of none."""
        query = self._mine().where(DocumentRow.collection == collection)
        if statuses:
            latest = DocumentVersionRow.id == DocumentRow.latest_version_id
            query = query.join(DocumentVersionRow, latest).where(DocumentVersionRow.status.in_(statuses))
        if batch is not None:
            came = BatchVersionRow.version_id == DocumentVersionRow.id
            of_batch = select(DocumentVersionRow.document_id).join(BatchVersionRow, came)
            query = query.where(DocumentRow.id.in_(of_batch.where(BatchVersionRow.batch_id == batch)))
        rows, has_more = rows_in_window(self._session, query, PUBLIC_ID, window)
        return IdPage([self._documents.get(row.id) for row in rows], has_more)

    def of_file(self, file_id: str) -> list[str]:
        """Ids of the documents that are of the file."""
        return list(
            self._session.scalars(self._mine().with_only_columns(DocumentRow.id).where(DocumentRow.file_id == file_id))
        )

    def of_documents(self, document_ids: Iterable[str]) -> dict[str, Document]:
        """Those of the documents that are still there, by id."""
        known = self._documents.known(set(document_ids))
        return {one: self._documents.get(one) for one in known}

    def _mine(self) -> Select[DocumentRow]:
        return select(DocumentRow).where(self._own)
