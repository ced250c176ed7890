"""Who writes next: requests before jobs, tenants in turn, and a job after some requests at the latest."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from app.domain.actors import Actor, ActorKind
from app.precedence import in_background
from app.storage.acting import acting
from app.storage.sqlite.write_turn import REQUESTS_BEFORE_JOB, WriteTurn

LONG_S = 60.0
JOB = "job"


def waiting(turn: WriteTurn) -> int:
    return len(turn._jobs) + sum(map(len, turn._requests.values()))


def order_of(owners: Sequence[str]) -> list[str]:
    """In which order those get the turn who came in this one while another one wrote."""
    turn, order, threads = WriteTurn(), list[str](), list[threading.Thread]()
    assert turn.acquire(0)

    def write(owner: str) -> None:
        with in_background() if owner == JOB else acting(Actor(ActorKind.KEY, owner)):
            assert turn.acquire(LONG_S)
        order.append(owner)
        turn.release()

    for count, owner in enumerate(owners, 1):
        threads.append(threading.Thread(target=write, args=(owner,)))
        threads[-1].start()
        while waiting(turn) < count:
            pass
    turn.release()
    for thread in threads:
        thread.join(LONG_S)
    assert turn.acquire(0)  # nobody is left who has it
    return order


def test_requests_write_before_jobs_that_came_first() -> None:
    assert order_of([JOB, JOB, "a", "a"]) == ["a", "a", JOB, JOB]


def test_tenants_write_in_turn() -> None:
    assert order_of(["a", "a", "a", "b"]) == ["a", "b", "a", "a"]


def test_a_job_does_not_wait_for_ever() -> None:
    many = ["a"] * (REQUESTS_BEFORE_JOB + 2)
    assert order_of([JOB, *many]).index(JOB) == REQUESTS_BEFORE_JOB


def test_who_gives_up_leaves_the_turn_to_others() -> None:
    turn = WriteTurn()
    assert turn.acquire(0)
    assert not turn.acquire(0.01)
    with in_background():
        assert not turn.acquire(0.01)
    assert waiting(turn) == 0
    turn.release()
    assert turn.acquire(0)
