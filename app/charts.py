"""Charts as SVG text: lines, points and bars with intervals, readable in light and dark, without a library.

Pages that hold them load nothing from elsewhere. Every chart has a title and axis labels; colours repeat after eleven.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, isfinite, log10

COLOURS = (
    "#3366cc", "#dc6b19", "#2a9d5c", "#8e5bd0", "#c2385a", "#3a9fb5",
    "#a8801c", "#d957a8", "#6d7f22", "#8a5a44", "#708090",
)  # fmt: skip
WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 66, 16, 34, 46
TICKS = 5
# Of pages that hold charts.
STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:720px;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "table{border-collapse:collapse}td,th{padding:.15rem .7rem;text-align:right}td:first-child,th:first-child"
    "{text-align:left}tr{border-bottom:1px solid #8884}"
)


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
) -> str:
    """Each series a line through its points."""
    frame = _Frame.around(series, log_x=log_x, log_y=log_y)
    body = [_line(one, COLOURS[i % len(COLOURS)], frame) for i, one in enumerate(series)]
    return _svg(title, x_label, y_label, frame, body, series)


def point_chart(title: str, x_label: str, y_label: str, series: Sequence[Series], *, log_x: bool = False) -> str:
    """Each series its points with their intervals: quality against cost."""
    frame = _Frame.around(series, log_x=log_x, log_y=False)
    body = [_points(one, COLOURS[i % len(COLOURS)], frame) for i, one in enumerate(series)]
    return _svg(title, x_label, y_label, frame, body, series)


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


def _line(one: Series, colour: str, frame: _Frame) -> str:
    points = " ".join(f"{frame.x(x):.1f},{frame.y(y):.1f}" for x, y in zip(one.x, one.y, strict=True))
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.8"/>'


def _points(one: Series, colour: str, frame: _Frame) -> str:
    marks = []
    for i, (x, y) in enumerate(zip(one.x, one.y, strict=True)):
        px = frame.x(x)
        if one.low and one.high:
            low, high = frame.y(one.low[i]), frame.y(one.high[i])
            marks.append(f'<line x1="{px:.1f}" y1="{low:.1f}" x2="{px:.1f}" y2="{high:.1f}" stroke="{colour}"/>')
        marks.append(f'<circle cx="{px:.1f}" cy="{frame.y(y):.1f}" r="4.5" fill="{colour}"/>')
    return "".join(marks)


def _svg(title: str, x_label: str, y_label: str, frame: _Frame, body: Sequence[str], series: Sequence[Series]) -> str:
    height = HEIGHT + 18 * len(series) if len(series) > 1 else HEIGHT
    middle_x, middle_y = (LEFT + WIDTH - RIGHT) / 2, (TOP + HEIGHT - BOTTOM) / 2
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}" font-family="system-ui, sans-serif" font-size="12" fill="currentColor">'
    )
    turned = f'transform="translate(14 {middle_y}) rotate(-90)" text-anchor="middle"'
    parts = [
        head,
        f'<text x="{LEFT}" y="20" font-size="14" font-weight="600">{escape(title)}</text>',
        *_axis(_ticks(frame.x_range, log=frame.log_x), frame.x, vertical=False),
        *_axis(_ticks(frame.y_range, log=frame.log_y), frame.y, vertical=True),
        f'<text x="{middle_x}" y="{HEIGHT - 8}" text-anchor="middle">{escape(x_label)}</text>',
        f"<text {turned}>{escape(y_label)}</text>",
        *body,
    ]
    if len(series) > 1:
        parts += [_key(i, one.name) for i, one in enumerate(series)]
    return "".join([*parts, "</svg>"])


def _axis(ticks: Sequence[float], place: Callable[[float], float], *, vertical: bool) -> list[str]:
    marks = []
    for tick in ticks:
        at, label = place(tick), f"{tick:.6g}"
        if vertical:
            line = f'x1="{LEFT}" y1="{at:.1f}" x2="{WIDTH - RIGHT}" y2="{at:.1f}"'
            text = f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{label}</text>'
        else:
            line = f'x1="{at:.1f}" y1="{TOP}" x2="{at:.1f}" y2="{HEIGHT - BOTTOM}"'
            text = f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{label}</text>'
        marks.append(f'<line {line} stroke="currentColor" stroke-opacity="0.15"/>{text}')
    return marks


def _key(number: int, name: str) -> str:
    y = HEIGHT + 18 * number + 4
    colour = COLOURS[number % len(COLOURS)]
    dot = f'<circle cx="{LEFT + 6}" cy="{y}" r="5" fill="{colour}"/>'
    return f'{dot}<text x="{LEFT + 18}" y="{y + 4}">{escape(name)}</text>'
