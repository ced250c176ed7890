"""Asks through langchain-openai, by responses and by chat completions, whole and streamed; prints what came as JSON."""

from __future__ import annotations

import json
import os
from typing import Any

from langchain_openai import ChatOpenAI, OpenAIEmbeddings

QUESTION = "When does the museum open?"
SERVICE: dict[str, Any] = {
    "base_url": os.environ["LORACLE_URL"] + "/v1",
    "api_key": os.environ["LORACLE_API_KEY"],
}


def sources(content: list[dict[str, Any]]) -> list[str]:
    cited = [one for part in content if part["type"] == "text" for one in part.get("annotations", [])]
    return [one["quote"] for one in cited]


responses = ChatOpenAI(model="loracle", use_responses_api=True, **SERVICE)
answer = responses.invoke(QUESTION)
streamed = None
for chunk in responses.stream(QUESTION):
    streamed = chunk if streamed is None else streamed + chunk
tool = {"type": "file_search", "vector_store_ids": []}
searching = ChatOpenAI(
    model="loracle", use_responses_api=True, include=["file_search_call.results"], **SERVICE
).bind_tools([tool])
search = next(part for part in searching.invoke(QUESTION).content if part["type"] == "file_search_call")
completions = ChatOpenAI(model="loracle", **SERVICE)
embeddings = OpenAIEmbeddings(model="loracle-embeddings", check_embedding_ctx_length=False, **SERVICE)
print(
    json.dumps(
        {
            "answer": answer.text,
            "sources": sources(answer.content),
            "streamed": streamed.text,
            "streamed_sources": sources(streamed.content),
            "found": [one["filename"] for one in search["results"]],
            "completion": completions.invoke(QUESTION).content,
            "completion_streamed": "".join(chunk.content for chunk in completions.stream(QUESTION)),
            "dimensions": len(embeddings.embed_query(QUESTION)),
        }
    )
)
