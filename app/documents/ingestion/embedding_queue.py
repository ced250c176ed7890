"""The embedding queue: texts of several documents share a batch of the embedder, and tenants take turns.

There is no thread of its own. Each document's worker thread submits a request and waits; a waiting thread becomes
the leader of one batch whenever fewer than `max_batches` batches run:

    thread of document A ─ embed() ─┐                      ┌─ leader: plan and claim a batch of A, B and C ─┐
    thread of document B ─ embed() ─┼─▶ requests ─ wait ──▶┤          (with the lock)                       │
    thread of document C ─ embed() ─┘     ▲                └─ followers: keep waiting                       │
                                          │                                                                 ▼
                                          └── record vectors, wake all ◀── run the embedder (without the lock)

1. The tenant with the fewest recently embedded tokens goes first, unless a tenant reached the starvation bound.
2. Of that tenant's requests, the one that fills the largest batch is the anchor: its longest text sets the length
   bucket. Texts of other requests in that bucket fill the batch, so padding stays small.
3. The leader runs the batch, records the vectors in each request and wakes all threads. Each thread whose request is
   complete returns, and one of the others becomes the next leader.
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from app.embeddings.base import Embedder, Vectors

BATCH_S = 0.5  # target duration of a batch: a tenant that arrives waits for the batches that run
MIN_BATCH_TOKENS, MAX_BATCH_TOKENS = 1000, 16_384  # bounds of a batch, at any speed of the embedder
MAX_BATCHES = 2  # that run at once: one is prepared while another is computed
INITIAL_TOKENS_PER_S = 2000.0  # the assumed speed before the first measurement
SHARE_DECAY_TOKENS = 100_000.0  # embedded tokens after which a tenant's past share has decayed to 1/e
SHARE_RESET_S = 5.0  # without an active document, after which a tenant's past share is zero again
STARVATION_BOUND = 8  # consecutive batches that may skip a request before it goes first
BUCKET_TOKENS = 64  # width of a length bucket, or a third of its longest text: padding costs less than another batch
OnProgress = Callable[[int, int], None]  # texts embedded, tokens embedded


class EmbeddingQueue:
    """Embeds texts of many documents in shared batches, with fair shares for tenants. Thread-safe."""

    def __init__(self, max_batches: int = MAX_BATCHES) -> None:
        self._changed = threading.Condition()
        self._max_batches = max_batches
        self._requests: list[_Request] = []
        self._recent_tokens: dict[str, float] = {}  # by tenant, decayed
        self._active: Counter[str] = Counter()  # documents by tenant
        self._idle_since: dict[str, float] = {}  # monotonic seconds by tenant without an active document
        self._tokens_per_s = INITIAL_TOKENS_PER_S
        self._running_batches = 0

    @contextmanager
    def document(self, tenant_id: str) -> Iterator[None]:
        """Count one more document of this tenant as active for the length of the block."""
        with self._changed:
            if not self._active[tenant_id] and time.monotonic() - self._idle_since.pop(tenant_id, 0.0) > SHARE_RESET_S:
                self._recent_tokens.pop(tenant_id, None)
            self._active[tenant_id] += 1
        try:
            yield
        finally:
            with self._changed:
                self._active[tenant_id] -= 1
                if not self._active[tenant_id]:
                    self._idle_since[tenant_id] = time.monotonic()

    def active_documents(self, tenant_id: str) -> int:
        """The number of active documents of this tenant."""
        return self._active.get(tenant_id, 0)

    def embed(
        self,
        tenant_id: str,
        embedder: Embedder,
        texts: Sequence[str],
        tokens: Sequence[int],
        on_progress: OnProgress = lambda _texts, _tokens: None,
    ) -> Vectors:
        """Vectors of the texts, (n, dimension), in their order. `tokens` estimates the length of each text.

        Calls `on_progress` after each batch with some of the texts; an exception of it withdraws the rest. Raises
        what the embedder raises for these texts, not what it raises for other documents in the same batch.
        """
        request = _Request(tenant_id, embedder, texts, tokens)
        with self._changed:
            self._requests.append(request)
        try:
            while request.done < len(texts):
                self._advance(request)
                on_progress(request.done, request.tokens_done)
        finally:
            with self._changed:
                self._requests.remove(request)
        return request.vectors

    def _advance(self, request: _Request) -> None:
        """Return when more texts of the request are embedded, by this thread as leader or by another one."""
        before = request.done
        while request.done == before and request.fault is None:
            with self._changed:
                self._changed.wait_for(lambda: request.done > before or request.fault or self._may_lead(request))
                if request.done > before or request.fault:
                    break
                batch = self._claim_batch()
                self._running_batches += 1
            self._run(batch)
        if request.fault is not None:
            raise request.fault

    def _may_lead(self, request: _Request) -> bool:
        return bool(request.pending) and self._running_batches < self._max_batches

    def _claim_batch(self) -> dict[_Request, list[int]]:
        """Plan the next batch and remove its texts from their requests. Its tokens count in the shares at once."""
        batch = self._plan_batch()
        decay = math.exp(-_tokens_in(batch) / SHARE_DECAY_TOKENS)
        self._recent_tokens = {
            tenant_id: tokens * decay for tenant_id, tokens in self._recent_tokens.items() if tokens >= 1
        }
        for request in self._requests:
            request.skipped = 0 if request in batch else request.skipped + 1
        for request, places in batch.items():
            request.claim(places)
            spent = sum(request.tokens[place] for place in places)
            self._recent_tokens[request.tenant_id] = self._recent_tokens.get(request.tenant_id, 0.0) + spent
        return batch

    def _plan_batch(self) -> dict[_Request, list[int]]:
        """Places of texts by request: the largest batch that an anchor of the next tenant can fill."""
        waiting = [request for request in self._requests if request.pending and request.fault is None]
        tenant_id = self._next_tenant(waiting)
        own = [request for request in waiting if request.tenant_id == tenant_id]
        starved = max(own, key=lambda request: request.skipped)
        anchors = [starved] if starved.skipped >= STARVATION_BOUND else own
        return max((self._fill_batch(anchor, waiting) for anchor in anchors), key=_tokens_in)

    def _next_tenant(self, waiting: Sequence[_Request]) -> str:
        """The tenant that reached the starvation bound, else the one with the fewest recent tokens."""
        skipped: dict[str, int] = {}  # consecutive batches without a text of the tenant
        for request in waiting:
            skipped[request.tenant_id] = min(request.skipped, skipped.get(request.tenant_id, request.skipped))
        starved = max(skipped, key=lambda tenant_id: skipped[tenant_id])
        if skipped[starved] >= STARVATION_BOUND:
            return starved
        return min(skipped, key=lambda tenant_id: self._recent_tokens.get(tenant_id, 0.0))

    def _fill_batch(self, anchor: _Request, waiting: Sequence[_Request]) -> dict[_Request, list[int]]:
        """The longest texts of the anchor, then texts of the same length bucket, up to the size of a batch."""
        capacity = min(max(self._tokens_per_s * BATCH_S, MIN_BATCH_TOKENS), MAX_BATCH_TOKENS)
        width = anchor.longest
        shortest, longest = width - max(width // 3, BUCKET_TOKENS), width + BUCKET_TOKENS
        batch: dict[_Request, list[int]] = {}
        count = 0
        for request in sorted(waiting, key=lambda one: (one is not anchor, one.tenant_id != anchor.tenant_id)):
            if request.embedder is not anchor.embedder:
                continue
            own = request.tenant_id == anchor.tenant_id
            limit = capacity if own else capacity / 2  # other tenants do not make this one wait long
            for place in request.in_bucket(shortest, longest):
                width = max(width, request.tokens[place])
                if count and (count + 1) * width > limit:
                    break
                batch.setdefault(request, []).append(place)
                count += 1
        return batch

    def _run(self, batch: dict[_Request, list[int]]) -> None:
        results: dict[_Request, Vectors | Exception] = {}
        started = time.monotonic()
        try:
            results = _embed_batch(batch)
        finally:
            with self._changed:
                for request, places in batch.items():
                    request.record(places, results.get(request))
                self._running_batches -= 1
                self._measure_speed(_tokens_in(batch), time.monotonic() - started)
                self._changed.notify_all()

    def _measure_speed(self, tokens: int, seconds: float) -> None:
        if tokens >= MIN_BATCH_TOKENS / 2:  # the duration of a smaller batch says little about the speed
            self._tokens_per_s += 0.3 * (tokens / max(seconds, 1e-4) - self._tokens_per_s)


def _tokens_in(batch: dict[_Request, list[int]]) -> int:
    return sum(request.tokens[place] for request, places in batch.items() for place in places)


def _embed_batch(batch: dict[_Request, list[int]]) -> dict[_Request, Vectors | Exception]:
    """Vectors by request. If the embedder raises and several requests share the batch, each runs alone."""
    embedder = next(iter(batch)).embedder
    texts = [request.texts[place] for request, places in batch.items() for place in places]
    try:
        vectors = embedder.embed_passages(texts)
    except Exception as fault:  # noqa: BLE001 - raised in the thread of the document
        if len(batch) == 1:
            return dict.fromkeys(batch, fault)
        return {request: _embed_batch({request: places})[request] for request, places in batch.items()}
    bounds = np.cumsum([len(places) for places in batch.values()])[:-1]
    return dict(zip(batch, np.split(vectors, bounds), strict=True))


@dataclass(eq=False)
class _Request:
    """One document's texts, with the places of those that no batch has claimed yet."""

    tenant_id: str
    embedder: Embedder
    texts: Sequence[str]
    tokens: Sequence[int]
    skipped: int = 0  # consecutive batches without a text of this request
    fault: Exception | None = None

    def __post_init__(self) -> None:
        self.done = self.tokens_done = 0
        self.pending = self._longest_first(range(len(self.texts)))
        self.vectors: Vectors = np.empty((len(self.texts), self.embedder.dimension), np.float32)

    @property
    def longest(self) -> int:
        return self.tokens[self.pending[0]]

    def in_bucket(self, shortest: int, longest: int) -> list[int]:
        """Places of pending texts with `shortest` to `longest` tokens."""
        return [place for place in self.pending if shortest <= self.tokens[place] <= longest]

    def claim(self, places: Sequence[int]) -> None:
        """Remove the places from the pending ones: a batch runs them."""
        claimed = set(places)
        self.pending = [place for place in self.pending if place not in claimed]

    def record(self, places: Sequence[int], result: Vectors | Exception | None) -> None:
        """Record the result of claimed places. With None, of an interrupted batch, they are pending again."""
        if result is None:
            self.pending = self._longest_first([*self.pending, *places])
        elif isinstance(result, Exception):
            self.fault = result
        else:
            self.vectors[list(places)] = result
            self.done += len(places)
            self.tokens_done += sum(self.tokens[place] for place in places)

    def _longest_first(self, places: Iterable[int]) -> list[int]:
        return sorted(places, key=lambda place: self.tokens[place], reverse=True)
