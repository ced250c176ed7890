"""A response as server-sent events, in OpenAI's order."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from typing import Any

from app.errors import AppError
from app.http.schemas import ResponseBody
from app.http.sse import sse_event
from app.openai_api.chat_completions.service import Completion
from app.openai_api.responses.event_schemas import (
    AnnotationEventOut,
    ItemEventOut,
    PartEventOut,
    ResponseEventOut,
    SearchEventOut,
    TextDeltaEventOut,
    TextDoneEventOut,
)
from app.openai_api.responses.rendering import ResponseView, output_text
from app.openai_api.responses.service import PieceOfResponse, Searched
from app.openai_api.vector_stores.service import FoundPassage


class ResponseEvents:
    """Writes the events of one response; they are numbered from 0."""

    def __init__(self, view: ResponseView) -> None:
        self._view = view
        self._next = 0
        self._found: Sequence[FoundPassage] | None = None
        self._begun = False  # the message, which follows the search

    async def stream(
        self, first: PieceOfResponse, rest: AsyncGenerator[PieceOfResponse, None]
    ) -> AsyncGenerator[str, None]:
        """Created, in progress, the search if there is one, the message, completed. Raises what `rest` raises."""
        async with aclosing(rest):
            yield self._whole("response.created")
            yield self._whole("response.in_progress")
            try:
                for event in self._of(first):
                    yield event
                async for piece in rest:
                    for event in self._of(piece):
                        yield event
            except AppError as fault:
                failed = self._view.failed(fault.message, limited=fault.status == 429)
                yield self._event(ResponseEventOut, type="response.failed", response=failed)
                raise

    def _of(self, piece: PieceOfResponse) -> Iterator[str]:
        match piece:
            case Searched(found):
                self._found = found
            case Completion() as done:
                yield from self._begin()
                yield from self._end(done)
            case str(text) if text:
                yield from self._begin()
                yield self._event(TextDeltaEventOut, **self._place(), delta=text)

    def _begin(self) -> Iterator[str]:
        """The search, which is done, and the message, which is empty yet."""
        if self._begun:
            return
        self._begun = True
        if self._view.searches:
            yield from self._search()
        yield self._item("added", self._view.message_index, self._view.message())
        yield self._event(PartEventOut, type="response.content_part.added", **self._place(), part=output_text(None))

    def _search(self) -> Iterator[str]:
        yield self._item("added", 0, self._view.search())
        for state in ("in_progress", "searching", "completed"):
            name, item_id = f"response.file_search_call.{state}", self._view.search_id
            yield self._event(SearchEventOut, type=name, output_index=0, item_id=item_id)
        yield self._item("done", 0, self._view.search("completed", self._found))

    def _end(self, done: Completion) -> Iterator[str]:
        text = output_text(done)
        for index, annotation in enumerate(text.annotations):
            yield self._event(AnnotationEventOut, **self._place(), annotation_index=index, annotation=annotation)
        yield self._event(TextDoneEventOut, **self._place(), text=done.text)
        yield self._event(PartEventOut, type="response.content_part.done", **self._place(), part=text)
        yield self._item("done", self._view.message_index, self._view.message(done))
        response = self._view.whole(done, self._found)
        yield self._event(ResponseEventOut, type=f"response.{response.status}", response=response)

    def _place(self) -> dict[str, Any]:
        return {"item_id": self._view.message_id, "output_index": self._view.message_index}

    def _item(self, state: str, index: int, item: ResponseBody) -> str:
        return self._event(ItemEventOut, type=f"response.output_item.{state}", output_index=index, item=item)

    def _whole(self, name: str) -> str:
        return self._event(ResponseEventOut, type=name, response=self._view.so_far())

    def _event(self, schema: type[ResponseBody], **fields: Any) -> str:
        event = schema.model_validate({**fields, "sequence_number": self._next})
        self._next += 1
        body = event.model_dump(mode="json")
        return sse_event(body["type"], body)
