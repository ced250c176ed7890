"""HTTP operations on conversations, as OpenAI's clients call them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from app.domain.conversations import Conversation
from app.http.dependencies import Reader
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.services import provide
from app.openai_api.conversations.schemas import (
    ConversationMetadataIn,
    ConversationObjectDeletedOut,
    ConversationObjectIn,
    ConversationObjectOut,
    item_out,
)
from app.openai_api.conversations.service import ConversationObjectService
from app.openai_api.lists import ItemList, Window
from app.openai_api.responses.schemas import InputMessageOut

router = APIRouter(prefix="/v1/conversations", tags=["openai"], route_class=IdempotentRoute)
Conversations = Annotated[ConversationObjectService, provide(ConversationObjectService)]


@router.post("", response_model=ConversationObjectOut, summary="Create a conversation", responses=responses(400))
def create_conversation_object(
    principal: Reader, conversations: Conversations, body: ConversationObjectIn
) -> Conversation:
    """One without turns; responses go on with it by its id, as `POST /api/v1/chat` does."""
    body.check()
    return conversations.create(principal.tenant_id, body.metadata or {}, principal.user)


@router.get(
    "/{conversation_id}",
    response_model=ConversationObjectOut,
    summary="Get a conversation",
    responses=responses(404),
)
def get_conversation_object(principal: Reader, conversations: Conversations, conversation_id: str) -> Conversation:
    """One conversation, without its items."""
    return conversations.get(principal.tenant_id, conversation_id, principal.user)


@router.post(
    "/{conversation_id}",
    response_model=ConversationObjectOut,
    summary="Change a conversation",
    responses=responses(400, 404),
)
def update_conversation_object(
    principal: Reader, conversations: Conversations, conversation_id: str, body: ConversationMetadataIn
) -> Conversation:
    """Replaces the metadata. A token changes its user's own; a key needs the scope `write`."""
    principal.require_owner()
    return conversations.set_metadata(principal.tenant_id, conversation_id, body.metadata or {}, principal.user)


@router.delete(
    "/{conversation_id}",
    response_model=ConversationObjectDeletedOut,
    summary="Delete a conversation",
    responses=responses(404),
)
def delete_conversation_object(
    principal: Reader, conversations: Conversations, conversation_id: str
) -> ConversationObjectDeletedOut:
    """With all its turns. A token deletes its user's own; a key needs the scope `write`."""
    principal.require_owner()
    conversations.delete(principal.tenant_id, conversation_id, principal.user)
    return ConversationObjectDeletedOut(id=conversation_id)


@router.get(
    "/{conversation_id}/items",
    response_model=ItemList[InputMessageOut],
    summary="List items of a conversation",
    responses=responses(404),
)
def list_conversation_items(
    principal: Reader, conversations: Conversations, conversation_id: str, window: Window
) -> ItemList[InputMessageOut]:
    """Questions and answers, newest first unless `order` says otherwise."""
    items, has_more = conversations.items(principal.tenant_id, conversation_id, window, principal.user)
    return ItemList(data=[item_out(item_id, turn) for item_id, turn in items], has_more=has_more)


@router.get(
    "/{conversation_id}/items/{item_id}",
    response_model=InputMessageOut,
    summary="Get an item of a conversation",
    responses=responses(404),
)
def get_conversation_item(
    principal: Reader, conversations: Conversations, conversation_id: str, item_id: str
) -> InputMessageOut:
    """One question or answer."""
    return item_out(item_id, conversations.item(principal.tenant_id, conversation_id, item_id, principal.user))
