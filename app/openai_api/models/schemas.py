"""Response bodies of the models, in OpenAI's form, extended."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from app.http.schemas import ResponseBody


def unix_seconds(moment: datetime | int) -> int:
    return moment if isinstance(moment, int) else int(moment.timestamp())


UnixSeconds = Annotated[int, BeforeValidator(unix_seconds), Field(description="Seconds since 1970.")]


class ModelOut(ResponseBody):
    id: str = Field(description="Say this as `model`.")
    object: Literal["model"] = "model"
    created: UnixSeconds
    owned_by: str = Field(description="`loracle`: it comes with the service; `tenant`: it is your own.")
    documents: bool = Field(description="It answers from your documents, with citations.")
    adapter: str | None = Field(description="name@version that answers now; null for the base model.")


class ModelListOut(ResponseBody):
    object: Literal["list"] = "list"
    data: list[ModelOut]
