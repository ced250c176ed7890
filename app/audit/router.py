"""HTTP operations on the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from app.audit.schemas import AuditEntryOut, Moment, csv_lines, json_line
from app.audit.service import AuditService
from app.domain.actors import ActorKind
from app.domain.audit import AuditAction, AuditEntry, AuditFilter, AuditOutcome
from app.domain.pagination import Page
from app.domain.tenants import Scope
from app.http.api_route import ApiRoute
from app.http.auth import Principal
from app.http.dependencies import After, Limit, Ordered, Requires
from app.http.errors import responses
from app.http.schemas import Listing, Text
from app.http.services import provide

router = APIRouter(prefix="/api/v1", tags=["audit"], route_class=ApiRoute)
ExportFormat = Literal["jsonl", "csv"]
Service = Annotated[AuditService, provide(AuditService)]
LINES = {"type": "string", "description": "JSON Lines: each line is an `AuditEntryOut`."}


def chosen(
    tenant_id: Annotated[
        Text | None, Query(max_length=64, description="For the operator: only what concerns this tenant.")
    ] = None,
    action: Annotated[AuditAction | None, Query(description="Only this action.")] = None,
    outcome: Annotated[AuditOutcome | None, Query(description="Only with this outcome.")] = None,
    actor: Annotated[ActorKind | None, Query(description="Only of actors of this kind.")] = None,
    key_id: Annotated[Text | None, Query(max_length=64, description="Only by this key and its tokens.")] = None,
    user: Annotated[Text | None, Query(max_length=200, description="Only by this end user.")] = None,
    target_kind: Annotated[Text | None, Query(max_length=32, description="Only on things of this kind.")] = None,
    target_id: Annotated[Text | None, Query(max_length=400, description="Only on this thing.")] = None,
    since: Annotated[Moment | None, Query(description="From this moment on, as 2026-01-31T12:00:00Z.")] = None,
    until: Annotated[Moment | None, Query(description="Before this moment.")] = None,
) -> AuditFilter:
    """The conditions of a request."""
    return AuditFilter(tenant_id, action, outcome, actor, key_id, user, target_kind, target_id, since, until)


class ReadsAudit(Requires):
    """The key of an operator, or of a tenant if it may write."""

    def __init__(self) -> None:
        super().__init__(None, key=True)

    def check(self, principal: Principal) -> None:
        super().check(principal)
        if Scope.ADMIN not in principal.scopes:
            principal.require(Scope.WRITE)


AuditReader = Annotated[Principal, Depends(ReadsAudit())]
Chosen = Annotated[AuditFilter, Depends(chosen)]


@router.get("/audit", response_model=Listing[AuditEntryOut], summary="List the audit log", responses=responses())
def list_audit(
    principal: AuditReader,
    audit: Service,
    wanted: Chosen,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "desc",
) -> Page[AuditEntry]:
    """Who did what, when and from where, newest first: what concerns the tenant of the key. An operator's key, with
    the scope `admin`, reads all of it."""
    return audit.page(_part_of(principal), wanted, limit=limit, after=after, order=order)


@router.get(
    "/audit/export",
    response_class=StreamingResponse,
    summary="Export the audit log",
    responses={
        200: {
            "description": "One entry a line, the oldest first.",
            "content": {"application/jsonl": {"schema": LINES}, "text/csv": {"schema": {"type": "string"}}},
        },
        **responses(),
    },
)
def export_audit(
    principal: AuditReader,
    audit: Service,
    wanted: Chosen,
    as_format: Annotated[
        ExportFormat, Query(alias="format", description="`csv`: a table, with `details` as JSON.")
    ] = "jsonl",
) -> StreamingResponse:
    """The same entries without a limit, as JSON Lines or CSV."""
    entries: Iterator[AuditEntry] = audit.export(_part_of(principal), wanted)
    headers = {"Content-Disposition": f'attachment; filename="audit.{as_format}"', "Cache-Control": "no-store"}
    if as_format == "csv":
        return StreamingResponse(csv_lines(entries), media_type="text/csv", headers=headers)
    return StreamingResponse(map(json_line, entries), media_type="application/jsonl", headers=headers)


def _part_of(principal: Principal) -> str | None:
    """The tenant whose entries the caller reads; None: all of them."""
    return None if Scope.ADMIN in principal.scopes else principal.tenant_id
