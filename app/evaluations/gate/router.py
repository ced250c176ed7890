"""Evaluations of adapters against what they would replace, and the report page of a version."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, File, Form, UploadFile
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from app.adapters.schemas import Version
from app.domain.evaluations import AdapterEvaluation, GateVerdict
from app.domain.jobs import JobStatus
from app.errors import InvalidRequest, PayloadTooLarge
from app.evaluations.gate.adapter_evaluation import AdapterTrial
from app.evaluations.gate.report_page import adapter_page
from app.http.dependencies import After, Limit, Ordered, Reader, RuntimeDep, Writer
from app.http.errors import responses
from app.http.schemas import Listing, listing, timestamp
from app.web.templates import PAGE_HEADERS

router = APIRouter(prefix="/api/v1/adapters", tags=["adapters"])
LARGEST_CASES = 8 * 2**20


def get_trial(runtime: RuntimeDep) -> AdapterTrial:
    return runtime.trial


TrialDep = Annotated[AdapterTrial, Depends(get_trial)]


class EvaluationOut(BaseModel):
    id: str
    object: Literal["adapter.evaluation"]
    adapter: str
    against: str = Field(description='What it would replace: "base" or name@version.')
    status: JobStatus
    progress: float
    verdict: GateVerdict | None
    report: dict[str, Any] = Field(description="Scores of both sides, the interval of their difference, the checks.")
    error: dict[str, str | None] | None
    created_at: str
    finished_at: str | None


@router.post(
    "/{name}/evaluations",
    status_code=202,
    response_model=EvaluationOut,
    summary="Evaluate an adapter",
    responses=responses(400, 404, 409, 413, 507),
)
async def evaluate_adapter(
    principal: Writer,
    trial: TrialDep,
    name: str,
    cases: Annotated[UploadFile, File(description="Questions with their answers: JSONL or SQuAD's JSON.")],
    version: Annotated[str | None, Form(max_length=64, description="The newest if left out.")] = None,
    against: Annotated[
        str | None, Form(max_length=140, description='"base" or name@version; what is in force now if left out.')
    ] = None,
) -> dict[str, Any]:
    """Ask the adapter and what it would replace the same questions over the same passages, and compare.

    Give questions that it was not trained on: at least 50 with answers, about at least 8 documents (`group`).
    """
    content = await cases.read(LARGEST_CASES + 1)
    if len(content) > LARGEST_CASES:
        raise PayloadTooLarge(f"Cases may have at most {LARGEST_CASES:,} bytes.", param="cases")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidRequest("Cases must be UTF-8 text.", param="cases") from None
    filename = cases.filename or "cases.jsonl"
    return _evaluation(await run_sync(trial.request, principal.tenant_id, name, version, against, text, filename))


@router.get(
    "/{name}/evaluations",
    response_model=Listing[EvaluationOut],
    summary="List evaluations of an adapter",
    responses=responses(404),
)
def list_evaluations(
    principal: Reader,
    runtime: RuntimeDep,
    name: str,
    version: Version = None,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "desc",
) -> dict[str, Any]:
    """Newest first."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        newest = store.adapters.get(name, version)
        ids = [newest.id] if version else [one.id for one in store.adapters.page(name, limit=1000).data]
        page = store.adapter_evaluations.page(ids, limit=limit, after=after, order=order)
    data = [_evaluation(evaluation) for evaluation in page.data]
    return listing(data, [evaluation["id"] for evaluation in data], page)


@router.get(
    "/{name}/evaluations/{evaluation_id}",
    response_model=EvaluationOut,
    summary="Get an evaluation",
    responses=responses(404),
)
def get_evaluation(principal: Reader, runtime: RuntimeDep, name: str, evaluation_id: str) -> dict[str, Any]:
    """Its progress and, when it has ended, verdict and report."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        store.adapters.get(name)
        return _evaluation(store.adapter_evaluations.get(evaluation_id))


@router.post(
    "/{name}/evaluations/{evaluation_id}/cancel",
    response_model=EvaluationOut,
    summary="Cancel an evaluation",
    responses=responses(404, 409),
)
def cancel_evaluation(principal: Writer, runtime: RuntimeDep, name: str, evaluation_id: str) -> dict[str, Any]:
    """A running one ends at its next question, without a verdict."""
    with runtime.storage.db.write_tenant(principal.tenant_id) as store:
        store.adapters.get(name)
        return _evaluation(store.adapter_evaluations.cancel(evaluation_id))


@router.get(
    "/{name}/report",
    response_model=None,
    summary="Report page of an adapter",
    responses={200: {"content": {"text/html": {}}}, **responses(404)},
)
def report_adapter(principal: Reader, runtime: RuntimeDep, name: str, version: Version = None) -> HTMLResponse:
    """One version on one page: origin, staleness, verdicts with intervals, singular values, history."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        adapter = store.adapters.get(name, version)
        evaluations = store.adapter_evaluations.page([adapter.id], limit=100).data
        history = store.deployments.history(100)
    page = adapter_page(adapter, evaluations, history, runtime.adapters.folder(adapter))
    return HTMLResponse(page, headers=PAGE_HEADERS)


def _evaluation(evaluation: AdapterEvaluation) -> dict[str, Any]:
    failed = evaluation.error_code is not None
    return {
        "id": evaluation.id,
        "object": "adapter.evaluation",
        "adapter": evaluation.adapter,
        "against": evaluation.against,
        "status": evaluation.status,
        "progress": evaluation.progress,
        "verdict": evaluation.verdict,
        "report": evaluation.report,
        "error": {"code": evaluation.error_code, "message": evaluation.error_message} if failed else None,
        "created_at": timestamp(evaluation.created_at),
        "finished_at": timestamp(evaluation.finished_at),
    }
