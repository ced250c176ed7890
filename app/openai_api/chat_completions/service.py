"""Chat completions: an answer from documents by the chat, or from the base model alone."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Literal

from anyio.to_thread import run_sync
from pydantic import ValidationError

from app.chat.events import DoneEvent, RetrievalEvent, TokenEvent
from app.chat.schemas import ChatOut
from app.chat.service import USUAL_ANSWER_TOKENS, ChatService, Question
from app.domain.conversations import ChatAnswer, TokenLogprob, Turn
from app.domain.passages import Passage
from app.errors import NotFound, PromptTooLong
from app.llm.base import Delta, GenerationRequest, Generator
from app.metering.generation import charged_stream
from app.metering.meter import check_tokens
from app.observability import Metrics
from app.openai_api.chat_completions.request import CompletionRequest
from app.openai_api.models.service import ModelService
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class Completion:
    """The end of a completion: the whole text, and what it took."""

    text: str
    finish_reason: Literal["stop", "length"]
    prompt_tokens: int
    completion_tokens: int
    answer: ChatAnswer | ChatOut | None = None  # None: the base model alone
    file_ids: Mapping[str, str] = field(default_factory=dict)  # by which clients know the documents cited
    logprobs: Sequence[TokenLogprob] = ()  # of the tokens that the model wrote, if asked for


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The search is done; the text follows."""

    passages: Sequence[Passage]


PieceOfCompletion = str | Retrieved | Completion


class CompletionService:
    """Answers what OpenAI's clients ask. It stores what the question says: nothing if the client keeps its turns."""

    def __init__(
        self,
        db: Database,
        chat: ChatService,
        generator: Generator,
        models: ModelService,
        metrics: Metrics,
        *,
        timeout_s: float,
    ) -> None:
        self._db = db
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

    async def stream(self, tenant_id: str, request: CompletionRequest) -> AsyncGenerator[PieceOfCompletion, None]:
        """What was found, if documents answer; pieces of text, which may be empty; the Completion last.

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
            raise PromptTooLong(fault.message, param=request.param) from None
        except NotFound as fault:
            param = "model" if fault.param == "adapter" else fault.param  # deleted since its name was resolved
            raise NotFound(fault.message, param=param, code=fault.code) from None

    def _room(self, question: Question) -> int | None:
        wanted = question.max_tokens
        return None if wanted is None else min(wanted, self._chat.max_answer_tokens)

    async def _from_documents(
        self, tenant_id: str, request: CompletionRequest
    ) -> AsyncGenerator[PieceOfCompletion, None]:
        async with aclosing(self._chat.stream(tenant_id, request.question)) as events:
            async for event in events:
                match event:
                    case TokenEvent(text):
                        yield text
                    case RetrievalEvent(passages):
                        yield Retrieved(passages)
                    case DoneEvent(answer):
                        yield await run_sync(self._completion, tenant_id, answer)
                    case _:
                        yield ""

    async def _from_base(self, tenant_id: str, request: CompletionRequest) -> AsyncGenerator[PieceOfCompletion, None]:
        await check_tokens()
        prompt = tuple(await run_sync(self._generator.tokenizer.chat, request.dialogue))
        texts: list[str] = []
        logprobs: list[TokenLogprob] = []
        last = Delta("", 0, "stop")
        generation = self._generation(tenant_id, request, prompt)
        async with aclosing(charged_stream(self._generator, generation)) as deltas:
            async for last in deltas:
                texts.append(last.text)
                logprobs.extend(last.logprobs)
                yield last.text
        self._metrics.tokens.inc(last.tokens)
        done = Completion("".join(texts), last.finish_reason or "stop", len(prompt), last.tokens)
        yield replace(done, logprobs=logprobs)

    def _generation(self, tenant_id: str, request: CompletionRequest, prompt: tuple[int, ...]) -> GenerationRequest:
        question = request.question
        wanted = question.max_tokens or min(USUAL_ANSWER_TOKENS, self._chat.max_answer_tokens)
        room = max(1, min(wanted, self._generator.context_tokens - len(prompt)))
        sampling = replace(question.sampling, max_tokens=room)
        return GenerationRequest(question.request_id, tenant_id, prompt, None, sampling, self._timeout_s)

    def _completion(self, tenant_id: str, answer: ChatAnswer) -> Completion:
        with self._db.read_tenant(tenant_id) as store:
            cited = store.vector_store_files.of_documents(one.document_id for one in answer.citations)
        done = completion_of(answer, {one: document.public_id for one, document in cited.items()})
        return replace(done, logprobs=answer.logprobs)


def completion_of(answer: ChatAnswer | ChatOut, file_ids: Mapping[str, str]) -> Completion:
    """The completion that an answer from documents is; `file_ids` of the documents that are still there."""
    finish: Literal["stop", "length"] = "length" if answer.finish_reason == "length" else "stop"
    usage = answer.usage
    return Completion(answer.answer, finish, usage.prompt_tokens, usage.completion_tokens, answer, file_ids)


def completion_of_turn(turn: Turn, file_ids: Mapping[str, str]) -> Completion:
    """The completion that a saved turn is; one of an older release has its text alone."""
    try:
        return completion_of(ChatOut.model_validate(turn.result), file_ids)
    except ValidationError:
        return Completion(turn.answer, "stop", 0, 0)
