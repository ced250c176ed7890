"""Documents: what was uploaded, under which name and metadata, and which version answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.documents import (
    UNFINISHED_DOCUMENT,
    Document,
    DocumentSort,
    DocumentStatus,
    DocumentText,
    DocumentVersion,
    ListedVersion,
    PageSpan,
)
from app.domain.pagination import Order, Page, order_of
from app.domain.visibility import EVERYTHING, Access, Visibility
from app.errors import Conflict, InvalidRequest, NotFound
from app.storage.sql.access import hidden_documents, own_documents
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.blob_use import release_blobs
from app.storage.sql.chunk_writer import ChunkWriter
from app.storage.sql.dialects.json import field_names, fields_of
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.dialects.names import is_named
from app.storage.sql.dialects.text import joined
from app.storage.sql.filters import DocumentSet, Filter, Within, comparisons_of, longest_text, restricted
from app.storage.sql.metadata_index import MetadataIndex
from app.storage.sql.pagination import Sorts, by_name, named, paginate
from app.storage.sql.records import record_from
from app.storage.sql.repositories.document_versions import DocumentVersions, version_record
from app.storage.sql.repositories.jobs import Jobs
from app.storage.sql.tables import BatchVersionRow, DocumentRow, DocumentTextRow, DocumentVersionRow
from app.storage.sql.totals import add_to_totals

SORTS: Sorts = {
    "created_at": DocumentRow.created_at,
    "filename": by_name(DocumentRow.filename),
    "collection": by_name(DocumentRow.collection),
    "bytes": DocumentVersionRow.size_bytes,
}
MOST_FIELD_READS = 1_000_000  # of one filter: fields that it names times documents that it is compared with


class Documents:
    """Creates, reads and deletes the documents of one tenant that the caller sees; any other is NotFound."""

    def __init__(self, session: Session, tenant_id: str, visibility: Visibility = EVERYTHING) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._hidden = hidden_documents(tenant_id, visibility)
        self._own = own_documents(tenant_id, visibility)
        self._versions = DocumentVersions(session, tenant_id)
        self._chunks = ChunkWriter(session, tenant_id)

    def upload(
        self,
        *,
        collection: str,
        filename: str,
        metadata: dict[str, Any],
        sha256: str,
        size_bytes: int,
        media_type: str,
        blob: str,
        access: Access | None = None,
        file_id: str | None = None,
    ) -> tuple[Document, bool]:
        """Record an upload and queue its ingestion. Returns (document, True if it is new work).

        A document is a filename in a collection. Its latest bytes again change only its metadata; other bytes add
        a version, which becomes live when it is ready. Bytes whose ingestion failed or is being cancelled are ingested
        again. Empty metadata leave those that are there, and no `access` its access list. `file_id` is the file of
        OpenAI's clients that has the bytes. Raises Conflict if the name is that of a document that the caller does
        not see.
        """
        row = self._named(collection, filename)
        known = row is not None and row.latest_version_id is not None
        if row is None:
            row = self._new(collection, filename)
            self._session.flush()
        if known and metadata and metadata != row.metadata_:
            self._audit(AuditAction.DOCUMENT_CHANGED, row, changed="metadata")
        row.metadata_ = metadata or row.metadata_
        if access is not None:
            if known and list(access.groups) != list(row.groups):
                self._audit_access(row, access)
            row.groups = list(access.groups)
        if self._has_bytes(row, sha256):
            row.file_id = file_id or row.file_id
            return self._record(row), False
        row.file_id = file_id
        self._versions.create(row.id, sha256, size_bytes, media_type, blob)
        record = self._record(row)
        details: dict[str, Any] = {"collection": collection, "filename": filename, "version": record.latest.version}
        self._audit(AuditAction.DOCUMENT_ADDED, row, **details)
        return record, True

    def get(self, document_id: str) -> Document:
        return self._record(self._row(document_id))

    def by_key(self, external_id: str) -> Document:
        """The document of a key that the tenant gave. Raises NotFound."""
        row = self._session.scalar(self._mine().where(DocumentRow.external_id == external_id))
        if row is None:
            raise NotFound("No document has this key.")
        return self._record(row)

    def claim_key(self, external_id: str, collection: str, filename: str) -> None:
        """Make a document of this key and name, for the upload that follows in the same transaction.

        One that is there gets the name. Raises Conflict if another document has it, or if the caller does not see the
        document of this key.
        """
        keyed = DocumentRow.external_id == external_id
        row = self._session.scalar(self._mine().where(keyed))
        if row is not None:
            self.move(row.id, collection, filename)
        elif self._session.scalar(select(DocumentRow.id).where(self._hidden, keyed)) is not None:
            raise Conflict("Another document has this key.", param="external_id", code="key_taken")
        elif self._named(collection, filename) is not None:
            raise name_taken(collection, filename)
        else:
            self._new(collection, filename).external_id = external_id
            self._session.flush()

    def page(
        self,
        *,
        collection: str | None = None,
        status: DocumentStatus | None = None,
        batch: str | None = None,
        q: str | None = None,
        sort: DocumentSort = "created_at",
        limit: int = 20,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[Document]:
        """`q`: words of the filename."""
        all_mine = self._mine().join(DocumentVersionRow, DocumentVersionRow.id == DocumentRow.latest_version_id)
        query = named(all_mine, q, DocumentRow.filename)
        if collection is not None:
            query = query.where(DocumentRow.collection == collection)
        if status is not None:
            query = query.where(DocumentVersionRow.status == status)
        if batch is not None:
            came = BatchVersionRow.version_id == DocumentVersionRow.id
            of_batch = select(DocumentVersionRow.document_id).join(BatchVersionRow, came)
            query = query.where(DocumentRow.id.in_(of_batch.where(BatchVersionRow.batch_id == batch)))
        return paginate(
            self._session,
            query,
            keys=(SORTS[sort], DocumentRow.id),
            to_record=self._record,
            limit=limit,
            after=after,
            order=order_of(sort, order),
            scope=all_mine,
        )

    def count_live(self, chosen: DocumentSet | None = None) -> int:
        """The number of chosen documents with a live version."""
        query = select(func.count()).select_from(DocumentRow).where(self._own)
        live = query.where(DocumentRow.live_version_id.is_not(None))
        return self._session.scalar(restricted(live, chosen)) or 0

    def count_unread(self, chosen: DocumentSet | None = None) -> int:
        """The number of chosen documents whose first version is on its way."""
        query = (
            select(func.count())
            .select_from(DocumentRow)
            .join(DocumentVersionRow, DocumentVersionRow.id == DocumentRow.latest_version_id)
            .where(self._own, DocumentRow.live_version_id.is_(None))
            .where(DocumentVersionRow.status.in_(UNFINISHED_DOCUMENT))
        )
        return self._session.scalar(restricted(query, chosen)) or 0

    def known(self, ids: Collection[str]) -> set[str]:
        """Those of `ids` that are documents of the tenant which the caller sees."""
        query = select(DocumentRow.id).where(self._own, one_of(DocumentRow.id, ids))
        return set(self._session.scalars(query))

    def chosen(self, within: Within | None, filters: Filter | None = None) -> DocumentSet | None:
        """The documents that are there and whose metadata pass the filter; None: all.

        Raises InvalidRequest if the filter names too many fields for so many documents.
        """
        if filters is None:
            return None if within is None else DocumentSet(within)
        here = [self._own, DocumentRow.latest_version_id.is_not(None), *([] if within is None else [within.condition])]
        names = dict.fromkeys(one.field for one in comparisons_of(filters))
        count = self._session.scalar(select(func.count()).select_from(DocumentRow).where(*here)) or 0
        if len(names) * count > MOST_FIELD_READS:
            raise _too_costly(len(names), count)
        objects = fields_of(DocumentRow.metadata_, names, longest_text(filters) + 1)
        read = select(joined(DocumentRow.latest_version_id), joined(objects)).where(*here)
        versions, metadata = self._session.execute(read).one()
        index = MetadataIndex.read(versions or "", metadata or "", names)
        missing = tuple(name for name in names if name not in index.fields)
        return DocumentSet(within, index.passing(filters), missing)

    def metadata_fields(self, names: Collection[str]) -> set[str]:
        """Those of `names` that are metadata fields of any document."""
        return field_names(self._session, DocumentRow.metadata_, names, self._own)

    def readable_again(self, collection: str) -> list[str]:
        """Ids of the collection's documents whose latest version is ready, or failed with a file that was kept."""
        latest = DocumentVersionRow.id == DocumentRow.latest_version_id
        ended = DocumentVersionRow.status.in_({DocumentStatus.READY, DocumentStatus.FAILED})
        mine = self._own, DocumentRow.collection == collection, DocumentVersionRow.blob != ""
        query = select(DocumentRow.id).join(DocumentVersionRow, latest).where(*mine, ended)
        return list(self._session.scalars(query.order_by(DocumentRow.created_at, DocumentRow.id)))

    def update_metadata(self, document_id: str, metadata: dict[str, Any]) -> Document:
        row = self._row(document_id)
        row.metadata_ = metadata
        self._audit(AuditAction.DOCUMENT_CHANGED, row, changed="metadata")
        return self._record(row)

    def update_access(self, document_id: str, access: Access) -> Document:
        """Replace the access list."""
        row = self._row(document_id)
        self._audit_access(row, access)
        row.groups = list(access.groups)
        return self._record(row)

    def hidden_names(self, collection: str, filenames: Collection[str]) -> set[str]:
        """Those of `filenames` that documents of the collection have which the caller does not see."""
        named = DocumentRow.collection == collection, is_named(DocumentRow.filename, filenames)
        return set(self._session.scalars(select(DocumentRow.filename).where(self._hidden, *named)))

    def move(self, document_id: str, collection: str, filename: str) -> Document:
        """Give the document another collection or filename. Raises Conflict if a document has them already."""
        row = self._row(document_id)
        other = self._named(collection, filename)
        if other is not None and other.id != row.id:
            raise name_taken(collection, filename)
        titled = DocumentTextRow.title == row.filename  # it has no title of its own
        versions = select(DocumentVersionRow.id).where(DocumentVersionRow.document_id == row.id)
        self._session.execute(
            update(DocumentTextRow).where(DocumentTextRow.version_id.in_(versions), titled).values(title=filename)
        )
        if (row.collection, row.filename) != (collection, filename):
            details: dict[str, Any] = {"collection": collection, "filename": filename, "before": row.filename}
            self._audit(AuditAction.DOCUMENT_CHANGED, row, changed="name", **details)
        row.collection, row.filename = collection, filename
        self._session.flush()
        return self._record(row)

    def text(self, document_id: str, version: int | None = None) -> DocumentText:
        """The extracted text of a version, by default the live one. Raises NotFound until there is one."""
        chosen = self._version_chosen(document_id, version)
        found = self._session.scalar(select(DocumentTextRow).join(DocumentVersionRow).where(*chosen))
        if found is None:
            raise NotFound("No extracted text yet: the document is not ready.")
        return DocumentText(found.text, tuple(PageSpan(*span) for span in found.pages), found.title)

    def version(self, document_id: str, version: int | None = None) -> DocumentVersion:
        """A version of a document, by default the live one. Raises NotFound if there is none."""
        chosen = self._version_chosen(document_id, version)
        found = self._session.scalar(select(DocumentVersionRow).where(*chosen))
        if found is None:
            raise NotFound("No such version, or the document is not ready.")
        return version_record(found)

    def versions(
        self, document_id: str, *, limit: int = 20, after: str | None = None, order: Order = "desc"
    ) -> Page[ListedVersion]:
        """The versions that are kept, by their age. Raises NotFound."""
        of_document = DocumentVersionRow.document_id == self._row(document_id).id
        readable = set(
            self._session.scalars(select(DocumentTextRow.version_id).join(DocumentVersionRow).where(of_document))
        )
        return paginate(
            self._session,
            select(DocumentVersionRow).where(of_document),
            keys=(DocumentVersionRow.id,),
            to_record=lambda row: ListedVersion(version_record(row), row.id in readable),
            limit=limit,
            after=after,
            order=order,
        )

    def _version_chosen(self, document_id: str, version: int | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """Conditions that choose a version of a document; None: the live one."""
        row = self._row(document_id)
        mine = DocumentVersionRow.document_id == row.id
        if version is None:
            return mine, DocumentVersionRow.id == row.live_version_id
        return mine, DocumentVersionRow.version == version

    def delete(self, document_id: str) -> list[str]:
        """Delete the document and cancel its jobs. Returns blobs to unlink after the commit."""
        row = self._row(document_id)
        versions = self._session.scalars(
            select(DocumentVersionRow).where(DocumentVersionRow.document_id == row.id)
        ).all()
        jobs = Jobs(self._session, self._tenant_id)
        for version in versions:
            self._chunks.log_removal(version.id)
            if version.job_id is not None:
                jobs.cancel(version.job_id)
        self._audit(AuditAction.DOCUMENT_DELETED, row, collection=row.collection, filename=row.filename)
        sizes = {version.blob: version.size_bytes for version in versions}
        self._session.execute(delete(DocumentRow).where(DocumentRow.id == row.id))
        add_to_totals(self._session, self._tenant_id, documents=-1)
        return release_blobs(self._session, self._tenant_id, sizes)

    def _audit_access(self, row: DocumentRow, access: Access) -> None:
        details: dict[str, Any] = {"groups": list(access.groups), "before": list(row.groups)}
        self._audit(AuditAction.DOCUMENT_ACCESS_CHANGED, row, **details)

    def _audit(self, action: AuditAction, row: DocumentRow, **details: Any) -> None:
        record_audit(self._session, action, "document", row.id, tenant_id=self._tenant_id, **details)

    def _new(self, collection: str, filename: str) -> DocumentRow:
        row = DocumentRow(tenant_id=self._tenant_id, collection=collection, filename=filename, metadata_={}, groups=[])
        self._session.add(row)
        add_to_totals(self._session, self._tenant_id, documents=1)
        return row

    def _mine(self) -> Select[DocumentRow]:
        return select(DocumentRow).where(self._own)

    def _row(self, document_id: str) -> DocumentRow:
        row = self._session.scalar(self._mine().where(DocumentRow.id == document_id))
        if row is None:
            raise NotFound("No such document.")
        return row

    def _named(self, collection: str, filename: str) -> DocumentRow | None:
        """Raises Conflict if the caller does not see the document of that name: two of them cannot have it."""
        here = DocumentRow.collection == collection, is_named(DocumentRow.filename, [filename])
        row = self._session.scalar(self._mine().where(*here))
        if row is None and self.hidden_names(collection, [filename]):
            raise name_taken(collection, filename)
        return row

    def _has_bytes(self, row: DocumentRow, sha256: str) -> bool:
        """Whether the latest version has these bytes and is ready or on its way."""
        if row.latest_version_id is None:
            return False
        latest = self._versions.get(row.latest_version_id)
        if latest.sha256 != sha256 or latest.status in {DocumentStatus.FAILED, DocumentStatus.CANCELLED}:
            return False
        return latest.status == DocumentStatus.READY or not self._versions.is_being_cancelled(latest.id)

    def _record(self, row: DocumentRow) -> Document:
        """The latest and the live version are rows of another table."""
        if row.latest_version_id is None:
            raise InvalidRequest("The document has no version.")
        live = self._session.get(DocumentVersionRow, row.live_version_id) if row.live_version_id else None
        return record_from(
            row,
            Document,
            metadata=dict(row.metadata_),
            latest=self._versions.get(row.latest_version_id),
            live=version_record(live) if live else None,
            access=Access(tuple(row.groups)),
        )


def name_taken(collection: str, filename: str) -> Conflict:
    return Conflict(f"The collection {collection!r} has another document named {filename!r}.", code="name_taken")


def _too_costly(fields: int, documents: int) -> InvalidRequest:
    return InvalidRequest(
        f"The filter names {fields} metadata fields, which {documents:,} documents would be compared in; at most "
        f"{MOST_FIELD_READS:,} fields of documents are compared: name fewer fields, or the `collections` to look in.",
        param="filters",
        code="filter_too_costly",
    )
