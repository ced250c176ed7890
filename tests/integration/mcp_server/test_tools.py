"""The tools, called with the official SDK's client: found, answered, refused, isolated."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from mcp import Client, MCPError

from app.search.service import SearchService
from tests.integration.mcp_server.conftest import VERSIONS, mcp_client
from tests.support.files import MUSEUM
from tests.support.service import Service

INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}


@pytest.fixture
async def museum(service: Service) -> Service:
    assert (await service.take_in(service.acme, "museum.md", MUSEUM, collection="sights"))["status"] == "ready"
    return service


async def call(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return result.structured_content


async def refusal(client: Client, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return result.content[0].text


@pytest.mark.parametrize("mode", VERSIONS)
async def test_every_tool_is_listed_and_works(museum: Service, mode: str) -> None:
    async with mcp_client(museum, museum.acme, mode) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"search", "ask", "list_collections", "read_document"}
        assert all(tool.description and tool.output_schema for tool in tools.values())
        listed = await call(client, "list_collections", q="sight")
        assert listed == {"collections": [{"name": "sights", "documents": 1}], "total": 1, "next_cursor": None}
        best = (await call(client, "search", query="opening hours", k=3))["passages"][0]
        assert best["filename"] == "museum.md"
        begun = best["char_start"]
        read = await call(client, "read_document", document_id=best["document_id"], start=begun, length=12)
        assert read["text"] == best["text"][:12]
        assert read["end"] == begun + 12 < read["characters"]
        answer = await call(client, "ask", question="When does the museum open?", collections=["sights"])
        assert "ten in the morning" in answer["answer"]
        assert answer["citations"][0]["quote"] in MUSEUM.decode()
        again = await call(client, "ask", question="And when?", conversation_id=answer["conversation_id"])
        assert again["conversation_id"] == answer["conversation_id"]


@pytest.mark.parametrize("mode", VERSIONS)
async def test_what_a_model_can_mend_is_a_result_that_says_how(museum: Service, mode: str) -> None:
    async with mcp_client(museum, museum.acme, mode) as client:
        assert "query" in await refusal(client, "search", query="")
        assert "colour" in await refusal(client, "search", query="when?", colour="red")
        assert "'nowhere'" in await refusal(client, "search", query="when?", collections=["nowhere"])
        assert await refusal(client, "read_document", document_id="doc_none") == "No such document."
        with pytest.raises(MCPError, match="there are search, ask"):
            await client.call_tool("destroy", {})


@pytest.mark.parametrize("mode", VERSIONS)
async def test_crash_tells_nothing_of_itself(museum: Service, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(SearchService, "search", crash)
    async with mcp_client(museum, museum.acme, mode) as client:
        with pytest.raises(MCPError) as found:
            await client.call_tool("search", {"query": "when?"})
    assert "secret" not in str(found.value)


async def test_other_tenants_see_nothing_of_it(museum: Service) -> None:
    async with mcp_client(museum, museum.acme) as mine, mcp_client(museum, museum.other) as client:
        answer = await call(mine, "ask", question="When does the museum open?")
        foreign = answer["citations"][0]["document_id"]
        assert (await call(client, "list_collections"))["collections"] == []
        assert (await call(client, "search", query="opening hours"))["passages"] == []
        unknown = await refusal(client, "read_document", document_id="doc_none")
        assert await refusal(client, "read_document", document_id=foreign) == unknown
        unknown = await refusal(client, "ask", question="When?", conversation_id="conv_none")
        assert await refusal(client, "ask", question="When?", conversation_id=answer["conversation_id"]) == unknown


@pytest.mark.parametrize("mode", VERSIONS)
async def test_tools_see_what_the_token_sees(museum: Service, mode: str) -> None:
    closed = {"collection": "staff", "access": '{"groups": ["staff"]}'}
    assert (await museum.take_in(museum.acme, "rota.md", b"The rota of the museum: Ana opens.", **closed))["id"]
    visitor = await museum.token(museum.acme, user="rui")
    porter = await museum.token(museum.acme, user="ana", groups=["staff"], collections=["staff"])
    for token, filename, collection in ((visitor, "museum.md", "sights"), (porter, "rota.md", "staff")):
        async with mcp_client(museum, token, mode) as client:
            found = (await call(client, "search", query="museum"))["passages"]
            assert {one["filename"] for one in found} == {filename}
            listed = (await call(client, "list_collections"))["collections"]
            assert [one["name"] for one in listed] == [collection]
            answer = await call(client, "ask", question="When does the museum open?")
            assert {one["filename"] for one in answer["citations"] + answer["closest"]} <= {filename}
        async with mcp_client(museum, museum.acme, mode) as client:
            (document,) = {one["document_id"] for one in found}
            assert (await call(client, "read_document", document_id=document))["filename"] == filename
    async with mcp_client(museum, visitor, mode) as client:
        assert await refusal(client, "read_document", document_id=document) == "No such document."
        foreign = await refusal(client, "ask", question="And?", conversation_id=answer["conversation_id"])
        assert foreign == await refusal(client, "ask", question="And?", conversation_id="conv_none")


async def test_calls_at_once_are_each_answered_for_their_own_tenant(museum: Service) -> None:
    async with mcp_client(museum, museum.acme) as mine, mcp_client(museum, museum.other) as client:
        calls = [call(one, "search", query="museum") for one in (mine, client) * 6]
        counts = [len(found["passages"]) for found in await asyncio.gather(*calls)]
    assert [bool(count) for count in counts] == [True, False] * 6


async def test_endpoint_needs_a_key_that_reads_and_takes_messages_alone(museum: Service) -> None:
    nobody = await museum.nobody.post("/mcp", json=INITIALIZE)
    assert (nobody.status_code, nobody.headers["www-authenticate"]) == (401, "Bearer")
    assert (await museum.operator.post("/mcp", json=INITIALIZE)).status_code == 403
    assert (await museum.acme.get("/mcp")).status_code == 405
    accepts = {"Accept": "application/json, text/event-stream"}
    begun = await museum.acme.post("/mcp", json=INITIALIZE, headers=accepts)
    assert begun.json()["result"]["serverInfo"]["name"] == "loracle"
    assert begun.headers["x-request-id"]
    for body in (b"", b"{", b"[]", b"null", b'{"jsonrpc": "2.0"}', b"[" * 10_000, b"\xff"):
        sent = {"Content-Type": "application/json", **accepts}
        assert 400 <= (await museum.acme.post("/mcp", content=body, headers=sent)).status_code < 500, body
    large = await museum.acme.post("/mcp", content=b"x" * (3 * 2**20), headers={"Content-Type": "application/json"})
    assert (large.status_code, large.json()["error"]["code"]) == (413, "payload_too_large")
