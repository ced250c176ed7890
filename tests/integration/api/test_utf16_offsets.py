"""Every offset is given in UTF-16 code units as well, in which browsers count."""

from __future__ import annotations

import json
from typing import Any

from tests.support.service import Service

GARDEN = (
    "# 🌻 Garden rules\n\nThe gate 🚪 is open for members.\n\n"
    + "Nobody rides a bicycle 🚲 here. " * 40
    + "\n\n## 🐕 Dogs\n\nDogs are walked on the meadow before nine. 🐾 They stay on the lead.\n"
)


def cut(text: str, start: int, end: int) -> str:
    """What JavaScript's `text.slice(start, end)` returns."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


async def test_offsets_of_documents_passages_and_citations_fit_in_javascript(service: Service) -> None:
    document = await service.take_in(service.acme, "garden.md", GARDEN.encode())
    path = f"/api/v1/documents/{document['id']}"
    text = (await service.acme.get(f"{path}/content")).json()["text"]
    chunks = (await service.acme.get(f"{path}/chunks")).json()["data"]
    found = (await service.acme.post("/api/v1/search", json={"query": "When are dogs walked?"})).json()["data"]
    pages = (await service.acme.get(f"{path}/pages")).json()["pages"]
    assert len(chunks) > 1
    for one in [*chunks, *found, *pages]:
        whole = one.get("text", text)
        assert cut(text, one["char_start_utf16"], one["char_end_utf16"]) == whole
    assert chunks[-1]["char_start_utf16"] > chunks[-1]["char_start"]


async def test_offsets_of_streamed_citations_are_those_of_the_whole_answer(service: Service) -> None:
    document = await service.take_in(service.acme, "garden.md", GARDEN.encode())
    text = (await service.acme.get(f"/api/v1/documents/{document['id']}/content")).json()["text"]
    response = await service.acme.post("/api/v1/chat", json={"message": "When are dogs walked?", "stream": True})
    events = [read_event(block) for block in response.text.strip().split("\n\n")]
    done = next(data for name, data in events if name == "done")
    streamed = [data for name, data in events if name == "citation"]
    assert streamed == done["citations"] != []
    for citation in done["citations"]:
        assert cut(text, citation["char_start_utf16"], citation["char_end_utf16"]) == citation["quote"]
        sentence = done["answer"][citation["start"] : citation["end"]]
        assert cut(done["answer"], citation["start_utf16"], citation["end_utf16"]) == sentence


def read_event(block: str) -> tuple[str, dict[str, Any]]:
    fields = dict(line.partition(": ")[::2] for line in block.splitlines())
    return fields["event"], json.loads(fields["data"])
