"""For whoever runs the service: is it alive, is it ready, what is it doing."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import generate_latest
from pydantic import BaseModel, Field

from app.bootstrap.runtime import Runtime
from app.errors import AppError
from app.http.dependencies import RuntimeDep
from app.observability import Metrics
from app.storage.sql.queue import JobQueue
from app.storage.sqlite.migrate import schema_current

router = APIRouter(tags=["operations"])
LEAST_FREE_BYTES = 100 * 2**20
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


class Health(BaseModel):
    status: str = Field(examples=["ok"])


class Readiness(BaseModel):
    ready: bool
    checks: dict[str, str] = Field(description='"ok", or what is wrong.')


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
def readyz(request: Request, runtime: RuntimeDep) -> Response:
    """Schema, database, index, models, disk, and whether it is draining."""
    checks = {name: _outcome(check, runtime) for name, check in CHECKS.items()}
    checks["draining"] = "yes" if request.app.state.draining.is_set() else "ok"
    ready = all(outcome == "ok" for outcome in checks.values())
    return JSONResponse({"ready": ready, "checks": checks}, 200 if ready else 503)


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    summary="Prometheus metrics",
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(request: Request, runtime: RuntimeDep) -> Response:
    """Requests, answers, jobs and the generator's own figures."""
    held: Metrics = request.app.state.metrics
    with runtime.storage.db.read() as session:
        for status, count in JobQueue(session).counts().items():
            held.jobs.labels(status).set(count)
    for figure, value in runtime.generator.describe().items():
        if isinstance(value, int | float):
            held.generator.labels(figure).set(value)
    held.durations.kept = runtime.generator.durations()
    return Response(generate_latest(held.registry), media_type=PROMETHEUS)


def _schema(runtime: Runtime) -> str:
    with runtime.storage.db.read() as session:
        return "ok" if schema_current(session) else "the schema is not this version's; restart to migrate"


def _database(runtime: Runtime) -> str:
    runtime.storage.db.check_writable()
    return "ok"


def _index(runtime: Runtime) -> str:
    for indexes in runtime.indexes():
        indexes.catch_up_all()
    return "ok" if all(indexes.is_current() for indexes in runtime.indexes()) else "an index is behind its change log"


def _models(runtime: Runtime) -> str:
    return "ok" if runtime.generator.ready() else "the generator has stopped; restart the service"


def _disk(runtime: Runtime) -> str:
    free = shutil.disk_usage(runtime.storage.db.data_dir).free
    return "ok" if free > LEAST_FREE_BYTES else f"only {free // 2**20} MB free in the data folder"


CHECKS: dict[str, Callable[[Runtime], str]] = {
    "schema": _schema,
    "database": _database,
    "index": _index,
    "models": _models,
    "disk": _disk,
}


def _outcome(check: Callable[[Runtime], str], runtime: Runtime) -> str:
    try:
        return check(runtime)
    except AppError as fault:
        return fault.message
