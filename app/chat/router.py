"""HTTP operations that answer a question from the documents, whole or as server-sent events."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter
from fastapi.responses import Response

from app.chat.replies import Replying, question_of
from app.chat.schemas import AnswerOptions, ChatIn, ChatOut, EditIn, RegenerateIn
from app.chat.service import ChatService, Question
from app.chat.streams.wire_events import EVENTS
from app.domain.conversations import Fork, Turn
from app.http.dependencies import Reader
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.services import provide

router = APIRouter(prefix="/api/v1", tags=["chat"], route_class=IdempotentRoute)
Chat = Annotated[ChatService, provide(ChatService)]
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The answer, as JSON or as events.", **EVENTS},
    **responses(400, 404, 409, 413, 429, 504, 507),
}
VARIED = 0.7  # temperature of an answer that is written again: at 0 it would be the same one


@router.post(
    "/chat",
    response_model=ChatOut,
    summary="Ask a question",
    description=(
        "Answers from your documents and cites the passage each sentence rests on, or says that they do not hold "
        "the answer. Greetings, questions about your documents (which, how many, when uploaded), requests about the "
        "answer before (shorter, as a list, in Portuguese) and for whole documents (summarise, outline, compare) have "
        "a `route` of their own. With `stream: true` the answer comes as server-sent events: `retrieval`, which names "
        "the answer, then `progress` while whole documents are read, `token`..., with a `citation` as each sentence "
        "closes, then `done` with the whole object, or `error`. After a lost connection, "
        "`GET /api/v1/chat/{turn_id}/events` goes on; `POST /api/v1/chat/{turn_id}/stop` ends the answer."
    ),
    responses=ANSWERS,
)
async def chat(principal: Reader, replies: Replying, body: ChatIn) -> ChatOut | Response:
    user = principal.acting_for(body.user)
    question = question_of(body.message, body, conversation_id=body.conversation_id, user=user)
    return await replies.send(principal, question, body)


@router.post("/chat/{turn_id}/regenerate", response_model=ChatOut, summary="Answer a question again", responses=ANSWERS)
async def regenerate_answer(
    principal: Reader, replies: Replying, service: Chat, turn_id: str, body: RegenerateIn
) -> ChatOut | Response:
    """Another answer to the question of a turn, beside the first one: the conversation goes on from it.

    Both stay: `versions` of the turn names them.
    """
    turn = await run_sync(service.turn, principal.tenant_id, principal.user, turn_id)
    options = _options(turn, body, temperature=VARIED)
    return await replies.send(principal, _version(turn, turn.question, options, principal.user), options)


@router.post("/chat/{turn_id}/edit", response_model=ChatOut, summary="Ask a question in other words", responses=ANSWERS)
async def edit_question(
    principal: Reader, replies: Replying, service: Chat, turn_id: str, body: EditIn
) -> ChatOut | Response:
    """Another message in the place of a turn's, in a branch of its own: the conversation goes on from it.

    The first message stays, with all that came after it: `PATCH /api/v1/conversations/{conversation_id}` goes back.
    """
    turn = await run_sync(service.turn, principal.tenant_id, principal.user, turn_id)
    options = _options(turn, body)
    return await replies.send(principal, _version(turn, body.message, options, principal.user), options)


def _options(turn: Turn, body: AnswerOptions, **usual: Any) -> AnswerOptions:
    """What the request says, else what the one of the turn said, else what is `usual`."""
    said = body.model_dump(exclude_unset=True, exclude={"message"})
    return AnswerOptions.model_validate({**usual, **turn.options, **said})


def _version(turn: Turn, message: str, options: AnswerOptions, user: str | None) -> Question:
    """A question in the place of a turn's."""
    question = question_of(message, options, conversation_id=turn.conversation_id, user=user)
    return replace(question, fork=Fork(turn.parent_id))
