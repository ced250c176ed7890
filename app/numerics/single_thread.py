"""One thread in which PyTorch computes alone: small matrices on several threads only wait for each other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

Result = TypeVar("Result")
_starting = threading.Lock()


def start_single_thread() -> None:
    """Start the thread, before others start to compute: for a moment new threads would inherit its count of one.

    PyTorch keeps a thread count for each thread, which a thread inherits when it first computes; setting a thread's
    own count sets the inherited one too, which is put back.
    """
    with _starting:
        _executor()


def run_on_single_thread(compute: Callable[[], Result]) -> Result:
    """The result of `compute`, which runs after what came before it. Raises what it raises. Thread-safe."""
    start_single_thread()
    return _executor().submit(compute).result()


@cache
def _executor() -> ThreadPoolExecutor:
    import torch

    inherited = torch.get_num_threads()
    executor = ThreadPoolExecutor(1, "single-thread")
    executor.submit(_use_one_thread).result()
    torch.set_num_threads(inherited)
    return executor


def _use_one_thread() -> None:
    import torch

    torch.get_num_threads()  # inherit first, so that the count set next stays
    torch.set_num_threads(1)
