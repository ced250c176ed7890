"""HTTP operations on the files of vector stores, as OpenAI's clients call them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.domain.files import IdPage
from app.http.dependencies import Reader, Writer
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.services import provide
from app.openai_api.lists import ItemList, Window
from app.openai_api.vector_stores.files.schemas import (
    STATUSES,
    AttributesIn,
    FileStatus,
    FileTextOut,
    StoreBatchOut,
    StoreFileDeletedOut,
    StoreFileIn,
    StoreFileOut,
    StoreFilesIn,
    store_batch,
    store_file,
)
from app.openai_api.vector_stores.files.service import StoredDocument, VectorStoreFileService
from app.openai_api.vector_stores.schemas import TextContentOut

router = APIRouter(prefix="/v1/vector_stores/{vector_store_id}", tags=["openai"], route_class=IdempotentRoute)
StoreFiles = Annotated[VectorStoreFileService, provide(VectorStoreFileService)]
StatusFilter = Annotated[FileStatus | None, Query(alias="filter", description="Only with this status.")]


@router.post(
    "/files",
    response_model=StoreFileOut,
    summary="Put a file into a vector store",
    responses=responses(400, 404, 409, 413, 507),
)
def create_vector_store_file(
    principal: Writer, files: StoreFiles, vector_store_id: str, body: StoreFileIn
) -> StoreFileOut:
    """Reads and indexes the file in the background: follow `status`.

    A file of a name that the store has already becomes the new version of it and takes its place.
    """
    return store_file(files.attach(principal.tenant_id, vector_store_id, body.attached(), principal.user))


@router.get(
    "/files", response_model=ItemList[StoreFileOut], summary="List files of a vector store", responses=responses(404)
)
def list_vector_store_files(
    principal: Reader, files: StoreFiles, vector_store_id: str, window: Window, status: StatusFilter = None
) -> ItemList[StoreFileOut]:
    """Files by the time of their upload; documents that were uploaded otherwise come after them, by their ids."""
    statuses = STATUSES[status] if status is not None else ()
    return _items(files.list(principal.tenant_id, vector_store_id, window, statuses))


@router.get(
    "/files/{file_id}",
    response_model=StoreFileOut,
    summary="Get a file of a vector store",
    responses=responses(404),
)
def get_vector_store_file(principal: Reader, files: StoreFiles, vector_store_id: str, file_id: str) -> StoreFileOut:
    """A file of a store, with its state."""
    return store_file(files.get(principal.tenant_id, vector_store_id, file_id))


@router.post(
    "/files/{file_id}",
    response_model=StoreFileOut,
    summary="Change a file of a vector store",
    responses=responses(400, 404),
)
def update_vector_store_file(
    principal: Writer, files: StoreFiles, vector_store_id: str, file_id: str, body: AttributesIn
) -> StoreFileOut:
    """Replaces the attributes, which filters use."""
    changed = files.set_attributes(principal.tenant_id, vector_store_id, file_id, body.attributes or {})
    return store_file(changed)


@router.delete(
    "/files/{file_id}",
    response_model=StoreFileDeletedOut,
    summary="Take a file out of a vector store",
    responses=responses(404),
)
def delete_vector_store_file(
    principal: Writer, files: StoreFiles, vector_store_id: str, file_id: str
) -> StoreFileDeletedOut:
    """Removes it from answers at once. The file itself stays."""
    files.detach(principal.tenant_id, vector_store_id, file_id)
    return StoreFileDeletedOut(id=file_id)


@router.get(
    "/files/{file_id}/content",
    response_model=FileTextOut,
    summary="Get the text of a file of a vector store",
    responses=responses(404),
)
def get_vector_store_file_content(
    principal: Reader, files: StoreFiles, vector_store_id: str, file_id: str
) -> FileTextOut:
    """The extracted text, to which offsets of passages and citations refer."""
    text = files.text(principal.tenant_id, vector_store_id, file_id)
    return FileTextOut(data=[TextContentOut(text=text)])


@router.post(
    "/file_batches",
    response_model=StoreBatchOut,
    summary="Put files into a vector store",
    responses=responses(400, 404, 409, 413, 507),
)
def create_vector_store_batch(
    principal: Writer, files: StoreFiles, vector_store_id: str, body: StoreFilesIn
) -> StoreBatchOut:
    """All of the files, or none if one of them is unknown."""
    return store_batch(files.attach_all(principal.tenant_id, vector_store_id, body.attached(), principal.user))


@router.get(
    "/file_batches/{batch_id}",
    response_model=StoreBatchOut,
    summary="Get a batch of a vector store",
    responses=responses(404),
)
def get_vector_store_batch(principal: Reader, files: StoreFiles, vector_store_id: str, batch_id: str) -> StoreBatchOut:
    """The states of its files."""
    return store_batch(files.batch(principal.tenant_id, vector_store_id, batch_id))


@router.post(
    "/file_batches/{batch_id}/cancel",
    response_model=StoreBatchOut,
    summary="Cancel a batch of a vector store",
    responses=responses(404),
)
def cancel_vector_store_batch(
    principal: Writer, files: StoreFiles, vector_store_id: str, batch_id: str
) -> StoreBatchOut:
    """Files that are ready stay."""
    return store_batch(files.cancel_batch(principal.tenant_id, vector_store_id, batch_id))


@router.get(
    "/file_batches/{batch_id}/files",
    response_model=ItemList[StoreFileOut],
    summary="List files of a batch",
    responses=responses(404),
)
def list_vector_store_batch_files(
    principal: Reader,
    files: StoreFiles,
    vector_store_id: str,
    batch_id: str,
    window: Window,
    status: StatusFilter = None,
) -> ItemList[StoreFileOut]:
    """Files of one batch."""
    statuses = STATUSES[status] if status is not None else ()
    return _items(files.list(principal.tenant_id, vector_store_id, window, statuses, batch_id))


def _items(page: IdPage[StoredDocument]) -> ItemList[StoreFileOut]:
    return ItemList(data=[store_file(one) for one in page.data], has_more=page.has_more)
