"""Request and response bodies of limits, usage and `me`."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic.config import JsonDict

from app.domain.quotas import LARGEST_QUOTA, Quota
from app.domain.tenants import TenantStatus
from app.domain.usage import Resource
from app.http.schemas import RequestBody, ResponseBody, Timestamp


def written_day(text: Any) -> Any:
    """Raises ValueError for what is read as a day, too, such as seconds since 1970."""
    if isinstance(text, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        raise ValueError("must be a day such as 2026-01-31")
    return text


Day = Annotated[date, BeforeValidator(written_day)]
PerMinute = Annotated[int | None, Field(ge=1, le=10**9)]
PerDay = Annotated[int | None, Field(ge=1, le=10**12)]
AtMost = Annotated[int | None, Field(ge=1, le=LARGEST_QUOTA)]
EXAMPLE: JsonDict = {
    "tenant": {"requests": 600, "tokens": 200_000, "tokens_per_day": 20_000_000},
    "token": {"requests": 60},
    "quotas": {"stored_bytes": 5_000_000_000, "documents": 20_000},
}


class RateLimitsIn(RequestBody):
    requests: PerMinute = Field(None, description="Authenticated requests a minute. Null: the service's default.")
    tokens: PerMinute = Field(None, description="Tokens of prompts, answers and embedded texts a minute.")
    uploads: PerMinute = Field(None, description="Files a minute that become documents, datasets or adapters.")
    requests_per_day: PerDay = Field(None, description="Authenticated requests a day.")
    tokens_per_day: PerDay = Field(None, description="Tokens of prompts, answers and embedded texts a day.")


class QuotasIn(RequestBody):
    stored_bytes: AtMost = Field(
        None, description="Of uploaded files, rows to train on and adapters. Null: the service's default."
    )
    documents: AtMost = Field(None, description="Of all collections.")
    chunks: AtMost = Field(None, description="Of documents, that searches look through.")
    adapters: AtMost = Field(None, description="Adapter versions, without the built-in ones.")
    datasets: AtMost = Field(None, description="Dataset versions.")
    queued_documents: AtMost = Field(None, description="New documents that wait or are being read.")
    queued_trainings: AtMost = Field(None, description="Trainings that wait or run.")
    queued_evaluations: AtMost = Field(None, description="Evaluations that wait or run, of questions and of adapters.")


class TenantLimitsIn(RequestBody):
    tenant: RateLimitsIn = Field(default_factory=RateLimitsIn, description="Of the tenant as a whole.")
    key: RateLimitsIn = Field(default_factory=RateLimitsIn, description="Of each of its keys.")
    token: RateLimitsIn = Field(default_factory=RateLimitsIn, description="Of each of its tokens.")
    quotas: QuotasIn = Field(default_factory=QuotasIn, description="What the tenant has at one time.")

    model_config = {"json_schema_extra": {"examples": [EXAMPLE]}}


class RateLimitsOut(ResponseBody):
    requests: int | None = Field(description="A minute; null: no limit.")
    tokens: int | None
    uploads: int | None
    requests_per_day: int | None
    tokens_per_day: int | None


class QuotasOut(ResponseBody):
    stored_bytes: int | None = Field(description="Null: no limit.")
    documents: int | None
    chunks: int | None
    adapters: int | None
    datasets: int | None
    queued_documents: int | None
    queued_trainings: int | None
    queued_evaluations: int | None


class TenantLimitsOut(ResponseBody):
    tenant: RateLimitsOut
    key: RateLimitsOut
    token: RateLimitsOut
    quotas: QuotasOut


class SetLimitsOut(ResponseBody):
    object: Literal["limits"] = "limits"
    own: TenantLimitsOut = Field(description="What was set for this tenant; null: the service's default.")
    in_force: TenantLimitsOut = Field(description="What holds; null: no limit.")
    used: dict[Quota, int] = Field(description="What the tenant has now, of each quota.")


class AmountsOut(ResponseBody):
    requests: int
    prompt_tokens: int
    completion_tokens: int
    tokens: int = Field(description="Of prompts and answers together, embedded texts included.")
    uploads: int


class UsageDayOut(ResponseBody):
    date: date
    user: str | None = Field(description="The end user. Null: all, or with `by_user` requests that name none.")
    amounts: AmountsOut


class UsageReportOut(ResponseBody):
    object: Literal["usage"] = "usage"
    start: date
    end: date
    data: list[UsageDayOut] = Field(description="Days with usage, oldest first.")
    total: AmountsOut


class RateStateOut(ResponseBody):
    limit: int = Field(description="A minute or a day, of the tighter of the tenant's limit and your own.")
    remaining: int
    reset_s: float = Field(description="Seconds until all of it is there again.")


class QuotaStateOut(ResponseBody):
    limit: int | None = Field(description="Null: no limit.")
    used: int


class CallerTenantOut(ResponseBody):
    id: str
    name: str
    status: TenantStatus


class CallerKeyOut(ResponseBody):
    id: str
    label: str
    prefix: str
    created_at: Timestamp


class MeOut(ResponseBody):
    object: Literal["me"] = "me"
    tenant: CallerTenantOut
    key: CallerKeyOut | None = Field(description="Null if you use a token.")
    token_id: str | None = Field(description="Null if you use a key.")
    user: str | None = Field(description="The end user that the token is for.")
    scopes: Annotated[list[str], BeforeValidator(sorted)]
    groups: list[str] | None = Field(description="Null: a key, which sees every document.")
    collections: list[str] | None = Field(description="The only ones you see; null: all.")
    adapter: str | None = Field(description="The only one you may name; null: any.")
    limits: dict[Resource, RateStateOut | None] = Field(
        description="What is left of this minute, or of the day; null: no limit."
    )
    quotas: dict[Quota, QuotaStateOut] | None = Field(description="What your tenant has; null if you use a token.")
    today: AmountsOut = Field(description="Used since midnight UTC by your tenant; with a token, by its user.")
    languages: list[str] = Field(description="In which questions are understood and answers are given.")
    max_tokens: int = Field(description="The most that one answer may have.")
