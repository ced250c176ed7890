"""Requests go first where the processor is short; jobs wait for them, though not for ever."""

from __future__ import annotations

import threading

import pytest

from app import precedence
from app.precedence import Precedence, give_way, going_first, in_background, is_background

LONG_S = 60.0


def start(work: threading.Thread) -> threading.Thread:
    work.start()
    return work


@pytest.fixture
def processor(monkeypatch: pytest.MonkeyPatch) -> Precedence:
    own = Precedence(patience=1e9, longest_wait_s=LONG_S)
    monkeypatch.setattr(precedence, "_processor", own)
    return own


def job(done: threading.Event) -> None:
    with in_background():
        give_way()
    done.set()


def test_a_job_waits_until_the_last_request_has_what_it_waits_for(processor: Precedence) -> None:
    done = threading.Event()
    with going_first():
        with going_first():
            thread = start(threading.Thread(target=job, args=(done,)))
        assert not done.wait(0.1)
    assert done.wait(LONG_S)
    thread.join()


def test_nobody_waits_where_nothing_goes_first_and_requests_never_do(processor: Precedence) -> None:
    with in_background():
        give_way()
    with going_first():
        give_way()  # of a request itself


def test_a_job_holds_up_no_other_job(processor: Precedence) -> None:
    done = threading.Event()
    with in_background(), going_first():
        job(done)
    assert done.is_set()
    assert not is_background()


def test_a_job_goes_on_beside_requests_that_never_end() -> None:
    limited = Precedence(longest_wait_s=0.01)
    with limited.first():
        limited.give_way()
        limited.give_way()  # it has worked for no time, and waits for none
