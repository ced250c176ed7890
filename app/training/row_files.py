"""Files of rows that are not JSONL: a JSON array, objects over several lines, CSV. They are brought to JSONL."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from app.errors import InvalidRequest
from app.text.lines import lines_of

COLUMNS = frozenset(
    "question context contexts answer answers prompt completion response instruction input output system document "
    "document_id title language".split()
)
DELIMITERS = ",;\t"
MOST_CELL_CHARS = 131_072  # also where another part of this process has raised the limit of csv
NULL = "null"  # in a cell: as in JSON
Numbered = tuple[int, str]  # line number in the file, from 1, and the row as JSON


def is_jsonl(first: str) -> bool:
    """Whether the lines of a file with this first line, of those that are not blank, are rows as they are."""
    if not first.startswith("{"):
        return not first
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def read_text(path: Path) -> str:
    """Raises InvalidRequest if the file is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise InvalidRequest(f"The file must be UTF-8 text; byte {fault.start} is not.", param="file") from None


def read_lines(path: Path) -> Iterator[str]:
    """The lines of the file, one at a time. Raises InvalidRequest if it is not UTF-8."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for line in file:
                yield line.removesuffix("\n")
    except UnicodeDecodeError:  # tells a place within the piece that was read
        read_text(path)
        raise


def first_line(lines: Iterable[str]) -> str:
    """The first that is not blank, without white space around it; empty if there is none."""
    return next((line.strip() for line in lines if line.strip()), "")


def jsonl_lines(text: str) -> Iterator[str]:
    """The lines of a file as JSONL, one at a time: each row on the line on which it begins, where rows share no lines.

    Raises InvalidRequest, at the row where it turns out, if the file is of no known form.
    """
    first = first_line(lines_of(text))
    if first.startswith("["):
        return _placed(
            _values(text, text.index("[") + 1, "]", "The file begins with '[', so it is read as a JSON array")
        )
    if first.startswith("{") and not is_jsonl(first) and _begins_with_value(text):
        return _placed(_values(text, 0, "", "The file begins with an object over several lines"))
    return lines_of(text) if is_jsonl(first) or first.startswith("{") else _placed(_table(text, first))


def _begins_with_value(text: str) -> bool:
    try:
        json.JSONDecoder().raw_decode(text, text.index("{"))
    except (ValueError, RecursionError):
        return False
    return True


def _values(text: str, place: int, end: str, form: str) -> Iterator[Numbered]:
    """The JSON values from `place` to the character `end`, with their lines; commas between them are skipped.

    `form`: how the file is read, for errors. Raises InvalidRequest.
    """
    try:
        yield from _decoded(text, place, end)
    except json.JSONDecodeError as fault:
        raise _invalid(f"line {fault.lineno}: Not JSON: {fault.msg}. {form}") from None
    except (ValueError, RecursionError) as fault:  # a number of too many digits, values nested too deeply
        raise _invalid(f"Not JSON: {str(fault)[:120]}. {form}") from None


def _decoded(text: str, place: int, end: str) -> Iterator[Numbered]:
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


def _table(text: str, header: str) -> Iterator[Numbered]:
    delimiter = max(DELIMITERS, key=header.count)
    reader = csv.reader((f"{line}\n" for line in lines_of(text)), delimiter=delimiter)
    names: list[str] = []
    line = 1
    try:
        for cells in reader:
            if names and cells:
                yield line, _json(_record(names, cells))
            names = names or _columns(cells)
            line = reader.line_num + 1
    except csv.Error as fault:
        raise _invalid(f"line {line}: {fault}") from None


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


def _placed(rows: Iterable[Numbered]) -> Iterator[str]:
    """Lines with each row on its own line number, and blank lines between; on the next one if a row has it already."""
    line = 0
    for number, row in rows:
        for _ in range(line + 1, number):
            yield ""
        line = max(line + 1, number)
        yield row


def _invalid(problem: str) -> InvalidRequest:
    return InvalidRequest(f"{problem}.", param="file", code="dataset_invalid")
