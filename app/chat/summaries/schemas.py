"""Request and response bodies of summaries."""

from __future__ import annotations

from pydantic import Field

from app.chat.schemas import CitationOut
from app.http.schemas import RequestBody, ResponseBody
from app.text.language import LanguageField


class SummaryIn(RequestBody):
    language: LanguageField | None = Field(
        None, description="Of the words around the sentences, which stay as they are; the document's if left out."
    )

    model_config = {"json_schema_extra": {"examples": [{"language": "en"}]}}


class SummaryOut(ResponseBody):
    document_id: str
    filename: str
    version: int
    language: str
    summary: str = Field(description="The sentences that say most, in the document's order and own words.")
    citations: list[CitationOut]
    sections_read: int = Field(description="Fewer than `sections` if the document is very long.")
    sections: int
