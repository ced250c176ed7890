"""HTTP operations on evaluations of answers over a tenant's own questions."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, File, Form, Query, UploadFile
from fastapi.responses import HTMLResponse, StreamingResponse

from app.domain.evaluations import Evaluation, EvaluationComparison, EvaluationResult
from app.domain.pagination import Page
from app.errors import InvalidRequest
from app.evaluations.case_file import read_case_file
from app.evaluations.events import EvaluationStreams
from app.evaluations.schemas import ComparisonOut, EvaluationOut, ResultOut
from app.evaluations.service import UPLOAD, EvaluationService
from app.http.dependencies import After, KeyReader, KeyWriter, Limit, Ordered, SortedByName, SortOrder, Words
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.schemas import Deleted, Listing
from app.http.services import provide
from app.http.sse import event_stream
from app.http.uploads import Uploads
from app.web.templates import PAGE_HEADERS

router = APIRouter(prefix="/api/v1/evaluations", tags=["evaluations"], route_class=IdempotentRoute)
DEFAULT_NAME = "questions.jsonl"
Evaluations = Annotated[EvaluationService, provide(EvaluationService)]


@router.post(
    "",
    status_code=202,
    response_model=EvaluationOut,
    summary="Evaluate answers",
    responses=responses(400, 404, 413, 507),
    dependencies=[Depends(Uploads(UPLOAD))],
)
def create_evaluation(
    principal: KeyWriter,
    evaluations: Evaluations,
    cases: Annotated[
        UploadFile | None,
        File(
            description="Everyday questions (`turns`, `answerable`, `must`, `must_not`, `cite`), or questions with "
            "their answers: JSONL, or SQuAD's JSON."
        ),
    ] = None,
    source: Annotated[
        Literal["file", "feedback"], Form(description="`feedback`: your users' corrections, no file.")
    ] = "file",
    adapter: Annotated[
        str | None, Form(max_length=140, description='"base" or name@version; what is in force now if left out.')
    ] = None,
) -> Evaluation:
    """Ask your documents your own questions and score answers, refusals, citations, language and latency.

    Everyday questions are asked through the chat, with all their turns, in conversations that your lists do not show. A
    case without passages is asked of your index; one with `context` or `gold_passage` and `distractors` of those. One
    that fails is recorded with its `error`, and the evaluation goes on.
    """
    if source == "feedback":
        return evaluations.create_from_feedback(principal.tenant_id, adapter)
    if cases is None:
        raise InvalidRequest("Send a file of questions as `cases`, or `source=feedback`.", param="cases")
    file = read_case_file(cases.file, cases.filename or DEFAULT_NAME)
    return evaluations.create(principal.tenant_id, file, adapter)


@router.get("", response_model=Listing[EvaluationOut], summary="List evaluations", responses=responses())
def list_tenant_evaluations(
    principal: KeyReader,
    evaluations: Evaluations,
    q: Words = None,
    sort: SortedByName = "created_at",
    limit: Limit = 20,
    after: After = None,
    order: SortOrder = None,
) -> Page[Evaluation]:
    """Newest first."""
    return evaluations.list(principal.tenant_id, q=q, sort=sort, limit=limit, after=after, order=order)


@router.get(
    "/{evaluation_id}", response_model=EvaluationOut, summary="Get an evaluation of answers", responses=responses(404)
)
def get_tenant_evaluation(principal: KeyReader, evaluations: Evaluations, evaluation_id: str) -> Evaluation:
    """Its progress and, when it has ended, its scores."""
    return evaluations.get(principal.tenant_id, evaluation_id)


@router.get(
    "/{evaluation_id}/events",
    summary="Follow an evaluation of answers",
    response_class=StreamingResponse,
    responses={200: event_stream(progress=EvaluationOut, done=EvaluationOut), **responses(404)},
)
async def follow_tenant_evaluation(
    principal: KeyReader, streams: Annotated[EvaluationStreams, provide(EvaluationStreams)], evaluation_id: str
) -> StreamingResponse:
    """Server-sent events: `progress` with the evaluation whenever it changes, then `done`."""
    return await streams.of_answers(principal.tenant_id, evaluation_id, EvaluationOut)


@router.get(
    "/{evaluation_id}/results", response_model=Listing[ResultOut], summary="List results", responses=responses(404)
)
def list_results(
    principal: KeyReader,
    evaluations: Evaluations,
    evaluation_id: str,
    kind: Annotated[str | None, Query(max_length=40, description="Only questions of this kind.")] = None,
    wrong: Annotated[bool, Query(description="Only what failed or was answered wrongly.")] = False,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "asc",
) -> Page[EvaluationResult]:
    """What became of each question, as far as it got."""
    return evaluations.results(
        principal.tenant_id, evaluation_id, kind=kind, wrong=wrong, limit=limit, after=after, order=order
    )


@router.get(
    "/{evaluation_id}/report",
    response_class=HTMLResponse,
    summary="Report page of an evaluation",
    responses=responses(404, 409),
)
def report_evaluation(principal: KeyReader, evaluations: Evaluations, evaluation_id: str) -> HTMLResponse:
    """Tables, bars with intervals, risk-coverage curves and each everyday question, on a page that loads nothing."""
    return HTMLResponse(evaluations.report_page(principal.tenant_id, evaluation_id), headers=PAGE_HEADERS)


@router.get(
    "/{evaluation_id}/comparison/{other_id}",
    response_model=ComparisonOut,
    summary="Compare two evaluations",
    responses=responses(404),
)
def compare_evaluations(
    principal: KeyReader, evaluations: Evaluations, evaluation_id: str, other_id: str
) -> EvaluationComparison:
    """Paired differences, the other minus this one, over the questions that both answered."""
    return evaluations.compare(principal.tenant_id, evaluation_id, other_id)


@router.delete("/{evaluation_id}", response_model=Deleted, summary="Delete an evaluation", responses=responses(404))
def delete_evaluation(principal: KeyWriter, evaluations: Evaluations, evaluation_id: str) -> Deleted:
    """With its results; a running one ends."""
    evaluations.delete(principal.tenant_id, evaluation_id)
    return Deleted(id=evaluation_id, object="evaluation")
