"""Request and response bodies of conversations, in OpenAI's form."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from app.domain.conversations import Turn
from app.errors import InvalidRequest
from app.http.schemas import ResponseBody
from app.openai_api.chat_completions.service import completion_of_turn
from app.openai_api.conversations.service import ANSWERED
from app.openai_api.responses.rendering import output_text
from app.openai_api.responses.schemas import InputMessageOut, InputTextOut
from app.openai_api.schemas import UNSUPPORTED, CompatibleBody, UnixSeconds
from app.openai_api.vector_stores.schemas import StoreMetadata


class ConversationObjectIn(CompatibleBody):
    metadata: StoreMetadata | None = None
    items: Annotated[list[Any], Field(max_length=20)] | None = Field(
        None, description="Refused unless empty: send the turns so far as `input` of a response."
    )

    model_config = {"json_schema_extra": {"examples": [{"metadata": {"topic": "opening hours"}}]}}

    def check(self) -> None:
        """Raises InvalidRequest if the conversation should begin with items."""
        if self.items:
            message = "Turns cannot be put into a conversation: send those so far as the `input` of a response."
            raise InvalidRequest(message, param="items", code=UNSUPPORTED)


class ConversationMetadataIn(CompatibleBody):
    metadata: StoreMetadata | None

    model_config = {"json_schema_extra": {"examples": [{"metadata": {"topic": "tickets"}}]}}


class ConversationObjectOut(ResponseBody):
    id: str
    object: Literal["conversation"] = "conversation"
    created_at: UnixSeconds
    metadata: dict[str, str] = Field(validation_alias="labels")


class ConversationObjectDeletedOut(ResponseBody):
    id: str
    object: Literal["conversation.deleted"] = "conversation.deleted"
    deleted: Literal[True] = True


def item_out(item_id: str, turn: Turn) -> InputMessageOut:
    """The question of a turn, or its answer with its citations."""
    if not item_id.endswith(ANSWERED):
        return InputMessageOut(id=item_id, role="user", content=[InputTextOut(text=turn.question)])
    return InputMessageOut(id=item_id, role="assistant", content=[output_text(completion_of_turn(turn, {}))])
