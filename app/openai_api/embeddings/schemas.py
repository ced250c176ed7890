"""Request and response bodies of embeddings: OpenAI's, extended by what a text is."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from app.http.schemas import ResponseBody, Text
from app.openai_api.schemas import CompatibleBody, ModelName

MOST_TEXTS = 2048


class EmbeddingsIn(CompatibleBody):
    model: ModelName
    input: Text | Annotated[list[Any], Field(min_length=1, max_length=MOST_TEXTS)] = Field(
        description="A text or a list of texts; token ids are refused."
    )
    encoding_format: Literal["float", "base64"] | None = Field(
        None, description="`base64`: little-endian 32-bit floats. `float` if left out."
    )
    dimensions: int | None = Field(None, description="Only the model's own number.")
    input_type: Literal["query", "passage"] | None = Field(
        None,
        description="What the texts are: questions or passages, which models embed differently. `passage` if left out.",
    )

    model_config = {
        "json_schema_extra": {"examples": [{"model": "loracle-embeddings", "input": ["The museum opens at ten."]}]}
    }


class EmbeddingOut(ResponseBody):
    object: Literal["embedding"] = "embedding"
    index: int
    embedding: list[float] | str = Field(description="L2 norm 1; as numbers or as base64.")


class EmbeddingsUsageOut(ResponseBody):
    prompt_tokens: int
    total_tokens: int


class EmbeddingListOut(ResponseBody):
    object: Literal["list"] = "list"
    data: list[EmbeddingOut]
    model: str
    usage: EmbeddingsUsageOut
