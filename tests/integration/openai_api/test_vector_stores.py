"""Vector stores, called with OpenAI's own package: collections, filled from files, searched, emptied."""

from __future__ import annotations

from typing import Any

import openai
import pytest

from tests.integration.openai_api.conftest import openai_client
from tests.support.files import MUSEUM
from tests.support.service import Service

POLL = {"poll_interval_ms": 30}
BOATS = b"The boat club lends boats from April to October. Boats must be back before sunset."


@pytest.fixture
def acme(service: Service) -> openai.AsyncOpenAI:
    return openai_client(service, service.acme)


@pytest.fixture
def other(service: Service) -> openai.AsyncOpenAI:
    return openai_client(service, service.other)


async def file_of(client: openai.AsyncOpenAI, name: str = "museum.md", content: bytes = MUSEUM) -> str:
    return (await client.files.create(file=(name, content), purpose="assistants")).id


async def test_store_is_made_filled_searched_and_deleted(service: Service, acme: openai.AsyncOpenAI) -> None:
    store = await acme.vector_stores.create(name="Sights", metadata={"team": "guides"}, description="Where to go")
    assert (store.object, store.name, store.metadata, store.status) == (
        "vector_store", "Sights", {"team": "guides"}, "completed",
    )  # fmt: skip
    file_id = await file_of(acme)
    put = await acme.vector_stores.files.create_and_poll(
        file_id, vector_store_id=store.id, attributes={"year": 2026}, **POLL
    )
    assert (put.id, put.status, put.last_error, put.attributes) == (file_id, "completed", None, {"year": 2026})
    assert put.chunking_strategy.static.max_chunk_size_tokens == 200
    store = await acme.vector_stores.retrieve(store.id)
    assert (store.file_counts.completed, store.file_counts.total, store.usage_bytes) == (1, 1, len(MUSEUM))
    found = await acme.vector_stores.search(store.id, query="When does the museum open?", max_num_results=1)
    (hit,) = found.data
    assert (hit.file_id, hit.filename, hit.attributes) == (file_id, "museum.md", {"year": 2026})
    assert "opens at ten" in hit.content[0].text
    text = await acme.vector_stores.files.content(file_id, vector_store_id=store.id)
    assert hit.content[0].text in text.data[0].text
    documents = (await service.acme.get("/api/v1/documents", params={"collection": "Sights"})).json()["data"]
    assert [one["filename"] for one in documents] == ["museum.md"]
    assert (await acme.vector_stores.delete(store.id)).deleted is True
    with pytest.raises(openai.NotFoundError):
        await acme.vector_stores.retrieve(store.id)
    assert (await acme.files.content(file_id)).content == MUSEUM


async def test_collection_is_a_store_with_its_documents_as_files(service: Service, acme: openai.AsyncOpenAI) -> None:
    document = await service.take_in(service.acme, "museum.md", MUSEUM, collection="sights")
    (store,) = (await acme.vector_stores.list()).data
    assert (store.name, store.collection, store.file_counts.completed) == ("sights", "sights", 1)
    (file,) = (await acme.vector_stores.files.list(store.id)).data
    assert (file.id, file.document_id) == (document["id"], document["id"])
    renamed = await acme.vector_stores.update(store.id, name="What to see", metadata={"a": "b"})
    assert (renamed.id, renamed.name, renamed.collection) == (store.id, "What to see", "sights")
    assert await acme.vector_stores.retrieve(store.id) == renamed


async def test_names_need_not_be_unique(acme: openai.AsyncOpenAI) -> None:
    stores = [await acme.vector_stores.create(**({"name": "Docs"} if named else {})) for named in (True, True, False)]
    assert [one.name for one in stores][:2] == ["Docs", "Docs"]
    assert len({one.collection for one in stores}) == 3
    listed = [one.id async for one in acme.vector_stores.list(limit=1, order="asc")]
    assert listed == [one.id for one in stores]
    async for one in acme.vector_stores.list(limit=1):
        await acme.vector_stores.delete(one.id)
    assert (await acme.vector_stores.list()).data == []


async def test_batch_puts_all_files_in_or_none(acme: openai.AsyncOpenAI) -> None:
    store = await acme.vector_stores.create(name="Sights")
    files = [await file_of(acme), await file_of(acme, "boats.txt", BOATS), await file_of(acme, "broken.pdf", b"%PDF-")]
    with pytest.raises(openai.NotFoundError):
        await acme.vector_stores.file_batches.create(store.id, file_ids=[files[0], "file-none"])
    assert (await acme.vector_stores.files.list(store.id)).data == []
    batch = await acme.vector_stores.file_batches.create_and_poll(store.id, file_ids=files, **POLL)
    counts = batch.file_counts
    assert (batch.status, counts.completed, counts.failed, counts.total) == ("completed", 2, 1, 3)
    assert batch == await acme.vector_stores.file_batches.retrieve(batch.id, vector_store_id=store.id)
    listed = acme.vector_stores.file_batches.list_files(batch.id, vector_store_id=store.id, order="asc", limit=2)
    assert [one.id async for one in listed] == files
    (failed,) = (await acme.vector_stores.files.list(store.id, filter="failed")).data
    assert (failed.id, failed.last_error.code) == (files[2], "invalid_file")
    cancelled = await acme.vector_stores.file_batches.cancel(batch.id, vector_store_id=store.id)
    assert cancelled.file_counts.completed == 2
    async for one in acme.vector_stores.files.list(store.id, limit=1):
        await acme.vector_stores.files.delete(one.id, vector_store_id=store.id)
    assert (await acme.vector_stores.retrieve(store.id)).file_counts.total == 0


async def test_uploading_and_polling_in_one_call(acme: openai.AsyncOpenAI) -> None:
    store = await acme.vector_stores.create(name="Sights")
    one = await acme.vector_stores.files.upload_and_poll(vector_store_id=store.id, file=("boats.txt", BOATS), **POLL)
    assert one.status == "completed"
    batch = await acme.vector_stores.file_batches.upload_and_poll(store.id, files=[("museum.md", MUSEUM)], **POLL)
    assert batch.file_counts.completed == 1


async def test_file_of_a_known_name_is_its_new_version(acme: openai.AsyncOpenAI) -> None:
    store = await acme.vector_stores.create(name="Sights", file_ids=[await file_of(acme)])
    newer = await file_of(acme, "museum.md", MUSEUM.replace(b"ten", b"noon"))
    await acme.vector_stores.files.create_and_poll(newer, vector_store_id=store.id, **POLL)
    assert [one.id for one in (await acme.vector_stores.files.list(store.id)).data] == [newer]
    found = (await acme.vector_stores.search(store.id, query="When does the museum open?")).data
    assert "noon" in found[0].content[0].text


async def test_filters_several_queries_and_thresholds_narrow_a_search(acme: openai.AsyncOpenAI) -> None:
    store = await acme.vector_stores.create(name="Sights")
    assert (await acme.vector_stores.search(store.id, query="boats")).data == []
    for name, content, year in (("museum.md", MUSEUM, 2025), ("boats.txt", BOATS, 2026)):
        await acme.vector_stores.files.create_and_poll(
            await file_of(acme, name, content), vector_store_id=store.id, attributes={"year": year}, **POLL
        )

    async def names(**more: Any) -> set[str]:
        wanted = {"query": ["When does the museum open?", "boats"], **more}
        return {one.filename async for one in acme.vector_stores.search(store.id, **wanted)}

    newer = {"type": "gte", "key": "year", "value": 2026}
    assert await names() == {"museum.md", "boats.txt"}
    assert await names(filters=newer) == {"boats.txt"}
    older = {"type": "eq", "key": "year", "value": 2025}
    assert await names(filters={"type": "or", "filters": [newer, older]}) == {"museum.md", "boats.txt"}
    assert await names(ranking_options={"score_threshold": 1.0, "ranker": "none"}) == set()
    changed = await acme.vector_stores.files.update(
        (await acme.vector_stores.files.list(store.id)).data[0].id, vector_store_id=store.id, attributes={"year": 2020}
    )
    assert changed.attributes == {"year": 2020}
    assert await names(filters=newer) == set()
    for wrong in ({"type": "like", "key": "year", "value": 1}, {"type": "eq", "key": "year"}, {"type": "and"}):
        with pytest.raises(openai.UnprocessableEntityError) as refused:
            await names(filters=wrong)
        assert refused.value.param == "filters"


async def test_what_stores_do_not_do_is_refused_by_name(acme: openai.AsyncOpenAI) -> None:
    store = await acme.vector_stores.create(
        name="Small",
        chunking_strategy={"type": "static", "static": {"max_chunk_size_tokens": 100, "chunk_overlap_tokens": 20}},
    )
    file_id = await file_of(acme)
    in_small = {"vector_store_id": store.id}
    put = await acme.vector_stores.files.create(file_id=file_id, **in_small)
    assert put.chunking_strategy.static.max_chunk_size_tokens == 100
    sizes = {"type": "static", "static": {"max_chunk_size_tokens": 200, "chunk_overlap_tokens": 20}}
    large = {"type": "static", "static": {"max_chunk_size_tokens": 800, "chunk_overlap_tokens": 400}}
    rows = await acme.files.create(file=("rows.jsonl", b'{"prompt": "a", "completion": "b"}'), purpose="fine-tune")
    for param, call in (
        ("expires_after", acme.vector_stores.create(expires_after={"anchor": "last_active_at", "days": 1})),
        ("chunking_strategy", acme.vector_stores.create(chunking_strategy=large)),
        ("chunking_strategy", acme.vector_stores.files.create(file_id=file_id, **in_small, chunking_strategy=sizes)),
        ("file_id", acme.vector_stores.files.create(file_id=rows.id, **in_small)),
    ):  # fmt: skip
        with pytest.raises(openai.UnprocessableEntityError) as refused:
            await call
        assert refused.value.param.split(".")[0] == param


async def test_deleting_a_file_takes_it_out_of_every_store(service: Service, acme: openai.AsyncOpenAI) -> None:
    file_id = await file_of(acme)
    stores = [await acme.vector_stores.create(name=name, file_ids=[file_id]) for name in ("One", "Two")]
    await acme.files.delete(file_id)
    for store in stores:
        assert (await acme.vector_stores.files.list(store.id)).data == []
    assert (await service.acme.get("/api/v1/documents")).json()["data"] == []


async def test_another_tenants_store_and_files_are_unknown(acme: openai.AsyncOpenAI, other: openai.AsyncOpenAI) -> None:
    file_id = await file_of(acme)
    store = await acme.vector_stores.create(name="Sights", file_ids=[file_id])
    own = await other.vector_stores.create(name="Own")
    calls = [
        lambda store_id, _: other.vector_stores.retrieve(store_id),
        lambda store_id, _: other.vector_stores.search(store_id, query="museum"),
        lambda store_id, _: other.vector_stores.delete(store_id),
        lambda store_id, one: other.vector_stores.files.retrieve(one, vector_store_id=store_id),
        lambda _, one: other.vector_stores.files.create(file_id=one, vector_store_id=own.id),
        lambda _, one: other.vector_stores.create(file_ids=[one]),
    ]
    for call in calls:
        bodies = []
        for ids in ((store.id, file_id), ("vs_none", "file-none")):
            with pytest.raises(openai.NotFoundError) as found:
                await call(*ids)
            bodies.append(found.value.body)
        assert bodies[0] == bodies[1]
    assert [one.id for one in (await other.vector_stores.list()).data] == [own.id]
