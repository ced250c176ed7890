"""HTTP operations on conversations, and feedback on their answers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.chat.conversations.schemas import (
    ConversationChangesIn,
    ConversationIdsIn,
    ConversationOut,
    DeletedConversationsOut,
    FeedbackIn,
    FeedbackOut,
    TurnOut,
)
from app.chat.conversations.service import ConversationService, DeletedConversations
from app.domain.conversations import Branches, Conversation, ConversationChanges, ConversationSort, Feedback, Turn
from app.domain.pagination import Page
from app.http.dependencies import After, KeyWriter, Limit, OfUser, Ordered, Reader, SortOrder
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.openapi import file_content
from app.http.schemas import Deleted, Listing
from app.http.services import provide

router = APIRouter(prefix="/api/v1", tags=["conversations"], route_class=IdempotentRoute)
Conversations = Annotated[ConversationService, provide(ConversationService)]
SAID = "Only with all these words, or parts of words, in the title or in a turn; case and accents do not count."


@router.get(
    "/conversations", response_model=Listing[ConversationOut], summary="List conversations", responses=responses()
)
def list_conversations(
    principal: Reader,
    conversations: Conversations,
    q: Annotated[str | None, Query(max_length=200, description=SAID)] = None,
    archived: Annotated[bool, Query(description="Those that are put away, instead of the others.")] = False,
    pinned: Annotated[bool | None, Query(description="Only pinned ones, or only the others.")] = None,
    sort: Annotated[ConversationSort, Query(description="By last turn, first one, or title.")] = "updated_at",
    limit: Limit = 20,
    after: After = None,
    order: SortOrder = None,
    user: OfUser = None,
) -> Page[Conversation]:
    """Conversations of your tenant, or of your token's user: pinned ones first, then the one spoken in last."""
    return conversations.list(
        principal.tenant_id,
        user=principal.acting_for(user),
        q=q,
        archived=archived,
        pinned=pinned,
        sort=sort,
        limit=limit,
        after=after,
        order=order,
    )


@router.post(
    "/conversations/delete",
    response_model=DeletedConversationsOut,
    summary="Delete many conversations",
    responses=responses(400, 413, 507),
)
def delete_conversations(
    principal: Reader, conversations: Conversations, body: ConversationIdsIn
) -> DeletedConversations:
    """With all their turns and feedback. A token deletes its user's own; a key needs the scope `write`."""
    principal.require_owner()
    return conversations.delete_many(principal.tenant_id, body.ids, user=principal.user)


@router.get(
    "/conversations/{conversation_id}",
    response_model=ConversationOut,
    summary="Get a conversation",
    responses=responses(404),
)
def get_conversation(principal: Reader, conversations: Conversations, conversation_id: str) -> Conversation:
    """One conversation, without its turns."""
    return conversations.get(principal.tenant_id, conversation_id, user=principal.user)


@router.patch(
    "/conversations/{conversation_id}",
    response_model=ConversationOut,
    summary="Change a conversation",
    responses=responses(400, 404, 413, 507),
)
def update_conversation(
    principal: Reader, conversations: Conversations, conversation_id: str, body: ConversationChangesIn
) -> Conversation:
    """Rename it, pin it, put it away, or go on with another branch. A key needs the scope `write`."""
    principal.require_owner()
    changes = ConversationChanges(**body.model_dump())
    return conversations.update(principal.tenant_id, conversation_id, changes, user=principal.user)


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
    branches: Annotated[Branches, Query(description="Of the branch that goes on, or of all.")] = "current",
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "asc",
) -> Page[Turn]:
    """Questions and answers of a conversation, oldest first. A turn's `versions` begin the branches beside it."""
    return conversations.list_turns(
        principal.tenant_id,
        conversation_id,
        user=principal.user,
        branches=branches,
        limit=limit,
        after=after,
        order=order,
    )


@router.delete(
    "/conversations/{conversation_id}/turns/{turn_id}",
    response_model=Deleted,
    summary="Delete a turn",
    responses=responses(404),
)
def delete_turn(principal: Reader, conversations: Conversations, conversation_id: str, turn_id: str) -> Deleted:
    """One question with its answer and feedback; what came after it stays. A key needs the scope `write`.

    If it was the last one of the branch that goes on, its newest other version goes on, or the turn before it.
    """
    principal.require_owner()
    conversations.delete_turn(principal.tenant_id, conversation_id, turn_id, user=principal.user)
    return Deleted(id=turn_id, object="turn")


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
    """Thumbs up or down, with the answer it should have been if you know it.

    There is one for each answer and user: another one for the same answer takes its place.
    """
    return conversations.add_feedback(
        principal.tenant_id,
        body.turn_id,
        body.rating,
        body.corrected_answer,
        body.comment,
        user=principal.acting_for(body.user),
    )


@router.delete(
    "/feedback/{feedback_id}", response_model=Deleted, summary="Take feedback back", responses=responses(404)
)
def delete_feedback(principal: Reader, conversations: Conversations, feedback_id: str) -> Deleted:
    """A token takes back its user's own; a key needs the scope `write`."""
    principal.require_owner()
    conversations.delete_feedback(principal.tenant_id, feedback_id, user=principal.user)
    return Deleted(id=feedback_id, object="feedback")


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
