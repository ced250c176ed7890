"""Which rows of a table are its header. A wrong header is worse than none: without evidence there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeAlias

from app.documents.parsing.tables.cell_kinds import is_column_name, is_period, is_series, kind_of, year_of
from app.documents.parsing.tables.grid import GridRow

SAMPLE_ROWS = 200
MAX_HEADER_ROWS = 5
MOST = 0.8  # share of the cells of a column that are of one kind
LABELS = 1 / 3  # share of usual column names in the first column, from which they are labels of rows
IDENTIFIER = re.compile(r"[a-z]+(?:_[a-z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]+)+")


def header_height(rows: Sequence[GridRow]) -> int:
    """How many of the first rows are the header; 0 if nothing speaks for one."""
    if len(rows) < 2:
        return 0
    first, *body = rows[: SAMPLE_ROWS + 1]
    for said in (_by_markup(rows), _by_style(rows)):
        if said:
            return _with_second_row(rows, said)
    if first.values or len(first.filled) < 2:
        return 0
    if _names_rows(rows):
        return int(len(first.filled) > 2 and _may_be_header(first, body) and _by_periods(first, body))
    if _is_grouped(rows):
        return 2
    return int(_may_be_header(first, body) and any(judge(first, body) for judge in EVIDENCE))


def is_all(columns: frozenset[int], row: GridRow) -> bool:
    """True if every filled cell of the row is one of `columns`."""
    return bool(row.filled) and columns.issuperset(row.filled)


def labels_rows(rows: Sequence[GridRow]) -> bool:
    """True if the first column says what stands in the second, row by row, as on a record card."""
    pairs = [row for row in rows if row.filled]
    if not pairs or any(row.filled[-1] > 1 for row in pairs):
        return False
    names = [row.texts[0] for row in pairs]
    if len(pairs) > 1 and all(row.bold == {0} for row in pairs if row.filled == [0, 1]):
        return any(row.filled == [0, 1] for row in pairs)
    known = sum(is_column_name(name) for name in names)
    return len(set(names)) == len(names) and known >= 2 and known * 2 >= len(names)


def _by_markup(rows: Sequence[GridRow]) -> int:
    return _leading([is_all(row.headers, row) for row in rows[: MAX_HEADER_ROWS + 1]], len(rows))


def _by_style(rows: Sequence[GridRow]) -> int:
    """Leading rows in bold above rows that are mostly not."""
    bold = [is_all(row.bold, row) and not row.values for row in rows[: SAMPLE_ROWS + 1]]
    return _leading(bold, len(rows)) if sum(bold) * 2 <= len(bold) else 0


def _leading(marked: list[bool], most: int) -> int:
    height = next((place for place, is_marked in enumerate(marked) if not is_marked), len(marked))
    return height if height < most and height <= MAX_HEADER_ROWS else 0


def _with_second_row(rows: Sequence[GridRow], height: int) -> int:
    """A header row with merged cells goes on in the row below that divides them."""
    while height < min(len(rows) - 1, MAX_HEADER_ROWS) and _divides(rows[height - 1], rows[height], rows[height + 1 :]):
        height += 1
    return height


def _divides(above: GridRow, below: GridRow, body: Sequence[GridRow]) -> bool:
    """True if `below` names parts of what `above` spans: different words there, over other kinds of cells."""
    columns = [column for column in sorted(above.merged) if column < len(below.texts)]
    if above.is_bar or below.is_bar or len(columns) < 2:
        return False
    names = [below.texts[column] for column in columns]
    if len(set(names)) < 2 or not all(kind_of(name) == "words" or is_period(name) for name in names):
        return False
    numeric = any(_share(body[:SAMPLE_ROWS], column, "number") >= MOST for column in columns)
    return numeric or len(set(names)) < len(names)


def _is_grouped(rows: Sequence[GridRow]) -> bool:
    first, second = rows[0], rows[1]
    plain = all(kind_of(text) in {"words", "blank"} or is_period(text) for text in (*first.texts, *second.texts))
    return len(rows) > 2 and plain and _divides(first, second, rows[2:])


def _names_rows(rows: Sequence[GridRow]) -> bool:
    """True if the file marks the first cell of the first row, and not the others, as a label."""
    first = rows[0]
    marked = first.headers or (first.bold if rows[1].bold else frozenset())
    return 0 in marked and bool(first.texts[0]) and not is_all(marked, first)


def _may_be_header(first: GridRow, body: list[GridRow]) -> bool:
    """False if the first row has an amount above amounts, a sentence, a name twice, or a value that comes again."""
    names = [first.texts[column] for column in first.filled]
    if len(set(names)) < len(names) or any(kind_of(name) in {"sentence", "address"} for name in names):
        return False
    for column in first.filled:
        name = first.texts[column]
        below = [row.texts[column] for row in body if column < len(row.texts) and row.texts != first.texts]
        if name in below or (kind_of(name) == "number" and not is_period(name)):
            return False
    return True


def _by_periods(first: GridRow, body: list[GridRow]) -> bool:
    """Years in order, quarters, months or numbered names beside other names."""
    columns = [column for column in first.filled if is_period(first.texts[column])]
    others = [column for column in first.filled if column not in columns]
    names = [first.texts[column] for column in first.filled]
    if is_series(names) or is_series(names[1:]):
        return True
    if not columns or any(kind_of(first.texts[column]) == "number" for column in others):
        return False
    if len(columns) == 1 and not all(is_column_name(first.texts[column]) for column in others):
        return False
    years = [year for column in columns if (year := year_of(first.texts[column])) is not None]
    if any(a == b for a, b in pairwise(years)) or years not in (sorted(years), sorted(years, reverse=True)):
        return False
    below = [row.texts[column] for row in body for column in columns if column < len(row.texts) and row.texts[column]]
    return bool(below) and sum(map(is_period, below)) * 2 < len(below)


def _by_names(first: GridRow, body: list[GridRow]) -> bool:
    """Usual names of columns, in half of the cells; of a table of two columns in both, and not in the rows below."""
    known = [column for column in first.filled if _names_column(first, body, column)]
    if any(kind_of(first.texts[column]) == "number" and not is_period(first.texts[column]) for column in first.filled):
        return False
    if len(first.filled) == 2:
        return len(known) == 2 and not _is_card(first, body)
    return len(known) * 2 >= len(first.filled)


def _names_column(first: GridRow, body: list[GridRow], column: int) -> bool:
    """True for a usual name of a column above cells that hold no such name."""
    below = [row.texts[column] for row in body if column < len(row.texts) and row.texts[column]]
    return is_column_name(first.texts[column]) and sum(map(is_column_name, below)) <= LABELS * len(below)


def _by_case(first: GridRow, body: list[GridRow]) -> bool:
    """Names such as first_name or CITY above texts that are not written like that; or capitals above small letters."""
    names = [first.texts[column] for column in first.filled]
    letters = [text for row in body for text in row.texts if any(map(str.isalpha, text))]
    if sum(bool(IDENTIFIER.fullmatch(name)) for name in names) * 2 >= len(names):
        return not any(IDENTIFIER.fullmatch(text) for text in letters)
    if not letters or _is_card(first, body):
        return False
    if all(name.isupper() and len(name) > 1 for name in names):
        return sum(text.isupper() for text in letters) * 4 < len(letters)
    return all(name[0].isupper() for name in names) and all(text[0].islower() for text in letters)


def _by_kinds(first: GridRow, body: list[GridRow]) -> bool:
    """Words above a column of numbers, addresses or sentences."""
    if _is_card(first, body) or len(first.filled) * 2 < max(len(row.filled) for row in body):
        return False
    return any(
        kind_of(first.texts[column]) == "words"
        and any(_share(body, column, kind) >= MOST for kind in ("number", "address", "sentence"))
        for column in first.filled
    )


def _by_tall_labels(first: GridRow, body: list[GridRow]) -> bool:
    """A cell of its own above labels that span rows."""
    return any(all(column in row.tall for row in body) for column in set(first.filled) - first.tall)


def _is_card(first: GridRow, body: list[GridRow]) -> bool:
    """True if two columns may be labels and values: usual names on the left, or small letters on the right."""
    if first.filled != [0, 1] or max(len(row.filled) for row in body) > 2:
        return False
    labels = [row.texts[0] for row in body if row.filled]
    if labels and sum(map(is_column_name, labels)) >= LABELS * len(labels):
        return True
    left, right = first.texts[0], first.texts[1]
    return left[0].isupper() and right[0].islower()


def _share(rows: Sequence[GridRow], column: int, kind: str) -> float:
    """The share of a kind among the cells of a column that say something."""
    kinds = [kind_of(row.texts[column]) for row in rows if column < len(row.texts) and row.texts[column]]
    told = [found for found in kinds if found != "blank"]
    return sum(found == kind for found in told) / len(told) if told else 0.0


Judge: TypeAlias = Callable[[GridRow, list[GridRow]], bool]
EVIDENCE: tuple[Judge, ...] = (_by_periods, _by_names, _by_case, _by_kinds, _by_tall_labels)
