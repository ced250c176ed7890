"""Which stored files are still needed: several rows may refer to one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage.sql.dialects.lists import one_of
from app.storage.sql.tables import AdapterVersionRow, DatasetRow, DocumentVersionRow, FileRow

HOLDERS = (DocumentVersionRow, FileRow, DatasetRow)


def unused_blobs(session: Session, names: Iterable[str]) -> list[str]:
    """Those of `names` that no row refers to any more: they may be unlinked after the commit."""
    wanted = set(names)
    for row in HOLDERS:
        wanted -= set(session.scalars(select(row.blob).where(one_of(row.blob, wanted))))
    return sorted(wanted)


def used_blobs(session: Session, tenant_id: str | None = None) -> set[str]:
    """Every blob that a row of the tenant, or of any tenant, refers to."""
    used: set[str] = set()
    for row in HOLDERS:
        query = select(row.blob).where(row.blob.is_not(None))
        used |= set(session.scalars(query if tenant_id is None else query.where(row.tenant_id == tenant_id)))
    return used


def used_adapter_paths(session: Session) -> set[str]:
    """Where the files of all adapter versions lie."""
    return set(session.scalars(select(AdapterVersionRow.path).distinct()))
