"""Asks through LlamaIndex, whole and streamed, and prints what came as JSON."""

from __future__ import annotations

import json
import os

from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike

llm = OpenAILike(
    model="loracle",
    api_base=os.environ["LORACLE_URL"] + "/v1",
    api_key=os.environ["LORACLE_API_KEY"],
    is_chat_model=True,
)
messages = [ChatMessage(role="user", content="When does the museum open?")]
answer = llm.chat(messages)
*_, streamed = llm.stream_chat(messages)
print(
    json.dumps(
        {
            "answer": answer.message.content,
            "sources": [one.quote for one in answer.raw.choices[0].message.annotations],
            "streamed": streamed.message.content,
        }
    )
)
