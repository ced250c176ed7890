"""The words of a page with their places, as the reading process sends them and as they are cached."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from app.domain.pages import PageSize

MAX_WORDS = 50_000  # of a page
MAX_WORD_CHARS = 1000
MAX_LABEL_CHARS = 100
GLUED, VERTICAL = 1, 2
OTHER_SHAPE = "The process that reads pages sent a result of another shape."

Coordinate = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]
Length = Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)]
WordFields = tuple[
    Annotated[str, Field(max_length=MAX_WORD_CHARS)],
    Coordinate,
    Coordinate,
    Coordinate,
    Coordinate,
    Annotated[int, Field(ge=0, le=GLUED | VERTICAL)],
]
WordsFields = tuple[bool, Annotated[list[WordFields], Field(max_length=MAX_WORDS)]]
SizeFields = tuple[Annotated[str, Field(max_length=MAX_LABEL_CHARS)], Length, Length]


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a part of one that a line end divides, with its box in points of the page as it is shown."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    glued: bool = False  # it goes on from the word before
    vertical: bool = False  # it runs up or down the page


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page in the order of its content. `pictured`: the page has pictures, which may hold more."""

    words: tuple[Word, ...]
    pictured: bool = False


def encode_words(words: Sequence[Word], *, pictured: bool) -> bytes:
    fields = [
        [
            word.text[:MAX_WORD_CHARS],
            *(round(value, 2) for value in (word.x0, word.y0, word.x1, word.y1)),
            GLUED * word.glued + VERTICAL * word.vertical,
        ]
        for word in words[:MAX_WORDS]
    ]
    return json.dumps([pictured, fields], ensure_ascii=False).encode()


def decode_words(data: bytes) -> PageWords:
    """Raises ValueError for anything but what `encode_words` gives."""
    try:
        pictured, found = _words().validate_json(data)
    except ValidationError as fault:
        raise ValueError(OTHER_SHAPE) from fault
    words = (Word(*fields[:5], bool(fields[5] & GLUED), bool(fields[5] & VERTICAL)) for fields in found)
    return PageWords(tuple(words), pictured)


def encode_sizes(sizes: Sequence[PageSize]) -> bytes:
    fields = [[size.label[:MAX_LABEL_CHARS], round(size.width, 2), round(size.height, 2)] for size in sizes]
    return json.dumps(fields, ensure_ascii=False).encode()


def decode_sizes(data: bytes) -> tuple[PageSize, ...]:
    """Raises ValueError for anything but what `encode_sizes` gives."""
    try:
        return tuple(PageSize(*fields) for fields in _sizes().validate_json(data))
    except ValidationError as fault:
        raise ValueError(OTHER_SHAPE) from fault


@cache
def _words() -> TypeAdapter[WordsFields]:
    return TypeAdapter(WordsFields)


@cache
def _sizes() -> TypeAdapter[list[SizeFields]]:
    return TypeAdapter(list[SizeFields])
