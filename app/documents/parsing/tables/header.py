"""Which rows of a table are its header. A wrong header is worse than none: without evidence there is none."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.parsing.tables.cell_kinds import is_column_name, is_period, kind_of
from app.documents.parsing.tables.evidence import LABELS, MOST, has_periods, period_columns, share, speaks_for_header
from app.documents.parsing.tables.grid import GridRow

SAMPLE_ROWS = 200
MAX_HEADER_ROWS = 5
LONGEST_UNIT = 12  # characters


def find_header(rows: Sequence[GridRow]) -> list[list[str]]:
    """The texts of the header's rows, which are the first ones; none if nothing speaks for a header."""
    height = _height(rows)
    if height == 0 and _has_gapped_groups(rows):
        return [_filled_right(rows[0].texts, rows[1].texts), rows[1].texts]
    return [row.texts for row in rows[:height]]


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


def _height(rows: Sequence[GridRow]) -> int:
    if len(rows) < 2:
        return 0
    if _is_marked_card(rows):
        return 0
    said = _by_markup(rows) or _by_style(rows)
    return _with_second_row(rows, said) if said else _by_evidence(rows)


def _by_evidence(rows: Sequence[GridRow]) -> int:
    first, *body = rows[: SAMPLE_ROWS + 1]
    if first.values:
        return 0
    if _names_rows(rows):
        return int(len(first.filled) > 2 and len(period_columns(first)) > 1 and has_periods(first, body))
    if _is_grouped(rows) or (_has_units(rows) and speaks_for_header(first, body[1:])):
        return 2
    return int(speaks_for_header(first, body))


def _by_markup(rows: Sequence[GridRow]) -> int:
    return _leading([is_all(row.headers, row) for row in rows[: MAX_HEADER_ROWS + 1]], len(rows))


def _is_marked_card(rows: Sequence[GridRow]) -> bool:
    """True for labels and values below a header row that only the notation asks for, as in Markdown: its second name
    is a value too.
    """
    first, *body = rows[: SAMPLE_ROWS + 1]
    if first.filled != [0, 1] or kind_of(first.texts[1]) not in {"code", "number"} or is_period(first.texts[1]):
        return False
    labels = [row.texts[0] for row in (first, *body) if row.filled]
    return all(row.filled == [0, 1] for row in body) and sum(map(is_column_name, labels)) >= LABELS * len(labels)


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
    if len(set(names)) < 2 or not all(kind_of(name) in {"words", "code"} or is_period(name) for name in names):
        return False
    numeric = any(share(body[:SAMPLE_ROWS], column, "number") >= MOST for column in columns)
    return numeric or len(set(names)) < len(names)


def _is_grouped(rows: Sequence[GridRow]) -> bool:
    """Merged names above the names of their parts."""
    first, second = rows[0], rows[1]
    texts = (*first.texts, *second.texts)
    plain = all(kind_of(text) in {"words", "code", "blank"} or is_period(text) for text in texts)
    return len(rows) > 2 and plain and _divides(first, second, rows[2:])


def _has_gapped_groups(rows: Sequence[GridRow]) -> bool:
    """True if a first row with gaps names groups whose parts, the same for each, stand in the second: a merged header
    that lost its spans, as in CSV.
    """
    if len(rows) < 3:
        return False
    first, second = rows[0], rows[1]
    names = [text for text in second.texts if text]
    repeated = {name for name in names if names.count(name) > 1}
    groups = [first.texts[column] for column in first.filled if column > 0]
    plain = all(kind_of(text) in {"words", "code"} or is_period(text) for text in (*names, *groups))
    if not repeated or not plain or len(first.filled) >= len(names) or len(set(groups)) < max(2, len(groups)):
        return False
    columns = [column for column, text in enumerate(second.texts) if text in repeated]
    return all(share(rows[2 : SAMPLE_ROWS + 2], column, "number") >= MOST for column in columns)


def _filled_right(names: list[str], parts: list[str]) -> list[str]:
    """Names of groups above each of their parts; the parts begin anew with each group."""
    filled: list[str] = []
    seen: set[str] = set()
    for column, part in enumerate(parts):
        name = names[column] if column < len(names) else ""
        if name:
            seen = set()
        elif filled and part not in seen and parts.count(part) > 1:
            name = filled[-1]
        seen.add(part)
        filled.append(name)
    return filled


def _has_units(rows: Sequence[GridRow]) -> bool:
    """True if the second row has no label and, below the names of numbers, nothing but short words: "kg", "bar"."""
    if len(rows) < 4:
        return False
    second = rows[1]
    return (
        bool(rows[0].texts[0])
        and bool(second.filled)
        and second.filled[0] > 0
        and all(len(second.texts[column]) <= LONGEST_UNIT for column in second.filled)
        and all(share(rows[2 : SAMPLE_ROWS + 2], column, "number") >= MOST for column in second.filled)
    )


def _names_rows(rows: Sequence[GridRow]) -> bool:
    """True if the file marks the first cell of the first row, and not the others, as a label."""
    first = rows[0]
    marked = first.headers or (first.bold if rows[1].bold else frozenset())
    return 0 in marked and bool(first.texts[0]) and not is_all(marked, first)
