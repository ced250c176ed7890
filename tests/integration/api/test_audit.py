"""The audit log over HTTP."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from app.http.refused_keys import RefusedKeys
from app.http.services import registered_services
from tests.support.service import Service

PATH = "/api/v1/audit"


async def listed(client: Any, **wanted: Any) -> list[dict[str, Any]]:
    response = await client.get(PATH, params={"limit": 100, "order": "asc", **wanted})
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["data"]
    return found


async def test_what_a_tenant_does_is_in_its_log_with_the_request(service: Service) -> None:
    made = await service.acme.post("/api/v1/tokens", json={"user": "ana", "scopes": ["read", "write"]})
    document = (await service.upload(service.acme, "a.txt", b"A")).json()
    ana = service.client(made.json()["token"])
    deleted = await ana.delete(f"/api/v1/documents/{document['id']}")
    changed = await service.acme.put("/api/v1/collections/minutes", json={"access": {"groups": ["board"]}})
    webhook = {"url": "https://hooks.example/secret-path?token=s3cret", "events": ["document.ready"]}
    await service.acme.post("/api/v1/webhooks", json=webhook)
    found = {entry["action"]: entry for entry in await listed(service.acme)}
    token, removal, collection = (found[one] for one in ("token.created", "document.deleted", "collection.changed"))
    assert (token["target_id"], token["actor"]["kind"], token["details"]["user"]) == (made.json()["id"], "key", "ana")
    assert removal["actor"] == {
        "kind": "token",
        "tenant_id": service.acme_id,
        "key_id": made.json()["key_id"],
        "token_id": made.json()["id"],
        "user": "ana",
        "address": "127.0.0.1",
        "request_id": deleted.headers["X-Request-Id"],
    }
    assert removal["details"] == {"collection": "default", "filename": "a.txt"}
    assert (collection["target_id"], collection["details"]["groups"]) == ("minutes", ["board"])
    assert collection["actor"]["request_id"] == changed.headers["X-Request-Id"]
    text = json.dumps(found)
    assert made.json()["token"] not in text
    assert "s3cret" not in text
    assert "secret-path" not in text
    if "webhook.created" in found:  # names are resolved, which a machine without a network cannot
        assert found["webhook.created"]["details"]["host"] == "hooks.example"


async def test_who_reads_which_part(service: Service) -> None:
    await service.operator.patch(f"/api/v1/tenants/{service.other_id}", json={"status": "suspended"})
    await service.operator.patch(f"/api/v1/tenants/{service.other_id}", json={"status": "active"})
    mine, theirs, all_of_it = [await listed(one) for one in (service.acme, service.other, service.operator)]
    assert {entry["tenant_id"] for entry in mine} == {service.acme_id}
    assert [entry["action"] for entry in theirs][-2:] == ["tenant.suspended", "tenant.resumed"]
    assert theirs[-1]["actor"]["kind"] == "operator"
    assert not any(theirs[-1]["actor"][name] for name in ("key_id", "address", "request_id"))
    assert {service.acme_id, service.other_id} < {entry["tenant_id"] for entry in all_of_it}
    assert await listed(service.operator, tenant_id=service.other_id, action="tenant.suspended") != []
    assert await listed(service.acme, tenant_id=service.other_id) == []
    assert (await service.reader.get(PATH)).status_code == 403
    token = await service.token(service.acme, user="ana", scopes=["read", "write"])
    assert (await token.get(PATH)).json()["error"]["code"] == "key_required"


async def test_pages_go_on_by_the_cursor(service: Service) -> None:
    whole = await listed(service.operator)
    first = (await service.operator.get(PATH, params={"limit": 3, "order": "asc"})).json()
    rest = await listed(service.operator, after=first["next_cursor"])
    assert [*first["data"], *rest] == whole
    assert first["total"] == len(whole)


async def test_wrong_filters_are_named(service: Service) -> None:
    for name, value in (("action", "tea.made"), ("since", "yesterday"), ("since", "0001-01-01T00:00:00+10:00")):
        refused = await service.operator.get(PATH, params={name: value})
        assert (refused.status_code, refused.json()["error"]["param"]) == (422, name)
    future = "2999-01-01T00:00:00"
    assert await listed(service.operator, since=future) == []
    assert await listed(service.operator, until=future) == await listed(service.operator)


async def test_an_export_is_json_lines_and_an_entry(service: Service) -> None:
    before = await listed(service.acme)
    answer = await service.acme.get(f"{PATH}/export")
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("application/jsonl", "no-store")
    assert [json.loads(line) for line in answer.text.splitlines()] == before
    assert (await listed(service.acme))[-1]["action"] == "audit.exported"
    chosen = (await service.operator.get(f"{PATH}/export", params={"action": "audit.exported"})).text
    assert [json.loads(line)["tenant_id"] for line in chosen.splitlines()] == [service.acme_id]


async def test_an_export_is_a_table_in_which_nothing_is_a_formula(service: Service) -> None:
    hostile = '=HYPERLINK("http://x","y"), @SUM'
    await service.acme.post("/api/v1/tokens", json={"user": hostile, "scopes": ["read"]})
    before = await listed(service.acme)
    answer = await service.acme.get(f"{PATH}/export", params={"format": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="audit.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["id"] for row in rows] == [entry["id"] for entry in before]
    assert [row["action"] for row in rows] == [entry["action"] for entry in before]
    assert json.loads(rows[-1]["details"])["user"] == hostile
    assert rows[-1]["actor_address"] == "127.0.0.1"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "@", "+", "-"))]
    token = service.client(
        (await service.acme.post("/api/v1/tokens", json={"user": hostile, "scopes": ["read", "write"]})).json()["token"]
    )
    await token.post("/api/v1/documents", files={"file": ("a.txt", b"A")})
    (row,) = csv.DictReader(
        io.StringIO((await service.acme.get(f"{PATH}/export", params={"format": "csv", "user": hostile})).text)
    )
    assert row["actor_user"] == f"'{hostile}"
    wrong = await service.acme.get(f"{PATH}/export", params={"format": "xml"})
    assert (wrong.status_code, wrong.json()["error"]["param"]) == (422, "format")


async def test_refused_keys_are_one_entry_and_a_missing_key_is_none(service: Service) -> None:
    for _ in range(20):
        assert (await service.client("lk_" + "x" * 40).get("/api/v1/documents")).status_code == 401
    assert (await service.nobody.get("/api/v1/documents")).status_code == 401
    registered_services(service.app).get(RefusedKeys).flush()
    (entry,) = await listed(service.operator, outcome="refused")
    assert (entry["action"], entry["count"], entry["details"]) == (
        "authentication.refused",
        20,
        {"reason": "invalid_api_key"},
    )
    assert (entry["actor"]["kind"], entry["actor"]["address"]) == ("nobody", "127.0.0.1")
