"""Files of rows that are not JSONL: a JSON array, objects over several lines, CSV. They are brought to JSONL."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from app.errors import InvalidRequest

COLUMNS = frozenset(
    "question context contexts answer answers prompt completion response instruction input output system document "
    "document_id title language".split()
)
DELIMITERS = ",;\t"
MOST_CELL_CHARS = 131_072  # also where another part of this process has raised the limit of csv
NULL = "null"  # in a cell: as in JSON
Numbered = tuple[int, str]  # line number in the file, from 1, and the row as JSON


def jsonl_lines(text: str) -> list[str]:
    """The lines of a file as JSONL, each row on the line on which it begins, where rows do not share lines.

    Raises InvalidRequest if the file is of no known form.
    """
    lines = text.split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("["):
        return _placed(_array(text))
    if first.startswith("{"):
        return lines if _is_json(first) else _objects(text) or lines
    if not first:
        return lines
    return _placed(_table(text, first))


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _array(text: str) -> list[Numbered]:
    try:
        return list(_values(text, text.index("[") + 1, "]"))
    except json.JSONDecodeError as fault:
        problem = f"line {fault.lineno}: Not JSON: {fault.msg}"
    except (ValueError, RecursionError) as fault:  # a number of too many digits, values nested too deeply
        problem = f"Not JSON: {str(fault)[:120]}"
    raise _invalid(f"{problem}. The file begins with '[', so it is read as a JSON array")


def _objects(text: str) -> list[str]:
    """The lines of objects that are written one after the other, over several lines each; empty if one is no JSON."""
    try:
        return _placed(list(_values(text, 0, "")))
    except (ValueError, RecursionError):
        return []


def _values(text: str, place: int, end: str) -> Iterator[Numbered]:
    """The JSON values from `place` to the character `end`, with their lines; commas between them are skipped."""
    decoder, line, counted = json.JSONDecoder(), 1, 0
    while True:
        while place < len(text) and text[place] in " \t\r\n,":
            place += 1
        if place == len(text) and end:
            raise json.JSONDecodeError(f"{end!r} is missing at the end", text, place)
        if place == len(text) or text[place] == end:
            return
        line, counted = line + text.count("\n", counted, place), place
        value, place = decoder.raw_decode(text, place)
        yield line, _json(value)


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which the check of the row refuses
        return json.dumps(value)
    return text


def _table(text: str, header: str) -> list[Numbered]:
    delimiter = max(DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    names: list[str] = []
    rows: list[Numbered] = []
    line = 1
    try:
        for cells in reader:
            if names and cells:
                rows.append((line, _json(_record(names, cells))))
            names = names or _columns(cells)
            line = reader.line_num + 1
    except csv.Error as fault:
        raise _invalid(f"line {line}: {fault}") from None
    return rows


def _columns(cells: Sequence[str]) -> list[str]:
    """The names of the columns in the first line that is not blank. Raises InvalidRequest if they name no row."""
    names = [name.strip().lower() for name in cells]
    if any(names) and len(COLUMNS.intersection(names)) < 2:
        raise _invalid(
            "The file is neither JSONL (one JSON object a line), nor a JSON array, nor CSV whose first line names "
            "columns such as question, context, answer, or prompt, completion"
        )
    return names if any(names) else []


def _record(names: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """A row of a table. An empty cell is no field; `null` teaches a refusal, as in JSON. Raises csv.Error."""
    if len(cells) > len(names):
        raise csv.Error(f"the row has {len(cells)} cells for {len(names)} columns; put texts into quotation marks")
    if any(len(cell) > MOST_CELL_CHARS for cell in cells):
        raise csv.Error(f"field larger than {MOST_CELL_CHARS:,} characters")
    filled = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell.strip()}
    return {name: None if cell.strip() == NULL else cell for name, cell in filled.items()}


def _placed(rows: Sequence[Numbered]) -> list[str]:
    """Lines with each row on its own line number, and blank lines between; one after the other if two share one."""
    numbers = [number for number, _ in rows]
    if len(set(numbers)) < len(numbers):
        return [row for _, row in rows]
    lines = [""] * max(numbers, default=0)
    for number, row in rows:
        lines[number - 1] = row
    return lines


def _invalid(problem: str) -> InvalidRequest:
    return InvalidRequest(f"{problem}.", param="file", code="dataset_invalid")
