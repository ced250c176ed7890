"""The operator's diagnosis over HTTP: the checks of `loracle doctor`, on the running service."""

from __future__ import annotations

from sqlalchemy import text

from app.bootstrap.diagnosis import diagnose_settings
from app.storage.sql.totals import add_to_totals
from tests.support.service import Service


async def test_operator_gets_what_the_command_says(service: Service) -> None:
    storage = service.runtime.storage
    found = (await service.operator.get("/api/v1/diagnosis")).raise_for_status().json()
    said = list(diagnose_settings(storage.settings))
    assert all({"name", "ok", "warning", "text"} == set(one) for one in found["data"])
    assert [(one["name"], one["ok"]) for one in found["data"]] == [(one.name, one.ok) for one in said]
    assert {"disk", "memory", "database", "adapters"} <= {one["name"] for one in found["data"]}
    assert found["ok"] == all(one.ok for one in said)
    texts = {one["name"]: one["text"] for one in found["data"]}
    assert texts["database"].endswith("current and writable")


async def test_diagnosis_changes_nothing_and_says_what_is_wrong(service: Service) -> None:
    """A schema that another version made: the command would migrate it, beside requests that go on."""
    db = service.runtime.storage.db
    with db.write() as session:
        before = session.scalar(text("SELECT version_num FROM alembic_version"))
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    found = (await service.operator.get("/api/v1/diagnosis")).json()
    database = next(one for one in found["data"] if one["name"] == "database")
    assert (found["ok"], database["ok"]) == (False, False)
    assert "migrations are pending" in database["text"]
    with db.write() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "0001"
        session.execute(text("UPDATE alembic_version SET version_num = :before"), {"before": before})


async def test_what_is_counted_wrong_is_found(service: Service) -> None:
    with service.runtime.storage.db.write_tenant(service.acme_id) as store:
        add_to_totals(store.session, service.acme_id, documents=1)
    found = (await service.operator.get("/api/v1/diagnosis")).json()
    quotas = next(one for one in found["data"] if one["name"] == "quotas")
    assert (found["ok"], quotas["ok"], service.acme_id in quotas["text"]) == (False, False, True)


async def test_nobody_else_gets_it(service: Service) -> None:
    assert (await service.acme.get("/api/v1/diagnosis")).status_code == 403
    token = await service.token(service.acme, user="ana")
    assert (await token.get("/api/v1/diagnosis")).status_code == 403
