"""The garbage collector rests during imports, and leaves alone afterwards what they made."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from app.numerics.memory import pause_collection, resume_collection


@pytest.fixture(autouse=True)
def collector_as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_what_is_there_at_the_end_of_the_pause_is_left_alone() -> None:
    before = gc.get_freeze_count()
    pause_collection()
    assert not gc.isenabled()
    resume_collection()
    assert gc.isenabled()
    assert gc.get_freeze_count() > before + 1000


def test_nothing_is_frozen_where_collection_was_not_paused() -> None:
    before = gc.get_freeze_count()
    resume_collection()
    assert gc.isenabled()
    assert gc.get_freeze_count() == before
