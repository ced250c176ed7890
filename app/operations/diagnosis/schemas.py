"""Response bodies of the diagnosis."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.http.schemas import ResponseBody


class FindingOut(ResponseBody):
    name: str = Field(description="What was checked.", examples=["disk"])
    ok: bool
    warning: bool = Field(description="The service works, and somebody should see to it.")
    text: str = Field(
        description="What was found; what to do if it is not `ok`, or a `warning`.",
        examples=["41.2 GiB free (1 GiB wanted)"],
    )


class DiagnosisOut(ResponseBody):
    object: Literal["diagnosis"] = "diagnosis"
    ok: bool = Field(description="Every finding is.")
    data: list[FindingOut]
