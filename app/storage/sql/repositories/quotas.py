"""What a tenant may have, as the operator set it, and what it has, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from sqlalchemy import ScalarSelect, func, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.adapters import AdapterOrigin
from app.domain.jobs import JobKind
from app.domain.quotas import Known, Quota, Quotas
from app.storage.sql.dialects.names import is_named
from app.storage.sql.repositories.limits import limits_of
from app.storage.sql.tables import (
    AdapterVersionRow,
    DatasetRow,
    DocumentRow,
    DocumentVersionRow,
    JobRow,
    PostingsTotalRow,
    TenantLimitsRow,
    TenantTotalsRow,
)
from app.storage.sql.tables.documents import KEPT
from app.storage.sql.tables.jobs import UNFINISHED


class QuotaUse:
    """Reads the quotas of one tenant and how much of them it uses."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def own(self) -> Quotas:
        """What was set for this tenant alone."""
        row = self._session.get(TenantLimitsRow, self._tenant_id)
        return Quotas() if row is None else limits_of(row).quotas

    def used(self, quotas: Collection[Quota]) -> dict[Quota, int]:
        """What the tenant has now, with all that this transaction did."""
        if not quotas:
            return {}
        columns = [USED[quota](self._tenant_id).label(quota) for quota in quotas]
        return dict(zip(quotas, (value or 0 for value in self._session.execute(select(*columns)).one()), strict=True))

    def largest_known(self, known: Known, at_most: int) -> int:
        """Bytes of the largest file of at most so many that the tenant may send again without more room; 0: none."""
        if known == Known.NOTHING:
            return 0
        row, kept, slack = KNOWN[known]
        mine = row.tenant_id == self._tenant_id, row.size_bytes <= at_most + slack, text(kept)
        found = select(row.size_bytes).where(*mine).order_by(row.size_bytes.desc()).limit(1)
        size = self._session.scalar(found)
        return size + slack if size else 0

    def has_document_named(self, filename: str, collection: str | None = None) -> bool:
        """Whether a document has this name, here or in any collection, whoever sees it: no other one is added then."""
        named = DocumentRow.tenant_id == self._tenant_id, is_named(DocumentRow.filename, [filename])
        here = () if collection is None else (DocumentRow.collection == collection,)
        return self._session.scalar(select(DocumentRow.id).where(*named, *here).limit(1)) is not None


# The table of what may be sent again, which of its rows have a file, and by how many bytes an equal one may differ:
# other tools name the tensors of an adapter otherwise.
KNOWN: Mapping[Known, tuple[type[DocumentVersionRow | AdapterVersionRow], str, int]] = {
    Known.DOCUMENTS: (DocumentVersionRow, KEPT, 0),
    Known.ADAPTERS: (AdapterVersionRow, f"origin <> '{AdapterOrigin.STARTER.value}'", 64 * 1024),
}


def _total(column: InstrumentedAttribute[int]) -> Callable[[str], ScalarSelect[int]]:
    return lambda tenant_id: select(column).where(TenantTotalsRow.tenant_id == tenant_id).scalar_subquery()


def _chunks(tenant_id: str) -> ScalarSelect[int]:
    return select(PostingsTotalRow.chunks).where(PostingsTotalRow.tenant_id == tenant_id).scalar_subquery()


def _adapters(tenant_id: str) -> ScalarSelect[int]:
    own = AdapterVersionRow.tenant_id == tenant_id, AdapterVersionRow.origin != AdapterOrigin.STARTER
    return select(func.count()).select_from(AdapterVersionRow).where(*own).scalar_subquery()


def _datasets(tenant_id: str) -> ScalarSelect[int]:
    return select(func.count()).select_from(DatasetRow).where(DatasetRow.tenant_id == tenant_id).scalar_subquery()


def _queued(*kinds: JobKind) -> Callable[[str], ScalarSelect[int]]:
    def count(tenant_id: str) -> ScalarSelect[int]:
        mine = JobRow.tenant_id == tenant_id, JobRow.kind.in_(kinds), text(UNFINISHED)
        return select(func.count()).select_from(JobRow).where(*mine).scalar_subquery()

    return count


USED: Mapping[Quota, Callable[[str], ScalarSelect[int]]] = {
    Quota.STORED_BYTES: _total(TenantTotalsRow.stored_bytes),
    Quota.DOCUMENTS: _total(TenantTotalsRow.documents),
    Quota.CHUNKS: _chunks,
    Quota.ADAPTERS: _adapters,
    Quota.DATASETS: _datasets,
    Quota.QUEUED_DOCUMENTS: _queued(JobKind.INGEST),
    Quota.QUEUED_TRAININGS: _queued(JobKind.TRAIN),
    Quota.QUEUED_EVALUATIONS: _queued(JobKind.EVALUATE, JobKind.EVALUATE_ADAPTER),
}
