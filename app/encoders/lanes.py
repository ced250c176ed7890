"""Lanes: threads that each compute on a share of the processor, side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from app.numerics.threads import own_torch_threads, torch_threads_restored

MOST = 8  # beyond, lanes wait for the interpreter more than for the processor
Item = TypeVar("Item")
Result = TypeVar("Result")


class Lanes:
    """PyTorch in up to MOST threads at once, which share `threads` among them. Thread-safe."""

    def __init__(self, threads: int) -> None:
        self.count = max(1, min(threads, MOST))
        each = max(1, threads // self.count)
        begun = threading.Barrier(self.count)

        def begin(_: int) -> None:
            own_torch_threads(each)
            begun.wait()

        self._pool = ThreadPoolExecutor(self.count, "lane")
        with torch_threads_restored():
            list(self._pool.map(begin, range(self.count)))

    def map(self, compute: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        """`compute` of each, in order. Raises what it raises. A single item gets all the threads there are."""
        if len(items) == 1 < self.count:
            return [compute(items[0])]
        return list(self._pool.map(compute, items))
