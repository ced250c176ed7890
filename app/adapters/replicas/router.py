"""HTTP operation of servers that generate: they fetch an adapter version by its owner and its hash."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.adapters.service import AdapterService
from app.http.api_route import ApiRoute
from app.http.dependencies import Admin
from app.http.errors import responses
from app.http.openapi import file_content
from app.http.services import provide

router = APIRouter(prefix="/api/v1/tenants", tags=["operations"], route_class=ApiRoute)
Adapters = Annotated[AdapterService, provide(AdapterService)]


@router.get(
    "/{tenant_id}/adapters/{version}",
    response_class=Response,
    summary="Get the files of an adapter version",
    responses={200: file_content("application/zip"), **responses(404)},
)
def get_adapter_files(
    _principal: Admin,
    adapters: Adapters,
    tenant_id: Annotated[str, Path(description="`builtin` for an adapter that comes with the service.")],
    version: str,
) -> Response:
    """A ZIP of PEFT's two files, for a server that generates (the plugin loracle-vllm)."""
    return Response(adapters.files(tenant_id, version), media_type="application/zip")
