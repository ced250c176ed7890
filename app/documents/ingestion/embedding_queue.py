"""The embedding queue: passages of several documents share a batch of the embedder, and tenants take turns at it."""

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

SLICE_S = 0.5  # what a batch may take: a tenant who comes waits for those on their way
FEWEST_TOKENS, MOST_TOKENS = 1000, 16_384  # of a batch, however slow or fast the embedder is
AT_ONCE = 2  # batches: one is made ready while another is computed, and parts of both fill all of the embedder's lanes
FIRST_SPEED = 2000.0  # tokens a second, until one was measured
REMEMBERED_TOKENS = 100_000.0  # embedded before a tenant's past share has faded to a third
FORGOTTEN_S = 5.0  # without a document on its way, and a tenant starts anew
PASSED_OVER = 8  # batches in a row, after which one is served whoever else waits
LIKE_TOKENS = 64  # texts are of like length that differ by so much or a third: padding costs less than a pass
OnProgress = Callable[[int, int], None]  # texts done, tokens done


class EmbeddingQueue:
    """Documents hand in their texts and wait; whoever waits runs the next batch, for himself and for others.

    The tenant who had the fewest of the last tokens leads the batch, with the document that makes the fullest one, and
    what else waits of like length fills it. So a single document is through soon beside a tenant with a thousand, and
    one batch of many is not paid as many of one. What a tenant had is not held against it once it has had no document
    on its way for a few seconds. Thread-safe.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._changed = threading.Condition()
        self._at_once = at_once  # batches
        self._open: list[_Request] = []
        self._recent: dict[str, float] = {}  # tokens by tenant, fading
        self._at_work: Counter[str] = Counter()  # documents by tenant
        self._left_at: dict[str, float] = {}  # monotonic seconds, when a tenant's last one was through
        self._speed = FIRST_SPEED
        self._running = 0  # batches

    @contextmanager
    def document(self, who: str) -> Iterator[None]:
        """One more document of this tenant is on its way, for the length of the block."""
        with self._changed:
            if not self._at_work[who] and time.monotonic() - self._left_at.pop(who, 0.0) > FORGOTTEN_S:
                self._recent.pop(who, None)
            self._at_work[who] += 1
        try:
            yield
        finally:
            with self._changed:
                self._at_work[who] -= 1
                if not self._at_work[who]:
                    self._left_at[who] = time.monotonic()

    def at_work(self, who: str) -> int:
        """How many documents of this tenant are on their way."""
        return self._at_work.get(who, 0)

    def embed(
        self,
        who: str,
        embedder: Embedder,
        texts: Sequence[str],
        tokens: Sequence[int],
        on_progress: OnProgress = lambda _texts, _tokens: None,
    ) -> Vectors:
        """Vectors of the texts, (n, dimension), in their order; `tokens` says about how long each is.

        `on_progress` hears after each batch that held some of them; what it raises withdraws the rest. Raises what
        the embedder raises on these texts, not on those of another document that shared their batch.
        """
        request = _Request(who, embedder, texts, tokens)
        with self._changed:
            self._open.append(request)
        try:
            while request.done < len(texts):
                self._further(request)
                on_progress(request.done, request.tokens_done)
        finally:
            with self._changed:
                self._open.remove(request)
        return request.vectors

    def _further(self, request: _Request) -> None:
        """Returns when more of it is embedded, by this thread or by another that waits too."""
        before = request.done
        while request.done == before and request.fault is None:
            with self._changed:
                self._changed.wait_for(
                    lambda: request.done > before or request.fault or (request.left and self._running < self._at_once)
                )
                if request.done > before or request.fault:
                    break
                batch = self._taken()
                self._running += 1
            self._run(batch)
        if request.fault is not None:
            raise request.fault

    def _taken(self) -> dict[_Request, list[int]]:
        """The next batch; nobody else takes what is in it, and its tokens count from now on."""
        batch = self._batch()
        spent = _size(batch)
        fading = math.exp(-spent / REMEMBERED_TOKENS)
        self._recent = {who: tokens * fading for who, tokens in self._recent.items() if tokens >= 1}
        for one in self._open:
            one.passed_over = 0 if one in batch else one.passed_over + 1
        for one, places in batch.items():
            one.take(places)
            self._recent[one.who] = self._recent.get(one.who, 0.0) + sum(one.tokens[place] for place in places)
        return batch

    def _batch(self) -> dict[_Request, list[int]]:
        """Places of texts by request: those that are next, of like length."""
        waiting = [one for one in self._open if one.left and one.fault is None]
        patience: dict[str, int] = {}  # batches since the tenant had a part in one
        for one in waiting:
            patience[one.who] = min(one.passed_over, patience.get(one.who, one.passed_over))
        who = max(patience, key=lambda name: patience[name])
        if patience[who] < PASSED_OVER:
            who = min(patience, key=lambda name: self._recent.get(name, 0.0))
        of_tenant = [one for one in waiting if one.who == who]
        lead = max(of_tenant, key=lambda one: one.passed_over)
        leads = [lead] if lead.passed_over >= PASSED_OVER else of_tenant
        return max((self._filled(one, waiting) for one in leads), key=_size)

    def _filled(self, lead: _Request, waiting: Sequence[_Request]) -> dict[_Request, list[int]]:
        """The longest texts of `lead` and what waits of like length, as many as there is room for."""
        room = min(max(self._speed * SLICE_S, FEWEST_TOKENS), MOST_TOKENS)
        width = lead.longest
        shortest, longest = width - max(width // 3, LIKE_TOKENS), width + LIKE_TOKENS
        batch: dict[_Request, list[int]] = {}
        count = 0
        for one in sorted(waiting, key=lambda one: (one is not lead, one.who != lead.who)):
            if one.embedder is not lead.embedder:
                continue
            most = room if one.who == lead.who else room / 2  # the lead's tenant does not wait long for others
            for place in one.alike(shortest, longest):
                width = max(width, one.tokens[place])
                if count and (count + 1) * width > most:
                    break
                batch.setdefault(one, []).append(place)
                count += 1
        return batch

    def _run(self, batch: dict[_Request, list[int]]) -> None:
        outcome: dict[_Request, Vectors | Exception] = {}
        began = time.monotonic()
        try:
            outcome = _embedded(batch)
        finally:
            with self._changed:
                for one, places in batch.items():
                    one.settle(places, outcome.get(one))
                self._running -= 1
                self._learn(_size(batch), time.monotonic() - began)
                self._changed.notify_all()

    def _learn(self, tokens: int, seconds: float) -> None:
        if tokens >= FEWEST_TOKENS / 2:  # a few words take as long as a pass takes
            self._speed += 0.3 * (tokens / max(seconds, 1e-4) - self._speed)


def _size(batch: dict[_Request, list[int]]) -> int:
    """Tokens."""
    return sum(one.tokens[place] for one, places in batch.items() for place in places)


def _embedded(batch: dict[_Request, list[int]]) -> dict[_Request, Vectors | Exception]:
    """Vectors by request. If that fails and several share the batch, each is tried by itself."""
    embedder = next(iter(batch)).embedder
    texts = [one.texts[place] for one, places in batch.items() for place in places]
    try:
        vectors = embedder.embed_passages(texts)
    except Exception as fault:  # noqa: BLE001 - raised where the document is waited for
        if len(batch) == 1:
            return dict.fromkeys(batch, fault)
        return {one: _embedded({one: places})[one] for one, places in batch.items()}
    bounds = np.cumsum([len(places) for places in batch.values()])[:-1]
    return dict(zip(batch, np.split(vectors, bounds), strict=True))


@dataclass(eq=False)
class _Request:
    """One document's texts, and which of them are still to be embedded."""

    who: str
    embedder: Embedder
    texts: Sequence[str]
    tokens: Sequence[int]
    passed_over: int = 0
    fault: Exception | None = None

    def __post_init__(self) -> None:
        self.done = self.tokens_done = 0
        self.left = self._by_length(range(len(self.texts)))  # taken by no batch
        self.vectors: Vectors = np.empty((len(self.texts), self.embedder.dimension), np.float32)

    @property
    def longest(self) -> int:
        return self.tokens[self.left[0]]

    def alike(self, shortest: int, longest: int) -> list[int]:
        return [place for place in self.left if shortest <= self.tokens[place] <= longest]

    def take(self, places: Sequence[int]) -> None:
        taken = set(places)
        self.left = [place for place in self.left if place not in taken]

    def settle(self, places: Sequence[int], result: Vectors | Exception | None) -> None:
        """Take what came of these places; None: nothing, they wait again."""
        if result is None:
            self.left = self._by_length([*self.left, *places])
        elif isinstance(result, Exception):
            self.fault = result
        else:
            self.vectors[list(places)] = result
            self.done += len(places)
            self.tokens_done += sum(self.tokens[place] for place in places)

    def _by_length(self, places: Iterable[int]) -> list[int]:
        return sorted(places, key=lambda place: self.tokens[place], reverse=True)
