"""Which stored files are still needed: several rows may refer to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage.sql.dialects.lists import one_of
from app.storage.sql.tables import AdapterVersionRow, DatasetRow, DocumentVersionRow, FileRow
from app.storage.sql.totals import add_to_totals

HOLDERS = (DocumentVersionRow, FileRow, DatasetRow)


def hold_blob(session: Session, tenant_id: str, name: str, size_bytes: int) -> None:
    """Count the bytes of a file among what the tenant has, before the first row refers to it."""
    if _unreferenced(session, [name]):
        add_to_totals(session, tenant_id, stored_bytes=size_bytes)


def release_blobs(session: Session, tenant_id: str, sizes: Mapping[str, int]) -> list[str]:
    """Those files that no row refers to any more: they may be unlinked after the commit.

    `sizes`: bytes by name; they are no longer counted among what the tenant has. "" stands for no file.
    """
    released = sorted(_unreferenced(session, [name for name in sizes if name]))
    add_to_totals(session, tenant_id, stored_bytes=-sum(sizes[name] for name in released))
    return released


def _unreferenced(session: Session, names: Iterable[str]) -> set[str]:
    wanted = set(names)
    for row in HOLDERS:
        wanted -= set(session.scalars(select(row.blob).where(one_of(row.blob, wanted))))
    return wanted


def used_blobs(session: Session, tenant_id: str | None = None) -> set[str]:
    """Every blob that a row of the tenant, or of any tenant, refers to."""
    used: set[str] = set()
    for row in HOLDERS:
        query = select(row.blob).where(row.blob != "")  # nor NULL
        used |= set(session.scalars(query if tenant_id is None else query.where(row.tenant_id == tenant_id)))
    return used


def used_adapter_paths(session: Session) -> set[str]:
    """Where the files of all adapter versions lie."""
    return set(session.scalars(select(AdapterVersionRow.path).distinct()))
