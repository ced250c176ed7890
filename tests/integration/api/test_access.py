"""Access lists over HTTP: a token searches, asks and lists as if what it does not see were not there."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
import pytest

from tests.support.service import Service

RULES = b"# Rules\n\nThe harbour opens at seven. Boats are washed on Fridays."
SALARIES = b"# Salaries\n\nThe harbour master earns ninety thousand euros. The lighthouse keeper earns forty thousand."
PROTOCOL = b"# Protocol\n\nThe harbour gets a second crane. The board decided it on Monday."
SECRETS = ("salaries", "ninety", "forty", "protocol", "crane", "board")


def groups(*names: str) -> str:
    return json.dumps({"groups": names})


async def token(service: Service, **body: Any) -> httpx.AsyncClient:
    return await service.token(service.acme, user="ana", **body)


@pytest.fixture
async def harbour(service: Service) -> Service:
    """A document for everybody, one for accountants, and one in a collection of the board's."""
    body = {"access": {"groups": ["board"]}}
    assert (await service.acme.put("/api/v1/collections/minutes", json=body)).status_code == 200
    await service.take_in(service.acme, "rules.md", RULES)
    await service.take_in(service.acme, "salaries.md", SALARIES, access=groups("accounting", "board"))
    await service.take_in(service.acme, "protocol.md", PROTOCOL, collection="minutes")
    return service


async def told(client: httpx.AsyncClient) -> dict[str, set[str]]:
    """The documents that each way of asking shows, by its name."""
    found: dict[str, set[str]] = {}
    listed = (await client.get("/api/v1/documents")).json()
    found["documents"] = {one["filename"] for one in listed["data"]}
    assert listed["total"] == len(listed["data"])
    for mode in ("dense", "lexical", "hybrid"):
        body = {"query": "What does the harbour master, keeper, crane, board earn?", "mode": mode, "k": 50}
        passages = (await client.post("/api/v1/search", json=body)).json()["data"]
        found[mode] = {one["filename"] for one in passages}
    retrieved = {"knowledge_id": "*", "query": "harbour crane earns", "retrieval_setting": {"top_k": 50}}
    records = (await client.post("/retrieval", json=retrieved)).json()["records"]
    found["retrieval"] = {one["title"] for one in records}
    found["tool"] = {one["filename"] for one in (await tool(client, "search", query="harbour crane earns"))["passages"]}
    counted = (await client.post("/api/v1/chat", json={"message": "how many documents are there?"})).json()
    assert set(re.findall(r"\d+", counted["answer"])) <= {str(len(listed["data"]))}
    which = (await client.post("/api/v1/chat", json={"message": "which documents do you have?"})).json()
    found["which"] = {name for name in ("rules.md", "salaries.md", "protocol.md") if name in which["answer"]}
    answer = (await client.post("/api/v1/chat", json={"message": "What does the harbour master earn?"})).json()
    found["chat"] = {one["filename"] for one in [*answer["citations"], *answer["closest"]]}
    return found


async def tool(client: httpx.AsyncClient, name: str, **arguments: Any) -> dict[str, Any]:
    """The result of a tool of the Model Context Protocol."""
    params = {"name": name, "arguments": arguments}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    accept = {"Accept": "application/json, text/event-stream"}
    answer = (await client.post("/mcp", json=body, headers=accept)).json()["result"]
    assert not answer["isError"], answer
    content: dict[str, Any] = answer["structuredContent"]
    return content


CALLERS: list[tuple[dict[str, Any], str]] = [
    ({}, "rules.md"),
    ({"groups": ["guests"]}, "rules.md"),
    ({"groups": ["accounting"]}, "rules.md salaries.md"),
    ({"groups": ["board"]}, "rules.md salaries.md protocol.md"),
    ({"groups": ["board"], "collections": ["minutes"]}, "protocol.md"),
]


async def test_every_way_of_asking_shows_what_the_token_sees(harbour: Service) -> None:
    for body, expected in CALLERS:
        names = set(expected.split())
        found = await told(await token(harbour, **body))
        assert found.pop("chat") <= names, body
        assert found == dict.fromkeys(found, names), body


async def test_collections_show_what_the_token_sees_of_them(harbour: Service) -> None:
    async def counts(client: httpx.AsyncClient) -> dict[str, int]:
        data = (await client.get("/api/v1/collections")).json()["data"]
        return {one["name"]: one["documents"] for one in data}

    assert await counts(harbour.acme) == {"default": 2, "minutes": 1}
    nobody = await token(harbour)
    assert await counts(nobody) == {"default": 1}
    assert await counts(await token(harbour, groups=["board"])) == {"default": 2, "minutes": 1}
    missing = [await nobody.get(f"/api/v1/collections/{name}") for name in ("minutes", "none")]
    assert {one.status_code for one in missing} == {404}
    assert missing[0].json()["error"] == missing[1].json()["error"]
    assert (await tool(nobody, "list_collections"))["collections"] == [{"name": "default", "documents": 1}]
    body = {"query": "harbour", "collections": ["minutes"]}
    assert (await nobody.post("/api/v1/search", json=body)).status_code == 404


async def test_answers_say_nothing_of_what_is_hidden(harbour: Service) -> None:
    nobody = await token(harbour)
    for message in (
        "What does the lighthouse keeper earn?",
        "summarise the salaries",
        "list the topics of the protocol",
        "do you have a document about a crane?",
        "when was the protocol uploaded?",
        "compare the salaries and the protocol",
    ):
        answer = (await nobody.post("/api/v1/chat", json={"message": message})).json()
        said = json.dumps([answer["answer"], answer["citations"], answer["closest"]]).casefold()
        asked = message.casefold()
        assert not [word for word in SECRETS if word in said and word not in asked], (message, said)


async def test_document_that_is_closed_later_is_marked_as_gone(harbour: Service) -> None:
    ana = await token(harbour)
    answer = (await ana.post("/api/v1/chat", json={"message": "summarise the rules"})).json()
    assert {one["filename"] for one in answer["citations"]} == {"rules.md"}
    document = f"/api/v1/documents/{answer['citations'][0]['document_id']}"
    assert (await ana.get(document)).json()["access"] == {"groups": []}
    changed = await harbour.acme.patch(document, json={"access": {"groups": ["board", "accounting", "board"]}})
    assert changed.json()["access"] == {"groups": ["accounting", "board"]}
    assert (await ana.get(document)).status_code == 404
    turns = (await ana.get(f"/api/v1/conversations/{answer['conversation_id']}/turns")).json()["data"]
    assert all(one["gone"] for one in turns[0]["result"]["citations"])
    again = {"message": "repeat that", "conversation_id": answer["conversation_id"]}
    assert (await ana.post("/api/v1/chat", json=again)).json()["citations"] == []
    opened = await harbour.acme.patch(document, json={"access": {"groups": []}})
    assert opened.json()["access"] == {"groups": []}
    assert (await ana.get(document)).status_code == 200


async def test_new_version_keeps_the_list_and_an_upload_may_replace_it(harbour: Service) -> None:
    async def upload(content: bytes, **fields: str) -> dict[str, Any]:
        body: dict[str, Any] = (await harbour.upload(harbour.acme, "salaries.md", content, **fields)).json()
        return body

    assert (await upload(SALARIES + b"."))["access"] == {"groups": ["accounting", "board"]}
    replaced = await upload(SALARIES + b"..", access=groups("staff"))
    assert (replaced["version"], replaced["access"]) == (3, {"groups": ["staff"]})


async def test_token_writes_where_it_sees_and_for_its_own_groups(harbour: Service) -> None:
    writer = await token(harbour, groups=["accounting"], scopes=["read", "write"])

    async def refused(response: httpx.Response) -> tuple[int, str, str | None]:
        error = response.json()["error"]
        return response.status_code, error["code"], error["param"]

    forbidden = (403, "collection_forbidden", "collection")
    assert await refused(await harbour.upload(writer, "new.md", RULES, collection="minutes")) == forbidden
    assert await refused(await writer.put("/api/v1/collections/minutes", json={})) == forbidden
    files = [("files", ("new.md", RULES))]
    batch = await writer.post("/api/v1/batches", files=files, data={"collection": "minutes"})
    assert await refused(batch) == forbidden
    foreign = await harbour.upload(writer, "new.md", RULES, access=groups("board"))
    assert await refused(foreign) == (422, "invalid_request", "access")

    await harbour.acme.post("/api/v1/batches", files=[("files", ("plan.md", RULES))], data={"access": groups("board")})
    taken = await harbour.upload(writer, "plan.md", PROTOCOL)
    assert await refused(taken) == (409, "name_taken", None)
    files = [("files", ("plan.md", PROTOCOL)), ("files", ("notes.md", PROTOCOL))]
    batch = await writer.post("/api/v1/batches", files=files, data={"access": groups("accounting")})
    body = batch.json()
    assert (batch.status_code, body["access"]) == (202, {"groups": ["accounting"]})
    assert [(one["filename"], one["code"]) for one in body["refused"]] == [("plan.md", "name_taken")]
    nobody = await token(harbour)
    assert (await nobody.get(f"/api/v1/batches/{body['id']}")).status_code == 404
    mine = (await writer.get("/api/v1/documents", params={"batch": body["id"]})).json()["data"]
    assert [one["filename"] for one in mine] == ["notes.md"]
    moved = await writer.patch(f"/api/v1/documents/{mine[0]['id']}", json={"collection": "minutes"})
    assert await refused(moved) == forbidden
    assert (await writer.delete(f"/api/v1/documents/{mine[0]['id']}")).status_code == 200


async def test_access_list_that_is_none_is_refused(service: Service) -> None:
    for text in ("staff", "[]", '{"groups": "staff"}', '{"groups": [""]}', '{"groups": [], "x": 1}'):
        response = await service.upload(service.acme, "a.txt", RULES, access=text)
        assert (response.status_code, response.json()["error"]["param"]) == (422, "access"), text


async def test_collection_keeps_its_list_unless_it_is_named(harbour: Service) -> None:
    path = "/api/v1/collections/minutes"
    kept = await harbour.acme.put(path, json={"chunk_tokens": 64})
    assert kept.json()["access"] == {"groups": ["board"]}
    opened = await harbour.acme.put(path, json={"access": {"groups": []}})
    assert (opened.json()["access"], opened.json()["chunk_tokens"]) == ({"groups": []}, None)
    assert "protocol.md" in (await told(await token(harbour)))["documents"]
