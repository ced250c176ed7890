"""HTTP operations on conversations, and feedback on their answers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from app.chat.conversations.schemas import ConversationOut, FeedbackIn, FeedbackOut, TurnOut
from app.chat.conversations.service import ConversationService
from app.domain.conversations import Conversation, Feedback, Turn
from app.domain.pagination import Page
from app.http.dependencies import After, KeyWriter, Limit, OfUser, Ordered, Reader
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.openapi import file_content
from app.http.schemas import Deleted, Listing
from app.http.services import provide

router = APIRouter(prefix="/api/v1", tags=["conversations"], route_class=IdempotentRoute)
Conversations = Annotated[ConversationService, provide(ConversationService)]


@router.get(
    "/conversations", response_model=Listing[ConversationOut], summary="List conversations", responses=responses()
)
def list_conversations(
    principal: Reader,
    conversations: Conversations,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "desc",
    user: OfUser = None,
) -> Page[Conversation]:
    """Conversations of your tenant, the one spoken in last first."""
    owner = principal.acting_for(user)
    return conversations.list(principal.tenant_id, user=owner, limit=limit, after=after, order=order)


@router.get(
    "/conversations/{conversation_id}",
    response_model=ConversationOut,
    summary="Get a conversation",
    responses=responses(404),
)
def get_conversation(principal: Reader, conversations: Conversations, conversation_id: str) -> Conversation:
    """One conversation, without its turns."""
    return conversations.get(principal.tenant_id, conversation_id, user=principal.user)


@router.get(
    "/conversations/{conversation_id}/turns",
    response_model=Listing[TurnOut],
    summary="List turns",
    responses=responses(404),
)
def list_turns(
    principal: Reader,
    conversations: Conversations,
    conversation_id: str,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "asc",
) -> Page[Turn]:
    """Questions and answers of a conversation, oldest first."""
    return conversations.list_turns(
        principal.tenant_id, conversation_id, user=principal.user, limit=limit, after=after, order=order
    )


@router.delete(
    "/conversations/{conversation_id}",
    response_model=Deleted,
    summary="Delete a conversation",
    responses=responses(404),
)
def delete_conversation(principal: Reader, conversations: Conversations, conversation_id: str) -> Deleted:
    """With all its turns and their feedback. A token deletes its user's own; a key needs the scope `write`."""
    principal.require_owner()
    conversations.delete(principal.tenant_id, conversation_id, user=principal.user)
    return Deleted(id=conversation_id, object="conversation")


@router.post(
    "/feedback",
    status_code=201,
    response_model=FeedbackOut,
    summary="Rate an answer",
    responses=responses(400, 404, 413, 507),
)
def add_feedback(principal: Reader, conversations: Conversations, body: FeedbackIn) -> Feedback:
    """Thumbs up or down, with the answer it should have been if you know it."""
    return conversations.add_feedback(
        principal.tenant_id,
        body.turn_id,
        body.rating,
        body.corrected_answer,
        body.comment,
        user=principal.acting_for(body.user),
    )


@router.get("/feedback", response_model=Listing[FeedbackOut], summary="List feedback", responses=responses())
def list_feedback(
    principal: Reader,
    conversations: Conversations,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "desc",
    user: OfUser = None,
) -> Page[Feedback]:
    """What users of your tenant said of answers, newest first. A key needs the scope `write`."""
    principal.require_owner()
    owner = principal.acting_for(user)
    return conversations.list_feedback(principal.tenant_id, user=owner, limit=limit, after=after, order=order)


@router.get(
    "/feedback/cases",
    response_class=Response,
    summary="Export feedback as cases",
    responses={200: file_content("application/x-ndjson"), **responses()},
)
def export_feedback(principal: KeyWriter, conversations: Conversations) -> Response:
    """Corrected and approved answers as questions with right answers, one JSON object a line: an evaluation's input."""
    return Response(conversations.feedback_cases(principal.tenant_id), media_type="application/x-ndjson")
