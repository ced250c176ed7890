"""The tables on PostgreSQL: what their columns and indexes can hold, and that queries find it by them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text

from app.storage.database import Database, open_database
from app.storage.postgres.functions import create_functions
from app.storage.postgres.migrate import check_server
from app.storage.schema import stamp
from app.storage.sql.dialects.names import is_named
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tables import Base, DocumentRow
from tests.support.postgres import TEMPLATE, PostgresServer
from tests.support.storage_factories import uploaded
from tools.postgres_baseline import baseline_script

IDEOGRAPHS = 0x4E00, 0x9FFF
COLUMNS = """
SELECT table_name || '.' || column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name <> 'alembic_version' AND
"""


@pytest.fixture
def db(postgres: PostgresServer, tmp_path: Path) -> Iterator[Database]:
    with postgres.database(TEMPLATE) as url:
        database = open_database(tmp_path, url)
        yield database
        database.close()


@pytest.fixture
def tenant_id(db: Database) -> str:
    with db.write() as session:
        return Tenants(session).create("acme").id


def test_new_database_has_the_tables_of_the_code(postgres: PostgresServer) -> None:
    """If not, a version in migrations/versions is missing or, before a release, tools.postgres_baseline is to run."""
    with postgres.database() as url:
        engine = create_engine(url)
        with engine.begin() as connection:
            check_server(connection)
            connection.exec_driver_sql(baseline_script())
            stamp(connection)
            create_functions(connection)
        engine.dispose()
        expected = postgres.schema(url.rsplit("/", 1)[1])
    assert postgres.schema(TEMPLATE) == expected


def test_long_names_are_unique_and_found(db: Database, tenant_id: str) -> None:
    rng = random.Random(1)
    name = "".join(chr(rng.randint(*IDEOGRAPHS)) for _ in range(996)) + ".txt"
    first = uploaded(db, tenant_id, name)
    again = uploaded(db, tenant_id, name, b"b")
    other = uploaded(db, tenant_id, name[1:])
    assert first.id == again.id != other.id


def test_document_is_found_by_the_hash_of_its_name(db: Database, tenant_id: str) -> None:
    found = select(DocumentRow.id).where(
        DocumentRow.tenant_id == tenant_id, DocumentRow.collection == "c", is_named(DocumentRow.filename, ["a", "b"])
    )
    with db.read() as session:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        session.execute(text("SET LOCAL enable_bitmapscan = off"))
        sql = str(found.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
        plan = " ".join(session.scalars(text(f"EXPLAIN {sql}")).all())
    assert "uq_documents_tenant_id_collection_filename_hash" in plan
    assert plan.index("Index Cond") < plan.index("md5") < plan.index("Filter")


def test_every_name_is_ordered_by_code_point_and_every_integer_has_64_bits(db: Database) -> None:
    """Else a dump restored on a machine with other locales has damaged indexes, and a large file overflows."""
    with db.read() as session:
        localised = session.scalars(
            text(f"{COLUMNS} data_type = 'character varying' AND collation_name IS DISTINCT FROM 'C'")
        ).all()
        narrow = session.scalars(text(f"{COLUMNS} data_type IN ('integer', 'smallint')")).all()
    ours = {f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns}
    assert [name for name in localised if name in ours] == []
    assert [name for name in narrow if name in ours] == []


def test_names_are_listed_in_the_order_of_sqlite(db: Database) -> None:
    names = ["b", "B", "a", "á", "_", "Z", "1"]
    with db.write() as session:
        for name in names:
            Tenants(session).create(name)
        assert session.scalars(text("SELECT name FROM tenants ORDER BY name")).all() == sorted(names)
