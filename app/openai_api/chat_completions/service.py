"""Chat completions: an answer from documents by the chat, or from the base model alone."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Literal

from anyio.to_thread import run_sync

from app.chat.events import DoneEvent, TokenEvent
from app.chat.service import USUAL_ANSWER_TOKENS, ChatService, Question
from app.domain.conversations import ChatAnswer
from app.errors import NotFound, PromptTooLong
from app.llm.base import Delta, GenerationRequest, Generator
from app.metering.meter import add_tokens, check_tokens
from app.observability import Metrics
from app.openai_api.chat_completions.request import CompletionRequest
from app.openai_api.models.service import ModelService


@dataclass(frozen=True, slots=True)
class Completion:
    """The end of a completion: the whole text, and what it took."""

    text: str
    finish_reason: Literal["stop", "length"]
    prompt_tokens: int
    completion_tokens: int
    answer: ChatAnswer | None = None  # None: the base model alone


class CompletionService:
    """Answers what OpenAI's clients ask. It stores nothing: the client keeps the conversation."""

    def __init__(
        self, chat: ChatService, generator: Generator, models: ModelService, metrics: Metrics, *, timeout_s: float
    ) -> None:
        self._chat = chat
        self._generator = generator
        self._models = models
        self._metrics = metrics
        self._timeout_s = timeout_s

    async def complete(self, tenant_id: str, request: CompletionRequest) -> Completion:
        """The whole completion. Raises as `stream` does."""
        async with aclosing(self.stream(tenant_id, request)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Completion):
                    return piece
        raise AssertionError("a stream ends with its Completion")

    async def stream(self, tenant_id: str, request: CompletionRequest) -> AsyncGenerator[str | Completion, None]:
        """Pieces of text, the first of which may be empty, and the Completion last.

        `max_tokens` above the service's own bound is lowered to it. Raises NotFound (model, collection), Conflict
        (model), InvalidRequest, RateLimited, Unavailable and PromptTooLong before the first piece, DeadlineExceeded
        later. Closing it cancels the generation.
        """
        wanted = await run_sync(self._models.answerer, tenant_id, request.model)
        question = replace(request.question, adapter=wanted.adapter, max_tokens=self._room(request.question))
        request = replace(request, question=question)
        run = self._from_documents if wanted.documents else self._from_base
        try:
            async with aclosing(run(tenant_id, request)) as pieces:
                async for piece in pieces:
                    yield piece
        except PromptTooLong as fault:
            raise PromptTooLong(fault.message, param="messages") from None
        except NotFound as fault:
            param = "model" if fault.param == "adapter" else fault.param  # deleted since its name was resolved
            raise NotFound(fault.message, param=param, code=fault.code) from None

    def _room(self, question: Question) -> int | None:
        wanted = question.max_tokens
        return None if wanted is None else min(wanted, self._chat.max_answer_tokens)

    async def _from_documents(
        self, tenant_id: str, request: CompletionRequest
    ) -> AsyncGenerator[str | Completion, None]:
        async with aclosing(self._chat.stream(tenant_id, request.question)) as events:
            async for event in events:
                match event:
                    case TokenEvent(text):
                        yield text
                    case DoneEvent(answer):
                        yield _completion(answer)
                    case _:
                        yield ""

    async def _from_base(self, tenant_id: str, request: CompletionRequest) -> AsyncGenerator[str | Completion, None]:
        check_tokens()
        prompt = tuple(await run_sync(self._generator.tokenizer.chat, request.dialogue))
        texts: list[str] = []
        last = Delta("", 0, "stop")
        async with aclosing(self._generator.stream(self._generation(tenant_id, request, prompt))) as deltas:
            async for last in deltas:
                texts.append(last.text)
                yield last.text
        self._metrics.tokens.inc(last.tokens)
        add_tokens(prompt=len(prompt), completion=last.tokens)
        yield Completion("".join(texts), last.finish_reason or "stop", len(prompt), last.tokens)

    def _generation(self, tenant_id: str, request: CompletionRequest, prompt: tuple[int, ...]) -> GenerationRequest:
        question = request.question
        wanted = question.max_tokens or min(USUAL_ANSWER_TOKENS, self._chat.max_answer_tokens)
        room = max(1, min(wanted, self._generator.context_tokens - len(prompt)))
        sampling = replace(question.sampling, max_tokens=room)
        return GenerationRequest(question.request_id, tenant_id, prompt, None, sampling, self._timeout_s)


def _completion(answer: ChatAnswer) -> Completion:
    finish: Literal["stop", "length"] = "length" if answer.finish_reason == "length" else "stop"
    usage = answer.usage
    return Completion(answer.answer, finish, usage.prompt_tokens, usage.completion_tokens, answer)
