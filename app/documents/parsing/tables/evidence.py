"""What speaks for the first row of a table being its header, where neither the file nor its style says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeAlias

from app.documents.parsing.tables.cell_kinds import (
    RANGE,
    is_column_name,
    is_period,
    is_scale,
    is_series,
    kind_of,
    year_of,
)
from app.documents.parsing.tables.grid import GridRow

MOST = 0.8  # share of the cells of a column that are of one kind
LABELS = 1 / 3  # share of usual column names in the first column, from which they are labels of rows
FEWEST_REPEATING = 8  # rows
TELLING = ("number", "address", "code", "mark")  # kinds that words stand above
NEVER_NAMES = {"number", "address", "sentence", "mark"}
IDENTIFIER = re.compile(r"[a-z]+(?:_[a-z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]+)+")


def speaks_for_header(first: GridRow, body: list[GridRow]) -> bool:
    """True if something does, and nothing in the row looks like data."""
    return len(first.filled) > 1 and _may_be_header(first, body) and any(judge(first, body) for judge in EVIDENCE)


def has_periods(first: GridRow, body: list[GridRow]) -> bool:
    """True for years in order, quarters, months, steps or numbered names beside other names."""
    columns = period_columns(first)
    names = [first.texts[column] for column in first.filled]
    if is_series(names) or is_series(names[1:]):
        return True
    if not columns or _has_gaps(first):
        return False
    others = [first.texts[column] for column in first.filled if column not in columns]
    if len(columns) == 1 and not (others and all(map(is_column_name, others))):
        return False
    years = [year for column in columns if (year := year_of(first.texts[column])) is not None]
    if any(a == b for a, b in pairwise(years)) or years not in (sorted(years), sorted(years, reverse=True)):
        return False
    return not _looks_like(first, body, columns)


def period_columns(first: GridRow) -> list[int]:
    """Columns named by a period of time or a step of a scale."""
    steps = first.filled[1:] if first.texts and first.texts[0] else first.filled
    if is_scale([first.texts[column] for column in steps]):
        return steps
    return [column for column in first.filled if is_period(first.texts[column])]


def share(rows: Sequence[GridRow], column: int, kind: str) -> float:
    """The share of a kind among the cells of a column that say something; "free" beside numbers says nothing."""
    texts = [row.texts[column] for row in rows if column < len(row.texts) and row.texts[column]]
    told = [(found, text) for text in texts if (found := kind_of(text)) != "blank"]
    alike = sum(found == kind for found, _ in told)
    others = sum(found != "words" or not text[0].islower() for found, text in told if found != kind)
    if kind != "number" or alike * 2 < len(told):
        others = len(told) - alike
    return alike / (alike + others) if alike else 0.0


def is_card(first: GridRow, body: Sequence[GridRow]) -> bool:
    """True if two columns may be labels and values: usual names on the left, or small letters on the right."""
    if first.filled != [0, 1] or max(len(row.filled) for row in body) > 2:
        return False
    labels = [row.texts[0] for row in body if row.filled]
    if labels and sum(map(is_column_name, labels)) >= LABELS * len(labels):
        return True
    left, right = first.texts[0], first.texts[1]
    return left[0].isupper() and right[0].islower()


def _looks_like(first: GridRow, body: list[GridRow], columns: list[int]) -> bool:
    """True if the rows below hold periods or steps too: they are values."""
    below = [row.texts[column] for row in body for column in columns if column < len(row.texts) and row.texts[column]]
    if not below or sum(map(is_period, below)) * 2 >= len(below):
        return True
    names = [first.texts[column] for column in columns]
    if all(map(is_period, names)) or not is_scale(names) or any(RANGE.search(name) for name in names):
        return False
    return any(is_scale([row.texts[column] for column in columns if column < len(row.texts)]) for row in body)


def _has_gaps(first: GridRow) -> bool:
    """True if there are empty cells between the names: these may be names of groups."""
    return any(not text for text in first.texts[1 : first.filled[-1]])


def _may_be_header(first: GridRow, body: list[GridRow]) -> bool:
    """False if the first row has an amount, an address, a sentence, a name twice, or a value that comes again."""
    names = [first.texts[column] for column in first.filled]
    periods = period_columns(first)
    others = [first.texts[column] for column in first.filled if column not in periods]
    if len(set(names)) < len(names) or any(kind_of(name) in NEVER_NAMES for name in others):
        return False
    for column in first.filled:
        below = (row.texts[column] for row in body if column < len(row.texts) and row.texts != first.texts)
        if first.texts[column] in below:
            return False
    return True


def _has_usual_names(first: GridRow, body: list[GridRow]) -> bool:
    """Usual names of columns, in half of the cells; of a table of two columns in both, and not in the rows below."""
    known = [column for column in first.filled if _names_column(first, body, column)]
    if len(first.filled) == 2:
        return len(known) == 2 and not is_card(first, body)
    return len(known) * 2 >= len(first.filled)


def _names_column(first: GridRow, body: list[GridRow], column: int) -> bool:
    """True for a usual name of a column above cells that hold no such name."""
    below = [row.texts[column] for row in body if column < len(row.texts) and row.texts[column]]
    return is_column_name(first.texts[column]) and sum(map(is_column_name, below)) <= LABELS * len(below)


def _differs_in_case(first: GridRow, body: list[GridRow]) -> bool:
    """Names such as first_name or CITY above texts that are not written like that; or capitals above small letters."""
    names = [first.texts[column] for column in first.filled]
    letters = [text for row in body for text in row.texts if any(map(str.isalpha, text))]
    if sum(bool(IDENTIFIER.fullmatch(name)) for name in names) * 2 >= len(names):
        return not any(IDENTIFIER.fullmatch(text) for text in letters)
    if not letters or is_card(first, body):
        return False
    if all(name.isupper() and len(name) > 1 for name in names):
        return sum(text.isupper() for text in letters) * 4 < len(letters)
    return all(name[0].isupper() for name in names) and all(text[0].islower() for text in letters)


def _differs_in_kind(first: GridRow, body: list[GridRow]) -> bool:
    """Words above a column of numbers, addresses, codes or marks, or above sentences in half of the columns.

    In a table of two columns, codes and marks may be the values of labels.
    """
    if is_card(first, body) or len(first.filled) * 2 < max(len(row.filled) for row in body):
        return False
    columns = [column for column in first.filled if kind_of(first.texts[column]) == "words"]
    kinds = TELLING if len(first.filled) > 2 else TELLING[:2]
    if any(share(body, column, kind) >= MOST for column in columns for kind in kinds):
        return True
    return sum(share(body, column, "sentence") >= MOST for column in columns) * 2 >= max(2, len(first.filled))


def _has_tall_labels(first: GridRow, body: list[GridRow]) -> bool:
    """A cell of its own above labels that span rows."""
    return any(all(column in row.tall for row in body) for column in set(first.filled) - first.tall)


def _comes_once(first: GridRow, body: list[GridRow]) -> bool:
    """Names that do not come again above columns in which all values do."""
    if len(body) < FEWEST_REPEATING or _has_gaps(first):
        return False
    repeating = 0
    for column in first.filled:
        counts = Counter(row.texts[column] for row in body if column < len(row.texts) and row.texts[column])
        repeating += sum(counts.values()) * 2 > len(body) and sum(n == 1 for n in counts.values()) == 0
    return repeating >= 2 or (repeating == 1 and len(body) >= 2 * FEWEST_REPEATING)


Judge: TypeAlias = Callable[[GridRow, list[GridRow]], bool]
EVIDENCE: tuple[Judge, ...] = (
    has_periods,
    _has_usual_names,
    _differs_in_case,
    _differs_in_kind,
    _has_tall_labels,
    _comes_once,
)
