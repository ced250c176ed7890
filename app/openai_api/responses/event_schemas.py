"""The data of the server-sent events of a response, each named by its `type`."""

from __future__ import annotations

from typing import Any, Literal

from app.http.schemas import ResponseBody
from app.openai_api.chat_completions.schemas import FileCitationOut
from app.openai_api.responses.schemas import OutputItemOut, OutputTextOut, ResponseOut


class ResponseEventOut(ResponseBody):
    """The whole response as it is."""

    type: Literal[
        "response.created",
        "response.in_progress",
        "response.completed",
        "response.incomplete",
        "response.failed",
    ]
    sequence_number: int
    response: ResponseOut


class ItemEventOut(ResponseBody):
    """An item of the output begins or is whole."""

    type: Literal["response.output_item.added", "response.output_item.done"]
    sequence_number: int
    output_index: int
    item: OutputItemOut


class SearchEventOut(ResponseBody):
    """The state of the search."""

    type: Literal[
        "response.file_search_call.in_progress",
        "response.file_search_call.searching",
        "response.file_search_call.completed",
    ]
    sequence_number: int
    output_index: int
    item_id: str


class PartEventOut(ResponseBody):
    """The text begins or is whole."""

    type: Literal["response.content_part.added", "response.content_part.done"]
    sequence_number: int
    item_id: str
    output_index: int
    content_index: Literal[0] = 0
    part: OutputTextOut


class TextDeltaEventOut(ResponseBody):
    """The next piece of the text."""

    type: Literal["response.output_text.delta"] = "response.output_text.delta"
    sequence_number: int
    item_id: str
    output_index: int
    content_index: Literal[0] = 0
    delta: str
    logprobs: list[Any] = []


class AnnotationEventOut(ResponseBody):
    """A citation; all of them come after the last piece of the text."""

    type: Literal["response.output_text.annotation.added"] = "response.output_text.annotation.added"
    sequence_number: int
    item_id: str
    output_index: int
    content_index: Literal[0] = 0
    annotation_index: int
    annotation: FileCitationOut


class TextDoneEventOut(ResponseBody):
    """The whole text."""

    type: Literal["response.output_text.done"] = "response.output_text.done"
    sequence_number: int
    item_id: str
    output_index: int
    content_index: Literal[0] = 0
    text: str
    logprobs: list[Any] = []


EVENTS: dict[str, type[ResponseBody]] = {
    "response.created": ResponseEventOut,
    "response.in_progress": ResponseEventOut,
    "response.output_item.added": ItemEventOut,
    "response.file_search_call.in_progress": SearchEventOut,
    "response.file_search_call.searching": SearchEventOut,
    "response.file_search_call.completed": SearchEventOut,
    "response.output_item.done": ItemEventOut,
    "response.content_part.added": PartEventOut,
    "response.output_text.delta": TextDeltaEventOut,
    "response.output_text.annotation.added": AnnotationEventOut,
    "response.output_text.done": TextDoneEventOut,
    "response.content_part.done": PartEventOut,
    "response.completed": ResponseEventOut,
    "response.incomplete": ResponseEventOut,
    "response.failed": ResponseEventOut,
}
