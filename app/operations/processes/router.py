"""HTTP operations on the processes of the service, for the operator, whose key has the scope `admin`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from app.http.api_route import ApiRoute
from app.http.dependencies import Admin
from app.http.errors import responses
from app.http.services import provide
from app.operations.processes.schemas import ProcessesOut, ProcessOut
from app.operations.processes.service import ProcessService

router = APIRouter(prefix="/api/v1", tags=["operations"], route_class=ApiRoute)


@router.get("/processes", response_model=ProcessesOut, summary="List processes", responses=responses())
def list_processes(_principal: Admin, processes: Annotated[ProcessService, provide(ProcessService)]) -> ProcessesOut:
    """Every `serve`, `worker` and `trainer` of the service; one that was killed is listed for an hour as `lost`."""
    return ProcessesOut(data=[ProcessOut.model_validate(process) for process in processes.list()])
