"""Charts of Office files as tables: title, names of series, categories and the values that the chart shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.parsing.formats.number_formats import format_number
from app.documents.parsing.formats.opc import Element, local
from app.documents.parsing.text_cleanup import collapse_spaces

MAX_POINTS = 20_000  # of a chart
MAX_SERIES = 200
CATEGORY_AXES = {"catAx", "dateAx"}
Points = dict[int, str]  # value by place


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    header: tuple[str, ...]  # what the categories are, and the series; empty without data
    rows: tuple[tuple[str, ...], ...]


def read_chart(root: Element) -> Chart:
    """The cached data of a chart part. A chart without data has its title only."""
    title = next((_rich_text(e) for e in _path(root, "chart", "title")), "")
    series = [_series(e) for _, e in zip(range(MAX_SERIES), _all(root, "ser"), strict=False)]
    series = [(name, labels, values) for name, labels, values in series if values]
    if not series:
        return Chart(title or _title_of_newer(root), *_newer(root))
    labels: Points = {}
    for _, own, values in series:
        labels |= {place: own.get(place, "") for place in values if not labels.get(place)}
    axis = next((_rich_text(e) for kind in CATEGORY_AXES for e in _path(root, "chart", "plotArea", kind, "title")), "")
    places = sorted(labels)[: MAX_POINTS // len(series)]
    rows = [(labels[place], *(values.get(place, "") for _, _, values in series)) for place in places]
    names = [name or (title if len(series) == 1 else f"Series {i}") for i, (name, _, _) in enumerate(series, 1)]
    return Chart(title, (axis, *names), tuple(rows))


def _series(element: Element) -> tuple[str, Points, Points]:
    """Name, categories and values; points of a scatter chart have their x as category."""
    parts = {local(child): child for child in element}
    name = " ".join(_points(parts["tx"]).values()) if "tx" in parts else ""
    labels = next((_points(parts[kind]) for kind in ("cat", "xVal") if kind in parts), {})
    values = next((_points(parts[kind]) for kind in ("val", "yVal") if kind in parts), {})
    return collapse_spaces(name), labels, values


def _points(element: Element) -> Points:
    """Cached points by place; the levels of nested categories are joined, the outer one first."""
    caches = [e for e in element.iter() if local(e) in {"strCache", "numCache", "strLit", "numLit", "lvl"}]
    if not caches:
        return {0: text} if (text := collapse_spaces(" ".join(_texts(element, "v")))) else {}
    found: Points = {}
    for level, cache in enumerate(caches):
        code = next(iter(_texts(cache, "formatCode")), "General")
        numeric = local(cache).startswith("num")
        points = {
            int(point.get("idx", "0")): _shown(text, code) if numeric else text
            for point in cache
            if local(point) == "pt" and point.get("idx", "0").isdecimal() and (text := "".join(_texts(point, "v")))
        }
        if level and len(caches) > 1:
            points = _spread(points, found)
            found = {place: collapse_spaces(f"{points.get(place, '')} {label}") for place, label in found.items()}
        else:
            found = points
    return found


def _spread(outer: Points, inner: Points) -> Points:
    """An outer category holds until the next one."""
    spread, last = {}, ""
    for place in sorted(inner):
        last = outer.get(place, last)
        spread[place] = last
    return spread


def _shown(text: str, code: str) -> str:
    try:
        return format_number(float(text), code)
    except ValueError:
        return text


def _newer(root: Element) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Categories and values of the chart kinds of 2016 (funnel, waterfall, tree map)."""
    columns: list[list[str]] = []
    for kind in ("strDim", "numDim"):
        for dimension in _all(root, kind):
            level = next((e for e in dimension.iter() if local(e) == "lvl"), None)
            if level is not None:
                columns.append([collapse_spaces(p.text or "") for p in level if local(p) == "pt"][:MAX_POINTS])
    if not columns or not any(columns):
        return (), ()
    names = [
        collapse_spaces("".join(_texts(tx, "v"))) for ser in _all(root, "series") for tx in ser if local(tx) == "tx"
    ]
    header = ("", *(names + [""] * len(columns))[: len(columns) - 1])
    return header, tuple(zip(*columns, strict=False))


def _title_of_newer(root: Element) -> str:
    return next((text for e in _all(root, "title") if (text := _rich_text(e))), "")


def _all(root: Element, name: str) -> list[Element]:
    return [e for e in root.iter() if local(e) == name]


def _path(root: Element, *names: str) -> list[Element]:
    found = [root]
    for name in names:
        found = [child for element in found for child in element if local(child) == name]
    return found


def _texts(root: Element, name: str) -> list[str]:
    return [e.text or "" for e in root.iter() if local(e) == name]


def _rich_text(title: Element) -> str:
    return collapse_spaces("".join(_texts(title, "t")) or " ".join(_texts(title, "v")))
