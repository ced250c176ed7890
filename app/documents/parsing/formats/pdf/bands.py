"""An index of things on a page by their height."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Generic, TypeVar

from app.documents.parsing.formats.pdf.layout import Box

BAND = 24.0  # points of height of a stripe of the page
MAX_BANDS = 600  # that one thing may cover
T = TypeVar("T")


class Bands(Generic[T]):
    """Things on a page by height, so that what is near a box is found without a look at all of them."""

    def __init__(self) -> None:
        self._bands: dict[int, list[T]] = defaultdict(list)

    def add(self, thing: T, box: Box) -> None:
        for band in self._numbers(box.top, box.bottom):
            self._bands[band].append(thing)

    def near(self, top: float, bottom: float) -> Iterator[T]:
        seen: set[int] = set()
        for band in self._numbers(top, bottom):
            for thing in self._bands.get(band, ()):
                if id(thing) not in seen:
                    seen.add(id(thing))
                    yield thing

    @staticmethod
    def _numbers(top: float, bottom: float) -> range:
        first = int(top // BAND)
        return range(first, min(int(bottom // BAND), first + MAX_BANDS) + 1)
