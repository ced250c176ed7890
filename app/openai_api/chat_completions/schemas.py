"""Request and response bodies of chat completions: OpenAI's, extended by what an answer from documents has more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, computed_field

from app.chat.schemas import LARGEST_SEED, AdapterUsedOut, CitationOut, ContextOut, SpanOut
from app.domain.conversations import RefusalReason, Route
from app.http.schemas import PassageOut, ResponseBody, ShownName, Text
from app.openai_api.dialogue import ChatMessageIn
from app.openai_api.schemas import CompatibleBody, ModelName
from app.search.schemas import CollectionNames, MetadataFilters
from app.text.language import LanguageField

MOST_MESSAGES = 1000


class EndUserIn(CompatibleBody):
    """How Open WebUI names the end user; what has no `id` names nobody."""

    id: ShownName | None = None


def end_user(said: Any) -> Any:
    return said.get("id") if isinstance(said, Mapping) else said


EndUser = Annotated[ShownName | None, BeforeValidator(end_user, json_schema_input_type=ShownName | EndUserIn | None)]


class StreamOptionsIn(CompatibleBody):
    include_usage: bool | None = Field(None, description="One more chunk at the end, with the tokens used.")


class ResponseFormatIn(CompatibleBody):
    type: Text = Field(max_length=50, description="`text` only.")


class ChatCompletionIn(CompatibleBody):
    model: ModelName
    messages: Annotated[list[ChatMessageIn], Field(min_length=1, max_length=MOST_MESSAGES)] = Field(
        description="The last message of the user is the question; those before it are the conversation."
    )
    stream: bool | None = None
    stream_options: StreamOptionsIn | None = None
    max_tokens: int | None = Field(None, ge=1, description="Longest answer; the service's own bound holds too.")
    max_completion_tokens: int | None = Field(None, ge=1, description="The newer name of `max_tokens`; it wins.")
    temperature: float | None = Field(None, ge=0, le=2, description="0, which is deterministic, if left out.")
    top_p: float | None = Field(None, gt=0, le=1)
    seed: int | None = Field(None, ge=-(2**63), le=LARGEST_SEED, description="Repeats a sampled answer.")
    stop: Text | Annotated[list[Text], Field(max_length=4)] | None = None
    n: int | None = Field(None, description="1 only.")
    response_format: ResponseFormatIn | None = None
    modalities: Annotated[list[Text], Field(max_length=10)] | None = Field(None, description="`text` only.")
    tools: list[Any] | None = Field(None, description="Refused unless empty.")
    functions: list[Any] | None = Field(None, description="Refused unless empty.")
    audio: Any = Field(None, description="Refused.")
    logprobs: bool | None = Field(None, description="With the log probability of each token that the model wrote.")
    top_logprobs: int | None = Field(None, ge=0, le=20, description="And of so many likeliest tokens in its place.")
    user: EndUser = Field(
        None,
        description="For keys: whose usage it is, a name or an object with `id`. A token asks for its own.",
    )
    collections: CollectionNames = []
    filters: MetadataFilters = {}
    language: LanguageField | None = Field(None, description="Of the answer; the question's if left out.")

    model_config = {
        "json_schema_extra": {
            "examples": [
                {"model": "loracle", "messages": [{"role": "user", "content": "When does the museum open?"}]},
            ]
        }
    }


class FileCitationOut(CitationOut):
    """A citation of a document, as an annotation. Offsets count Unicode code points; ends are exclusive."""

    type: Literal["file_citation"] = "file_citation"
    file_id: str = Field("", description="The file that the document is of; as `document_id` if it is of none.")

    @computed_field(description="As `start`.")  # type: ignore[prop-decorator]
    @property
    def start_index(self) -> int:
        return self.start

    @computed_field(description="As `end`.")  # type: ignore[prop-decorator]
    @property
    def end_index(self) -> int:
        return self.end


class AnswerDetailsOut(ResponseBody):
    """What an answer from documents has beside OpenAI's fields."""

    refused: bool = Field(description="The documents do not hold the answer; the text says so.")
    refusal_reason: RefusalReason | None
    closest: list[PassageOut] = Field(description="On a refusal: what came nearest.")
    unsupported: list[SpanOut] = Field(description="Sentences of the answer that no passage supports.")
    question: str = Field(description="As it was searched for: a follow-up is made to stand alone.")
    route: Route = Field(description="What the message was taken for, and so what answered it.")
    adapter: AdapterUsedOut | None = Field(description="The adapter version that answered; null for the base model.")


class CompletionUsageOut(ResponseBody):
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    context: ContextOut | None = Field(description="Passages found, used and dropped; null without documents.")


class TopLogprobOut(ResponseBody):
    token: str
    logprob: float
    bytes: list[int] | None = Field(description="In UTF-8; null for a token that is a part of a character.")


class TokenLogprobOut(TopLogprobOut):
    top_logprobs: list[TopLogprobOut]


class LogprobsOut(ResponseBody):
    """Of the tokens as the model wrote them. The text of an answer from documents leaves out some of them, such as
    markers, and may go on with a quotation that the model did not write."""

    content: list[TokenLogprobOut]
    refusal: None = None


class AnswerMessageOut(ResponseBody):
    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[FileCitationOut]


class ChatChoiceOut(ResponseBody):
    index: Literal[0] = 0
    message: AnswerMessageOut
    logprobs: LogprobsOut | None = Field(description="Null unless the request asks for them.")
    finish_reason: Literal["stop", "length"]


class ChatCompletionOut(ResponseBody):
    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    system_fingerprint: None = None
    choices: list[ChatChoiceOut]
    usage: CompletionUsageOut
    loracle: AnswerDetailsOut | None = Field(description="Of an answer from documents; null from the base alone.")


class ChunkDeltaOut(BaseModel):
    """What a chunk adds to the message; it has the fields that it adds."""

    role: Literal["assistant"] = "assistant"
    content: str = ""
    refusal: None = None
    annotations: list[FileCitationOut] = []


class ChunkChoiceOut(BaseModel):
    index: Literal[0]
    delta: ChunkDeltaOut
    logprobs: LogprobsOut | None
    finish_reason: Literal["stop", "length"] | None


class ChatCompletionChunkOut(BaseModel):
    """The data of an event of a streamed completion."""

    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: str
    system_fingerprint: None
    choices: list[ChunkChoiceOut] = Field(description="One; none in the last chunk with `include_usage`.")
    usage: CompletionUsageOut | None = None
    loracle: AnswerDetailsOut | None = Field(None, description="In the chunk with the `finish_reason`.")
