"""Charts are well-formed SVG, whatever the values."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.charts import Series, _ticks, line_chart, point_chart

numbers = st.floats(-1e9, 1e9)


@given(points=st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6), log=st.booleans())
def test_any_values_draw_inside_the_frame(points: list[tuple[float, float]], log: bool) -> None:
    one = Series("a < b & c", [x for x, _ in points], [y for _, y in points])
    root = ElementTree.fromstring(line_chart("t < 1", "x", "y", [one, one], log_y=log, log_x=log))
    drawn = root.find(".//{*}polyline")
    assert drawn is not None
    for pair in drawn.attrib["points"].split():
        x, y = map(float, pair.split(","))
        assert 0 <= x <= 640
        assert 0 <= y <= 360


def test_intervals_are_drawn_around_their_points() -> None:
    svg = point_chart("t", "x", "y", [Series("a", [1, 2], [0.5, 0.6], [0.4, 0.5], [0.6, 0.9])], log_x=True)
    root = ElementTree.fromstring(svg)
    centres = [float(circle.attrib["cy"]) for circle in root.findall(".//{*}circle")]
    bars = [
        line
        for line in root.findall(".//{*}line")
        if line.attrib["x1"] == line.attrib["x2"] and "stroke-opacity" not in line.attrib
    ]
    assert len(bars) == len(centres) == 2
    for bar, centre in zip(bars, centres, strict=True):
        assert float(bar.attrib["y2"]) < centre < float(bar.attrib["y1"])


@pytest.mark.parametrize("y", [[], [float("nan")]])
def test_nothing_to_draw_is_an_empty_frame(y: list[float]) -> None:
    ElementTree.fromstring(line_chart("t", "x", "y", [Series("a", [1.0] * len(y), y)]))


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0.5, 2000, [1, 10, 100, 1000]),
        (44, 462, [50, 100, 200]),
        (2011, 5469, [3000, 4000, 5000]),
        (31, 39, [31 * 1.2, 39 / 1.2]),
    ],
)
def test_logarithmic_axis_has_round_ticks(low: float, high: float, ticks: list[float]) -> None:
    assert _ticks((low, high), log=True) == pytest.approx(ticks)


def test_eleven_series_have_colours_of_their_own() -> None:
    svg = point_chart("t", "x", "y", [Series(str(i), [i], [i]) for i in range(11)])
    assert len(set(re.findall(r'<circle[^>]*fill="(#\w+)"', svg))) == 11
