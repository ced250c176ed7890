"""Turns at the embedder: who had few goes first, nobody is passed over for long."""

from __future__ import annotations

import threading
import time

from app.ingestion.turns import PASSED_OVER, Turns

WAIT_S = 120.0


def waiting(turns: Turns, count: int) -> None:
    """Until so many wait."""
    until = time.monotonic() + WAIT_S
    while len(turns._waiting) < count:
        assert time.monotonic() < until
        time.sleep(0.002)


def order_of(names: list[str], before: str) -> list[str]:
    """In which order these, all waiting, have their turns after `before` had many."""
    turns = Turns()
    order: list[str] = []
    threads = []

    def take(name: str) -> None:
        with turns.turn(name):
            order.append(name)

    for _ in range(20):
        take(before)
    order.clear()
    with turns.turn(before):
        for number, name in enumerate(names):
            threads.append(threading.Thread(target=take, args=(name,)))
            threads[-1].start()
            waiting(turns, number + 1)
    for thread in threads:
        thread.join(WAIT_S)
    return order


def test_who_had_few_turns_goes_first() -> None:
    assert order_of(["bulk", "single"], before="bulk") == ["single", "bulk"]


def test_nobody_is_passed_over_for_ever() -> None:
    order = order_of(["bulk", *["single"] * (PASSED_OVER + 3)], before="bulk")
    assert order.index("bulk") == PASSED_OVER


def test_one_at_a_time_and_a_fault_frees_the_turn() -> None:
    turns, inside, most = Turns(), [0], [0]

    def take(name: str) -> None:
        for _ in range(50):
            try:
                with turns.turn(name):
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                    time.sleep(0)
                    inside[0] -= 1
                    raise ValueError
            except ValueError:
                pass

    threads = [threading.Thread(target=take, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_S)
    assert (most[0], inside[0]) == (1, 0)
