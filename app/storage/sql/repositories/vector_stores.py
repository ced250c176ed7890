"""Vector stores: the collections of a tenant, under ids, with what OpenAI's clients say of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.documents import CollectionSettings
from app.domain.files import IdPage, IdWindow
from app.domain.vector_stores import VectorStore, VectorStoreChanges, id_of_collection
from app.domain.visibility import EVERYTHING, Visibility
from app.errors import NotFound
from app.storage.sql.access import own_documents
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.dialects.sums import integer_sum
from app.storage.sql.repositories.collections import Collections
from app.storage.sql.repositories.documents import Documents
from app.storage.sql.tables import CollectionRow, DocumentRow, DocumentVersionRow, VectorStoreRow, now


class VectorStores:
    """Creates, reads, changes and deletes the vector stores of one tenant that the caller sees.

    Every collection is one.
    """

    def __init__(self, session: Session, tenant_id: str, visibility: Visibility = EVERYTHING) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._own = own_documents(tenant_id, visibility)
        self._collections = Collections(session, tenant_id, visibility)
        self._documents = Documents(session, tenant_id, visibility)

    def create(self, collection: str, said: VectorStoreChanges, settings: CollectionSettings) -> VectorStore:
        """Make a collection of this name, which must be free, as a store."""
        self._collections.set(collection, settings)
        row = VectorStoreRow(tenant_id=self._tenant_id, collection=collection, name=said.name or collection)
        row.description, row.metadata_ = said.description, dict(said.metadata or {})
        self._session.add(row)
        self._session.flush()
        return self.get(row.id)

    def get(self, store_id: str) -> VectorStore:
        """Raises NotFound."""
        return self._records([self.collection_of(store_id)])[0]

    def window(self, window: IdWindow) -> IdPage[VectorStore]:
        """Stores by their ids, which is the order of their making; collections made elsewhere come last."""
        ids = self._ids()
        chosen, has_more = window.of(ids)
        return IdPage(self._records([ids[one] for one in chosen]), has_more)

    def change(self, store_id: str, said: VectorStoreChanges) -> VectorStore:
        """Raises NotFound."""
        collection = self.collection_of(store_id)
        row = self._row(collection)
        if row is None:
            created = self._records([collection])[0].created_at
            row = VectorStoreRow(id=store_id, tenant_id=self._tenant_id, collection=collection, created_at=created)
            row.name, row.metadata_ = collection, {}
            self._session.add(row)
        row.name = row.name if said.name is None else said.name
        row.description = row.description if said.description is None else said.description
        row.metadata_ = row.metadata_ if said.metadata is None else dict(said.metadata)
        self._session.flush()
        action, mine = AuditAction.COLLECTION_CHANGED, self._tenant_id
        record_audit(self._session, action, "collection", collection, tenant_id=mine, store=store_id, name=row.name)
        return self.get(store_id)

    def delete(self, store_id: str) -> list[str]:
        """Delete the documents, and the collection if none is left that the caller does not see.

        Returns blobs to unlink after the commit. Raises NotFound.
        """
        collection, blobs = self.collection_of(store_id), set[str]()
        held = select(DocumentRow.id).where(DocumentRow.collection == collection)
        for document_id in self._session.scalars(held.where(self._own)).all():
            blobs.update(self._documents.delete(document_id))
        if self._session.scalar(held.where(DocumentRow.tenant_id == self._tenant_id).limit(1)) is None:
            for table, name in ((VectorStoreRow, VectorStoreRow.collection), (CollectionRow, CollectionRow.name)):
                self._session.execute(delete(table).where(table.tenant_id == self._tenant_id, name == collection))
            action, mine = AuditAction.COLLECTION_DELETED, self._tenant_id
            record_audit(self._session, action, "collection", collection, tenant_id=mine, store=store_id)
        return sorted(blobs)

    def collection_of(self, store_id: str) -> str:
        """The name of the store's collection. Raises NotFound."""
        mine = VectorStoreRow.tenant_id == self._tenant_id, VectorStoreRow.id == store_id
        name = self._session.scalar(select(VectorStoreRow.collection).where(*mine)) or self._ids().get(store_id)
        if name is not None and name in self._collections.names():
            return name
        raise NotFound("No such vector store.", param="vector_store_id")

    def free_name(self, wanted: str) -> str:
        """`wanted`, or that with a number behind it, whichever names no collection yet."""
        taken, name, number = Collections(self._session, self._tenant_id).names(), wanted, 1
        while name in taken:
            number += 1
            name = f"{wanted} ({number})"
        return name

    def _ids(self) -> dict[str, str]:
        """Names of all collections by the ids of their stores."""
        known = select(VectorStoreRow).where(VectorStoreRow.tenant_id == self._tenant_id)
        ids = {row.collection: row.id for row in self._session.scalars(known)}
        every = self._collections.names()
        return {ids.get(name) or id_of_collection(self._tenant_id, name): name for name in every}

    def _row(self, collection: str) -> VectorStoreRow | None:
        mine = VectorStoreRow.tenant_id == self._tenant_id, VectorStoreRow.collection == collection
        return self._session.scalar(select(VectorStoreRow).where(*mine))

    def _records(self, collections: Sequence[str]) -> list[VectorStore]:
        mine = VectorStoreRow.tenant_id == self._tenant_id, one_of(VectorStoreRow.collection, collections)
        rows = {row.collection: row for row in self._session.scalars(select(VectorStoreRow).where(*mine))}
        figures = self._figures(collections)
        return [self._record(name, rows.get(name), figures.get(name, [])) for name in collections]

    def _record(self, name: str, row: VectorStoreRow | None, figures: Sequence[Any]) -> VectorStore:
        settings = self._session.get(CollectionRow, (self._tenant_id, name))
        begun: list[datetime] = [one.begun for one in figures] or [settings.updated_at if settings else now()]
        created = row.created_at if row is not None else min(begun)
        return VectorStore(
            id=row.id if row is not None else id_of_collection(self._tenant_id, name),
            collection=name,
            name=row.name if row is not None else name,
            description=row.description if row is not None else None,
            metadata=dict(row.metadata_) if row is not None else {},
            created_at=created,
            last_active_at=max([created, *(one.newest for one in figures)]),
            usage_bytes=sum(one.size for one in figures),
            counts={one.status: one.documents for one in figures},
        )

    def _figures(self, collections: Sequence[str]) -> dict[str, list[Any]]:
        """For each collection, figures of its documents for each state of their newest versions."""
        version = DocumentVersionRow
        query = (
            select(
                DocumentRow.collection.label("collection"),
                version.status.label("status"),
                func.count().label("documents"),
                integer_sum(version.size_bytes).label("size"),
                func.min(DocumentRow.created_at, type_=DocumentRow.created_at.type).label("begun"),
                func.max(version.created_at, type_=version.created_at.type).label("newest"),
            )
            .join(version, version.id == DocumentRow.latest_version_id)
            .where(self._own, one_of(DocumentRow.collection, collections))
            .group_by(DocumentRow.collection, version.status)
        )
        found: dict[str, list[Any]] = {}
        for row in self._session.execute(query):
            found.setdefault(row.collection, []).append(row)
        return found
