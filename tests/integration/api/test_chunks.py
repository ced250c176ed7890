"""Chunks over HTTP: shown with what they say, taken out of searches and put back."""

from __future__ import annotations

from tests.support.service import Service

SWIM = " ".join(f"Otter {number} swims in river {number}." for number in range(60))
ANIMALS = f"# Otters\n\n{SWIM}\n\n# Badgers\n\nBadgers dig setts.".encode()


async def test_a_disabled_chunk_is_found_by_no_search_and_comes_back(service: Service) -> None:
    document = await service.take_in(service.acme, "animals.md", ANIMALS)
    path = f"/api/v1/documents/{document['id']}/chunks"
    chosen = (await service.acme.get(path, params={"q": "BADGERS"})).json()["data"]
    assert [(one["heading"], one["enabled"]) for one in chosen] == [("Badgers", True)]
    one = f"{path}/{chosen[0]['id']}"

    async def found(mode: str) -> bool:
        body = {"query": "What do badgers dig?", "mode": mode}
        hits = (await service.acme.post("/api/v1/search", json=body)).json()["data"]
        return any("setts" in hit["text"] for hit in hits)

    modes = ("hybrid", "dense", "lexical")
    assert [await found(mode) for mode in modes] == [True] * 3
    changed = await service.acme.patch(one, json={"enabled": False})
    assert (changed.status_code, changed.json()["enabled"]) == (200, False)
    assert [await found(mode) for mode in modes] == [False] * 3
    assert (await service.acme.get(path, params={"enabled": False})).json()["total"] == 1
    assert (await service.acme.get(one)).json()["text"] == chosen[0]["text"]
    await service.acme.patch(one, json={"enabled": True})
    assert [await found(mode) for mode in modes] == [True] * 3
    for client, status in ((service.other, 404), (service.nobody, 401)):
        assert (await client.patch(one, json={"enabled": False})).status_code == status
    assert (await service.acme.patch(one, json={"enabled": "maybe"})).status_code == 422
