"""Response bodies of the processes of the service."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.domain.processes import ProcessKind, ProcessStatus
from app.http.schemas import ResponseBody, Timestamp


class ProcessOut(ResponseBody):
    id: str
    object: Literal["process"] = "process"
    kind: ProcessKind
    node: str = Field(description="The machine that it runs on.")
    pid: int = Field(description="Its number on that machine.")
    version: str = Field(description="Of Loracle.")
    status: ProcessStatus = Field(description="`lost`: it gave no sign of life for 30 seconds.")
    started_at: Timestamp
    seen_at: Timestamp


class ProcessesOut(ResponseBody):
    object: Literal["list"] = "list"
    data: list[ProcessOut]
