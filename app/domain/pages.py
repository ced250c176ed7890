"""Pages as a viewer shows them, and places on them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSize:
    """One page as it is shown: rotated and cropped as its file says. In points; a pixel of a picture is a point."""

    label: str  # as the file numbers it, like "iv"; its number if the file does not say
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class QuoteBox:
    """A rectangle around a line of a quote, in points of the page as it is shown, from its upper left corner."""

    page: int  # from 1
    x0: float
    y0: float
    x1: float
    y1: float
