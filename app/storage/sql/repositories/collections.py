"""Collections: their settings, versions whose chunks are outdated, and former versions that may be deleted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import Select, case, delete, func, or_, select
from sqlalchemy.orm import Session

from app.domain.documents import FINAL_DOCUMENT, CollectionSettings, OutdatedVersion
from app.storage.sql.records import record_from
from app.storage.sql.tables import CollectionRow, DocumentRow, DocumentVersionRow


class Collections:
    """Reads and updates the collections of one tenant. A collection exists while it has documents or settings."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def names(self) -> dict[str, int]:
        """Number of documents of every collection, by name."""
        own = select(CollectionRow.name).where(CollectionRow.tenant_id == self._tenant_id)
        held = select(DocumentRow.collection, func.count()).where(DocumentRow.tenant_id == self._tenant_id)
        counts = dict.fromkeys(self._session.scalars(own), 0)
        for name, count in self._session.execute(held.group_by(DocumentRow.collection)):
            counts[name] = count
        return dict(sorted(counts.items()))

    def known(self, names: Collection[str]) -> set[str]:
        """Those of `names` that are collections."""
        own = select(CollectionRow.name).where(CollectionRow.tenant_id == self._tenant_id, CollectionRow.name.in_(names))
        name = DocumentRow.collection
        held = select(name).where(DocumentRow.tenant_id == self._tenant_id, name.in_(names)).distinct()
        return {*self._session.scalars(own), *self._session.scalars(held)} if names else set()

    def keep(self, name: str) -> None:
        """Let the collection exist without documents."""
        if self._session.get(CollectionRow, (self._tenant_id, name)) is None:
            self.set(name, CollectionSettings())

    def settings(self, name: str) -> CollectionSettings:
        row = self._session.get(CollectionRow, (self._tenant_id, name))
        if row is None:
            return CollectionSettings()
        return record_from(row, CollectionSettings)

    def set(self, name: str, settings: CollectionSettings) -> None:
        row = self._session.get(CollectionRow, (self._tenant_id, name))
        if row is None:
            row = CollectionRow(tenant_id=self._tenant_id, name=name)
            self._session.add(row)
        for field, value in asdict(settings).items():
            setattr(row, field, value)
        self._session.flush()

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
                DocumentRow.tenant_id == self._tenant_id,
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
        mine = DocumentVersionRow.tenant_id == self._tenant_id, DocumentVersionRow.id.in_(version_ids)
        blobs = set(self._session.scalars(select(DocumentVersionRow.blob).where(*mine)))
        self._session.execute(delete(DocumentVersionRow).where(*mine))
        still_used = self._session.scalars(select(DocumentVersionRow.blob).where(DocumentVersionRow.blob.in_(blobs)))
        return sorted(blobs - set(still_used))

    def _live(self, name: str) -> Select[str, int, str, str, str]:
        version = DocumentVersionRow
        return (
            select(DocumentRow.id, version.id, version.chunking, version.media_type, version.parser)
            .join(DocumentVersionRow, DocumentVersionRow.id == DocumentRow.live_version_id)
            .where(DocumentRow.tenant_id == self._tenant_id, DocumentRow.collection == name)
        )
