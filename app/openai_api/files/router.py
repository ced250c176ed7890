"""HTTP operations on files, as OpenAI's clients call them."""

from __future__ import annotations

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import FileResponse

from app.domain import files as domain
from app.domain.files import FilePurpose, IdPage
from app.errors import InvalidRequest
from app.http.dependencies import Reader, Writer
from app.http.downloads import REDIRECT, download_response, follows_redirects
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.openapi import file_content
from app.http.services import provide
from app.http.uploads import Uploads
from app.openai_api.files.schemas import FileDeletedOut, FileOut
from app.openai_api.files.service import UPLOAD, FileService
from app.openai_api.lists import ItemList, Window
from app.openai_api.schemas import UNSUPPORTED

router = APIRouter(prefix="/v1/files", tags=["openai"], route_class=IdempotentRoute)
Files = Annotated[FileService, provide(FileService)]


@router.post(
    "",
    response_model=FileOut,
    summary="Upload a file",
    responses=responses(400, 413, 415, 507),
    dependencies=[Depends(Uploads(UPLOAD))],
)
async def create_file(
    principal: Writer,
    files: Files,
    request: Request,
    file: Annotated[UploadFile, File(description="Anything that documents may be; JSONL to train on.")],
    purpose: Annotated[
        FilePurpose, Form(description="`assistants` or `user_data`: to be searched. `fine-tune`: to train on.")
    ],
) -> domain.File:
    """Keeps a file. It is searched once a vector store has it; of rows to train on, a dataset is made at once.

    A token uploads no rows to train on, and sees the files of its user alone.
    """
    if purpose == FilePurpose.FINE_TUNE:
        principal.require_key()
    if any(field.startswith("expires_after") for field in await request.form()):
        message = "Files do not expire here: leave `expires_after` out, and delete the file when it is not needed."
        raise InvalidRequest(message, param="expires_after", code=UNSUPPORTED)
    return await run_sync(files.create, principal.tenant_id, file.filename, file.file, purpose, principal.user)


@router.get("", response_model=ItemList[FileOut], summary="List files", responses=responses())
def list_files(
    principal: Reader,
    files: Files,
    window: Window,
    purpose: Annotated[FilePurpose | None, Query(description="Only of this purpose.")] = None,
) -> IdPage[domain.File]:
    """Files that were uploaded here, by time. Documents that were uploaded otherwise are in their vector stores."""
    return files.list(principal.tenant_id, window, purpose, principal.user)


@router.get("/{file_id}", response_model=FileOut, summary="Get a file", responses=responses(404))
def get_file_object(principal: Reader, files: Files, file_id: str) -> domain.File:
    """A file. A document is one too, by its own id."""
    return files.get(principal.tenant_id, file_id, principal.user)


@router.get(
    "/{file_id}/content",
    summary="Download a file",
    response_class=FileResponse,
    responses={200: file_content("application/octet-stream"), **REDIRECT, **responses(404, 416)},
)
def get_file_content(principal: Reader, files: Files, request: Request, file_id: str) -> Response:
    """The bytes as they were uploaded."""
    redirect = follows_redirects(request)
    return download_response(files.content(principal.tenant_id, file_id, principal.user, redirect=redirect))


@router.delete("/{file_id}", response_model=FileDeletedOut, summary="Delete a file", responses=responses(404))
def delete_file(principal: Writer, files: Files, file_id: str) -> FileDeletedOut:
    """Deletes it and, at once, what vector stores have of it; or the dataset that was made of it."""
    files.delete(principal.tenant_id, file_id, principal.user)
    return FileDeletedOut(id=file_id)
