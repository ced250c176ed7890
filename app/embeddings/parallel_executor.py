"""A thread pool whose threads divide the processor among them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from app.numerics.threads import own_torch_threads, torch_threads_restored

MAX_WORKERS = 8  # more threads wait for the interpreter lock more than for the processor
Item = TypeVar("Item")
Result = TypeVar("Result")


class ParallelExecutor:
    """Runs PyTorch in up to MAX_WORKERS threads at once, which share `threads` compute threads. Thread-safe.

    A thread adopts PyTorch's global thread count when it first computes or calls `get_num_threads`, and keeps its own
    count afterwards. Setting a thread's own count also sets the global one, so the constructor restores that.
    """

    def __init__(self, threads: int) -> None:
        self.workers = max(1, min(threads, MAX_WORKERS))
        threads_each = max(1, threads // self.workers)
        barrier = threading.Barrier(self.workers)

        def set_thread_count(_: int) -> None:
            own_torch_threads(threads_each)
            barrier.wait()

        self._pool = ThreadPoolExecutor(self.workers, "embedding")
        with torch_threads_restored():
            list(self._pool.map(set_thread_count, range(self.workers)))

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        """Apply `function` to each item, in the caller's context; results are in order.

        A single item runs on the calling thread. Raises what `function` raises.
        """
        if len(items) == 1 < self.workers:
            return [function(items[0])]
        results = [self._pool.submit(copy_context().run, function, item) for item in items]
        try:
            return [result.result() for result in results]
        finally:
            for result in results:
                result.cancel()
