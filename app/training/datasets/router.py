"""HTTP operations on datasets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from app.domain.pagination import Page
from app.domain.training import Dataset
from app.http.dependencies import After, KeyReader, KeyWriter, Limit, SortedByName, SortOrder, Words
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.openapi import file_content
from app.http.schemas import Deleted, Listing
from app.http.services import provide
from app.http.uploads import Uploads
from app.training.dataset import DatasetReport
from app.training.datasets.schemas import DatasetName, DatasetOut, FromDocumentsIn, FromFeedbackIn, ReportOut, RowsFile
from app.training.datasets.service import UPLOAD, DatasetService

router = APIRouter(prefix="/api/v1/training/datasets", tags=["training"], route_class=IdempotentRoute)
Datasets = Annotated[DatasetService, provide(DatasetService)]


@router.post(
    "",
    status_code=201,
    response_model=DatasetOut,
    summary="Upload a dataset",
    responses=responses(400, 413, 507),
    dependencies=[Depends(Uploads(UPLOAD))],
)
def upload_dataset(principal: KeyWriter, datasets: Datasets, name: DatasetName, file: RowsFile) -> Dataset:
    """Every row is checked; if one is wrong, nothing is kept and the error names the lines. Else the next version."""
    return datasets.upload(principal.tenant_id, name, file.file)


@router.post(
    "/validate",
    response_model=ReportOut,
    summary="Validate a dataset",
    responses=responses(400, 413, 507),
)
def validate_dataset(principal: KeyWriter, datasets: Datasets, file: RowsFile) -> DatasetReport:
    """What is in the file and what is wrong with it, line by line. Nothing is kept."""
    return datasets.validate(principal.tenant_id, file.file)


@router.post(
    "/from-documents",
    status_code=201,
    response_model=DatasetOut,
    summary="Make a dataset of documents",
    responses=responses(400, 404, 413, 507),
)
def make_dataset_of_documents(principal: KeyWriter, datasets: Datasets, body: FromDocumentsIn) -> Dataset:
    """Sentences of your documents as questions with a gap, over the passages that a search for them finds.

    In some rows the passage that holds the answer is taken away: there a refusal is right. Export it and have
    somebody who knows the documents read it before you train on it.
    """
    return datasets.create_from_documents(principal.tenant_id, body.name, body.request())


@router.post(
    "/from-feedback",
    status_code=201,
    response_model=DatasetOut,
    summary="Make a dataset of feedback",
    responses=responses(400, 413, 507),
)
def make_dataset_of_feedback(principal: KeyWriter, datasets: Datasets, body: FromFeedbackIn) -> Dataset:
    """Corrected answers, and answers that were rated `up`, over the passages that a search finds now."""
    return datasets.create_from_feedback(principal.tenant_id, body.name)


@router.get("", response_model=Listing[DatasetOut], summary="List datasets", responses=responses())
def list_datasets(
    principal: KeyReader,
    datasets: Datasets,
    q: Words = None,
    sort: SortedByName = "created_at",
    limit: Limit = 20,
    after: After = None,
    order: SortOrder = None,
) -> Page[Dataset]:
    """All versions of all datasets of your tenant, newest first."""
    return datasets.list(principal.tenant_id, q=q, sort=sort, limit=limit, after=after, order=order)


@router.get("/{dataset_id}", response_model=DatasetOut, summary="Get a dataset", responses=responses(404))
def get_dataset(principal: KeyReader, datasets: Datasets, dataset_id: str) -> Dataset:
    """Its report, previews and sources."""
    return datasets.get(principal.tenant_id, dataset_id)


@router.get(
    "/{dataset_id}/export",
    response_class=Response,
    summary="Export a dataset",
    responses={200: file_content("application/jsonl"), **responses(404)},
)
def export_dataset(principal: KeyReader, datasets: Datasets, dataset_id: str) -> Response:
    """The rows as JSONL: review them, change them, upload them again as the next version."""
    file = datasets.export(principal.tenant_id, dataset_id)
    headers = {"Content-Disposition": f'attachment; filename="{file.filename}"'}
    return Response(file.content, media_type="application/jsonl", headers=headers)


@router.delete("/{dataset_id}", response_model=Deleted, summary="Delete a dataset", responses=responses(404))
def delete_dataset(principal: KeyWriter, datasets: Datasets, dataset_id: str) -> Deleted:
    """Rows and all. A training that needs them ends as failed (`dataset_deleted`); adapters made of them stay."""
    datasets.delete(principal.tenant_id, dataset_id)
    return Deleted(id=dataset_id, object="dataset")
