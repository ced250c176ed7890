"""Request and response bodies of limits, usage and `me`."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic.config import JsonDict

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
EXAMPLE: JsonDict = {"tenant": {"requests": 600, "tokens": 200_000}, "token": {"requests": 60}}


class RateLimitsIn(RequestBody):
    requests: PerMinute = Field(None, description="Authenticated requests a minute. Null: the service's default.")
    tokens: PerMinute = Field(None, description="Tokens of prompts, answers and embedded texts a minute.")
    uploads: PerMinute = Field(None, description="Files a minute that become documents, datasets or adapters.")


class TenantLimitsIn(RequestBody):
    tenant: RateLimitsIn = Field(default_factory=RateLimitsIn, description="Of the tenant as a whole.")
    key: RateLimitsIn = Field(default_factory=RateLimitsIn, description="Of each of its keys.")
    token: RateLimitsIn = Field(default_factory=RateLimitsIn, description="Of each of its tokens.")

    model_config = {"json_schema_extra": {"examples": [EXAMPLE]}}


class RateLimitsOut(ResponseBody):
    requests: int | None = Field(description="A minute; null: no limit.")
    tokens: int | None
    uploads: int | None


class TenantLimitsOut(ResponseBody):
    tenant: RateLimitsOut
    key: RateLimitsOut
    token: RateLimitsOut


class SetLimitsOut(ResponseBody):
    object: Literal["limits"] = "limits"
    own: TenantLimitsOut = Field(description="What was set for this tenant; null: the service's default.")
    in_force: TenantLimitsOut = Field(description="What holds; null: no limit.")


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
    limit: int = Field(description="A minute, of the tighter of the tenant's limit and your own.")
    remaining: int
    reset_s: float = Field(description="Seconds until all of it is there again.")


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
    limits: dict[Resource, RateStateOut | None] = Field(description="What is left of this minute; null: no limit.")
    today: AmountsOut = Field(description="Used since midnight UTC by your tenant; with a token, by its user.")
    languages: list[str] = Field(description="In which questions are understood and answers are given.")
    max_tokens: int = Field(description="The most that one answer may have.")
