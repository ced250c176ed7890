"""Request and response bodies of conversations, turns and feedback."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.domain.conversations import Rating
from app.http.schemas import RequestBody, ResponseBody, ShownName, Text, Timestamp


class ConversationOut(ResponseBody):
    id: str
    object: Literal["conversation"] = "conversation"
    title: str = Field(description="The first question.")
    user: str | None = Field(description="The end user that it belongs to; null if a key named none.")
    created_at: Timestamp
    updated_at: Timestamp


class TurnOut(ResponseBody):
    id: str
    object: Literal["turn"] = "turn"
    question: str
    answer: str
    result: dict[str, Any] = Field(
        description="The whole answer as it was sent. A citation has `gone: true` if its document was deleted since."
    )
    created_at: Timestamp


class FeedbackIn(RequestBody):
    turn_id: str = Field(max_length=64, description="The `id` of a chat answer.")
    rating: Rating
    user: ShownName | None = Field(None, description="For keys: the end user who rates; the answer is theirs.")
    corrected_answer: Text | None = Field(None, max_length=8000, description="What the answer should have been.")
    comment: Text | None = Field(None, max_length=2000)

    model_config = {
        "json_schema_extra": {"examples": [{"turn_id": "turn_9e107d9d372bb6826bd81d35", "rating": Rating.UP}]}
    }


class FeedbackOut(ResponseBody):
    id: str
    object: Literal["feedback"] = "feedback"
    turn_id: str
    user: str | None = Field(description="Who rated; null if a key named no user.")
    rating: Rating
    corrected_answer: str | None
    comment: str | None
    created_at: Timestamp
