"""Bytes that many ask for are made once."""

from __future__ import annotations

import asyncio

import pytest

from app.http.shared_bytes import SharedBytes


class Maker:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> bytes:
        self.count += 1
        if self.count == 1:
            raise ValueError("the first time it fails")
        return b"%d" % self.count


async def test_those_who_ask_together_get_the_same_bytes() -> None:
    make = Maker()
    shared = SharedBytes(make)
    with pytest.raises(ValueError, match="fails"):
        await shared.get()
    assert await asyncio.gather(*(shared.get() for _ in range(50))) == [b"2"] * 50
    assert make.count == 2


async def test_old_bytes_are_made_anew() -> None:
    make = Maker()
    make.count = 1
    shared = SharedBytes(make, max_age_s=0.05)
    assert await shared.get() == await shared.get() == b"2"
    await asyncio.sleep(0.1)
    assert await shared.get() == b"3"
