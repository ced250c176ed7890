"""Evaluations over a tenant's own questions: asked of its documents, scored as `loracle eval` scores."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, File, Form, UploadFile
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from app.chat.conversations.feedback_cases import feedback_cases
from app.domain.evaluations import Evaluation, EvaluationResult
from app.domain.jobs import JobStatus
from app.errors import InvalidRequest, PayloadTooLarge
from app.evaluations.service import DEFAULT_NAME, HostedEvaluations
from app.http.dependencies import After, Limit, Ordered, Reader, RuntimeDep, Writer
from app.http.errors import responses
from app.http.schemas import Deleted, Listing, listing, timestamp
from app.web.templates import PAGE_HEADERS

router = APIRouter(prefix="/api/v1/evaluations", tags=["evaluations"])
LARGEST_CASES = 8 * 2**20
FEEDBACK_NAME = "feedback.jsonl"


def get_hosted(runtime: RuntimeDep) -> HostedEvaluations:
    return runtime.evaluations


HostedDep = Annotated[HostedEvaluations, Depends(get_hosted)]


class EvaluationOut(BaseModel):
    id: str
    object: Literal["evaluation"]
    name: str = Field(description="Of the file of questions.")
    adapter: str | None = Field(description="`name@version`; null: the base model.")
    status: JobStatus
    progress: float
    scores: dict[str, Any] = Field(description="By part (`layer/set`), pooled by layer, and overall.")
    error: dict[str, str | None] | None
    created_at: str
    finished_at: str | None


class ResultOut(BaseModel):
    id: str
    object: Literal["evaluation.result"]
    part: str = Field(description="`layer/set`.")
    case_id: str
    figures: dict[str, Any] = Field(description="Question, answer, decision and every score of this case.")


class ComparisonOut(BaseModel):
    object: Literal["evaluation.comparison"]
    first: str
    second: str
    differences: dict[str, Any] = Field(description="Second minus first by part and score, with 95 % intervals.")


@router.post(
    "",
    status_code=202,
    response_model=EvaluationOut,
    summary="Evaluate answers",
    responses=responses(400, 404, 413, 507),
)
async def create_evaluation(
    principal: Writer,
    hosted: HostedDep,
    runtime: RuntimeDep,
    cases: Annotated[
        UploadFile | None, File(description="Questions with their answers: JSONL, or SQuAD's JSON.")
    ] = None,
    source: Annotated[
        Literal["file", "feedback"], Form(description="`feedback`: your users' corrections, no file.")
    ] = "file",
    adapter: Annotated[
        str | None, Form(max_length=140, description='"base" or name@version; what is in force now if left out.')
    ] = None,
) -> dict[str, Any]:
    """Ask your documents your own questions and score answers, refusals, citations, language and latency.

    A case without passages is asked of your index; one with `context` or `gold_passage` and `distractors` of those.
    """
    tenant_id = principal.tenant_id
    if source == "feedback":
        name, text = FEEDBACK_NAME, await run_sync(_feedback_cases, runtime, tenant_id)
        if not text:
            raise InvalidRequest("No feedback says what is right yet: give corrected answers first.", param="source")
    else:
        name, text = await _uploaded(cases)
    return _evaluation(await run_sync(hosted.request, tenant_id, text, name, adapter))


@router.get("", response_model=Listing[EvaluationOut], summary="List evaluations", responses=responses())
def list_tenant_evaluations(
    principal: Reader, runtime: RuntimeDep, limit: Limit = 20, after: After = None, order: Ordered = "desc"
) -> dict[str, Any]:
    """Newest first."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        page = store.evaluations.page(limit=limit, after=after, order=order)
    return listing([_evaluation(e) for e in page.data], [e.id for e in page.data], page)


@router.get(
    "/{evaluation_id}", response_model=EvaluationOut, summary="Get an evaluation of answers", responses=responses(404)
)
def get_tenant_evaluation(principal: Reader, runtime: RuntimeDep, evaluation_id: str) -> dict[str, Any]:
    """Its progress and, when it has ended, its scores."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        return _evaluation(store.evaluations.get(evaluation_id))


@router.get(
    "/{evaluation_id}/results", response_model=Listing[ResultOut], summary="List results", responses=responses(404)
)
def list_results(
    principal: Reader,
    runtime: RuntimeDep,
    evaluation_id: str,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "asc",
) -> dict[str, Any]:
    """What became of each question, as far as it got."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        page = store.evaluations.results(evaluation_id, limit=limit, after=after, order=order)
    return listing([_result(r) for r in page.data], [r.id for r in page.data], page)


@router.get(
    "/{evaluation_id}/report",
    response_model=None,
    summary="Report page of an evaluation",
    responses={200: {"content": {"text/html": {}}}, **responses(404, 409)},
)
def report_evaluation(principal: Reader, hosted: HostedDep, evaluation_id: str) -> HTMLResponse:
    """Tables, bars with intervals and risk-coverage curves, on a page that loads nothing."""
    return HTMLResponse(hosted.page(principal.tenant_id, evaluation_id), headers=PAGE_HEADERS)


@router.get(
    "/{evaluation_id}/comparison/{other_id}",
    response_model=ComparisonOut,
    summary="Compare two evaluations",
    responses=responses(404),
)
def compare_evaluations(
    principal: Reader,
    hosted: HostedDep,
    evaluation_id: str,
    other_id: str,
) -> dict[str, Any]:
    """Paired differences, the other minus this one, over the questions that both answered."""
    differences = hosted.compare(principal.tenant_id, evaluation_id, other_id)
    return {
        "object": "evaluation.comparison",
        "first": evaluation_id,
        "second": other_id,
        "differences": differences,
    }


@router.delete("/{evaluation_id}", response_model=Deleted, summary="Delete an evaluation", responses=responses(404))
def delete_evaluation(principal: Writer, runtime: RuntimeDep, evaluation_id: str) -> Deleted:
    """With its results; a running one ends."""
    with runtime.storage.db.write_tenant(principal.tenant_id) as store:
        store.evaluations.delete(evaluation_id)
    return Deleted(id=evaluation_id, object="evaluation")


async def _uploaded(cases: UploadFile | None) -> tuple[str, str]:
    """(name, text) of the file. Raises InvalidRequest, PayloadTooLarge."""
    if cases is None:
        raise InvalidRequest("Send a file of questions as `cases`, or `source=feedback`.", param="cases")
    content = await cases.read(LARGEST_CASES + 1)
    if len(content) > LARGEST_CASES:
        raise PayloadTooLarge(f"Cases may have at most {LARGEST_CASES:,} bytes.", param="cases")
    try:
        return (cases.filename or DEFAULT_NAME)[-200:], content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidRequest("Cases must be UTF-8 text.", param="cases") from None


def _feedback_cases(runtime: Any, tenant_id: str) -> str:
    with runtime.storage.db.read_tenant(tenant_id) as store:
        return feedback_cases(store.conversations.rated_turns())


def _evaluation(evaluation: Evaluation) -> dict[str, Any]:
    failed = evaluation.error_code is not None
    return {
        "id": evaluation.id,
        "object": "evaluation",
        "name": evaluation.name,
        "adapter": evaluation.adapter,
        "status": evaluation.status,
        "progress": evaluation.progress,
        "scores": evaluation.scores,
        "error": {"code": evaluation.error_code, "message": evaluation.error_message} if failed else None,
        "created_at": timestamp(evaluation.created_at),
        "finished_at": timestamp(evaluation.finished_at),
    }


def _result(result: EvaluationResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "object": "evaluation.result",
        "part": result.part,
        "case_id": result.case_id,
        "figures": result.figures,
    }
