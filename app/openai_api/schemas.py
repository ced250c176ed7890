"""Fields that several requests of OpenAI's clients share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.http.schemas import Text

ModelName = Annotated[Text, Field(min_length=1, max_length=200, description="A name of `GET /v1/models`.")]


class CompatibleBody(BaseModel):
    """A request body of OpenAI's clients, which send fields of other services too: unknown ones are ignored."""

    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)
