"""Response bodies of a document's versions."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AliasPath, Field

from app.documents.schemas import FailureOut, WarningOut
from app.domain.documents import DocumentStatus
from app.http.schemas import ResponseBody, Timestamp


def of_version(name: str, description: str | None = None) -> Any:
    """A field that holds an attribute of the version itself."""
    return Field(validation_alias=AliasPath("version", name), description=description)


class DocumentVersionOut(ResponseBody):
    object: Literal["document_version"] = "document_version"
    version: int = of_version("version", "1, 2, ... within the document.")
    status: DocumentStatus = of_version("status")
    error: FailureOut | None = of_version("error", "Why it failed or was cancelled.")
    warnings: list[WarningOut] = of_version("warnings", "What is missing, or hidden in the file.")
    media_type: str = of_version("media_type")
    bytes: int = of_version("size_bytes")
    sha256: str = of_version("sha256")
    pages: int | None = of_version("pages")
    chunks: int | None = of_version("chunks")
    readable: bool = Field(description="Its text is kept: `version` of pages and content may name it.")
    created_at: Timestamp = of_version("created_at")
    ready_at: Timestamp | None = of_version("ready_at")
