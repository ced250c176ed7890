"""Collections: their settings, versions whose chunks are outdated, and former versions that may be deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, case, delete, func, or_, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.documents import FINAL_DOCUMENT, CollectionSettings, OutdatedVersion
from app.domain.pagination import Page
from app.domain.visibility import EVERYBODY, EVERYTHING, Access, Visibility
from app.storage.sql.access import own_collections, own_documents
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.blob_use import release_blobs
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.pagination import page_of_names
from app.storage.sql.records import record_from
from app.storage.sql.tables import CollectionRow, DocumentRow, DocumentVersionRow


class Collections:
    """Reads and updates the collections of one tenant. A collection exists while it has documents or settings.

    What names or counts documents and collections is narrowed to those that the caller sees.
    """

    def __init__(self, session: Session, tenant_id: str, visibility: Visibility = EVERYTHING) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._visibility = visibility
        self._own = own_documents(tenant_id, visibility)

    def names(self) -> dict[str, int]:
        """Number of documents of every collection, by name: of the documents and collections that the caller sees."""
        own = select(CollectionRow.name).where(own_collections(self._tenant_id, self._visibility))
        held = select(DocumentRow.collection, func.count()).where(self._own)
        counts = dict.fromkeys(self._session.scalars(own), 0)
        for name, count in self._session.execute(held.group_by(DocumentRow.collection)):
            counts[name] = count
        return dict(sorted(counts.items()))

    def page(self, *, q: str | None = None, limit: int, after: str | None = None) -> Page[str]:
        """Names of collections from A to Z; `q`: words of them."""
        return page_of_names(self.names(), CollectionRow.name, q=q, limit=limit, after=after)

    def keep(self, name: str) -> None:
        """Let the collection exist without documents."""
        if self._session.get(CollectionRow, (self._tenant_id, name)) is None:
            self.set(name, CollectionSettings())

    def settings(self, name: str) -> CollectionSettings:
        row = self._session.get(CollectionRow, (self._tenant_id, name))
        if row is None:
            return CollectionSettings()
        return record_from(row, CollectionSettings)

    def set(self, name: str, settings: CollectionSettings, access: Access | None = None) -> None:
        """Replace the settings, and the access list if one is given."""
        row = self._session.get(CollectionRow, (self._tenant_id, name))
        if row is None:
            row = CollectionRow(tenant_id=self._tenant_id, name=name, groups=[])
            self._session.add(row)
        for field, value in asdict(settings).items():
            setattr(row, field, value)
        row.groups = row.groups if access is None else list(access.groups)
        self._session.flush()
        details: dict[str, Any] = {"settings": asdict(settings), "groups": list(row.groups)}
        record_audit(
            self._session, AuditAction.COLLECTION_CHANGED, "collection", name, tenant_id=self._tenant_id, **details
        )

    def access(self, name: str) -> Access:
        """The access list of the collection, to which those of its documents add."""
        row = self._session.get(CollectionRow, (self._tenant_id, name))
        return EVERYBODY if row is None else Access(tuple(row.groups))

    def is_closed(self, name: str) -> bool:
        """Whether the caller sees nothing of a collection of this name, which need not exist."""
        return not (self._visibility.names(name) and self._visibility.opens(self.access(name)))

    def outdated(
        self, name: str, chunking: str, parsers: Mapping[str, str], version_id: int | None = None
    ) -> list[OutdatedVersion]:
        """Live versions, or the one given, with chunks and vectors of another fingerprint than `chunking` or with text
        of another version of the parser than `parsers` has for their media type.
        """
        parser = DocumentVersionRow.parser
        current = case(parsers, value=DocumentVersionRow.media_type, else_=parser) if parsers else parser
        query = self._live(name).where(or_(DocumentVersionRow.chunking != chunking, parser != current))
        if version_id is not None:
            query = query.where(DocumentVersionRow.id == version_id)
        return [OutdatedVersion(*row) for row in self._session.execute(query.order_by(DocumentVersionRow.id))]

    def former_versions(self, name: str, keep: int) -> list[int]:
        """Ids of versions that are neither live nor the latest, without the newest `keep` of each document."""
        place = func.row_number().over(
            partition_by=DocumentVersionRow.document_id, order_by=DocumentVersionRow.version.desc()
        )
        former = (
            select(DocumentVersionRow.id, place.label("place"))
            .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document_id)
            .where(
                self._own,
                DocumentRow.collection == name,
                DocumentVersionRow.id != DocumentRow.latest_version_id,
                DocumentVersionRow.id != func.coalesce(DocumentRow.live_version_id, 0),
                DocumentVersionRow.status.in_(FINAL_DOCUMENT),
            )
            .subquery()
        )
        return list(self._session.scalars(select(former.c.id).where(former.c.place > keep)))

    def purge(self, version_ids: Sequence[int]) -> list[str]:
        """Delete versions with their texts. Returns blobs to unlink after the commit."""
        mine = DocumentVersionRow.tenant_id == self._tenant_id, one_of(DocumentVersionRow.id, version_ids)
        found = self._session.execute(select(DocumentVersionRow.blob, DocumentVersionRow.size_bytes).where(*mine))
        sizes = dict(found.all())
        self._session.execute(delete(DocumentVersionRow).where(*mine))
        return release_blobs(self._session, self._tenant_id, sizes)

    def _live(self, name: str) -> Select[str, int, str, str, str]:
        version = DocumentVersionRow
        return (
            select(DocumentRow.id, version.id, version.chunking, version.media_type, version.parser)
            .join(DocumentVersionRow, DocumentVersionRow.id == DocumentRow.live_version_id)
            .where(self._own, DocumentRow.collection == name)
        )
