"""Lists of requests are one parameter: however long they are, no statement is made or kept for their length."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from app.domain.visibility import Visibility
from app.search.filters import read_filter
from app.storage.database import Database
from app.storage.schema import schema_serves, schema_state
from app.storage.sql.filters import Within
from app.storage.sql.tenant_store import TenantStore
from app.storage.visibility import seeing
from tests.support.paths import APP
from tests.support.storage_factories import ready

pytestmark = pytest.mark.both_databases
SIZES = (1, 2, 7, 40, 100)
IN = frozenset({"in_", "not_in"})
FIXED = frozenset({"kinds", "bases", "statuses"})  # a program's own lists


def texts(count: int) -> list[str]:
    return [f"x{number}" for number in range(count)]


READS: dict[str, Callable[[TenantStore, int], Any]] = {
    "values of a filter": lambda store, n: store.documents.chosen(None, read_filter({"year": {"in": texts(n)}})),
    "comparisons of a filter": lambda store, n: store.documents.chosen(
        None, read_filter({"or": [{f"k{i}": {"gt": i}} for i in range(n)]})
    ),
    "nesting of a filter": lambda store, n: store.documents.chosen(
        None, read_filter({"and": [{"or": [{"k": i}, {"and": [{"l": i}, {"m": i}]}]} for i in range(n // 4 + 1)]})
    ),
    "fields of a filter": lambda store, n: store.documents.metadata_fields(texts(n)),
    "documents and collections": lambda store, n: store.documents.count_live(
        store.documents.chosen(Within(tuple(texts(n)), tuple(texts(n))))
    ),
    "chosen documents": lambda store, n: store.chunks.live_ids(
        store.documents.chosen(None, read_filter({"year": {"nin": texts(n)}}))
    ),
    "ids of documents": lambda store, n: store.documents.known(texts(n)),
    "ids of chunks": lambda store, n: store.chunks.live(range(n)),
    "sections": lambda store, n: store.chunks.sections(range(n)),
    "vectors": lambda store, n: store.changes.vectors_at(store.chunks.live_ids()[:1].repeat(n), "test-4"),
    "words of a question": lambda store, n: store.chunks.lexical(" ".join(texts(n))),
    "names of files": lambda store, n: store.documents.hidden_names("default", texts(n)),
}


@contextmanager
def statements(db: Database) -> Iterator[set[str]]:
    """The wordings of all statements that are run."""
    seen: set[str] = set()

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("SELECT"):
            seen.add(statement)

    with db.read() as session:
        engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def documents(db: Database, tenant_id: str) -> None:
    ready(db, tenant_id, "a.txt", ["one x1 text"], 1)


@pytest.mark.parametrize("read", READS)
def test_a_longer_list_is_no_other_statement(db: Database, tenant_id: str, documents: None, read: str) -> None:
    del documents
    counts = []
    with statements(db) as seen:
        for size in SIZES:
            with db.read_tenant(tenant_id) as store:
                READS[read](store, size)
            counts.append(len(seen))
    assert counts[0] == counts[-1]


def test_groups_and_collections_of_a_caller_are_one_parameter(db: Database, tenant_id: str, documents: None) -> None:
    del documents
    with statements(db) as seen:
        for size in SIZES:
            caller = Visibility(groups=frozenset(texts(size)), collections=tuple(texts(size)))
            with seeing(caller), db.read_tenant(tenant_id) as store:
                assert store.documents.page().data == []
    assert len(seen) == 2, "the count and the page"


def test_a_probe_of_the_schema_is_the_same_statement_each_time(db: Database) -> None:
    def probe() -> int:
        with db.read() as session:
            assert schema_serves(session)
            assert schema_state(session).is_current
            return len(session.get_bind().engine._compiled_cache or ())

    first = probe()
    assert [probe() for _ in range(3)] == [first] * 3


def test_no_query_has_a_parameter_for_each_value_of_a_list() -> None:
    lists = []
    for file in (APP / "storage").rglob("*.py"):
        tree = ast.parse(file.read_text())
        queries = {
            ast.unparse(target)
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and "select(" in ast.unparse(node.value)
            for target in node.targets
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in IN:
                given = node.args[0]
                given = given.args[0] if isinstance(given, ast.Call) and ast.unparse(given.func) == "sorted" else given
                is_list = isinstance(given, ast.ListComp | ast.SetComp | ast.Subscript)
                if is_list or (
                    isinstance(given, ast.Name) and not given.id.isupper() and given.id not in FIXED | queries
                ):
                    lists.append(f"{file.relative_to(APP)}:{node.lineno}: {ast.unparse(node)}")
    assert not lists, "use one_of (app/storage/sql/dialects/lists.py)"
