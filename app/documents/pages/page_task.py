"""What the process that reads pages is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PageTaskKind(StrEnum):
    SIZES = "sizes"  # label, width and height of every page
    IMAGE = "image"  # one page as PNG
    WORDS = "words"  # the words of one page
    RECOGNISED_WORDS = "recognised_words"  # the words of one page by OCR


@dataclass(frozen=True, slots=True)
class PageTask:
    kind: PageTaskKind
    page: int = 1
    width: int = 0  # of an image, in pixels
