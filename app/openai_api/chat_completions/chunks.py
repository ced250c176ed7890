"""A chat completion in OpenAI's form: whole, or as the chunks of a stream."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from app.domain.conversations import TokenLogprob
from app.http.sse import sse_data
from app.openai_api.chat_completions.schemas import (
    AnswerDetailsOut,
    AnswerMessageOut,
    ChatChoiceOut,
    ChatCompletionOut,
    CompletionUsageOut,
    FileCitationOut,
    LogprobsOut,
    TokenLogprobOut,
    TopLogprobOut,
)
from app.openai_api.chat_completions.service import Completion, PieceOfCompletion
from app.storage.ids import new_id

DONE = "[DONE]"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the answer and each chunk of one completion share."""

    model: str
    include_usage: bool = False
    logprobs: bool = False
    id: str = field(default_factory=lambda: new_id("chatcmpl"))
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, done: Completion) -> ChatCompletionOut:
        message = AnswerMessageOut(content=done.text, annotations=annotations_of(done))
        return ChatCompletionOut(
            id=self.id,
            created=self.created,
            model=self.model,
            choices=[ChatChoiceOut(message=message, logprobs=self._logprobs(done), finish_reason=done.finish_reason)],
            usage=_usage(done),
            loracle=_details(done),
        )

    async def stream(
        self, first: PieceOfCompletion, rest: AsyncGenerator[PieceOfCompletion, None]
    ) -> AsyncGenerator[str, None]:
        """The chunks as server-sent events: role, pieces of text, annotations, finish reason, usage if asked for."""
        async with aclosing(rest):
            yield self._chunk({"role": "assistant", "content": "", "refusal": None})
            for event in self._events(first):
                yield event
            async for piece in rest:
                for event in self._events(piece):
                    yield event
        yield sse_data(DONE)

    def _events(self, piece: PieceOfCompletion) -> list[str]:
        if not isinstance(piece, Completion):
            return [self._chunk({"content": piece})] if piece and isinstance(piece, str) else []
        annotations = [one.model_dump(mode="json") for one in annotations_of(piece)]
        events = [self._chunk({"annotations": annotations})] if annotations else []
        if (logprobs := self._logprobs(piece)) is not None:
            events.append(self._chunk({}, logprobs=logprobs.model_dump(mode="json")))
        details = _details(piece)
        more = {"loracle": None if details is None else details.model_dump(mode="json")}
        events.append(self._chunk({}, finish_reason=piece.finish_reason, more=more))
        if self.include_usage:
            usage = _usage(piece).model_dump(mode="json")
            events.append(sse_data({**self._frame(), "choices": [], "usage": usage}))
        return events

    def _logprobs(self, done: Completion) -> LogprobsOut | None:
        return LogprobsOut(content=[_token_logprob(one) for one in done.logprobs]) if self.logprobs else None

    def _chunk(
        self,
        delta: Mapping[str, Any],
        *,
        logprobs: Mapping[str, Any] | None = None,
        finish_reason: str | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": logprobs, "finish_reason": finish_reason}
        return sse_data({**self._frame(), "choices": [choice], **(more or {})})

    def _frame(self) -> dict[str, Any]:
        frame = {
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": self.model,
            "system_fingerprint": None,
        }
        return {**frame, "usage": None} if self.include_usage else frame


def annotations_of(done: Completion) -> list[FileCitationOut]:
    """The citations of an answer, each with the file that its document is of."""
    cited = [] if done.answer is None else done.answer.citations
    annotations = [FileCitationOut.model_validate(one) for one in cited]
    files = done.file_ids
    return [one.model_copy(update={"file_id": files.get(one.document_id, one.document_id)}) for one in annotations]


def _token_logprob(one: TokenLogprob) -> TokenLogprobOut:
    top = [TopLogprobOut(token=token, logprob=logprob, bytes=_bytes(token)) for token, logprob in one.top]
    return TokenLogprobOut(token=one.token, logprob=one.logprob, bytes=_bytes(one.token), top_logprobs=top)


def _bytes(token: str) -> list[int] | None:
    return None if "\ufffd" in token else list(token.encode())


def _details(done: Completion) -> AnswerDetailsOut | None:
    return None if done.answer is None else AnswerDetailsOut.model_validate(done.answer)


def _usage(done: Completion) -> CompletionUsageOut:
    return CompletionUsageOut.model_validate(
        {
            "prompt_tokens": done.prompt_tokens,
            "completion_tokens": done.completion_tokens,
            "total_tokens": done.prompt_tokens + done.completion_tokens,
            "context": None if done.answer is None else done.answer.usage.context,
        }
    )
