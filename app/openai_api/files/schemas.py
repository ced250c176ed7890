"""Response bodies of files, in OpenAI's form, extended."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.domain.files import FilePurpose
from app.http.schemas import ResponseBody
from app.openai_api.schemas import UnixSeconds


class FileOut(ResponseBody):
    id: str
    object: Literal["file"] = "file"
    bytes: int = Field(validation_alias="size_bytes")
    created_at: UnixSeconds
    filename: str
    purpose: FilePurpose
    status: Literal["processed"] = "processed"
    status_details: None = None
    expires_at: None = None
    media_type: str = Field(description="Detected from the content.")
    dataset_id: str | None = Field(description="The dataset that the rows of a file to train on became.")


class FileDeletedOut(ResponseBody):
    id: str
    object: Literal["file"] = "file"
    deleted: Literal[True] = True
