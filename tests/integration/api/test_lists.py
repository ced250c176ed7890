"""Lists over HTTP: totals, words of the name, sorts, and pages that outlive changes."""

from __future__ import annotations

from typing import Any

from tests.support.service import Service

FILES = {"Zoo.txt": 40, "água.txt": 10, "annual report.txt": 30, "Report 2026.txt": 20}


async def listed(service: Service, **query: Any) -> dict[str, Any]:
    answer = await service.acme.get("/api/v1/documents", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_documents_are_sorted_searched_and_counted(service: Service) -> None:
    for name, size in FILES.items():
        await service.upload(service.acme, name, b"x" * size)

    async def names(**query: Any) -> list[str]:
        return [one["filename"] for one in (await listed(service, **query))["data"]]

    assert await names(order="asc") == list(FILES)
    assert await names(sort="filename") == ["água.txt", "annual report.txt", "Report 2026.txt", "Zoo.txt"]
    assert await names(sort="filename", order="desc", limit=1) == ["Zoo.txt"]
    assert await names(sort="bytes", limit=2) == ["Zoo.txt", "annual report.txt"]
    assert await names(sort="filename", q="report") == ["annual report.txt", "Report 2026.txt"]
    assert await names(q="2026 REPORT") == ["Report 2026.txt"]
    assert await names(q="agua") == ["água.txt"]
    assert (await listed(service, q="report", limit=1))["total"] == 2
    assert (await service.other.get("/api/v1/documents")).json()["total"] == 0


async def test_deleting_while_paging_meets_every_document_once(service: Service) -> None:
    for name in FILES:
        await service.upload(service.acme, name, name.encode())
    seen, after = [], {}
    while True:
        page = await listed(service, sort="filename", limit=1, **after)
        for one in page["data"]:
            seen.append(one["filename"])
            await service.acme.delete(f"/api/v1/documents/{one['id']}")
        if not page["has_more"]:
            break
        after = {"after": page["next_cursor"]}
    assert sorted(seen) == sorted(FILES)


async def test_a_cursor_of_another_sort_or_list_is_refused(service: Service) -> None:
    for name in FILES:
        await service.upload(service.acme, name, name.encode())
    cursor = (await listed(service, sort="filename", limit=1))["next_cursor"]
    for path in ("/api/v1/documents", "/api/v1/documents?sort=bytes", "/api/v1/conversations"):
        refused = await service.acme.get(path, params={"after": cursor})
        assert (refused.status_code, refused.json()["error"]["param"]) == (422, "after"), path


async def test_what_a_list_cannot_do_is_refused_by_name(service: Service) -> None:
    for name, value in {"sort": "secret", "q": "x" * 201, "order": "up"}.items():
        refused = await service.acme.get("/api/v1/documents", params={name: value})
        assert (refused.status_code, refused.json()["error"]["param"]) == (422, name)


async def test_tenants_and_keys_are_sorted_and_searched_by_name(service: Service) -> None:
    by_name = (await service.operator.get("/api/v1/tenants", params={"sort": "name"})).json()
    assert [one["name"] for one in by_name["data"]] == ["acme", "operator", "other"]
    found = (await service.operator.get("/api/v1/tenants", params={"q": "O", "sort": "name", "order": "desc"})).json()
    assert ([one["name"] for one in found["data"]], found["total"]) == (["other", "operator"], 2)
    body = {"tenant_id": service.acme_id, "label": "Página", "scopes": ["read"]}
    await service.operator.post("/api/v1/keys", json=body)
    keys = (await service.operator.get("/api/v1/keys", params={"q": "pagina"})).json()
    assert [one["label"] for one in keys["data"]] == ["Página"]


async def test_every_list_of_named_things_takes_words_and_a_sort(service: Service) -> None:
    for path in ("adapters", "training/datasets", "training/jobs", "evaluations"):
        answer = await service.acme.get(f"/api/v1/{path}", params={"q": "nothing is named so", "sort": "name"})
        assert (answer.status_code, answer.json()["data"], answer.json()["total"]) == (200, [], 0), path


async def test_collections_are_searched_and_have_pages(service: Service) -> None:
    for name in ("Zoo", "água", "annual reports", "Reports"):
        await service.acme.put(f"/api/v1/collections/{name}", json={})

    async def page(**query: Any) -> dict[str, Any]:
        return (await service.acme.get("/api/v1/collections", params=query)).json()

    first = await page(limit=2)
    assert ([one["name"] for one in first["data"]], first["total"]) == (["água", "annual reports"], 4)
    rest = await page(after=first["next_cursor"])
    assert ([one["name"] for one in rest["data"]], rest["has_more"]) == (["Reports", "Zoo"], False)
    assert [one["name"] for one in (await page(q="REPORT"))["data"]] == ["annual reports", "Reports"]
    assert [one["name"] for one in (await page(after="annual reports"))["data"]] == ["Reports", "Zoo"]
    refused = await page(after="none")
    assert refused["error"]["param"] == "after"
