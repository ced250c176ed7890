"""The settings of a whole process: thread counts of PyTorch, FAISS and OpenMP, and the interpreter's switch interval.

No other module sets them. Who may do so, and when:

- `share_interpreter`: `loracle serve` and `loracle worker`, once, before the first request or job.
- `limit_openmp`: a process that measures, once, before it computes.
- `set_torch_threads`: code that owns the process: loading a model at start-up, or a training in its own process.
- `single_torch_thread`: start-up only. A thread that first computes meanwhile takes over the count of 1 for good.
- `own_torch_threads`: a thread of a pool, while the thread that starts the pool holds `torch_threads_restored`.
- `set_faiss_threads`, `single_faiss_thread`: any thread at any time, for FAISS's count belongs to the calling thread.

PyTorch has one count for each thread and one common count. A thread copies the common count when it first computes or
asks for its own, and keeps that copy. `torch.set_num_threads` sets both: the caller's count and the common one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SWITCH_S = 2e-4  # for which a thread has the interpreter. A forward pass asks for it after each of its hundreds of
# operations: at Python's own 5 ms it goes at an eighth of its speed beside one thread that computes in Python


def share_interpreter() -> None:
    """Let threads that compute in Python yield to the engine's thread after SWITCH_S seconds."""
    sys.setswitchinterval(SWITCH_S)


def limit_openmp(count: int) -> None:
    """Limit the OpenMP threads of libraries that this process loads later, and of its child processes."""
    os.environ["OMP_NUM_THREADS"] = str(count)


def set_torch_threads(count: int) -> None:
    """Set the calling thread's count and the common one; 0 leaves both as they are."""
    import torch

    if count:
        torch.set_num_threads(count)


@contextmanager
def torch_threads_restored() -> Iterator[None]:
    """Restore the calling thread's count and the common one at the end."""
    import torch

    before = torch.get_num_threads()
    try:
        yield
    finally:
        torch.set_num_threads(before)


@contextmanager
def single_torch_thread() -> Iterator[None]:
    """Compute on one thread in the block; both counts are restored at its end."""
    with torch_threads_restored():
        set_torch_threads(1)
        yield


def own_torch_threads(count: int) -> None:
    """Give the calling thread a count of its own, which later changes of the common count do not reach."""
    import torch

    torch.get_num_threads()  # copies the common count now: a later copy would replace the thread's own
    torch.set_num_threads(count)


def set_faiss_threads(count: int) -> None:
    """Set how many threads FAISS uses for calls of this thread."""
    import faiss

    faiss.omp_set_num_threads(count)


@contextmanager
def single_faiss_thread() -> Iterator[None]:
    """Run the FAISS calls of this thread in the block on one thread; its count is restored at the end."""
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
