"""Charts as SVG: lines, and points with intervals, readable in light and dark, without a charting library.

Pages that hold them load nothing from elsewhere. Every chart has a title and axis labels; colours repeat after eleven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from math import floor, isfinite, log10

from markupsafe import Markup

from app.web.templates import render_template

COLOURS = (
    "#3366cc", "#dc6b19", "#2a9d5c", "#8e5bd0", "#c2385a", "#3a9fb5",
    "#a8801c", "#d957a8", "#6d7f22", "#8a5a44", "#708090",
)  # fmt: skip
WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 66, 16, 34, 46
TICKS = 5


@dataclass(frozen=True, slots=True)
class Series:
    """Points (x, y); `low` and `high`, if given, are the ends of each y's interval."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


def line_chart(
    title: str, x_label: str, y_label: str, series: Sequence[Series], *, log_y: bool = False, log_x: bool = False
) -> Markup:
    """Each series a line through its points, as SVG."""
    return _draw(title, x_label, y_label, series, joined=True, log_x=log_x, log_y=log_y)


def point_chart(title: str, x_label: str, y_label: str, series: Sequence[Series], *, log_x: bool = False) -> Markup:
    """Each series its points with their intervals, as SVG: quality against cost."""
    return _draw(title, x_label, y_label, series, joined=False, log_x=log_x, log_y=False)


@dataclass(frozen=True, slots=True)
class _Frame:
    """From values to pixels."""

    x_range: tuple[float, float]
    y_range: tuple[float, float]
    log_x: bool
    log_y: bool

    @classmethod
    def around(cls, series: Sequence[Series], *, log_x: bool, log_y: bool) -> _Frame:
        xs = [x for one in series for x in one.x]
        ys = [y for one in series for y in (*one.y, *one.low, *one.high)]
        return cls(_range(xs, log=log_x), _range(ys, log=log_y), log_x, log_y)

    def x(self, value: float) -> float:
        return LEFT + _share(value, self.x_range, log=self.log_x) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - _share(value, self.y_range, log=self.log_y) * (HEIGHT - TOP - BOTTOM)


def _range(values: Sequence[float], *, log: bool) -> tuple[float, float]:
    """The values' bounds with a little air; never empty."""
    fit = [value for value in values if isfinite(value) and (value > 0 or not log)] or [1.0]
    low, high = min(fit), max(fit)
    if log:
        return low / 1.2, high * 1.2
    air = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    return low - air, high + air


def _share(value: float, bounds: tuple[float, float], *, log: bool) -> float:
    low, high = bounds
    if log:
        value, low, high = log10(max(value, low)), log10(low), log10(high)
    return (value - low) / (high - low)


def _ticks(bounds: tuple[float, float], *, log: bool) -> list[float]:
    low, high = bounds
    if log:
        powers = range(floor(log10(low)), floor(log10(high)) + 1)
        for digits in ((1,), (1, 2, 5), range(1, 10)):  # as few as tell the scale
            within = [value for power in powers for digit in digits if low <= (value := digit * 10.0**power) <= high]
            if len(within) > 1:
                return within
        return [low * 1.2, high / 1.2]
    step = 10.0 ** floor(log10((high - low) / TICKS))
    step *= next(factor for factor in (1, 2, 5, 10) if (high - low) / (step * factor) <= TICKS)
    first = floor(low / step) + 1
    return [n * step for n in range(first, floor(high / step) + 1)]


def _draw(
    title: str, x_label: str, y_label: str, series: Sequence[Series], *, joined: bool, log_x: bool, log_y: bool
) -> Markup:
    frame = _Frame.around(series, log_x=log_x, log_y=log_y)
    return render_template(
        "chart.svg",
        title=title,
        x_label=x_label,
        y_label=y_label,
        x_ticks=[_Tick(_rounded(frame.x(tick)), f"{tick:.6g}") for tick in _ticks(frame.x_range, log=log_x)],
        y_ticks=[_Tick(_rounded(frame.y(tick)), f"{tick:.6g}") for tick in _ticks(frame.y_range, log=log_y)],
        drawn=[_DrawnSeries.of(one, COLOURS[i % len(COLOURS)], frame) for i, one in enumerate(series)],
        joined=joined,
        width=WIDTH,
        height=HEIGHT,
        total_height=HEIGHT + 18 * len(series) if len(series) > 1 else HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        bottom=HEIGHT - BOTTOM,
    )


@dataclass(frozen=True, slots=True)
class _Tick:
    """A mark on an axis: pixels along it, and its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class _Point:
    """Pixels; `interval`: the y of its lower and upper end."""

    x: float
    y: float
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class _DrawnSeries:
    name: str
    colour: str
    points: tuple[_Point, ...]

    @classmethod
    def of(cls, one: Series, colour: str, frame: _Frame) -> _DrawnSeries:
        ends = zip(one.low, one.high, strict=True) if one.low and one.high else repeat(None, len(one.y))
        points = [
            _Point(
                _rounded(frame.x(x)),
                _rounded(frame.y(y)),
                None if end is None else (_rounded(frame.y(end[0])), _rounded(frame.y(end[1]))),
            )
            for x, y, end in zip(one.x, one.y, ends, strict=True)
        ]
        return cls(one.name, colour, tuple(points))


def _rounded(pixels: float) -> float:
    return round(pixels, 1)
