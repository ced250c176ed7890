"""Request and response bodies of links."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.documents.links.service import DEFAULT_WIDTH
from app.documents.links.signed_token import LinkKind
from app.documents.pages.schemas import MAX_WIDTH
from app.http.schemas import RequestBody, ResponseBody, Timestamp

LARGEST = 2**31
LONGEST_TTL_S, DEFAULT_TTL_S = 86_400, 300
Offset = Annotated[int, Field(ge=0, le=LARGEST, description="Of a range of the document's text to mark on the page.")]


class LinkIn(RequestBody):
    kind: LinkKind = Field(description="The original file, the picture of a page, or its text as a page.")
    page: int | None = Field(None, ge=1, le=LARGEST, description="From 1; of a link to a page.")
    version: int | None = Field(
        None, ge=1, le=LARGEST, description="Left out: the live version; of a file the one uploaded last."
    )
    width: int = Field(DEFAULT_WIDTH, ge=16, le=MAX_WIDTH, description="Of the picture, in pixels.")
    start: Offset = 0
    end: Offset = 0
    ttl_s: int = Field(DEFAULT_TTL_S, ge=1, le=LONGEST_TTL_S, description="Seconds until the link ends.")

    model_config = {"json_schema_extra": {"examples": [{"kind": "file"}, {"kind": "page_text", "page": 1}]}}


class LinkOut(ResponseBody):
    object: Literal["link"] = "link"
    kind: LinkKind
    document_id: str
    version: int = Field(description="The link opens this version, whatever comes later.")
    url: str = Field(description="On this service's host. Whoever has it can open it, without a key.")
    expires_at: Timestamp
