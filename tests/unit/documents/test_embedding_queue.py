"""The embedding queue: texts of several documents in one batch, tenants in turn, faults to whom they belong."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from app.documents.ingestion.embedding_queue import BUCKET_TOKENS, MIN_BATCH_TOKENS, STARVATION_BOUND, EmbeddingQueue
from app.embeddings.base import Vectors
from app.embeddings.hashing import HashingEmbedder

WAIT_S = 120.0
LONG = 400  # tokens: two fill a batch


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the same size, however fast the embedder proves."""
    monkeypatch.setattr("app.documents.ingestion.embedding_queue.MAX_BATCH_TOKENS", MIN_BATCH_TOKENS)


class Watched(HashingEmbedder):
    """Writes down its batches, and works on one only when it is told to."""

    def __init__(self) -> None:
        super().__init__(16)
        self.batches: list[list[str]] = []
        self.go_on = threading.Semaphore(0)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.batches.append(list(texts))
        assert self.go_on.acquire(timeout=WAIT_S)
        if "broken" in texts:
            raise ValueError("not a text")
        return super().embed_passages(texts)


class BlockedQueue:
    """A queue whose embedder blocks in a first batch while more requests are submitted, one after another."""

    def __init__(self, first_tokens: int = LONG, at_once: int = 1) -> None:
        self.embedder = Watched()
        self.queue = EmbeddingQueue(at_once)
        self._pool = ThreadPoolExecutor(32)
        self._first = self._submit("bulk", ["first"], first_tokens)
        self.until(lambda: len(self.embedder.batches) == 1)

    def submit(self, who: str, texts: Sequence[str], tokens: int = LONG) -> Future[Vectors]:
        handed = self._submit(who, texts, tokens)
        self._handed += 1
        self.until(lambda: len(self.queue._requests) == self._handed + 1)
        return handed

    def finish(self) -> list[list[str]]:
        """All batches but the first."""
        self.embedder.go_on.release(1000)
        self._pool.shutdown(wait=True)
        return self.embedder.batches[1:]

    _handed = 0

    def _submit(self, who: str, texts: Sequence[str], tokens: int) -> Future[Vectors]:
        return self._pool.submit(self.queue.embed, who, self.embedder, texts, [tokens] * len(texts))

    def until(self, reached: Any) -> None:
        until = time.monotonic() + WAIT_S
        while not reached():
            assert time.monotonic() < until
            time.sleep(0.002)


def _leader(blocked: BlockedQueue) -> str:
    """Whose texts would be next."""
    return next(iter(blocked.queue._plan_batch())).tenant_id


def test_every_text_gets_its_own_vector_whoever_shares_its_batch() -> None:
    queue, embedder = EmbeddingQueue(), HashingEmbedder(32)
    documents = [[f"{name} {i} words" * (1 + i % 7) for i in range(40)] for name in "abcdef"]
    with ThreadPoolExecutor(6) as pool:
        found = list(
            pool.map(lambda texts: queue.embed(texts[0][0], embedder, texts, [len(t) for t in texts]), documents)
        )
    for texts, vectors in zip(documents, found, strict=True):
        np.testing.assert_array_equal(vectors, embedder.embed_passages(texts))
    assert queue._requests == []


def test_small_documents_share_a_batch() -> None:
    blocked = BlockedQueue()
    for number in range(4):
        blocked.submit("bulk", [f"small {number}"], tokens=20)
    assert [sorted(batch) for batch in blocked.finish()] == [[f"small {number}" for number in range(4)]]


def test_texts_of_other_length_are_not_padded_into_the_batch() -> None:
    blocked = BlockedQueue()
    blocked.submit("bulk", ["short"], tokens=20)
    blocked.submit("bulk", ["a little longer"], tokens=20 + BUCKET_TOKENS)
    blocked.submit("bulk", ["long"], tokens=300)
    assert [sorted(batch) for batch in blocked.finish()] == [["long"], ["a little longer", "short"]]


def test_tenant_who_had_little_goes_first() -> None:
    blocked = BlockedQueue(first_tokens=10 * LONG)
    blocked.submit("bulk", ["bulk"] * 4)
    blocked.submit("single", ["single"] * 4)
    order = [batch[0] for batch in blocked.finish()]
    assert order == ["single", "single", "bulk", "bulk"]


def test_what_a_tenant_had_before_all_was_through_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = BlockedQueue()
    monkeypatch.setattr("app.documents.ingestion.embedding_queue.SHARE_RESET_S", 0.0)
    with blocked.queue.document("earlier"):
        blocked.queue._recent_tokens["earlier"] = 100.0 * LONG
        blocked.submit("bulk", ["bulk"] * 2)
        assert _leader(blocked) == "bulk"
        with blocked.queue.document("earlier"):
            blocked.submit("earlier", ["earlier"] * 2)
            assert _leader(blocked) == "bulk"
        assert blocked.queue.active_documents("earlier") == 1
    with blocked.queue.document("earlier"):
        blocked.queue._recent_tokens["bulk"] = 1.0 * LONG
        assert _leader(blocked) == "earlier"
    assert len(blocked.finish()) == 2


def test_between_two_documents_of_a_row_nothing_is_forgotten() -> None:
    blocked = BlockedQueue()
    with blocked.queue.document("earlier"):
        blocked.queue._recent_tokens["earlier"] = 100.0 * LONG
    with blocked.queue.document("earlier"):
        blocked.submit("earlier", ["earlier"] * 2)
        blocked.submit("bulk", ["bulk"] * 2)
        assert _leader(blocked) == "bulk"
    blocked.finish()


def test_nobody_is_passed_over_for_ever() -> None:
    blocked = BlockedQueue(first_tokens=100 * LONG)
    blocked.submit("bulk", ["bulk"] * 2)
    blocked.submit("single", ["single"] * 4 * STARVATION_BOUND)
    assert [batch[0] for batch in blocked.finish()].index("bulk") == STARVATION_BOUND


def test_short_texts_wait_for_company_while_there_are_full_batches() -> None:
    blocked = BlockedQueue()
    blocked.submit("bulk", ["long"] * 4)
    for number in range(3):
        blocked.submit("bulk", [f"short {number}"], tokens=20)
    assert [len(batch) for batch in blocked.finish()] == [2, 2, 3]


def test_short_text_does_not_wait_for_ever() -> None:
    blocked = BlockedQueue()
    blocked.submit("bulk", ["long"] * 4 * STARVATION_BOUND)
    blocked.submit("bulk", ["short"], tokens=20)
    assert blocked.finish().index(["short"]) == STARVATION_BOUND


def test_fault_of_one_document_is_not_the_fault_of_another_in_its_batch() -> None:
    blocked = BlockedQueue()
    whole = blocked.submit("bulk", ["whole"], tokens=20)
    broken = blocked.submit("bulk", ["broken"], tokens=20)
    assert sorted(blocked.finish()[0]) == ["broken", "whole"]
    assert whole.result().shape == (1, 16)
    with pytest.raises(ValueError, match="not a text"):
        broken.result()


def test_what_progress_raises_withdraws_the_rest() -> None:
    queue, embedder = EmbeddingQueue(), HashingEmbedder(8)

    def stop(done: int, _tokens: int) -> None:
        raise InterruptedError(done)

    with pytest.raises(InterruptedError):
        queue.embed("one", embedder, ["text"] * 10, [LONG] * 10, stop)
    assert queue._requests == []
    assert queue.embed("one", embedder, ["text"], [LONG]).shape == (1, 8)


def test_progress_counts_texts_and_tokens() -> None:
    heard: list[tuple[int, int]] = []
    EmbeddingQueue().embed(
        "one", HashingEmbedder(8), ["text"] * 5, [LONG] * 5, lambda done, tokens: heard.append((done, tokens))
    )
    assert heard == [(2, 2 * LONG), (4, 4 * LONG), (5, 5 * LONG)]


def test_two_embedders_never_share_a_batch() -> None:
    queue, one, other = EmbeddingQueue(), HashingEmbedder(8), HashingEmbedder(16)
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(lambda number: queue.embed("t", (one, other)[number % 2], ["text"] * 9, [LONG] * 9), range(8))
        )
    assert [vectors.shape[1] for vectors in found] == [8, 16] * 4


def test_a_second_batch_is_handed_over_while_the_first_is_computed_and_no_third() -> None:
    blocked = BlockedQueue(at_once=2)
    for number in range(3):
        blocked.submit("bulk", [f"{number}"] * 2)
    blocked.until(lambda: len(blocked.embedder.batches) == 2)
    time.sleep(0.05)
    assert len(blocked.embedder.batches) == 2
    assert sorted(text for batch in blocked.finish() for text in batch) == ["0", "0", "1", "1", "2", "2"]


def test_what_an_interrupted_batch_held_waits_again() -> None:
    class Interrupted(HashingEmbedder):
        calls = 0

        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            self.calls += 1
            if self.calls == 1:
                raise KeyboardInterrupt
            return super().embed_passages(texts)

    queue, embedder = EmbeddingQueue(), Interrupted(8)
    blocked = ThreadPoolExecutor(2)
    waits = [blocked.submit(queue.embed, "one", embedder, [name], [LONG]) for name in "ab"]
    ends = [wait.exception() for wait in waits]
    assert [type(end) for end in ends if end is not None] == [KeyboardInterrupt]
    np.testing.assert_array_equal(
        waits[ends.index(None)].result(), HashingEmbedder(8).embed_passages([" ab"[1 + ends.index(None)]])
    )


def test_nothing_to_embed() -> None:
    assert EmbeddingQueue().embed("one", HashingEmbedder(8), [], []).shape == (0, 8)
