"""Makes every call of OpenAI's package that the service answers, one by one; prints what each gave as JSON."""

from __future__ import annotations

import json
import os
from typing import Any

from openai import OpenAI

QUESTION = "When does the museum open?"
FAST: dict[str, Any] = {"poll_interval_ms": 50}
client = OpenAI(base_url=os.environ["LORACLE_URL"] + "/v1", api_key=os.environ["LORACLE_API_KEY"], max_retries=0)
seen: dict[str, str] = {}


def call(name: str, /, *arguments: Any, **named: Any) -> Any:
    """The result of the client's call of this name."""
    target: Any = client
    for part in name.split("."):
        target = getattr(target, part)
    done = target(*arguments, **named)
    seen[name] = type(done).__name__
    return done


def listed(name: str, /, *arguments: Any, **named: Any) -> list[Any]:
    return list(call(name, *arguments, **named))


listed("models.list")
call("models.retrieve", "loracle")
messages: list[Any] = [{"role": "user", "content": QUESTION}]
call("chat.completions.create", model="loracle", messages=messages, logprobs=True, seed=7, stop=["never"], n=1)
options = {"include_usage": True}
assert listed("chat.completions.create", model="loracle", messages=messages, stream=True, stream_options=options)
with call("chat.completions.stream", model="loracle", messages=messages) as stream:
    assert stream.get_final_completion().choices[0].message.content
call("embeddings.create", model="loracle-embeddings", input=[QUESTION])

file = call("files.create", file=("boats.txt", b"Boats must be back before sunset."), purpose="assistants")
call("files.retrieve", file.id)
assert call("files.content", file.id).read() == b"Boats must be back before sunset."
assert file.id in [one.id for one in listed("files.list", limit=1)]
call("files.wait_for_processing", file.id)
store = call("vector_stores.create", name="boats", metadata={"team": "harbour"})
call("vector_stores.retrieve", store.id)
call("vector_stores.update", store.id, name="Boats")
assert listed("vector_stores.list", limit=1)
inside = {"vector_store_id": store.id}
call("vector_stores.files.create", file_id=file.id, **inside)
call("vector_stores.files.poll", file.id, **inside, **FAST)
call("vector_stores.files.create_and_poll", file.id, **inside, **FAST)
call("vector_stores.files.upload", file=("club.txt", b"The club has 40 members."), **inside)
call("vector_stores.files.upload_and_poll", file=("keys.txt", b"Keys cost 15 euros."), **inside, **FAST)
call("vector_stores.files.retrieve", file.id, **inside)
call("vector_stores.files.update", file.id, attributes={"year": 2026}, **inside)
call("vector_stores.files.content", file.id, **inside)
assert listed("vector_stores.files.list", limit=2, **inside)
batch = call("vector_stores.file_batches.create", store.id, file_ids=[file.id])
call("vector_stores.file_batches.retrieve", batch.id, **inside)
call("vector_stores.file_batches.poll", batch.id, **inside, **FAST)
call("vector_stores.file_batches.create_and_poll", store.id, file_ids=[file.id], **FAST)
call("vector_stores.file_batches.upload_and_poll", store.id, files=[("fees.txt", b"The fee is 9 euros.")], **FAST)
assert listed("vector_stores.file_batches.list_files", batch.id, **inside)
call("vector_stores.file_batches.cancel", batch.id, **inside)
year = {"type": "eq", "key": "year", "value": 2026}
assert listed("vector_stores.search", store.id, query="boats", filters=year)

conversation = call("conversations.create", metadata={"topic": "boats"})
call("conversations.retrieve", conversation.id)
call("conversations.update", conversation.id, metadata={"topic": "harbour"})
tool: Any = {"type": "file_search", "vector_store_ids": [store.id]}
asked: dict[str, Any] = {"model": "loracle", "input": "When must boats be back?", "tools": [tool]}
response = call("responses.create", conversation=conversation.id, include=["file_search_call.results"], **asked)
assert "sunset" in response.output_text
assert listed("responses.create", stream=True, **asked)
with call("responses.stream", **asked) as events:
    assert events.get_final_response().output_text
call("responses.create", model="loracle", input="And the fee?", previous_response_id=response.id)
call("responses.retrieve", response.id)
assert listed("responses.input_items.list", response.id)
items = listed("conversations.items.list", conversation.id)
call("conversations.items.retrieve", items[0].id, conversation_id=conversation.id)

call("responses.delete", response.id)
call("conversations.delete", conversation.id)
call("vector_stores.files.delete", file.id, **inside)
call("vector_stores.delete", store.id)
call("files.delete", file.id)
print(json.dumps(seen))
