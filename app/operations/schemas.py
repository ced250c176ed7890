"""Response bodies of health and readiness."""

from __future__ import annotations

from pydantic import Field

from app.http.schemas import ResponseBody


class Health(ResponseBody):
    status: str = Field(examples=["ok"])


class Readiness(ResponseBody):
    ready: bool
    age_s: float = Field(description="Seconds since the checks were made.")
    checks: dict[str, str] = Field(description='"ok", or what is wrong.')
    warnings: list[str] = Field(
        description="What an operator should see to although the service answers: adapters of another base model."
    )
