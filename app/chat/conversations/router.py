"""Conversations and feedback on their answers."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from app.domain.conversations import Conversation, Feedback, Rating, Turn
from app.evaluations.feedback import feedback_cases
from app.http.dependencies import After, Limit, Ordered, Reader, RuntimeDep, Writer
from app.http.errors import responses
from app.http.schemas import Deleted, Listing, RequestBody, Text, listing, timestamp

router = APIRouter(prefix="/api/v1", tags=["conversations"])


class ConversationOut(BaseModel):
    id: str
    object: Literal["conversation"]
    title: str = Field(description="The first question.")
    created_at: str
    updated_at: str


class TurnOut(BaseModel):
    id: str
    object: Literal["turn"]
    question: str
    answer: str
    result: dict[str, Any] = Field(description="The whole answer as it was sent.")
    created_at: str


class FeedbackIn(RequestBody):
    turn_id: str = Field(max_length=64, description="The `id` of a chat answer.")
    rating: Rating
    corrected_answer: Text | None = Field(None, max_length=8000, description="What the answer should have been.")
    comment: Text | None = Field(None, max_length=2000)

    model_config = {
        "json_schema_extra": {"examples": [{"turn_id": "turn_9e107d9d372bb6826bd81d35", "rating": Rating.UP}]}
    }


class FeedbackOut(BaseModel):
    id: str
    object: Literal["feedback"]
    turn_id: str
    rating: Rating
    corrected_answer: str | None
    comment: str | None
    created_at: str


@router.get(
    "/conversations", response_model=Listing[ConversationOut], summary="List conversations", responses=responses()
)
def list_conversations(
    principal: Reader, runtime: RuntimeDep, limit: Limit = 20, after: After = None, order: Ordered = "desc"
) -> dict[str, Any]:
    """Conversations of your tenant, the one spoken in last first."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        page = store.conversations.page(limit=limit, after=after, order=order)
    return listing([_conversation(c) for c in page.data], [c.id for c in page.data], page)


@router.get(
    "/conversations/{conversation_id}",
    response_model=ConversationOut,
    summary="Get a conversation",
    responses=responses(404),
)
def get_conversation(principal: Reader, runtime: RuntimeDep, conversation_id: str) -> dict[str, Any]:
    """One conversation, without its turns."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        return _conversation(store.conversations.get(conversation_id))


@router.get(
    "/conversations/{conversation_id}/turns",
    response_model=Listing[TurnOut],
    summary="List turns",
    responses=responses(404),
)
def list_turns(
    principal: Reader,
    runtime: RuntimeDep,
    conversation_id: str,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "asc",
) -> dict[str, Any]:
    """Questions and answers of a conversation, oldest first."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        page = store.conversations.turns(conversation_id, limit=limit, after=after, order=order)
    return listing([_turn(t) for t in page.data], [t.id for t in page.data], page)


@router.delete(
    "/conversations/{conversation_id}",
    response_model=Deleted,
    summary="Delete a conversation",
    responses=responses(404),
)
def delete_conversation(principal: Reader, runtime: RuntimeDep, conversation_id: str) -> Deleted:
    """With all its turns and their feedback."""
    with runtime.storage.db.write_tenant(principal.tenant_id) as store:
        store.conversations.delete(conversation_id)
    return Deleted(id=conversation_id, object="conversation")


@router.post(
    "/feedback",
    status_code=201,
    response_model=FeedbackOut,
    summary="Rate an answer",
    responses=responses(400, 404, 413, 507),
)
def add_feedback(principal: Reader, runtime: RuntimeDep, body: FeedbackIn) -> dict[str, Any]:
    """Thumbs up or down, with the answer it should have been if you know it."""
    with runtime.storage.db.write_tenant(principal.tenant_id) as store:
        return _feedback(
            store.conversations.add_feedback(body.turn_id, body.rating, body.corrected_answer, body.comment)
        )


@router.get("/feedback", response_model=Listing[FeedbackOut], summary="List feedback", responses=responses())
def list_feedback(
    principal: Writer, runtime: RuntimeDep, limit: Limit = 20, after: After = None, order: Ordered = "desc"
) -> dict[str, Any]:
    """What users of your tenant said of answers, newest first."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        page = store.conversations.list_feedback(limit=limit, after=after, order=order)
    return listing([_feedback(f) for f in page.data], [f.id for f in page.data], page)


@router.get(
    "/feedback/cases",
    response_model=None,
    summary="Export feedback as cases",
    responses={200: {"content": {"application/x-ndjson": {}}}, **responses()},
)
def export_feedback(principal: Writer, runtime: RuntimeDep) -> Response:
    """Corrected and approved answers as questions with right answers, one JSON object a line: an evaluation's input."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        return Response(feedback_cases(store.conversations.rated_turns()), media_type="application/x-ndjson")


def _conversation(conversation: Conversation) -> dict[str, Any]:
    return {
        "id": conversation.id,
        "object": "conversation",
        "title": conversation.title,
        "created_at": timestamp(conversation.created_at),
        "updated_at": timestamp(conversation.updated_at),
    }


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "id": turn.id,
        "object": "turn",
        "question": turn.question,
        "answer": turn.answer,
        "result": turn.result,
        "created_at": timestamp(turn.created_at),
    }


def _feedback(feedback: Feedback) -> dict[str, Any]:
    return {
        "id": feedback.id,
        "object": "feedback",
        "turn_id": feedback.turn_id,
        "rating": feedback.rating,
        "corrected_answer": feedback.corrected_answer,
        "comment": feedback.comment,
        "created_at": timestamp(feedback.created_at),
    }
