"""All threads while the processor is free, one while others need it, without paying for that while it is free."""

from __future__ import annotations

from app.training.thread_controller import RETRY_STEPS, ThreadController

FREE = {2: 100.0, 1: 50.0}  # tokens a second by threads
BUSY = {2: 12.0, 1: 45.0}  # another process keeps a core
SHARED = {2: 55.0, 1: 25.0}  # another training beside it: both halves, but two threads are still the better


def run(thread_controller: ThreadController, machine: dict[int, float], steps: int) -> list[int]:
    taken = []
    for _ in range(steps):
        taken.append(thread_controller.threads)
        thread_controller.record(machine[thread_controller.threads])
    return taken


def test_takes_all_threads_while_the_processor_is_free() -> None:
    assert run(ThreadController(2), FREE, 100) == [2] * 100


def test_takes_one_while_another_process_needs_a_core_and_looks_again_now_and_then() -> None:
    thread_controller = ThreadController(2)
    run(thread_controller, FREE, 5)
    taken = run(thread_controller, BUSY, 5 * RETRY_STEPS)
    assert taken[:3] == [2, 1, 1]
    assert taken.count(2) <= 6
    assert run(thread_controller, FREE, 2 * RETRY_STEPS)[-RETRY_STEPS:] == [2] * RETRY_STEPS


def test_stays_with_all_where_one_would_be_slower_still() -> None:
    thread_controller = ThreadController(2)
    run(thread_controller, FREE, 5)
    assert run(thread_controller, SHARED, 20).count(1) == 1


def test_one_core_is_one_thread() -> None:
    assert run(ThreadController(1), {1: 50.0}, 3) + run(ThreadController(1), {1: 1.0}, 3) == [1] * 6
