"""Form and response bodies of batches."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field
from pydantic.config import JsonDict
from starlette.datastructures import FormData, UploadFile

from app.documents.batches.batch_upload import MAX_FILES
from app.documents.form_values import checked_collection
from app.documents.schemas import MAX_COLLECTION_CHARS, AccessOut, Share
from app.domain.documents import DocumentStatus
from app.errors import InvalidRequest
from app.http.schemas import ResponseBody, Timestamp

EXAMPLE: JsonDict = {
    "id": "bat_5d41402abc4b2a76b9719d91",
    "object": "batch",
    "collection": "handbooks",
    "access": {"groups": []},
    "files": 120,
    "refused": [{"filename": "logo.svgz", "code": "unsupported_media_type", "message": "It cannot be read."}],
    "counts": {DocumentStatus.READY: 80, DocumentStatus.EMBEDDING: 1, DocumentStatus.QUEUED: 38},
    "warned": 2,
    "progress": 0.68,
    "eta_s": 42.0,
    "finished": False,
    "created_at": "2026-01-31T12:00:00Z",
}
FORM: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["files"],
                "properties": {
                    "files": {
                        "type": "array",
                        "minItems": 1,
                        "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                        "description": f"Up to {MAX_FILES:,} files. A name may have folders: `2026/march/report.pdf`.",
                    },
                    "collection": {"type": "string", "maxLength": MAX_COLLECTION_CHARS, "default": "default"},
                    "metadata": {
                        "type": "string",
                        "description": "A JSON object, for every document.",
                        "default": "{}",
                    },
                    "access": {
                        "type": "string",
                        "description": 'Who sees the documents and the batch, as JSON: `{"groups": ["staff"]}`.',
                        "default": "",
                    },
                    "unpack": {
                        "type": "string",
                        "enum": ["true", "false"],
                        "default": "true",
                        "description": "Upload the members of a ZIP archive as documents, not the archive as one.",
                    },
                },
            }
        }
    },
}


class RefusedOut(ResponseBody):
    filename: str
    code: str
    message: str


class BatchOut(ResponseBody):
    id: str
    object: Literal["batch"] = "batch"
    collection: str
    access: AccessOut = Field(description="Who sees the batch, if they see its collection.")
    files: int = Field(description="Files of the upload; members of archives count one by one.")
    refused: list[RefusedOut] = Field(description="Files that were refused, and why. They do not affect the others.")
    counts: dict[DocumentStatus, int] = Field(description="Documents by status.")
    warned: int = Field(description="Documents with `warnings`: they are ready, but a part of them is not.")
    progress: Share = Field(description="Progress of the documents; 1 once all are ready, failed or cancelled.")
    eta_s: float | None = Field(description="Seconds until the batch is finished at its speed so far.")
    finished: bool
    created_at: Timestamp

    model_config = {"json_schema_extra": {"examples": [EXAMPLE]}}


def files_of(form: FormData) -> list[UploadFile]:
    """Raises InvalidRequest if there are none."""
    files = [file for file in form.getlist("files") if isinstance(file, UploadFile)]
    if not files:
        raise InvalidRequest("Send at least one file in the field `files`.", param="files")
    return files


def collection_of(form: FormData) -> str:
    """Raises InvalidRequest."""
    collection = text_of(form, "collection", "default", MAX_COLLECTION_CHARS)
    if not collection:
        raise InvalidRequest("collection must not be empty.", param="collection")
    return checked_collection(collection)


def flag_of(form: FormData, name: str) -> bool:
    """True if the field is left out. Raises InvalidRequest."""
    text = text_of(form, name, "true", len("false"))
    if text not in {"true", "false"}:
        raise InvalidRequest(f"{name} is true or false.", param=name)
    return text == "true"


def text_of(form: FormData, name: str, default: str, max_chars: int) -> str:
    """Raises InvalidRequest if the field is a file or longer than `max_chars`."""
    text = form.get(name, default)
    if not isinstance(text, str) or len(text) > max_chars:
        raise InvalidRequest(f"{name} must be text of at most {max_chars:,} characters.", param=name)
    return text
