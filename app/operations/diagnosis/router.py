"""The HTTP operation that diagnoses the service, for the operator, whose key has the scope `admin`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from app.http.api_route import ApiRoute
from app.http.dependencies import Admin
from app.http.errors import responses
from app.http.services import provide
from app.operations.diagnosis.schemas import DiagnosisOut
from app.operations.diagnosis.service import Diagnosis, DiagnosisService

router = APIRouter(prefix="/api/v1", tags=["operations"], route_class=ApiRoute)


@router.get("/diagnosis", response_model=DiagnosisOut, summary="Diagnose the service", responses=responses())
def get_diagnosis(_principal: Admin, service: Annotated[DiagnosisService, provide(DiagnosisService)]) -> Diagnosis:
    """The checks of `loracle doctor` in the process that answers: machine, models, database, adapters and sign-in.

    Leaves everything as it is (a bucket gets a file that is deleted again). Reads the files of the models in whole to
    compare their checksums, which takes seconds.
    """
    return service.diagnose()
