"""Dify's external knowledge API, called as Dify calls it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.support.files import MUSEUM
from tests.support.service import Service


@pytest.fixture
async def museum(service: Service) -> Service:
    taken = await service.take_in(
        service.acme, "museum.md", MUSEUM, collection="sights", metadata='{"kind": "guide", "year": 2024}'
    )
    assert taken["status"] == "ready"
    return service


async def retrieve(client: httpx.AsyncClient, knowledge: str = "*", **more: Any) -> httpx.Response:
    setting = {"top_k": 2, "score_threshold": more.pop("threshold", 0.0)}
    body = {"knowledge_id": knowledge, "query": "When does the museum open?", "retrieval_setting": setting, **more}
    return await client.post("/retrieval", json=body)


def condition(name: Any, operator: str, value: Any = None) -> dict[str, Any]:
    one = {"name": name, "comparison_operator": operator, "value": value}
    return {"metadata_condition": {"logical_operator": "and", "conditions": [one]}}


async def test_records_are_passages_with_metadata_without_null(museum: Service) -> None:
    for knowledge in ("*", "sights"):
        records = (await retrieve(museum.acme, knowledge)).json()["records"]
        assert 1 <= len(records) <= 2
        first = records[0]
        assert "ten in the morning" in first["content"]
        assert (first["title"], 0 < first["score"] <= 1) == ("museum.md", True)
        assert {"kind": "guide", "year": 2024, "collection": "sights"}.items() <= first["metadata"].items()
        assert None not in first["metadata"].values()
    assert (await retrieve(museum.acme, threshold=1.0)).json() == {"records": []}
    assert (await retrieve(museum.other)).json() == {"records": []}


async def test_conditions_on_metadata_are_filters(museum: Service) -> None:
    for name, operator, value, found in (
        ("kind", "is", "guide", True),
        (["kind"], "is not", "guide", False),
        (["year", "kind"], "in", "law, guide", True),
        ("kind", "not in", ["law", "guide"], False),
        ("year", "=", "2024", True),
        ("year", "≥", 2025, False),
    ):
        response = await retrieve(museum.acme, **condition(name, operator, value))
        assert bool(response.json()["records"]) is found, (name, operator)


async def test_what_is_not_known_is_refused_by_name(museum: Service) -> None:
    unknown = await retrieve(museum.acme, "nowhere")
    assert (unknown.status_code, unknown.json()["error"]["message"]) == (404, "There is no collection 'nowhere'.")
    foreign = await retrieve(museum.other, "sights")
    assert (foreign.status_code, foreign.json()["error"]["message"]) == (404, "There is no collection 'sights'.")
    field = await retrieve(museum.acme, **condition("topic", "is", "law"))
    assert "'topic'" in field.json()["error"]["message"]
    operator = await retrieve(museum.acme, **condition("kind", "start with", "g"))
    assert (operator.status_code, operator.json()["error"]["param"]) == (422, "metadata_condition")
    assert (await museum.acme.post("/retrieval")).status_code == 422  # how Dify looks whether the endpoint is there
    assert (await retrieve(museum.nobody)).status_code == 401
