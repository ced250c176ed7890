"""How a tenant wants its questions answered: preamble, and which representation finds passages."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.domain.conversations import Answering
from app.http.dependencies import Reader, RuntimeDep, Writer
from app.http.errors import responses
from app.http.schemas import RequestBody, Text
from app.search.profile import RANKINGS, Representation

router = APIRouter(prefix="/api/v1/answering", tags=["chat"])
LONGEST_PREAMBLE = 2000  # characters: it stands in every prompt


class AnsweringIn(RequestBody):
    preamble: Text | None = Field(None, max_length=LONGEST_PREAMBLE, description="Role and tone, in every prompt.")
    representation: Representation | None = Field(
        None,
        description="What chat finds passages by. `hybrid`: embeddings and BM25 fused. `cosine` or `euclidean`: "
        "embeddings alone (of norm 1, so both rank the same). `bm25` or `tfidf`: words alone. "
        "`word_vectors`: static word vectors, averaged by smooth inverse frequency.",
    )

    model_config = {"json_schema_extra": {"examples": [{"preamble": "Answer formally.", "representation": "hybrid"}]}}


class AnsweringOut(BaseModel):
    object: Literal["answering"] = "answering"
    preamble: str
    representation: Representation
    refusal_threshold: float | None = Field(description="Fitted by `loracle calibrate`; null: the service's.")
    calibration: dict[str, Any] = Field(description="How the threshold did when it was fitted.")


@router.get("", response_model=AnsweringOut, summary="Get answering settings", responses=responses())
def get_answering(principal: Reader, runtime: RuntimeDep) -> dict[str, Any]:
    """Your tenant's own."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        return _answering(store.chat_settings.get())


@router.patch("", response_model=AnsweringOut, summary="Change answering settings", responses=responses(400, 413))
def change_answering(principal: Writer, runtime: RuntimeDep, body: AnsweringIn) -> dict[str, Any]:
    """What is left out stays. In force from the next question on."""
    if body.representation is not None:
        space = RANKINGS[body.representation].space
        runtime.retriever.dense.of(principal.tenant_id, space)  # refuses what the service lacks
    with runtime.storage.db.write_tenant(principal.tenant_id) as store:
        if body.preamble is not None:
            store.chat_settings.set_preamble(body.preamble)
        if body.representation is not None:
            store.chat_settings.set_representation(body.representation)
        return _answering(store.chat_settings.get())


def _answering(own: Answering) -> dict[str, Any]:
    return {
        "object": "answering",
        "preamble": own.preamble,
        "representation": own.representation,
        "refusal_threshold": own.refusal_threshold,
        "calibration": own.calibration,
    }
