"""Request and response bodies of deployments."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.adapters.schemas import AdapterOut
from app.http.schemas import RequestBody, ResponseBody, Text, Timestamp

Reason = Annotated[Text, Field(min_length=1, max_length=2000)]


class ActivateIn(RequestBody):
    version: str | None = Field(None, max_length=64, description="The newest if left out.")
    override: Reason | None = Field(None, description="Why it may answer without having passed. Kept in the history.")

    model_config = {"json_schema_extra": {"examples": [{"version": "0123456789abcdef"}]}}


class CanaryIn(RequestBody):
    share: float = Field(ge=0, le=1, description="Of conversations; 0 ends the canary.")
    version: str | None = Field(None, max_length=64, description="The newest if left out.")
    override: Reason | None = Field(None, description="Why it may answer although it is worse or was never evaluated.")

    model_config = {"json_schema_extra": {"examples": [{"share": 0.1}]}}


class CanaryOut(ResponseBody):
    adapter: AdapterOut
    share: float = Field(description="Of conversations, 0 to 1.")
    created_at: Timestamp


class ActiveOut(ResponseBody):
    object: Literal["adapter.pointer"] = "adapter.pointer"
    active: AdapterOut | None = Field(description="Null: the plain base model answers.")
    canary: CanaryOut | None = Field(description="The version that answers a share of the conversations.")


class AdapterAnswersOut(ResponseBody):
    adapter: str | None = Field(description="name@version; null: the plain base model.")
    answers: int
    refused: int = Field(description="Of the answers.")
    seconds: float | None = Field(description="Mean time of a whole answer.")
    up: int = Field(description="Ratings of its answers.")
    down: int


class DeploymentOut(ResponseBody):
    object: Literal["deployment"] = "deployment"
    active: AdapterOut | None = Field(description="Null: the plain base model answers.")
    canary: CanaryOut | None = Field(description="The version that answers a share of the conversations.")
    since: Timestamp = Field(
        description="From when on answers are counted: the begin of the canary, else the last change, within 30 days."
    )
    answers: list[AdapterAnswersOut] = Field(description="By version, the most answers first.")


class ActivationOut(ResponseBody):
    adapter: str | None = Field(description="name@version; null: the plain base model.")
    evaluation_id: str | None = Field(description="The evaluation that let it through.")
    override_reason: str | None
    actor: str | None = Field(description="The key that asked.")
    created_at: Timestamp


class HistoryOut(ResponseBody):
    object: Literal["list"] = "list"
    data: list[ActivationOut]
