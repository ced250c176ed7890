"""Request and response bodies of Dify's external knowledge API."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from app.http.schemas import Name, QuestionText, ResponseBody, ShownName, StrictBody, Text
from app.search.schemas import MAX_QUESTION_CHARACTERS

ConditionValue = Text | int | float | bool | list[Text | int | float]


class DifyBody(StrictBody):
    """A request body of Dify, whose newer versions send more: unknown fields are ignored."""

    model_config = ConfigDict(extra="ignore")


class RetrievalSettingIn(DifyBody):
    top_k: int = Field(5, ge=1, le=100, description="How many passages at most.")
    score_threshold: float | None = Field(None, ge=0, le=1, description="Least score of a passage.")


class ConditionIn(DifyBody):
    name: Name | Annotated[list[Name], Field(min_length=1, max_length=20)] = Field(
        description="A metadata field of documents; of several any may hold."
    )
    comparison_operator: Text = Field(max_length=20, examples=["is"])
    value: ConditionValue | None = None


class MetadataConditionIn(DifyBody):
    logical_operator: Literal["and", "or"] | None = None
    conditions: list[ConditionIn] | None = Field(None, max_length=50)


class RetrievalIn(DifyBody):
    knowledge_id: ShownName = Field(description="Name of a collection, or `*` for all documents.")
    query: QuestionText = Field(min_length=1, max_length=MAX_QUESTION_CHARACTERS)
    retrieval_setting: RetrievalSettingIn = RetrievalSettingIn()
    metadata_condition: MetadataConditionIn | None = None

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "knowledge_id": "*",
                    "query": "When does the museum open?",
                    "retrieval_setting": {"top_k": 3, "score_threshold": 0.0},
                }
            ]
        }
    }


class RecordOut(ResponseBody):
    content: str
    score: float = Field(description="0 to 1; orders the records.")
    title: str = Field(description="The document's file name.")
    metadata: dict[str, Any] = Field(description="Of the document, with the passage's ids and its place.")


class RecordsOut(ResponseBody):
    records: list[RecordOut]
