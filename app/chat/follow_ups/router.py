"""The HTTP operation that suggests what to ask next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter

from app.chat.follow_ups.schemas import FollowUpsOut
from app.chat.follow_ups.service import FollowUp, FollowUpService
from app.http.api_route import ApiRoute
from app.http.dependencies import Reader
from app.http.errors import responses
from app.http.services import provide

router = APIRouter(prefix="/api/v1", tags=["chat"], route_class=ApiRoute)
FollowUps = Annotated[FollowUpService, provide(FollowUpService)]


@router.get(
    "/chat/{turn_id}/follow-ups",
    response_model=FollowUpsOut,
    summary="Suggest what to ask next",
    responses=responses(404),
)
def list_follow_ups(principal: Reader, follow_ups: FollowUps, turn_id: str) -> dict[str, Sequence[FollowUp]]:
    """At most three questions about other sections of the cited documents, in the question's language.

    Each was searched for, and its section found first. None for a refusal, and where documents have no headings.
    """
    return {"data": follow_ups.suggest(principal.tenant_id, principal.user, turn_id)}
