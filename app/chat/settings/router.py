"""HTTP operations on a tenant's chat settings."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from app.chat.settings.schemas import AnsweringIn, AnsweringOut, QuestionsOut
from app.chat.settings.service import ChatSettingsService
from app.domain.conversations import TenantChatSettings
from app.http.api_route import ApiRoute
from app.http.dependencies import KeyReader, KeyWriter, Reader
from app.http.errors import responses
from app.http.services import provide

router = APIRouter(prefix="/api/v1/answering", tags=["chat"], route_class=ApiRoute)
ChatSettings = Annotated[ChatSettingsService, provide(ChatSettingsService)]


@router.get("", response_model=AnsweringOut, summary="Get answering settings", responses=responses())
def get_answering(principal: KeyReader, settings: ChatSettings) -> TenantChatSettings:
    """Your tenant's own."""
    return settings.get(principal.tenant_id)


@router.patch("", response_model=AnsweringOut, summary="Change answering settings", responses=responses(400, 413))
def change_answering(principal: KeyWriter, settings: ChatSettings, body: AnsweringIn) -> TenantChatSettings:
    """What is left out stays. In force from the next question on."""
    return settings.update(
        principal.tenant_id,
        preamble=body.preamble,
        representation=body.representation,
        judging=body.judging,
        questions=body.questions,
    )


@router.get("/questions", response_model=QuestionsOut, summary="Get opening questions", responses=responses())
def get_opening_questions(principal: Reader, settings: ChatSettings) -> TenantChatSettings:
    """What to propose where nothing is asked yet; tokens of end users may read it."""
    return settings.get(principal.tenant_id)
