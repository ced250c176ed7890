"""Response bodies of responses: OpenAI's, extended by what an answer from documents has more."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from app.http.schemas import PassageOut, ResponseBody
from app.openai_api.chat_completions.schemas import AnswerDetailsOut, FileCitationOut

Status = Literal["in_progress", "completed", "incomplete", "failed"]


class FoundFileOut(PassageOut):
    """A passage that the search found."""

    file_id: str
    attributes: dict[str, Any]


class FileSearchCallOut(ResponseBody):
    id: str
    type: Literal["file_search_call"] = "file_search_call"
    status: Literal["in_progress", "searching", "completed"]
    queries: list[str]
    results: list[FoundFileOut] | None = Field(
        description="With `include`, in the answer itself; not kept, so null when the response is retrieved."
    )


class OutputTextOut(ResponseBody):
    type: Literal["output_text"] = "output_text"
    text: str
    annotations: list[FileCitationOut]
    logprobs: list[Any]


class OutputMessageOut(ResponseBody):
    id: str
    type: Literal["message"] = "message"
    role: Literal["assistant"] = "assistant"
    status: Literal["in_progress", "completed", "incomplete"]
    content: list[OutputTextOut]


OutputItemOut = Annotated[FileSearchCallOut | OutputMessageOut, Field(discriminator="type")]


class InputTextOut(ResponseBody):
    type: Literal["input_text"] = "input_text"
    text: str


class InputMessageOut(ResponseBody):
    id: str
    type: Literal["message"] = "message"
    role: Literal["user", "assistant", "system"]
    status: Literal["completed"] = "completed"
    content: list[InputTextOut | OutputTextOut]


class CachedTokensOut(ResponseBody):
    cached_tokens: Literal[0] = 0
    cache_write_tokens: Literal[0] = 0


class ReasoningTokensOut(ResponseBody):
    reasoning_tokens: Literal[0] = 0


class ResponseUsageOut(ResponseBody):
    input_tokens: int
    input_tokens_details: CachedTokensOut = CachedTokensOut()
    output_tokens: int
    output_tokens_details: ReasoningTokensOut = ReasoningTokensOut()
    total_tokens: int


class ResponseErrorOut(ResponseBody):
    code: Literal["server_error", "rate_limit_exceeded"]
    message: str


class IncompleteOut(ResponseBody):
    reason: Literal["max_output_tokens"] = "max_output_tokens"


class TextFormatOut(ResponseBody):
    type: Literal["text"] = "text"


class TextConfigOut(ResponseBody):
    format: TextFormatOut = TextFormatOut()


class ReasoningOut(ResponseBody):
    effort: None = None
    summary: None = None


class ConversationRefOut(ResponseBody):
    id: str


class ResponseDetailsOut(AnswerDetailsOut):
    """What an answer from documents has beside OpenAI's fields."""

    id: str = Field(description="The turn.")
    conversation_id: str = Field(description="The turn's conversation; empty if nothing is saved.")


class ResponseOut(ResponseBody):
    id: str
    object: Literal["response"] = "response"
    created_at: int
    completed_at: int | None
    status: Status
    error: ResponseErrorOut | None
    incomplete_details: IncompleteOut | None
    instructions: str | None
    max_output_tokens: int | None
    model: str
    output: list[OutputItemOut]
    parallel_tool_calls: Literal[False] = False
    previous_response_id: str | None
    conversation: ConversationRefOut | None
    reasoning: ReasoningOut = ReasoningOut()
    store: bool = Field(description="It is saved: false for `loracle-base` and where `input` tells earlier turns.")
    temperature: float
    text: TextConfigOut = TextConfigOut()
    tool_choice: Literal["auto"] = "auto"
    tools: list[dict[str, Any]]
    top_p: float
    truncation: Literal["disabled"] = "disabled"
    background: Literal[False] = False
    usage: ResponseUsageOut | None
    user: str | None
    metadata: dict[str, str]
    loracle: ResponseDetailsOut | None = Field(description="Of an answer from documents; null until it is whole.")


class ResponseDeletedOut(ResponseBody):
    id: str
    object: Literal["response"] = "response"
    deleted: Literal[True] = True
