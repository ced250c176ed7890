"""Finds ruled tables: a grid of lines or boxes that the page draws."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.documents.parsing.formats.pdf.layout import Box

SNAP = 3.0  # points: lines as near as that are one
SHORTEST = 4.0  # points of a ruling
THICKEST = 3.0
NARROWEST = 12.0  # points of a column or row at an open side
MAX_RULINGS = 2000  # of one page; a drawing has more
MAX_CELLS = 10_000  # of one grid


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at `row` and `column` of a grid that goes over `rows` and `columns` of it."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    closed: bool = True  # lines are drawn on all sides


@dataclass(frozen=True, slots=True)
class Grid:
    cells: tuple[GridCell, ...]  # row by row
    box: Box


@dataclass(frozen=True, slots=True)
class _Ruling:
    """A line at `place` across its direction, from `start` to `end` along it."""

    place: float
    start: float
    end: float


def find_grids(boxes: Iterable[Box]) -> list[Grid]:
    """Grids of at least two cells in the thin boxes (lines) and the edges of the larger ones, from top to bottom."""
    across, down = _rulings(boxes)
    if not across or not down or len(across) + len(down) > MAX_RULINGS:
        return []
    grids = [grid for cluster in _clusters(across, down) if (grid := _grid(*cluster))]
    return sorted(grids, key=lambda grid: grid.box.top)


def _rulings(boxes: Iterable[Box]) -> tuple[list[_Ruling], list[_Ruling]]:
    across: set[_Ruling] = set()
    down: set[_Ruling] = set()
    for box in boxes:
        if box.height <= THICKEST:
            across.add(_Ruling((box.top + box.bottom) / 2, box.left, box.right))
        elif box.width <= THICKEST:
            down.add(_Ruling((box.left + box.right) / 2, box.top, box.bottom))
        else:
            across |= {_Ruling(place, box.left, box.right) for place in (box.top, box.bottom)}
            down |= {_Ruling(place, box.top, box.bottom) for place in (box.left, box.right)}
    return _merged(across), _merged(down)


def _merged(rulings: Iterable[_Ruling]) -> list[_Ruling]:
    """Rulings with those on one line joined where they touch."""
    merged: list[_Ruling] = []
    for group in _near(sorted(rulings, key=lambda ruling: ruling.place)):
        place = sum(ruling.place for ruling in group) / len(group)
        start = end = None
        for ruling in sorted(group, key=lambda ruling: ruling.start):
            if start is not None and end is not None and ruling.start <= end + SNAP:
                end = max(end, ruling.end)
                continue
            if start is not None and end is not None:
                merged.append(_Ruling(place, start, end))
            start, end = ruling.start, ruling.end
        if start is not None and end is not None:
            merged.append(_Ruling(place, start, end))
    return [ruling for ruling in merged if ruling.end - ruling.start >= SHORTEST]


def _near(ordered: list[_Ruling]) -> Iterator[list[_Ruling]]:
    group: list[_Ruling] = []
    for ruling in ordered:
        if group and ruling.place - group[0].place > SNAP:
            yield group
            group = []
        group.append(ruling)
    if group:
        yield group


def _clusters(across: list[_Ruling], down: list[_Ruling]) -> Iterator[tuple[list[_Ruling], list[_Ruling]]]:
    """Rulings that hang together by crossing or touching."""
    parent = list(range(len(across) + len(down)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    places = [ruling.place for ruling in across]  # in order
    for number, ruling in enumerate(down, start=len(across)):
        for other in range(bisect_left(places, ruling.start - SNAP), len(across)):
            if across[other].place > ruling.end + SNAP:
                break
            if across[other].start - SNAP <= ruling.place <= across[other].end + SNAP:
                parent[root(other)] = root(number)
    clusters: dict[int, tuple[list[_Ruling], list[_Ruling]]] = {}
    for place in range(len(parent)):
        lines = clusters.setdefault(root(place), ([], []))
        if place < len(across):
            lines[0].append(across[place])
        else:
            lines[1].append(down[place - len(across)])
    yield from clusters.values()


def _grid(across: list[_Ruling], down: list[_Ruling]) -> Grid | None:
    if not across or not down:
        return None
    across, down = [*across, *_open_sides(across, down)], [*down, *_open_sides(down, across)]
    xs, ys = _places(down), _places(across)
    width, height = len(xs) - 1, len(ys) - 1
    if width < 1 or height < 1 or width * height < 2 or width * height > MAX_CELLS:
        return None
    verticals, horizontals = [_at(x, down) for x in xs], [_at(y, across) for y in ys]
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            columns = _steps(verticals, column, (ys[row] + ys[row + 1]) / 2)
            rows = _steps(horizontals, row, (xs[column] + xs[column + 1]) / 2)
            taken |= {(row + i, column + k) for i in range(rows) for k in range(columns)}
            box = Box(xs[column], ys[row], xs[column + columns], ys[row + rows])
            x, y = box.centre
            sides = (
                *(_is_drawn(verticals[place], y) for place in (column, column + columns)),
                *(_is_drawn(horizontals[place], x) for place in (row, row + rows)),
            )
            cells.append(GridCell(row, column, rows, columns, box, all(sides)))
    if len(cells) < 2:
        return None
    return Grid(tuple(cells), Box(xs[0], ys[0], xs[-1], ys[-1]))


def _open_sides(rulings: list[_Ruling], crossing: list[_Ruling]) -> list[_Ruling]:
    """The sides of a table that are not drawn: where the lines across them end, beyond the first or the last line."""
    first, last = min(ruling.place for ruling in rulings), max(ruling.place for ruling in rulings)
    start, end = min(ruling.start for ruling in crossing), max(ruling.end for ruling in crossing)
    along = (min(ruling.start for ruling in rulings), max(ruling.end for ruling in rulings))
    sides = [start] if start < first - NARROWEST else []
    sides += [end] if end > last + NARROWEST else []
    return [_Ruling(side, *along) for side in sides]


def _at(place: float, rulings: list[_Ruling]) -> list[_Ruling]:
    return [ruling for ruling in rulings if abs(ruling.place - place) <= SNAP]


def _steps(rulings: list[list[_Ruling]], start: int, along: float) -> int:
    """Places from `start` to the next one where a line is drawn at `along`."""
    end = start + 1
    while end < len(rulings) - 1 and not _is_drawn(rulings[end], along):
        end += 1
    return end - start


def _is_drawn(rulings: list[_Ruling], along: float) -> bool:
    return any(ruling.start - SNAP <= along <= ruling.end + SNAP for ruling in rulings)


def _places(rulings: list[_Ruling]) -> list[float]:
    ordered = sorted({ruling.place for ruling in rulings})
    places = ordered[:1]
    for before, place in pairwise(ordered):
        if place - before > SNAP:
            places.append(place)
    return places
