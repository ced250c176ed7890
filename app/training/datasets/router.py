"""Datasets: rows to train on, validated whole, previewed as the model will read them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel, Field

from app.adapters.schemas import SourceOut
from app.bootstrap.runtime import Runtime
from app.domain.training import Dataset, DatasetOrigin
from app.errors import PayloadTooLarge
from app.http.dependencies import After, Limit, Ordered, Reader, RuntimeDep, Writer
from app.http.errors import responses
from app.http.schemas import Deleted, Listing, Name, RequestBody, Text, listing, timestamp
from app.storage.blobs import StagedBlob
from app.training.synthetic_data import Wanted

router = APIRouter(prefix="/api/v1/training/datasets", tags=["training"])
PIECE = 1 << 20
Rows = Annotated[
    UploadFile,
    File(
        description="JSONL, one row a line: `messages`; or `prompt` and `completion`; or `question`, `context` (a text "
        "or a list) and `answer` (null teaches a refusal)."
    ),
]
NewName = Annotated[str, Form(min_length=1, max_length=64, description="a-z, 0-9, '.', '_' and '-'.")]


class ProblemOut(BaseModel):
    line: int
    code: str = Field(
        description="malformed, wrong_shape, duplicate, too_long, nothing_to_learn, unknown_source, empty"
    )
    message: str


class BinOut(BaseModel):
    up_to_tokens: int
    rows: int


class ReportOut(BaseModel):
    rows: int
    refusals: int = Field(description="Rows that teach to say that the passages do not hold the answer.")
    documents: int
    tokens: int = Field(description="Of all rows with their prompts.")
    computed_tokens: int | None = Field(None, description="Of these, as rows that begin alike share it.")
    longest_row_tokens: int
    median_row_tokens: int
    histogram: list[BinOut]
    problem_count: int
    problems: list[ProblemOut]
    previews: list[str] = Field(description="Rows as the model reads them, in the prompt that production uses.")


class FromDocumentsIn(RequestBody):
    name: Annotated[Text, Field(min_length=1, max_length=64, description="Of the dataset.")]
    rows: int = Field(200, ge=1, le=500, description="At most.")
    passages: int = Field(3, ge=1, le=8, description="In a row, at most: one that holds the answer, and distractors.")
    refusals: float = Field(0.2, ge=0, le=0.9, description="Share of rows whose passages do not hold the answer.")
    collections: Annotated[list[Name], Field(max_length=20)] = []
    seed: int = Field(0, ge=0, le=2**31 - 1)

    model_config = {"json_schema_extra": {"examples": [{"name": "handbook", "rows": 100}]}}


class FromFeedbackIn(RequestBody):
    name: Annotated[Text, Field(min_length=1, max_length=64, description="Of the dataset.")]

    model_config = {"json_schema_extra": {"examples": [{"name": "corrections"}]}}


class DatasetOut(BaseModel):
    id: str
    object: Literal["dataset"]
    name: str
    version: int
    origin: DatasetOrigin
    bytes: int
    sha256: str
    report: ReportOut
    details: dict[str, Any] = Field(description="How it was made.")
    sources: list[SourceOut] = Field(description="Documents that its rows were made from.")
    base_fingerprint: str = Field(description="Of the base model whose prompt it was validated with.")
    created_at: str


@router.post(
    "",
    status_code=201,
    response_model=DatasetOut,
    summary="Upload a dataset",
    responses=responses(400, 413, 507),
)
async def upload_dataset(principal: Writer, runtime: RuntimeDep, name: NewName, file: Rows) -> dict[str, Any]:
    """Every row is checked; if one is wrong, nothing is kept and the error names the lines. Else the next version."""
    staged = await run_sync(_staged, runtime, file)
    return dataset_dict(await run_sync(runtime.datasets.keep, principal.tenant_id, name, staged))


@router.post(
    "/validate",
    response_model=ReportOut,
    summary="Validate a dataset",
    responses=responses(400, 413, 507),
)
async def validate_dataset(principal: Writer, runtime: RuntimeDep, file: Rows) -> dict[str, Any]:
    """What is in the file and what is wrong with it, line by line. Nothing is kept."""
    staged = await run_sync(_staged, runtime, file)
    return (await run_sync(runtime.datasets.check, principal.tenant_id, staged)).describe()


@router.post(
    "/from-documents",
    status_code=201,
    response_model=DatasetOut,
    summary="Make a dataset of documents",
    responses=responses(400, 404, 413, 507),
)
def make_dataset_of_documents(principal: Writer, runtime: RuntimeDep, body: FromDocumentsIn) -> dict[str, Any]:
    """Sentences of your documents as questions with a gap, over the passages that a search for them finds.

    In some rows the passage that holds the answer is taken away: there a refusal is right. Export it and have
    somebody who knows the documents read it before you train on it.
    """
    wanted = Wanted(body.rows, body.passages, body.refusals, tuple(body.collections), body.seed)
    made = runtime.lessons.from_documents(principal.tenant_id, wanted)
    return dataset_dict(runtime.datasets.keep_made(principal.tenant_id, body.name, made))


@router.post(
    "/from-feedback",
    status_code=201,
    response_model=DatasetOut,
    summary="Make a dataset of feedback",
    responses=responses(400, 413, 507),
)
def make_dataset_of_feedback(principal: Writer, runtime: RuntimeDep, body: FromFeedbackIn) -> dict[str, Any]:
    """Corrected answers, and answers that were rated `up`, over the passages that a search finds now."""
    made = runtime.lessons.from_feedback(principal.tenant_id)
    return dataset_dict(runtime.datasets.keep_made(principal.tenant_id, body.name, made))


@router.get("", response_model=Listing[DatasetOut], summary="List datasets", responses=responses())
def list_datasets(
    principal: Reader, runtime: RuntimeDep, limit: Limit = 20, after: After = None, order: Ordered = "desc"
) -> dict[str, Any]:
    """All versions of all datasets of your tenant, newest first."""
    page = runtime.datasets.page(principal.tenant_id, limit=limit, after=after, order=order)
    data = [dataset_dict(dataset) for dataset in page.data]
    return listing(data, [dataset["id"] for dataset in data], page)


@router.get("/{dataset_id}", response_model=DatasetOut, summary="Get a dataset", responses=responses(404))
def get_dataset(principal: Reader, runtime: RuntimeDep, dataset_id: str) -> dict[str, Any]:
    """Its report, previews and sources."""
    return dataset_dict(runtime.datasets.get(principal.tenant_id, dataset_id))


@router.get(
    "/{dataset_id}/export",
    response_class=Response,
    summary="Export a dataset",
    responses={200: {"content": {"application/jsonl": {}}}, **responses(404)},
)
def export_dataset(principal: Reader, runtime: RuntimeDep, dataset_id: str) -> Response:
    """The rows as JSONL: review them, change them, upload them again as the next version."""
    dataset = runtime.datasets.get(principal.tenant_id, dataset_id)
    disposition = f'attachment; filename="{dataset.name}-{dataset.version}.jsonl"'
    content = runtime.datasets.content(dataset)
    return Response(content, media_type="application/jsonl", headers={"Content-Disposition": disposition})


@router.delete("/{dataset_id}", response_model=Deleted, summary="Delete a dataset", responses=responses(404))
def delete_dataset(principal: Writer, runtime: RuntimeDep, dataset_id: str) -> Deleted:
    """Rows and all. A training that needs them ends as failed (`dataset_deleted`); adapters made of them stay."""
    runtime.datasets.delete(principal.tenant_id, dataset_id)
    return Deleted(id=dataset_id, object="dataset")


def dataset_dict(dataset: Dataset) -> dict[str, Any]:
    return {
        "id": dataset.id,
        "object": "dataset",
        "name": dataset.name,
        "version": dataset.version,
        "origin": dataset.origin,
        "bytes": dataset.size_bytes,
        "sha256": dataset.sha256,
        "report": dataset.report,
        "details": dataset.details,
        "sources": [
            {"document_id": one.document_id, "filename": one.filename, "deleted": one.deleted}
            for one in dataset.sources
        ],
        "base_fingerprint": dataset.base_fingerprint,
        "created_at": timestamp(dataset.created_at),
    }


def _staged(runtime: Runtime, file: UploadFile) -> StagedBlob:
    most = runtime.datasets.max_bytes
    writer = runtime.storage.blobs.writer(most + PIECE)
    size = 0
    while piece := file.file.read(PIECE):
        size += len(piece)
        if size > most:
            writer.abort()
            raise PayloadTooLarge(f"A dataset may have at most {most:,} bytes; split it.", param="file")
        writer.write(piece)
    return writer.commit()
