"""Arguments and results of the tools."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.chat.schemas import CitationOut
from app.domain.conversations import RefusalReason
from app.http.schemas import PassageOut, QuestionText, RequestBody, ResponseBody, Text
from app.search.schemas import MAX_QUESTION_CHARACTERS, CollectionNames, MetadataFilters

USUAL_CHARACTERS = 20_000
MOST_CHARACTERS = 100_000


class SearchArguments(RequestBody):
    query: QuestionText = Field(
        min_length=1, max_length=MAX_QUESTION_CHARACTERS, description="A question or key words."
    )
    k: int = Field(8, ge=1, le=50, description="How many passages at most.")
    collections: CollectionNames = []
    filters: MetadataFilters = {}


class SearchResult(ResponseBody):
    passages: list[PassageOut] = Field(description="Best first.")


class AskArguments(RequestBody):
    question: QuestionText = Field(
        min_length=1, max_length=MAX_QUESTION_CHARACTERS, description="In the words of the user."
    )
    collections: CollectionNames = []
    filters: MetadataFilters = {}
    conversation_id: str | None = Field(
        None, max_length=64, description="Of an earlier result: the question is a follow-up to it."
    )


class AskResult(ResponseBody):
    answer: str
    refused: bool = Field(description="The documents do not hold an answer; `answer` says so.")
    refusal_reason: RefusalReason | None
    citations: list[CitationOut] = Field(description="The passage that each sentence of `answer` rests on.")
    closest: list[PassageOut] = Field(description="On a refusal: what came nearest.")
    conversation_id: str = Field(description="Give it with a follow-up question.")


class ListCollectionsArguments(RequestBody):
    q: Text | None = Field(
        None, max_length=200, description="Only with all these words, or parts of words, in the name."
    )
    after: str | None = Field(None, max_length=400, description="The `next_cursor` of the result before.")


class CollectionItem(ResponseBody):
    name: str
    documents: int = Field(description="How many.")


class CollectionsResult(ResponseBody):
    collections: list[CollectionItem] = Field(validation_alias="data", description="By name.")
    total: int
    next_cursor: str | None = Field(description="`after` of the next collections; null if these are the last.")


class ReadDocumentArguments(RequestBody):
    document_id: str = Field(min_length=1, max_length=64, description="Of a passage or a citation.")
    start: int = Field(0, ge=0, le=2**31, description="The first character to read, as in `char_start` of a passage.")
    length: Annotated[int, Field(ge=1, le=MOST_CHARACTERS, description="Characters at most.")] = USUAL_CHARACTERS


class DocumentResult(ResponseBody):
    object: Literal["document.text"] = "document.text"
    document_id: str
    filename: str
    text: str
    start: int
    end: int = Field(description="Go on from here if it is less than `characters`.")
    characters: int = Field(description="Of the whole document, in Unicode code points.")
