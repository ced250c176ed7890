"""`loracle tenants` on a data folder, also of a running service."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.domain.audit import AuditAction, AuditFilter
from app.domain.quotas import Quotas
from app.domain.usage import RateLimits, TenantLimits
from app.errors import InvalidRequest
from app.http.services import registered_services
from app.index.index_cache import IndexCache
from app.operations.service import OperationsService
from app.settings import Settings
from app.storage.database import Database
from app.storage.sql.repositories.audit_log import AuditLog
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.limits import Limits
from app.storage.sql.repositories.tenants import Tenants
from tests.support.files import MUSEUM
from tests.support.service import Service


def run(data_dir: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["tenants", *arguments, "--data-dir", str(data_dir)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def names(db: Database) -> set[str]:
    with db.read() as session:
        return {tenant.name for tenant in Tenants(session).page(limit=100).data}


def test_quotas_are_shown_and_set_beside_other_limits_and_noted(
    db: Database, settings: Settings, tenant_id: str
) -> None:
    with db.write() as session:
        Limits(session).set(tenant_id, TenantLimits(tenant=RateLimits(requests=7), quotas=Quotas(chunks=9)))
    status, shown = run(settings.data_dir, "quotas", "acme", "documents=1_500", "stored_bytes=default")
    rows = {line.split()[0]: line.split()[1:] for line in shown.splitlines()}
    assert (status, rows["documents"], rows["chunks"]) == (0, ["0", "1500", "tenant"], ["0", "9", "tenant"])
    assert rows["stored_bytes"] == ["0", str(settings.tenant_stored_bytes), "all"]
    with db.read() as session:
        assert Limits(session).all()[tenant_id].tenant == RateLimits(requests=7)
        assert AuditLog(session, None).page(AuditFilter(action=AuditAction.LIMITS_CHANGED), limit=9).data
    run(settings.data_dir, "quotas", "acme", "documents=default")
    listed = run(settings.data_dir, "quotas", "acme", "--json")[1]
    documents = next(row for row in map(json.loads, listed.splitlines()) if row["quota"] == "documents")
    assert documents == {"quota": "documents", "used": 0, "limit": settings.tenant_documents, "set_for": "all"}


@pytest.mark.parametrize("change", ["documents", "documents=", "documents=-1", "documents=0", "pages=3", "chunks=many"])
def test_wrong_quota_is_refused_and_nothing_is_set(
    db: Database, settings: Settings, tenant_id: str, change: str
) -> None:
    result = CliRunner().invoke(app, ["tenants", "quotas", "acme", change, "--data-dir", str(settings.data_dir)])
    assert isinstance(result.exception, InvalidRequest)
    with db.read() as session:
        assert tenant_id not in Limits(session).all()


def test_delete_asks_before_it_deletes(db: Database, settings: Settings, tenant_id: str) -> None:
    assert run(settings.data_dir, "delete", "acme")[0] == 1  # no answer
    assert names(db) == {"acme"}
    assert run(settings.data_dir, "delete", "acme", "--yes") == (0, "acme is deleted.\n")
    assert names(db) == set()


def test_lists_have_headers_and_say_what_each_key_may_do(db: Database, settings: Settings) -> None:
    place = ("--data-dir", str(settings.data_dir))

    def loracle(*arguments: str) -> str:
        result = CliRunner().invoke(app, [*arguments, *place], catch_exceptions=False)
        assert result.exit_code == 0
        return result.output

    assert loracle("tenants", "list") == ""
    assert str(settings.data_dir) in loracle("tenants", "create", "acme")
    loracle("keys", "create", "acme", "--label", "front end", "--scopes", "read")
    first = json.loads(loracle("keys", "list", "acme", "--json").splitlines()[0])
    assert (first["label"], first["scopes"], first["revoked"]) == ("first", "keys,read,write", False)
    loracle("keys", "revoke", first["key_id"])
    header, revoked, made = loracle("keys", "list", "acme").splitlines()
    columns = ["KEY_ID", "PREFIX", "LABEL", "SCOPES", "CREATED_AT", "LAST_USED", "ENDS", "REVOKED"]
    assert header.split() == columns
    assert revoked.split()[2:4] == ["first", "keys,read,write"]
    assert (revoked.split()[-1], made.split()[-1]) == ("yes", "no")
    assert made.index("front end") == header.index("LABEL")
    assert loracle("tenants", "list").splitlines()[0].split() == ["TENANT_ID", "NAME", "STATUS", "CREATED_AT"]


def test_key_is_replaced_and_the_old_one_ends_later(db: Database, settings: Settings, tenant_id: str) -> None:
    def loracle(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["keys", *arguments, "--data-dir", str(settings.data_dir)])
        return result.exit_code, result.stdout

    old = json.loads(loracle("create", "acme", "--label", "ci", "--json")[1])
    made = json.loads(loracle("rotate", old["key_id"], "--overlap-hours", "2", "--json")[1])
    ends = datetime.fromisoformat(made["replaced_ends"])
    assert timedelta(minutes=119) < ends - datetime.now(UTC) <= timedelta(hours=2)
    first, second = [json.loads(line) for line in loracle("list", "acme", "--json")[1].splitlines()]
    assert (first["key_id"], first["ends"]) == (old["key_id"], f"{ends:%Y-%m-%d %H:%M}")
    assert (second["label"], second["scopes"], second["ends"]) == ("ci", "read,write", "")
    with db.read() as session:
        assert Keys(session).authenticate(made["key"]) is not None
    assert "key_id" not in loracle("rotate", old["key_id"])[1]  # it was replaced already
    assert loracle("rotate", old["key_id"])[0] != 0


@pytest.mark.only_on("sqlite", "FAISS keeps indexes open in the process; pgvector keeps none")
async def test_tenant_deleted_beside_a_running_service_is_gone_from_it(service: Service, settings: Settings) -> None:
    for client in (service.acme, service.other):
        await service.take_in(client, "museum.md", MUSEUM)
        assert await found(client)
    caches = service.runtime.indexes()
    assert await asyncio.to_thread(run, settings.data_dir, "delete", "acme", "--yes") == (0, "acme is deleted.\n")
    assert (await service.acme.get("/api/v1/documents")).status_code == 401
    await asyncio.to_thread(registered_services(service.app).get(OperationsService).readiness.check)  # as regularly
    assert (await service.nobody.get("/readyz")).json()["checks"]["index"] == "ok"
    assert open_tenants(caches) == {service.other_id}
    assert await found(service.other)


async def test_service_stops_cleanly_after_a_tenant_was_deleted_beside_it(service: Service, settings: Settings) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)
    assert await found(service.acme)
    await asyncio.to_thread(run, settings.data_dir, "delete", "acme", "--yes")
    for indexes in service.runtime.indexes():
        indexes.checkpoint_all()  # as at a stop
    assert not list(service.runtime.storage.index_dir.glob("*.faiss*"))


async def found(client) -> list:  # type: ignore[no-untyped-def]
    return (await client.post("/api/v1/search", json={"query": "When does the museum open?"})).json()["data"]


def open_tenants(caches: list[IndexCache]) -> set[str]:
    return {index.tenant_id for cache in caches for index in cache._open_indexes()}


def test_names_reach_the_terminal_without_what_it_obeys(db: Database, settings: Settings) -> None:
    with db.write() as session:
        Tenants(session).create("\x1b]0;owned\x07\u202eacme\x9b31m")  # kept by an older version
    code, output = run(settings.data_dir, "list")
    assert code == 0
    assert "\\x1b]0;owned\\x07\\u202eacme\\x9b31m" in output
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(output)


def test_every_command_prints_through_the_same_function() -> None:
    import ast

    import app.cli

    for path in Path(app.cli.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        prints = any(isinstance(node, ast.Name) and node.id == "print" for node in ast.walk(tree))
        imported = any(
            isinstance(node, ast.ImportFrom)
            and node.module == "app.cli.terminal"
            and "print" in {one.name for one in node.names}
            for node in ast.walk(tree)
        )
        assert imported or not prints or path.name == "terminal.py", path.name
