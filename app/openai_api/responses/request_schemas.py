"""Request bodies of responses: OpenAI's."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from app.http.schemas import ShownName, Text
from app.openai_api.dialogue import ContentPartIn
from app.openai_api.schemas import CompatibleBody, ModelName
from app.openai_api.vector_stores.schemas import StoreMetadata
from app.search.schemas import CollectionNames, MetadataFilters
from app.text.language import LanguageField

MOST_ITEMS = 1000
MOST_STORES = 50
ObjectId = Annotated[Text, Field(max_length=64)]
ShortText = Annotated[Text, Field(max_length=100)]


class InputItemIn(CompatibleBody):
    """A message; what an answer's `output` has beside messages may be sent back, too, and is not read."""

    type: ShortText | None = None
    role: ShortText | None = None
    content: Text | Annotated[list[ContentPartIn], Field(max_length=100)] | None = None


class ToolIn(CompatibleBody):
    type: ShortText = Field(description="`file_search` only.")
    vector_store_ids: Annotated[list[ObjectId], Field(max_length=MOST_STORES)] = Field(
        [], description="Look only in these; everywhere if left out."
    )
    max_num_results: int | None = Field(None, ge=1, le=50)
    filters: dict[str, Any] | None = Field(None, description='{"type": "eq", "key": "year", "value": 2026}')
    ranking_options: dict[str, Any] | None = Field(None, description="Not read: the tenant's search profile ranks.")


class TextFormatIn(CompatibleBody):
    type: ShortText = Field(description="`text` only.")


class TextConfigIn(CompatibleBody):
    format: TextFormatIn | None = None


class ConversationRefIn(CompatibleBody):
    id: ObjectId


class ResponseIn(CompatibleBody):
    model: ModelName
    input: Text | Annotated[list[InputItemIn], Field(min_length=1, max_length=MOST_ITEMS)] = Field(
        description="The question; or messages, the last of which by the user is the question."
    )
    instructions: Text | None = Field(None, description="Read by `loracle-base` alone.")
    tools: Annotated[list[ToolIn], Field(max_length=20)] = []
    tool_choice: Any = Field(None, description="Models that answer from documents always search.")
    include: Annotated[list[ShortText], Field(max_length=20)] | None = Field(
        None, description="`file_search_call.results`: the passages found."
    )
    stream: bool | None = None
    store: bool | None = Field(None, description="False: nothing is saved. Saved if left out, but for `loracle-base`.")
    previous_response_id: ObjectId | None = Field(None, description="Go on after this response.")
    conversation: ObjectId | ConversationRefIn | None = Field(None, description="Go on with this conversation.")
    metadata: StoreMetadata | None = None
    max_output_tokens: int | None = Field(None, ge=1, description="Longest answer; the service's own bound holds too.")
    temperature: float | None = Field(None, ge=0, le=2, description="0, which is deterministic, if left out.")
    top_p: float | None = Field(None, gt=0, le=1)
    text: TextConfigIn | None = None
    background: bool | None = Field(None, description="Refused unless false.")
    prompt: Any = Field(None, description="Refused: send the text itself.")
    top_logprobs: int | None = Field(None, description="Refused unless 0.")
    user: ShownName | None = Field(None, description="For keys: the end user who asks. A token asks for its own.")
    collections: CollectionNames = []
    filters: MetadataFilters = {}
    language: LanguageField | None = Field(None, description="Of the answer; the question's if left out.")

    model_config = {"json_schema_extra": {"examples": [{"model": "loracle", "input": "When does the museum open?"}]}}
