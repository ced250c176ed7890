"""The rules about responses: answered as completions are, saved as turns of conversations unless told otherwise."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from anyio.to_thread import run_sync

from app.chat.service import EARLIER_TURNS
from app.chat.steps.prompt import EarlierTurn
from app.chat.turn_history import TurnHistory
from app.domain.conversations import Fork, Turn
from app.domain.passages import Passage
from app.domain.responses import SavedResponse
from app.errors import InvalidRequest, NotFound
from app.openai_api.chat_completions.service import Completion, CompletionService, Retrieved, completion_of_turn
from app.openai_api.models.service import ModelService
from app.openai_api.responses.request import Envelope, ResponseRequest, check_kept, restricted_to
from app.openai_api.schemas import UNSUPPORTED
from app.openai_api.vector_stores.service import FoundPassage, VectorStoreService
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class Searched:
    """The search is done; the passages are those of the answer, if the client asked for them."""

    found: Sequence[FoundPassage] | None


PieceOfResponse = str | Searched | Completion


@dataclass(frozen=True, slots=True)
class FoundResponse:
    """A saved response."""

    envelope: Envelope
    question: str
    completion: Completion


class ResponseService:
    """Answers, finds and deletes the responses of all tenants; with a `user`, those of that end user alone."""

    def __init__(
        self, db: Database, completions: CompletionService, models: ModelService, stores: VectorStoreService
    ) -> None:
        self._db = db
        self._history = TurnHistory(db)
        self._completions = completions
        self._models = models
        self._stores = stores

    def prepare(self, tenant_id: str, request: ResponseRequest) -> ResponseRequest:
        """The request, with its stores and the conversation that it goes on with resolved.

        Raises NotFound (model, store, response), and InvalidRequest for what the base model alone cannot do, and for
        what is too large to be kept.
        """
        documents = self._models.answerer(tenant_id, request.envelope.model).documents
        if not documents:
            return _of_base(request)
        if request.envelope.store:
            check_kept(request.envelope)
        if request.vector_store_ids:
            request = restricted_to(request, self._stores.collections(tenant_id, request.vector_store_ids))
        question = request.completion.question
        if (previous := request.envelope.previous_response_id) is not None:
            turn = self._previous(tenant_id, previous, question.user)
            question = replace(question, conversation_id=turn.conversation_id, fork=Fork(turn.id))
        if not request.envelope.store and question.turns is None:
            turns = self._history.before(
                tenant_id, question.user, question.conversation_id, question.fork, EARLIER_TURNS
            )
            told = [EarlierTurn(turn.question, turn.answer) for turn in turns]
            question = replace(question, turns=told, conversation_id=None, fork=None)
        return replace(request, completion=replace(request.completion, question=question))

    async def stream(self, tenant_id: str, request: ResponseRequest) -> AsyncGenerator[PieceOfResponse, None]:
        """What was found, pieces of text, and the Completion, saved if it is to be, last.

        `request` is what `prepare` returned. Raises as CompletionService.stream does.
        """
        async with aclosing(self._completions.stream(tenant_id, request.completion)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Retrieved):
                    yield Searched(await run_sync(self._found, tenant_id, request, piece.passages))
                    continue
                if isinstance(piece, Completion):
                    await run_sync(self._save, tenant_id, request, piece)
                yield piece

    async def respond(
        self, tenant_id: str, request: ResponseRequest
    ) -> tuple[Completion, Sequence[FoundPassage] | None]:
        """The whole completion, with what was found if the client asked for it. Raises as `stream` does."""
        found = None
        async with aclosing(self.stream(tenant_id, request)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Searched):
                    found = piece.found
                elif isinstance(piece, Completion):
                    return piece, found
        raise AssertionError("a stream ends with its Completion")

    def get(self, tenant_id: str, response_id: str, user: str | None = None) -> FoundResponse:
        """Raises NotFound."""
        saved = self._saved(tenant_id, response_id, user)
        cited = [one["document_id"] for one in saved.turn.result.get("citations", [])]
        with self._db.read_tenant(tenant_id) as store:
            documents = store.vector_store_files.of_documents(cited)
        done = completion_of_turn(saved.turn, {one: document.public_id for one, document in documents.items()})
        return FoundResponse(Envelope(**saved.envelope), saved.turn.question, done)

    def delete(self, tenant_id: str, response_id: str, user: str | None = None) -> None:
        """Delete a response with its turn. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            store.responses.of_user(user).delete(response_id)

    def _saved(self, tenant_id: str, response_id: str, user: str | None) -> SavedResponse:
        with self._db.read_tenant(tenant_id) as store:
            return store.responses.of_user(user).get(response_id)

    def _previous(self, tenant_id: str, response_id: str, user: str | None) -> Turn:
        try:
            return self._saved(tenant_id, response_id, user).turn
        except NotFound as fault:
            raise NotFound(fault.message, param="previous_response_id") from None

    def _found(
        self, tenant_id: str, request: ResponseRequest, passages: Sequence[Passage]
    ) -> Sequence[FoundPassage] | None:
        return self._stores.with_files(tenant_id, passages) if request.results else None

    def _save(self, tenant_id: str, request: ResponseRequest, done: Completion) -> None:
        if request.envelope.store and done.answer is not None:
            with self._db.write_tenant(tenant_id) as store:
                store.responses.create(request.envelope.id, done.answer.id, request.envelope.describe())


def _of_base(request: ResponseRequest) -> ResponseRequest:
    """A request of the base model alone, which keeps no conversation. Raises InvalidRequest."""
    envelope = request.envelope
    wrong = (
        ("tools", bool(envelope.tools), "searches no files: ask `loracle`"),
        ("previous_response_id", envelope.previous_response_id is not None, "saves nothing: send all as `input`"),
        ("conversation", envelope.conversation is not None, "saves nothing: send all as `input`"),
    )
    for param, is_wrong, what in wrong:
        if is_wrong:
            raise InvalidRequest(f"`{envelope.model}` {what}.", param=param, code=UNSUPPORTED)
    return replace(request, envelope=replace(envelope, store=False))
