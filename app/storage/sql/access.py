"""SQL conditions of access lists: the documents, collections and batches of a tenant that a caller sees."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, not_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.visibility import Visibility
from app.storage.sql.dialects.json import list_length, names_any
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.tables import BatchRow, CollectionRow, DocumentRow


def own_documents(tenant_id: str, visibility: Visibility) -> ColumnElement[bool]:
    """The tenant's documents that the caller sees: its own access list and that of its collection both allow it."""
    return and_(DocumentRow.tenant_id == tenant_id, _seen(DocumentRow, DocumentRow.collection, tenant_id, visibility))


def own_batches(tenant_id: str, visibility: Visibility) -> ColumnElement[bool]:
    """The tenant's batches that the caller sees."""
    return and_(BatchRow.tenant_id == tenant_id, _seen(BatchRow, BatchRow.collection, tenant_id, visibility))


def own_collections(tenant_id: str, visibility: Visibility) -> ColumnElement[bool]:
    """The tenant's collections with settings that the caller sees."""
    mine = CollectionRow.tenant_id == tenant_id
    if visibility.sees_all_documents:
        return mine
    return and_(mine, _named(CollectionRow.name, visibility), _allows(CollectionRow.groups, visibility))


def hidden_documents(tenant_id: str, visibility: Visibility) -> ColumnElement[bool]:
    """The tenant's documents that the caller does not see."""
    seen = _seen(DocumentRow, DocumentRow.collection, tenant_id, visibility)
    return and_(DocumentRow.tenant_id == tenant_id, not_(seen))


def _seen(
    row: type[DocumentRow] | type[BatchRow],
    collection: InstrumentedAttribute[str],
    tenant_id: str,
    visibility: Visibility,
) -> ColumnElement[bool]:
    if visibility.sees_all_documents:
        return true()
    closed = select(CollectionRow.name).where(
        CollectionRow.tenant_id == tenant_id, not_(_allows(CollectionRow.groups, visibility))
    )
    return and_(_named(collection, visibility), collection.not_in(closed), _allows(row.groups, visibility))


def _named(collection: InstrumentedAttribute[str], visibility: Visibility) -> ColumnElement[bool]:
    return true() if visibility.collections is None else one_of(collection, visibility.collections)


def _allows(groups: InstrumentedAttribute[Any], visibility: Visibility) -> ColumnElement[bool]:
    """The access list is empty, or names one of the caller's groups."""
    if visibility.groups is None:
        return true()
    return or_(list_length(groups) == 0, names_any(groups, visibility.groups))
