"""HTTP operations on evaluations of adapters, and the report page of an adapter version."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile
from fastapi.responses import HTMLResponse, StreamingResponse

from app.adapters.schemas import Version
from app.domain.evaluations import AdapterEvaluation
from app.domain.pagination import Page
from app.evaluations.case_file import read_case_file
from app.evaluations.events import EvaluationStreams
from app.evaluations.gate.schemas import AdapterEvaluationOut
from app.evaluations.gate.service import UPLOAD, AdapterEvaluationService
from app.http.dependencies import After, KeyReader, KeyWriter, Limit, Ordered
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.schemas import Listing
from app.http.services import provide
from app.http.sse import event_stream
from app.http.uploads import Uploads
from app.web.templates import PAGE_HEADERS

router = APIRouter(prefix="/api/v1/adapters", tags=["adapters"], route_class=IdempotentRoute)
DEFAULT_NAME = "cases.jsonl"
AdapterEvaluations = Annotated[AdapterEvaluationService, provide(AdapterEvaluationService)]


@router.post(
    "/{name}/evaluations",
    status_code=202,
    response_model=AdapterEvaluationOut,
    summary="Evaluate an adapter",
    responses=responses(400, 404, 409, 413, 507),
    dependencies=[Depends(Uploads(UPLOAD))],
)
def evaluate_adapter(
    principal: KeyWriter,
    evaluations: AdapterEvaluations,
    name: str,
    cases: Annotated[UploadFile, File(description="Questions with their answers: JSONL or SQuAD's JSON.")],
    version: Annotated[str | None, Form(max_length=64, description="The newest if left out.")] = None,
    against: Annotated[
        str | None, Form(max_length=140, description='"base" or name@version; what is in force now if left out.')
    ] = None,
) -> AdapterEvaluation:
    """Ask the adapter and what it would replace the same questions over the same passages, and compare.

    Give questions that it was not trained on: at least 50 with answers, about at least 8 documents (`group`).
    """
    file = read_case_file(cases.file, cases.filename or DEFAULT_NAME)
    return evaluations.create(principal.tenant_id, name, file, version=version, against=against)


@router.get(
    "/{name}/evaluations",
    response_model=Listing[AdapterEvaluationOut],
    summary="List evaluations of an adapter",
    responses=responses(404),
)
def list_evaluations(
    principal: KeyReader,
    evaluations: AdapterEvaluations,
    name: str,
    version: Version = None,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "desc",
) -> Page[AdapterEvaluation]:
    """Newest first."""
    return evaluations.list(principal.tenant_id, name, version, limit=limit, after=after, order=order)


@router.get(
    "/{name}/evaluations/{evaluation_id}",
    response_model=AdapterEvaluationOut,
    summary="Get an evaluation",
    responses=responses(404),
)
def get_evaluation(
    principal: KeyReader, evaluations: AdapterEvaluations, name: str, evaluation_id: str
) -> AdapterEvaluation:
    """Its progress and, when it has ended, verdict and report."""
    return evaluations.get(principal.tenant_id, name, evaluation_id)


@router.get(
    "/{name}/evaluations/{evaluation_id}/events",
    summary="Follow an evaluation",
    response_class=StreamingResponse,
    responses={200: event_stream(progress=AdapterEvaluationOut, done=AdapterEvaluationOut), **responses(404)},
)
async def follow_evaluation(
    principal: KeyReader,
    streams: Annotated[EvaluationStreams, provide(EvaluationStreams)],
    name: str,
    evaluation_id: str,
) -> StreamingResponse:
    """Server-sent events: `progress` with the evaluation whenever it changes, then `done`."""
    return await streams.of_adapter(principal.tenant_id, name, evaluation_id, AdapterEvaluationOut)


@router.post(
    "/{name}/evaluations/{evaluation_id}/cancel",
    response_model=AdapterEvaluationOut,
    summary="Cancel an evaluation",
    responses=responses(404, 409),
)
def cancel_evaluation(
    principal: KeyWriter, evaluations: AdapterEvaluations, name: str, evaluation_id: str
) -> AdapterEvaluation:
    """A running one ends at its next question, without a verdict."""
    return evaluations.cancel(principal.tenant_id, name, evaluation_id)


@router.get(
    "/{name}/report",
    response_class=HTMLResponse,
    summary="Report page of an adapter",
    responses=responses(404),
)
def report_adapter(
    principal: KeyReader, evaluations: AdapterEvaluations, name: str, version: Version = None
) -> HTMLResponse:
    """One version on one page: origin, staleness, verdicts with intervals, singular values, history."""
    return HTMLResponse(evaluations.report_page(principal.tenant_id, name, version), headers=PAGE_HEADERS)
