"""Fields that several requests and responses of OpenAI's clients share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from app.http.schemas import StrictBody, Text

UNSUPPORTED = "unsupported_parameter"  # code of the error for what clients may send elsewhere
ModelName = Annotated[Text, Field(min_length=1, max_length=200, description="A name of `GET /v1/models`.")]


def unix_seconds(moment: datetime | int) -> int:
    return moment if isinstance(moment, int) else int(moment.timestamp())


UnixSeconds = Annotated[int, BeforeValidator(unix_seconds), Field(description="Seconds since 1970.")]


class CompatibleBody(StrictBody):
    """A request body of OpenAI's clients, which send fields of other services too: unknown ones are ignored."""

    model_config = ConfigDict(extra="ignore")
