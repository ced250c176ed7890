"""Thread counts: who a change reaches, and that it is restored. In child processes, for the counts are shared."""

from __future__ import annotations

import subprocess
import sys
import threading

import faiss
import pytest

from app.numerics.threads import set_faiss_threads, single_faiss_thread

COUNTS = """
import threading
import torch
from app.numerics import threads

def counted():
    found = []
    one = threading.Thread(target=lambda: found.append(torch.get_num_threads()))
    one.start()
    one.join()
    return torch.get_num_threads(), found[0]  # this thread's, a new thread's

threads.set_torch_threads(3)
"""


def counts(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", COUNTS + program], check=True, capture_output=True, text=True
    ).stdout.strip()


def test_zero_leaves_the_counts_as_they_are() -> None:
    assert counts("threads.set_torch_threads(0); print(counted())") == "(3, 3)"


def test_single_thread_is_restored_after_a_fault() -> None:
    program = """
try:
    with threads.single_torch_thread():
        print(counted())
        raise ValueError
except ValueError:
    print(counted())
"""
    assert counts(program) == "(1, 1)\n(3, 3)"


def test_a_thread_keeps_its_own_count_when_the_common_one_is_restored() -> None:
    program = """
own, restored = [], threading.Event()

def compute():
    threads.own_torch_threads(2)
    begun.set()
    restored.wait()
    own.append(torch.get_num_threads())

begun = threading.Event()
pooled = threading.Thread(target=compute)
with threads.torch_threads_restored():
    pooled.start()
    begun.wait()
restored.set()
pooled.join()
print(own, counted())
"""
    assert counts(program) == "[2] (3, 3)"


def test_faiss_computes_on_one_thread_and_gets_its_count_back_after_a_fault() -> None:
    seen: list[int] = []

    def compute() -> None:  # in a thread of its own: the count belongs to it
        set_faiss_threads(3)
        with pytest.raises(ValueError), single_faiss_thread():
            seen.append(faiss.omp_get_max_threads())
            raise ValueError
        seen.append(faiss.omp_get_max_threads())

    thread = threading.Thread(target=compute)
    thread.start()
    thread.join()
    assert seen == [1, 3]
