"""HTTP operations on the service itself: is it alive, is it ready, what is it doing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from app.http.api_route import ApiRoute
from app.http.errors import public_responses
from app.http.services import provide
from app.operations.readiness import ReadinessReport
from app.operations.schemas import Health, Readiness
from app.operations.service import PROMETHEUS, OperationsService

router = APIRouter(tags=["operations"], route_class=ApiRoute)
Operations = Annotated[OperationsService, provide(OperationsService)]


@router.get("/healthz", response_model=Health, summary="Is the process alive?")
async def healthz() -> Health:
    """Answers as long as the event loop runs; looks at nothing else."""
    return Health(status="ok")


@router.get(
    "/readyz",
    response_model=Readiness,
    summary="Is the service ready?",
    responses={503: {"model": Readiness, "description": "Not ready; `checks` says why."}},
)
async def readyz(operations: Operations, response: Response) -> ReadinessReport:
    """Schema, database, index, models, disk, and whether it is draining.

    All but the last are checked every few seconds, whoever asks; `age_s` says when they were.
    """
    report = operations.readiness.last()
    response.status_code = 200 if report.ready else 503
    return report


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    summary="Prometheus metrics",
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **public_responses(401, 404)},
)
async def metrics(operations: Operations, request: Request) -> Response:
    """Requests, answers, jobs and the generator's own figures. Needs a key only if the operator has set one for it.

    404 if the operator has given them a port of their own.
    """
    operations.check_metrics_here()
    operations.check_metrics_key(request.headers.get("authorization"))
    return Response(await operations.rendered_metrics.get(), media_type=PROMETHEUS)
