"""Response bodies of the models, in OpenAI's form, extended."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.http.schemas import ResponseBody
from app.openai_api.schemas import UnixSeconds


class ModelOut(ResponseBody):
    id: str = Field(description="Say this as `model`.")
    object: Literal["model"] = "model"
    created: UnixSeconds
    owned_by: str = Field(description="`loracle`: it comes with the service; `tenant`: it is your own.")
    documents: bool = Field(description="It answers from your documents, with citations.")
    adapter: str | None = Field(description="name@version that answers now; null for the base model.")
    lacks: list[str] = Field(
        description="What the server that generates cannot do, of `adapters`, `activated_adapters`, `token_ids`, "
        "`scores` and `cache_salt`: it is refused, or done without. Empty for the service's own engine."
    )


class ModelListOut(ResponseBody):
    object: Literal["list"] = "list"
    data: list[ModelOut]
