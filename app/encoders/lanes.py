"""Lanes: threads that each compute on a share of the processor, side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

MOST = 8  # beyond, lanes wait for the interpreter more than for the processor
Item = TypeVar("Item")
Result = TypeVar("Result")


class Lanes:
    """PyTorch in up to MOST threads at once, which share `threads` among them. Thread-safe.

    A thread takes PyTorch's common thread count when it first computes (asking for it is enough) and keeps its own
    afterwards. Setting its own sets the common one too, which is put back.
    """

    def __init__(self, threads: int) -> None:
        import torch

        self.count = max(1, min(threads, MOST))
        each = max(1, threads // self.count)
        begun = threading.Barrier(self.count)

        def begin(_: int) -> None:
            torch.get_num_threads()
            torch.set_num_threads(each)
            begun.wait()

        before = torch.get_num_threads()
        self._pool = ThreadPoolExecutor(self.count, "lane")
        try:
            list(self._pool.map(begin, range(self.count)))
        finally:
            torch.set_num_threads(before)

    def map(self, compute: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        """`compute` of each, in order. Raises what it raises. A single item gets all the threads there are."""
        if len(items) == 1 < self.count:
            return [compute(items[0])]
        return list(self._pool.map(compute, items))
