"""Response bodies of follow-up questions."""

from __future__ import annotations

from typing import Literal

from app.http.schemas import ResponseBody


class FollowUpOut(ResponseBody):
    question: str
    document_id: str
    filename: str
    heading: str


class FollowUpsOut(ResponseBody):
    object: Literal["list"] = "list"
    data: list[FollowUpOut]
