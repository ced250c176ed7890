"""Request and response bodies of conversations, turns and feedback."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from app.domain.conversations import Rating, TurnStatus
from app.http.schemas import Choice, RequestBody, ResponseBody, ShownName, Text, Timestamp


class ConversationOut(ResponseBody):
    id: str
    object: Literal["conversation"] = "conversation"
    title: str = Field(description="The first question, unless it was renamed.")
    pinned: bool = Field(description="First in the list.")
    archived: bool = Field(description="Put away: in a list of its own.")
    current_turn_id: str | None = Field(description="The last turn of the branch that goes on; null without turns.")
    last_question: str | None = Field(description="The question of that turn; null without turns.")
    user: str | None = Field(description="The end user that it belongs to; null if a key named none.")
    created_at: Timestamp
    updated_at: Timestamp


class ConversationChangesIn(RequestBody):
    title: ShownName | None = Field(None, description="At most 200 characters.")
    pinned: bool | None = None
    archived: bool | None = None
    current_turn_id: str | None = Field(
        None, max_length=64, description="A turn whose branch is to go on, with the newest that came after it."
    )

    model_config = {"json_schema_extra": {"examples": [{"title": "Opening hours", "pinned": True}]}}


class ConversationIdsIn(RequestBody):
    ids: list[Annotated[str, Field(max_length=64)]] = Field(min_length=1, max_length=1000)

    model_config = {"json_schema_extra": {"examples": [{"ids": ["conv_9e107d9d372bb6826bd81d35"]}]}}


class DeletedConversationsOut(ResponseBody):
    object: Literal["conversation_deletion"] = "conversation_deletion"
    deleted: list[str] = Field(description="Ids of the conversations that were there and are deleted.")
    unknown: list[str] = Field(description="The other ids: unknown, or not yours.")


class FeedbackOut(ResponseBody):
    id: str
    object: Literal["feedback"] = "feedback"
    turn_id: str
    user: str | None = Field(description="Who rated; null if a key named no user.")
    rating: Rating
    corrected_answer: str | None
    comment: str | None
    created_at: Timestamp = Field(description="When it was given or last changed.")


class TurnOut(ResponseBody):
    id: str
    object: Literal["turn"] = "turn"
    parent_id: str | None = Field(description="The turn before it; null for the first.")
    versions: list[str] = Field(
        description="Ids of the turns after the same one, itself among them, oldest first: answers that were written "
        "again, questions that were edited."
    )
    question: str
    answer: str
    result: dict[str, Any] = Field(
        description="The whole answer as it was sent. A citation has `gone: true` if its document was deleted since."
    )
    status: TurnStatus = Field(description="`stopped`, `failed`: the answer is what was shown of it.")
    feedback: list[FeedbackOut] = Field(description="What users said of the answer: for a token, its own user.")
    created_at: Timestamp


class FeedbackIn(RequestBody):
    turn_id: str = Field(max_length=64, description="The `id` of a chat answer.")
    rating: Choice[Rating]
    user: ShownName | None = Field(None, description="For keys: the end user who rates; the answer is theirs.")
    corrected_answer: Text | None = Field(None, max_length=8000, description="What the answer should have been.")
    comment: Text | None = Field(None, max_length=2000)

    model_config = {
        "json_schema_extra": {"examples": [{"turn_id": "turn_9e107d9d372bb6826bd81d35", "rating": Rating.UP}]}
    }
