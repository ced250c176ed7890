"""One tenant's ids are unknown to every other: the same NotFound as for an id that never was."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.domain.conversations import ConversationChanges
from app.domain.documents import CollectionSettings, ReaderVersion
from app.domain.files import FilePurpose, IdWindow
from app.domain.quotas import Quota, Quotas
from app.domain.tokens import TokenGrant
from app.domain.training import DatasetOrigin, NewDataset, TrainingProgress, TrainingStatus
from app.domain.vector_stores import VectorStoreChanges
from app.domain.visibility import EVERYBODY
from app.errors import NotFound
from app.storage.database import Database
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tenant_store import TenantStore
from tests.support.paths import APP
from tests.support.storage_factories import FINGERPRINT, ready, uploaded


@pytest.fixture
def other_id(db: Database) -> str:
    with db.write() as session:
        return Tenants(session).create("other").id


CALLS: dict[str, Callable[[TenantStore, dict[str, Any]], Any]] = {
    "documents.get": lambda store, ids: store.documents.get(ids["document"]),
    "document_versions.get": lambda store, ids: store.document_versions.get(ids["version"]),
    "documents.update_metadata": lambda store, ids: store.documents.update_metadata(ids["document"], {}),
    "documents.update_access": lambda store, ids: store.documents.update_access(ids["document"], EVERYBODY),
    "documents.move": lambda store, ids: store.documents.move(ids["document"], "elsewhere", "b.txt"),
    "documents.by_key": lambda store, ids: store.documents.by_key(ids["key"]),
    "document_overviews.get": lambda store, ids: store.document_overviews.get(ids["document"]),
    "documents.version": lambda store, ids: store.documents.version(ids["document"]),
    "documents.versions": lambda store, ids: store.documents.versions(ids["document"]),
    "documents.text": lambda store, ids: store.documents.text(ids["document"]),
    "documents.delete": lambda store, ids: store.documents.delete(ids["document"]),
    "document_versions.create": lambda store, ids: store.document_versions.create(ids["document"], "s", 1, "m", "b"),
    "document_versions.set_status": lambda store, ids: store.document_versions.set_status(ids["version"], "failed", 0),
    "document_versions.record_outcome": lambda store, ids: store.document_versions.record_outcome(
        ids["version"], "failed", "c", "m"
    ),
    "document_versions.read_again": lambda store, ids: store.document_versions.read_again(ids["document"], "ingest"),
    "document_versions.twin": lambda store, ids: store.document_versions.twin(
        ids["version"], "", ReaderVersion("text/plain", "")
    ),
    "document_versions.drop_file": lambda store, ids: store.document_versions.drop_file(ids["version"]),
    "document_versions.cancel": lambda store, ids: store.document_versions.cancel(ids["version"]),
    "document_versions.is_being_cancelled": lambda store, ids: store.document_versions.is_being_cancelled(
        ids["version"]
    ),
    "chunks.get": lambda store, ids: store.chunks.get(ids["document"], ids["chunk"]),
    "chunks.set_enabled": lambda store, ids: store.chunks.set_enabled(ids["document"], ids["chunk"], True),
    "webhooks.get": lambda store, ids: store.webhooks.get(ids["webhook"]),
    "webhooks.update": lambda store, ids: store.webhooks.update(ids["webhook"], description="theirs"),
    "webhooks.test": lambda store, ids: store.webhooks.test(ids["webhook"]),
    "webhooks.deliveries": lambda store, ids: store.webhooks.deliveries(ids["webhook"]),
    "webhooks.attempt": lambda store, ids: store.webhooks.attempt(ids["delivery"]),
    "webhooks.record_outcome": lambda store, ids: store.webhooks.record_outcome(ids["delivery"], "failed", "c", "m"),
    "webhooks.deliver_again": lambda store, ids: store.webhooks.deliver_again(ids["webhook"], ids["delivery"]),
    "webhooks.record_attempt": lambda store, ids: store.webhooks.record_attempt(ids["delivery"], 200, None),
    "webhooks.delete": lambda store, ids: store.webhooks.delete(ids["webhook"]),
    "jobs.get": lambda store, ids: store.jobs.get(ids["job"]),
    "jobs.cancel": lambda store, ids: store.jobs.cancel(ids["job"]),
    "conversations.get": lambda store, ids: store.conversations.get(ids["conversation"]),
    "conversations.delete": lambda store, ids: store.conversations.delete(ids["conversation"]),
    "conversations.add_turn": lambda store, ids: store.conversations.add_turn(ids["conversation"], "q", "a", {}),
    "conversations.turns": lambda store, ids: store.conversations.turns(ids["conversation"]),
    "conversations.turn": lambda store, ids: store.conversations.turn(ids["turn"]),
    "feedback.save": lambda store, ids: store.feedback.save(ids["turn"], "up"),
    "conversations.update": lambda store, ids: store.conversations.update(ids["conversation"], ConversationChanges()),
    "conversations.turns_up_to": lambda store, ids: store.conversations.turns_up_to(ids["turn"], 1),
    "feedback.delete": lambda store, ids: store.feedback.delete(ids["feedback"]),
    "conversations.delete_turn": lambda store, ids: store.conversations.delete_turn(ids["conversation"], ids["turn"]),
    "adapters.get": lambda store, _: store.adapters.get("style"),
    "adapters.by_id": lambda store, ids: store.adapters.by_id(ids["adapter"]),
    "adapters.delete": lambda store, _: store.adapters.delete("style"),
    "deployments.activate": lambda store, _: store.deployments.activate("style"),
    "deployments.start_canary": lambda store, _: store.deployments.start_canary("style", None, 0.5),
    "adapter_evaluations.create": lambda store, _: store.adapter_evaluations.create("style", None, "base", "{}"),
    "adapter_evaluations.get": lambda store, ids: store.adapter_evaluations.get(ids["evaluation"]),
    "adapter_evaluations.cases": lambda store, ids: store.adapter_evaluations.cases(ids["evaluation"]),
    "adapter_evaluations.begin": lambda store, ids: store.adapter_evaluations.begin(ids["evaluation"], "base"),
    "adapter_evaluations.add_observation": lambda store, ids: store.adapter_evaluations.add_observation(
        ids["evaluation"], "candidate", "1", "0" * 64, {}, 0.5
    ),
    "adapter_evaluations.observations": lambda store, ids: store.adapter_evaluations.observations(
        ids["evaluation"], "candidate"
    ),
    "adapter_evaluations.cancel": lambda store, ids: store.adapter_evaluations.cancel(ids["evaluation"]),
    "adapter_evaluations.finish": lambda store, ids: store.adapter_evaluations.finish(ids["evaluation"], "better", {}),
    "adapter_evaluations.record_outcome": lambda store, ids: store.adapter_evaluations.record_outcome(
        ids["evaluation"], "failed", "c", "m"
    ),
    "evaluations.get": lambda store, ids: store.evaluations.get(ids["asked"]),
    "evaluations.cases": lambda store, ids: store.evaluations.cases(ids["asked"]),
    "evaluations.add_result": lambda store, ids: store.evaluations.add_result(ids["asked"], "p", "1", {}, 0.5),
    "evaluations.results": lambda store, ids: store.evaluations.results(ids["asked"]),
    "evaluations.rows": lambda store, ids: store.evaluations.rows(ids["asked"]),
    "evaluations.finish": lambda store, ids: store.evaluations.finish(ids["asked"], {}),
    "evaluations.record_outcome": lambda store, ids: store.evaluations.record_outcome(ids["asked"], "failed", "c", "m"),
    "evaluations.delete": lambda store, ids: store.evaluations.delete(ids["asked"]),
    "datasets.get": lambda store, ids: store.datasets.get(ids["dataset"]),
    "datasets.delete": lambda store, ids: store.datasets.delete(ids["dataset"]),
    "trainings.get": lambda store, ids: store.trainings.get(ids["training"]),
    "trainings.events": lambda store, ids: store.trainings.events(ids["training"]),
    "trainings.points": lambda store, ids: store.trainings.points(ids["training"]),
    "trainings.record_progress": lambda store, ids: store.trainings.record_progress(
        ids["training"], TrainingProgress(TrainingStatus.RUNNING, points={1: {"loss": 2.0}})
    ),
    "trainings.cancel": lambda store, ids: store.trainings.cancel(ids["training"]),
    "trainings.resume": lambda store, ids: store.trainings.resume(ids["training"]),
    "trainings.pause": lambda store, ids: store.trainings.pause(ids["training"]),
    "trainings.finish": lambda store, ids: store.trainings.finish(
        ids["training"], "style@1", None, "done", computed_tokens_per_s=100.0
    ),
    "trainings.record_outcome": lambda store, ids: store.trainings.record_outcome(ids["training"], "failed", "c", "m"),
    "trainings.delete": lambda store, ids: store.trainings.delete(ids["training"]),
    "tokens.get": lambda store, ids: store.tokens.get(ids["token"]),
    "tokens.revoke": lambda store, ids: store.tokens.revoke(ids["token"]),
    "conversations.label": lambda store, ids: store.conversations.label(ids["conversation"], {"topic": "birds"}),
    "vector_store_files.get": lambda store, ids: store.vector_store_files.get("elsewhere", ids["document"]),
    "vector_stores.get": lambda store, ids: store.vector_stores.get(ids["vector_store"]),
    "vector_stores.collection_of": lambda store, ids: store.vector_stores.collection_of(ids["vector_store"]),
    "vector_stores.change": lambda store, ids: store.vector_stores.change(ids["vector_store"], VectorStoreChanges("a")),
    "vector_stores.delete": lambda store, ids: store.vector_stores.delete(ids["vector_store"]),
    "files.get": lambda store, ids: store.files.get(ids["file"]),
    "files.delete": lambda store, ids: store.files.delete(ids["file"]),
    "responses.get": lambda store, ids: store.responses.get(ids["response"]),
    "responses.delete": lambda store, ids: store.responses.delete(ids["response"]),
}


@pytest.fixture
def ids(db: Database, tenant_id: str) -> dict[str, Any]:
    document = ready(db, tenant_id, "a.txt", ["the canary sings"])
    with db.write_tenant(tenant_id) as store:
        store.documents.claim_key("own key", "default", "keyed.txt")
    uploaded(db, tenant_id, "keyed.txt", b"keyed")
    with db.write_tenant(tenant_id) as store:
        chunk = store.chunks.of_document(document.id).data[0]
        webhook = store.webhooks.create("https://example.org/", ["document.ready"], "", True, "whsec_")
        delivery = store.webhooks.test(webhook.id)
        conversation = store.conversations.create("q")
        turn = store.conversations.add_turn(conversation.id, "q", "a", {})
        feedback = store.feedback.save(turn.id, "up")
        adapter, _ = store.adapters.add(
            "style", "0" * 16, path="x", rank=1, alpha=1, target_modules=("q_proj",), size_bytes=1, base_fingerprint="b"
        )
        evaluation = store.adapter_evaluations.create("style", None, "base", "{}")
        asked = store.evaluations.create("mine.jsonl", "{}", None)
        report = {"rows": 1}
        dataset = store.datasets.create(NewDataset("rows", DatasetOrigin.UPLOAD, "b", "s", 1, report, "b"))
        training = store.trainings.create("style", dataset, {}, evaluation_share=0.1)
        key, _ = Keys(store.session).create(tenant_id, "test", ["read"])
        token, _ = store.tokens.create(key.id, TokenGrant(), ttl_s=60)
        file = store.files.create(
            filename="a.txt",
            purpose=FilePurpose.ASSISTANTS,
            size_bytes=1,
            sha256="s",
            media_type="text/plain",
            blob="b",
        )
        made = store.vector_stores.create("birds", VectorStoreChanges("Birds"), CollectionSettings())
        another = store.conversations.add_turn(conversation.id, "q", "a", {})
        store.responses.create("resp_1", another.id, {})
    return {
        "dataset": dataset.id,
        "training": training.id,
        "file": file.id,
        "vector_store": made.id,
        "response": "resp_1",
        "document": document.id,
        "key": "own key",
        "chunk": chunk.public_id,
        "webhook": webhook.id,
        "delivery": delivery.id,
        "version": document.latest.id,
        "sha256": document.latest.sha256,
        "size": document.latest.size_bytes,
        "job": document.latest.job_id,
        "conversation": conversation.id,
        "turn": turn.id,
        "feedback": feedback.id,
        "adapter": adapter.id,
        "evaluation": evaluation.id,
        "asked": asked.id,
        "token": token.id,
    }


@pytest.mark.parametrize("call", CALLS)
def test_ids_of_another_tenant_raise_not_found(db: Database, other_id: str, ids: dict[str, Any], call: str) -> None:
    with pytest.raises(NotFound), db.write_tenant(other_id) as store:
        CALLS[call](store, ids)


def test_ids_of_the_own_tenant_are_found(db: Database, tenant_id: str, ids: dict[str, Any]) -> None:
    for name, call in CALLS.items():
        if not name.endswith(".delete") or name in {"datasets.delete", "trainings.delete"}:
            with db.write_tenant(tenant_id) as store:
                call(store, ids)


def test_another_tenant_lists_and_finds_nothing(db: Database, other_id: str, ids: dict[str, Any]) -> None:
    with db.read_tenant(other_id) as store:
        assert store.documents.page().data == []
        assert store.collections.names() == {}
        assert store.documents.count_live() == 0
        assert store.documents.count_unread() == 0
        assert store.document_overviews.newest(limit=10) == []
        assert store.documents.known([ids["document"]]) == set()
        assert store.documents.readable_again("default") == []
        assert store.documents.hidden_names("default", ["a.txt"]) == set()
        assert store.document_versions.blob_of(ids["sha256"], ids["size"]) is None
        assert store.document_versions.live_with_bytes(ids["sha256"]) == set()
        assert store.document_versions.title(ids["version"]) == ""
        assert store.chunks.of_version(ids["version"]) == {}
        assert store.embeddings.missing(ids["version"], "another") == []
        assert not store.jobs.failed("ingest", "any")
        assert store.jobs.unfinished(["ingest"]) == 0
        assert store.conversations.page().data == []
        assert store.feedback.page().data == []
        assert store.feedback.rated_turns() == []
        assert store.evaluations.page().data == []
        assert store.adapters.page().data == []
        assert not store.adapters.has("style", "0" * 16)
        assert set(store.quotas.used(tuple(Quota)).values()) == {0}
        assert store.quotas.own() == Quotas()
        assert store.deployments.active() is None
        assert store.deployments.history() == []
        assert store.deployments.answers(datetime.min.replace(tzinfo=UTC)) == []
        assert store.deployments.canary() is None
        assert store.adapter_evaluations.page([ids["adapter"]]).data == []
        assert store.adapter_evaluations.latest(ids["adapter"], "base") is None
        assert store.datasets.page().data == []
        assert store.files.window(IdWindow(10)).data == []
        assert store.vector_stores.window(IdWindow(10)).data == []
        assert store.vector_store_files.window("default", IdWindow(10)).data == []
        assert store.vector_store_files.of_file(ids["file"]) == []
        assert store.vector_store_files.of_documents([ids["document"]]) == {}
        assert store.datasets.missing(ids["dataset"])
        assert store.trainings.page().data == []
        assert len(store.chunks.lexical("canary").ids) == 0
        assert store.chunks.live(range(100)) == {}
        assert len(store.chunks.live_ids()) == 0
        assert store.chunks.count_live() == 0
        assert store.changes.max_seq() == 0
        assert store.changes.after(0) == []
        assert [len(ids) for ids, _ in store.changes.all_vectors(FINGERPRINT)] == []


@pytest.mark.filterwarnings("ignore:Did not recognize type 'halfvec'")  # of pgvector; only names are looked at
def test_deleting_a_tenant_leaves_no_row_of_it(db: Database, tenant_id: str, other_id: str, ids: dict) -> None:
    from sqlalchemy import inspect, text

    with db.write() as session:
        Tenants(session).delete(tenant_id)
    with db.read() as session:
        for table in inspect(session.connection()).get_table_names():
            columns = {column["name"] for column in inspect(session.connection()).get_columns(table)}
            if "tenant_id" in columns and table != "audit_log":  # who deleted it stays known
                left = session.scalar(text(f"SELECT count(*) FROM {table} WHERE tenant_id = :id"), {"id": tenant_id})  # noqa: S608
                assert left == 0, table


@pytest.mark.parametrize("file", sorted(APP.rglob("*.py")), ids=lambda file: str(file.relative_to(APP)))
def test_only_the_storage_imports_sql(file: Path) -> None:
    if file.relative_to(APP).parts[0] == "storage":
        return
    imported = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.split(".")[0])
    assert not imported & {"sqlalchemy", "sqlite3", "alembic"}


def test_every_store_method_of_a_tenant_is_in_the_matrix(db: Database, tenant_id: str) -> None:
    """A new method that takes an id must be added above, or to the list of those that take none."""
    takes_no_foreign_id = {
        "documents": {
            *("upload", "page", "chosen", "metadata_fields", "claim_key"),
            *("count_live", "count_unread", "known", "readable_again", "hidden_names"),
        },
        "document_overviews": {"newest"},
        "document_versions": {"commit_ready", "blob_of", "live_with_bytes", "title"},
        "jobs": {"create", "create_again", "failed", "unfinished", "cancel_keyed"},
        "conversations": {"create", "page", "of_user", "delete_many"},
        "feedback": {"page", "of_turns", "rated_turns", "of_user"},
        "adapters": {"add", "has", "page"},
        "deployments": {"active", "deactivate", "rollback", "history", "answers", "canary", "end_canary"},
        "adapter_evaluations": {"page", "latest"},
        "evaluations": {"create", "page"},
        "datasets": {"create", "page", "missing"},
        "trainings": {"create", "page"},
        "tokens": {"create", "page"},
        "quotas": {"own", "used", "largest_known", "has_document_named"},
        "files": {"create", "window", "of_user"},
        "vector_stores": {"create", "window", "free_name"},
        "vector_store_files": {"window", "of_file", "of_documents"},
        "responses": {"create", "of_user"},
        "webhooks": {"create", "page"},
        "link_keys": {"get", "get_or_create"},
        "embeddings": {"fingerprint", "model", "set_active", "has_secondary", "promote", "missing", "add"},
    }
    with db.read_tenant(tenant_id) as store:
        for room, free in takes_no_foreign_id.items():
            methods = {name for name in dir(getattr(store, room)) if not name.startswith("_")}
            assert methods == free | {call.split(".")[1] for call in CALLS if call.startswith(f"{room}.")}
