"""HTTP operations on the caller itself, on usage, and on limits."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.domain.quotas import Quotas
from app.domain.usage import RateLimits, TenantLimits
from app.http.api_route import ApiRoute
from app.http.dependencies import Admin, Anyone, Reader
from app.http.errors import responses
from app.http.schemas import ShownName
from app.http.services import provide
from app.usage.schemas import Day, MeOut, SetLimitsOut, TenantLimitsIn, UsageReportOut
from app.usage.service import SetLimits, Usage, UsageService

router = APIRouter(prefix="/api/v1", route_class=ApiRoute)
Service = Annotated[UsageService, provide(UsageService)]
Start = Annotated[Day | None, Query(description="First day (UTC), as 2026-01-31. Left out: 30 days up to `end`.")]
End = Annotated[Day | None, Query(description="Last day (UTC). Left out: today.")]
ByUser = Annotated[bool, Query(description="One entry for each day and end user, not for each day.")]


@router.get("/me", tags=["usage"], response_model=MeOut, summary="Who am I?", responses=responses())
def get_me(principal: Anyone, service: Service) -> MeOut:
    """Tenant, scopes, limits and quotas of the key or token that you send, what was used, and what answers can be."""
    caller = service.caller(principal)
    return MeOut.model_validate(
        {
            "tenant": caller.tenant,
            "key": caller.key,
            **{
                name: getattr(principal, name)
                for name in ("token_id", "user", "scopes", "groups", "collections", "adapter")
            },
            "limits": caller.limits,
            "quotas": caller.quotas,
            "today": caller.today,
            "languages": caller.languages,
            "max_tokens": caller.max_tokens,
        }
    )


@router.get("/usage", tags=["usage"], response_model=UsageReportOut, summary="Get usage", responses=responses())
def get_usage(
    principal: Reader,
    service: Service,
    start: Start = None,
    end: End = None,
    user: Annotated[ShownName | None, Query(description="Only of this end user.")] = None,
    by_user: ByUser = False,
) -> Usage:
    """Requests, tokens and uploads of each day. A token sees the usage of its user alone."""
    if principal.token_id is not None:
        user = principal.user or ""
    return service.usage(principal.tenant_id, start, end, user=user, by_user=by_user)


@router.get(
    "/tenants/{tenant_id}/usage",
    tags=["tenants"],
    response_model=UsageReportOut,
    summary="Get the usage of a tenant",
    responses=responses(404),
)
def get_tenant_usage(
    _principal: Admin,
    service: Service,
    tenant_id: str,
    start: Start = None,
    end: End = None,
    by_user: ByUser = False,
) -> Usage:
    """Requests, tokens and uploads of each day."""
    return service.usage_of(tenant_id, start, end, by_user=by_user)


@router.get(
    "/tenants/{tenant_id}/limits",
    tags=["tenants"],
    response_model=SetLimitsOut,
    summary="Get the limits of a tenant",
    responses=responses(404),
)
def get_tenant_limits(_principal: Admin, service: Service, tenant_id: str) -> SetLimits:
    """What was set for the tenant, what holds with the service's defaults, and how much of its quotas it uses."""
    return service.limits(tenant_id)


@router.put(
    "/tenants/{tenant_id}/limits",
    tags=["tenants"],
    response_model=SetLimitsOut,
    summary="Set the limits of a tenant",
    responses=responses(400, 404, 413, 507),
)
def set_tenant_limits(_principal: Admin, service: Service, tenant_id: str, body: TenantLimitsIn) -> SetLimits:
    """Replaces them: what is left out is the service's default again. They hold from the next request on."""
    limits = TenantLimits(
        tenant=RateLimits(**body.tenant.model_dump()),
        key=RateLimits(**body.key.model_dump()),
        token=RateLimits(**body.token.model_dump()),
        quotas=Quotas(**body.quotas.model_dump()),
    )
    return service.set_limits(tenant_id, limits)
