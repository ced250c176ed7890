"""Files of OpenAI's clients, as they were uploaded."""

from __future__ import annotations

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.files import File, FilePurpose, IdPage, IdWindow
from app.errors import NotFound
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.blob_use import hold_blob, release_blobs
from app.storage.sql.id_windows import rows_in_window
from app.storage.sql.records import record_from
from app.storage.sql.tables import DocumentRow, FileRow


class Files:
    """Creates, reads and deletes the files of one tenant. With `user` it knows those of that end user alone."""

    def __init__(self, session: Session, tenant_id: str, user: str | None = None) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._user = user

    def of_user(self, user: str | None) -> Files:
        """The same for one end user; None: for all of the tenant's."""
        return Files(self._session, self._tenant_id, user)

    def create(
        self,
        *,
        filename: str,
        purpose: FilePurpose,
        size_bytes: int,
        sha256: str,
        media_type: str,
        blob: str | None = None,
        dataset_id: str | None = None,
    ) -> File:
        if blob is not None:
            hold_blob(self._session, self._tenant_id, blob, size_bytes)
        row = FileRow(
            tenant_id=self._tenant_id,
            filename=filename,
            purpose=purpose,
            size_bytes=size_bytes,
            sha256=sha256,
            media_type=media_type,
            blob=blob,
            dataset_id=dataset_id,
            user=self._user,
        )
        self._session.add(row)
        self._session.flush()
        self._audit(AuditAction.FILE_ADDED, row.id, filename)
        return record_from(row, File)

    def get(self, file_id: str) -> File:
        """Raises NotFound."""
        row = self._session.scalar(self._mine().where(FileRow.id == file_id))
        if row is None:
            raise NotFound("No such file.", param="file_id")
        return record_from(row, File)

    def window(self, window: IdWindow, purpose: FilePurpose | None = None) -> IdPage[File]:
        query = self._mine() if purpose is None else self._mine().where(FileRow.purpose == purpose)
        rows, has_more = rows_in_window(self._session, query, FileRow.id, window)
        return IdPage([record_from(row, File) for row in rows], has_more)

    def delete(self, file_id: str) -> list[str]:
        """Delete the row; documents that are of the file stay, and are of none. Raises NotFound.

        Returns blobs to unlink after the commit.
        """
        file = self.get(file_id)
        self._audit(AuditAction.FILE_DELETED, file_id, file.filename)
        of_it = DocumentRow.tenant_id == self._tenant_id, DocumentRow.file_id == file_id
        self._session.execute(update(DocumentRow).where(*of_it).values(file_id=None))
        self._session.execute(delete(FileRow).where(FileRow.id == file_id, FileRow.tenant_id == self._tenant_id))
        return release_blobs(self._session, self._tenant_id, {file.blob or "": file.size_bytes})

    def _audit(self, action: AuditAction, file_id: str, filename: str) -> None:
        record_audit(self._session, action, "file", file_id, tenant_id=self._tenant_id, filename=filename)

    def _mine(self) -> Select[FileRow]:
        mine = select(FileRow).where(FileRow.tenant_id == self._tenant_id)
        return mine if self._user is None else mine.where(FileRow.user == self._user)
