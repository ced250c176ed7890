"""A response in OpenAI's form, as far as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.http.schemas import PassageOut
from app.openai_api.chat_completions.chunks import annotations_of
from app.openai_api.chat_completions.service import Completion
from app.openai_api.responses.request import Envelope
from app.openai_api.responses.schemas import (
    ConversationRefOut,
    FileSearchCallOut,
    FoundFileOut,
    IncompleteOut,
    InputMessageOut,
    InputTextOut,
    OutputItemOut,
    OutputMessageOut,
    OutputTextOut,
    ResponseDetailsOut,
    ResponseErrorOut,
    ResponseOut,
    ResponseUsageOut,
    Status,
)
from app.openai_api.vector_stores.service import FoundPassage


@dataclass(frozen=True, slots=True)
class ResponseView:
    """One response: `searches` says whether its output has the search beside the message."""

    envelope: Envelope
    question: str
    searches: bool

    @property
    def message_index(self) -> int:
        return 1 if self.searches else 0

    @property
    def message_id(self) -> str:
        return self._item_id("msg")

    @property
    def search_id(self) -> str:
        return self._item_id("fs")

    def whole(self, done: Completion, found: Sequence[FoundPassage] | None = None) -> ResponseOut:
        """The response at its end; with what was `found` if the client asked for it."""
        message = self.message(done)
        search = [self.search("completed", found)] if self.searches else []
        status: Status = "incomplete" if message.status == "incomplete" else "completed"
        return self.so_far(status, [*search, message], done)

    def failed(self, message: str, *, limited: bool) -> ResponseOut:
        response = self.so_far("failed")
        error = ResponseErrorOut(code="rate_limit_exceeded" if limited else "server_error", message=message)
        return response.model_copy(update={"error": error})

    def so_far(
        self, status: Status = "in_progress", output: Sequence[OutputItemOut] = (), done: Completion | None = None
    ) -> ResponseOut:
        envelope = self.envelope
        return ResponseOut(
            id=envelope.id,
            created_at=envelope.created_at,
            completed_at=envelope.created_at if done is not None else None,
            status=status,
            error=None,
            incomplete_details=IncompleteOut() if status == "incomplete" else None,
            instructions=envelope.instructions,
            max_output_tokens=envelope.max_output_tokens,
            model=envelope.model,
            output=list(output),
            previous_response_id=envelope.previous_response_id,
            conversation=None if envelope.conversation is None else ConversationRefOut(id=envelope.conversation),
            store=envelope.store,
            temperature=envelope.temperature,
            tools=envelope.tools,
            top_p=envelope.top_p,
            usage=None if done is None else _usage(done),
            user=envelope.user,
            metadata=envelope.metadata,
            loracle=None if done is None else _details(done),
        )

    def search(self, status: str = "in_progress", found: Sequence[FoundPassage] | None = None) -> FileSearchCallOut:
        results = None if found is None else [_found_file(one) for one in found]
        return FileSearchCallOut.model_validate(
            {"id": self.search_id, "status": status, "queries": [self.question], "results": results}
        )

    def message(self, done: Completion | None = None) -> OutputMessageOut:
        """The message at its end, or as it begins."""
        if done is None:
            return OutputMessageOut(id=self.message_id, status="in_progress", content=[])
        status = "incomplete" if done.finish_reason == "length" else "completed"
        return OutputMessageOut.model_validate(
            {"id": self.message_id, "status": status, "content": [output_text(done)]}
        )

    def input_items(self) -> list[InputMessageOut]:
        """The messages of the request."""
        return [
            InputMessageOut.model_validate(
                {
                    "id": f"{self._item_id('msg')}_{place}",
                    "role": one["role"],
                    "content": [_said(one["role"], one["text"])],
                }
            )
            for place, one in enumerate(self.envelope.input)
        ]

    def _item_id(self, prefix: str) -> str:
        return f"{prefix}_{self.envelope.id.removeprefix('resp_')}"


def output_text(done: Completion | None) -> OutputTextOut:
    if done is None:
        return OutputTextOut(text="", annotations=[], logprobs=[])
    return OutputTextOut(text=done.text, annotations=annotations_of(done), logprobs=[])


def _said(role: str, text: str) -> InputTextOut | OutputTextOut:
    return OutputTextOut(text=text, annotations=[], logprobs=[]) if role == "assistant" else InputTextOut(text=text)


def _found_file(found: FoundPassage) -> FoundFileOut:
    passage = PassageOut.model_validate(found.passage).model_dump()
    return FoundFileOut(**passage, file_id=found.file_id, attributes=found.attributes)


def _details(done: Completion) -> ResponseDetailsOut | None:
    return None if done.answer is None else ResponseDetailsOut.model_validate(done.answer)


def _usage(done: Completion) -> ResponseUsageOut:
    total = done.prompt_tokens + done.completion_tokens
    return ResponseUsageOut(input_tokens=done.prompt_tokens, output_tokens=done.completion_tokens, total_tokens=total)
