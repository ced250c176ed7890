"""What each tenant has: counted where rows come and go, so that a quota is checked without reading all of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.orm import Session

from app.domain.adapters import AdapterOrigin
from app.storage.sql.dialects.sums import integer_sum
from app.storage.sql.dialects.upsert import insert_into
from app.storage.sql.tables import (
    AdapterVersionRow,
    DatasetRow,
    DocumentRow,
    DocumentVersionRow,
    FileRow,
    TenantTotalsRow,
)

TABLE = TenantTotalsRow.__table__


@dataclass(frozen=True, slots=True)
class Totals:
    """What a tenant has. Bytes: of files and adapters, each once, however many rows refer to it."""

    documents: int = 0
    stored_bytes: int = 0


def add_to_totals(session: Session, tenant_id: str, *, documents: int = 0, stored_bytes: int = 0) -> None:
    """Count what the transaction adds, or with negative numbers removes."""
    if not documents and not stored_bytes:
        return
    added = Totals(documents, stored_bytes)
    new = insert_into(session, TABLE).values(tenant_id=tenant_id, **asdict(added))
    more = {name: TABLE.c[name] + new.excluded[name] for name in asdict(added)}
    session.execute(new.on_conflict_do_update(index_elements=["tenant_id"], set_=more))


def wrong_totals(session: Session) -> dict[str, tuple[Totals, Totals]]:
    """Tenants whose totals are not what their rows say: (kept, counted anew). There should never be any."""
    rows = session.execute(select(TABLE.c.tenant_id, TABLE.c.documents, TABLE.c.stored_bytes))
    kept = {tenant_id: Totals(documents, stored) for tenant_id, documents, stored in rows}
    counted = _counted(session)
    tenants = sorted(kept.keys() | counted.keys())
    pairs = {tenant_id: (kept.get(tenant_id, Totals()), counted.get(tenant_id, Totals())) for tenant_id in tenants}
    return {tenant_id: pair for tenant_id, pair in pairs.items() if pair[0] != pair[1]}


def recount_totals(session: Session, tenant_id: str) -> None:
    """Set the totals of a tenant to what its rows say. The caller holds the tenant's lock."""
    kept, counted = wrong_totals(session).get(tenant_id, (Totals(), Totals()))
    add_to_totals(
        session,
        tenant_id,
        documents=counted.documents - kept.documents,
        stored_bytes=counted.stored_bytes - kept.stored_bytes,
    )


def _counted(session: Session) -> dict[str, Totals]:
    documents = select(DocumentRow.tenant_id, func.count()).group_by(DocumentRow.tenant_id)
    counts = dict(session.execute(documents).all())
    files = _each_once(
        *(
            select(row.tenant_id, row.blob.label("file"), row.size_bytes).where(row.blob != "")
            for row in (DocumentVersionRow, FileRow, DatasetRow)
        ),
        select(AdapterVersionRow.tenant_id, AdapterVersionRow.path.label("file"), AdapterVersionRow.size_bytes).where(
            AdapterVersionRow.origin != AdapterOrigin.STARTER
        ),
    )
    stored = dict(session.execute(files).all())
    return {
        tenant_id: Totals(counts.get(tenant_id, 0), stored.get(tenant_id, 0))
        for tenant_id in counts.keys() | stored.keys()
    }


def _each_once(*queries: Select[str, Any, int]) -> Select[str, int]:
    """The bytes of each tenant's files, of which several rows may refer to one."""
    rows = union_all(*queries).subquery()
    once = (
        select(rows.c.tenant_id, func.max(rows.c.size_bytes).label("size_bytes"))
        .group_by(rows.c.tenant_id, rows.c.file)
        .subquery()
    )
    size: ColumnElement[int] = integer_sum(once.c.size_bytes)
    return select(once.c.tenant_id, size).group_by(once.c.tenant_id)
