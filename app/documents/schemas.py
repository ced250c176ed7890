"""Request and response bodies of documents."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, AliasPath, Field, model_validator
from pydantic.config import JsonDict

from app.documents.document_editor import DocumentChanges
from app.documents.incoming_files import MAX_FILENAME_CHARS, checked_filename
from app.domain.documents import DocumentStatus, StageUnit
from app.domain.visibility import Access
from app.errors import InvalidRequest
from app.http.schemas import Metadata, RequestBody, ResponseBody, ShownName, Timestamp
from app.text.normal_form import addressable_name

MAX_COLLECTION_CHARS = 200
MAX_GROUPS = 100
MAX_DELETED = 1000  # documents of one call
Share = Annotated[float, Field(ge=0, le=1), AfterValidator(lambda share: round(share, 4))]
EXAMPLE: JsonDict = {
    "id": "doc_5d41402abc4b2a76b9719d91",
    "object": "document",
    "filename": "handbook.pdf",
    "collection": "default",
    "version": 1,
    "live_version": 1,
    "status": DocumentStatus.READY,
    "progress": 1.0,
    "stage": None,
    "error": None,
    "warnings": [{"code": "pages_not_read", "message": "Page 12 is a picture whose text is not read."}],
    "media_type": "application/pdf",
    "bytes": 25354,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "pages": 12,
    "chunks": 40,
    "metadata": {"department": "HR"},
    "access": {"groups": ["staff"]},
    "job_id": "job_7d793037a0760186574b0282",
    "external_id": None,
    "created_at": "2026-01-31T12:00:00Z",
    "ready_at": "2026-01-31T12:00:03Z",
}


CollectionName = Annotated[ShownName, AfterValidator(addressable_name)]  # of what a request puts there


def plain_name(declared: str) -> str:
    """A file name without folders. Raises ValueError."""
    if "/" in declared or "\\" in declared:
        raise ValueError("must be a name without folders")
    try:
        return checked_filename(declared)
    except InvalidRequest:
        raise ValueError("must have characters that can be shown") from None


def of_latest(name: str, description: str | None = None) -> Any:
    """A field that holds an attribute of the document's latest version."""
    return Field(validation_alias=AliasPath("latest", name), description=description)


class FailureOut(ResponseBody):
    code: str
    message: str


class WarningOut(ResponseBody):
    code: str
    message: str


class StageOut(ResponseBody):
    unit: StageUnit
    done: int
    total: int
    tokens_per_s: float | None
    eta_s: float | None = Field(description="Seconds until the stage ends at its speed so far.")


class AccessIn(RequestBody):
    """Members of the groups see it; with no groups everybody does. API keys see everything."""

    groups: Annotated[list[ShownName], Field(max_length=MAX_GROUPS), AfterValidator(lambda names: sorted(set(names)))]

    model_config = {"json_schema_extra": {"examples": [{"groups": ["staff"]}]}}

    def access(self) -> Access:
        return Access(tuple(self.groups))


class AccessOut(ResponseBody):
    groups: list[str] = Field(description="Whose members see it. Empty: everybody.")


class DocumentOut(ResponseBody):
    id: str
    object: Literal["document"] = "document"
    filename: str
    collection: str
    version: int = of_latest("version", "The version uploaded last, which the fields below describe.")
    live_version: int | None = Field(description="The version that answers now.")
    status: DocumentStatus = of_latest("status")
    progress: Share = of_latest("progress")
    stage: StageOut | None = of_latest("stage", "Progress within `parsing` or `embedding`; null before it is known.")
    error: FailureOut | None = of_latest("error", "Why it failed or was cancelled.")
    warnings: list[WarningOut] = of_latest("warnings", "What is missing, or hidden in the file. Empty: all was read.")
    media_type: str = of_latest("media_type", "Detected from the content, not from what the upload declared.")
    bytes: int = of_latest("size_bytes")
    sha256: str = of_latest("sha256")
    pages: int | None = of_latest("pages")
    chunks: int | None = of_latest("chunks")
    metadata: dict[str, Any]
    access: AccessOut = Field(description="Who sees the document, in all its versions, if they see its collection.")
    job_id: str | None = of_latest("job_id")
    external_id: str | None = Field(description="Your own key, of a document that was put under one.")
    created_at: Timestamp
    ready_at: Timestamp | None = of_latest("ready_at")

    model_config = {"json_schema_extra": {"examples": [EXAMPLE]}}


class ChunkOut(ResponseBody):
    id: str = Field(validation_alias="public_id")
    index: int
    text: str
    heading: str
    page_start: int | None
    page_end: int | None
    char_start: int
    char_end: int
    char_start_utf16: int = Field(description="`char_start` in UTF-16 code units, as JavaScript and Java count.")
    char_end_utf16: int
    tokens: int
    enabled: bool = Field(description="Whether searches and answers find it.")


class ChunkChangesIn(RequestBody):
    enabled: bool = Field(description="false: no search and no answer finds the chunk, from the next one on.")

    model_config = {"json_schema_extra": {"examples": [{"enabled": False}]}}


class PageOut(ResponseBody):
    page: int
    char_start: int
    char_end: int
    char_start_utf16: int = Field(description="`char_start` in UTF-16 code units, as JavaScript and Java count.")
    char_end_utf16: int
    label: str = Field(description='What the file calls the page if not by its number, for example "iv"; else empty.')


class ContentOut(ResponseBody):
    document_id: str
    text: str = Field(description="The extracted text. Every `char_*` is an offset into it (Unicode code points).")
    pages: list[PageOut]


class DocumentChangesIn(RequestBody):
    """At least one field. What is left out stays as it is."""

    metadata: Metadata | None = Field(None, description="Replaces the metadata that filters use.")
    filename: Annotated[str, Field(min_length=1, max_length=MAX_FILENAME_CHARS), AfterValidator(plain_name)] | None = (
        Field(None, description="Another name, without folders.")
    )
    collection: CollectionName | None = Field(None, description="The collection to move the document to.")
    access: AccessIn | None = Field(None, description="Replaces the groups whose members see the document.")

    model_config = {
        "json_schema_extra": {
            "examples": [{"metadata": {"year": 2026, "department": "archive"}}, {"filename": "report-2026.pdf"}]
        }
    }

    @model_validator(mode="after")
    def changes_something(self) -> Self:
        if (self.metadata, self.filename, self.collection, self.access) == (None, None, None, None):
            raise ValueError("send at least one of metadata, filename, collection and access")
        return self

    def changes(self) -> DocumentChanges:
        access = None if self.access is None else self.access.access()
        return DocumentChanges(self.metadata, self.filename, self.collection, access)


class DeletionIn(RequestBody):
    ids: list[Annotated[str, Field(min_length=1, max_length=64)]] = Field(min_length=1, max_length=MAX_DELETED)

    model_config = {"json_schema_extra": {"examples": [{"ids": ["doc_5d41402abc4b2a76b9719d91"]}]}}


class DeletionOut(ResponseBody):
    object: Literal["document_deletion"] = "document_deletion"
    deleted: list[str] = Field(description="Ids of documents that are gone now.")
    unknown: list[str] = Field(description="Ids of no document of yours.")


class FromUrlIn(RequestBody):
    url: Annotated[str, Field(min_length=1, max_length=2000, description="http or https, of a public host.")]
    collection: CollectionName = "default"
    metadata: Metadata = {}
    access: AccessIn | None = Field(None, description="Who sees the document; left out: as before, else everybody.")

    model_config = {"json_schema_extra": {"examples": [{"url": "https://example.org/handbook.pdf"}]}}
