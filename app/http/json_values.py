"""The JSON of requests, in bodies and in fields of forms: only values that every part of the service can hold.

Numbers are finite and integers have at most 64 bits; texts and names are Unicode without lone surrogates and NUL.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from app.domain.stored_values import why_unstorable
from app.errors import InvalidRequest

LONGEST_PLACE = 200  # characters of it that a message shows
# Text without any of these has no value that is refused: only numbers with many digits or a large exponent, and
# escapes of NUL and surrogates, need a look at the values themselves.
SUSPECT = re.compile(r"NaN|Infinity|\d{19}|[eE]\+?\d{3}|\\u(?:0000|[dD][89a-fA-F])")
Place = tuple["Place | None", str | int]  # a field, or a number in a list, and the place that it is in


def read_json(content: bytes | str, *, param: str = "") -> Any:
    """The value that the text holds. `param` is the field of a form that it is from.

    Raises json.JSONDecodeError if it is not JSON in UTF-8, InvalidRequest for a value that is refused, by its place.
    """
    text = _decoded(content)
    where = param or "body"
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        raise
    except RecursionError:
        raise InvalidRequest(f"{where}: is nested too deeply.", param=where) from None
    except ValueError:  # Python reads no integer of thousands of digits
        raise InvalidRequest(f"{where}: has a number of too many digits.", param=where) from None
    if SUSPECT.search(text) is not None or (isinstance(content, str) and why_unstorable(text) is not None):
        refuse_unstorable(value, param)
    return value


def refuse_unstorable(value: Any, param: str = "") -> None:
    """Raises InvalidRequest for the first value within `value` that cannot be stored; `param` is where `value` is."""
    for place, problem in _faults(value, (None, param) if param else None):
        where = shown_place(place)
        raise InvalidRequest(f"{where}: {problem}.", param=where)


def shown_place(place: Place | None) -> str:
    """A place as `filters.year.gte`, whatever its names hold."""
    names = []
    while place is not None:
        place, name = place
        names.append(str(name))
    text = ".".join(reversed(names)) or "body"
    return text.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")[:LONGEST_PLACE]


def _decoded(content: bytes | str) -> str:
    if isinstance(content, str):
        return content
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise json.JSONDecodeError("not UTF-8", "", fault.start) from None


def _faults(value: Any, place: Place | None) -> Iterator[tuple[Place | None, str]]:
    """Where the values are that are refused, and why. It does not recurse: the value may be nested deeply."""
    if not isinstance(value, dict | list):
        if (problem := why_unstorable(value)) is not None:
            yield place, problem
        return
    waiting: list[tuple[Place | None, Any]] = [(place, value)]
    while waiting:
        place, within = waiting.pop()
        if isinstance(within, dict):
            for name in within:
                if (problem := why_unstorable(name)) is not None:
                    yield (place, name), f"the name of the field {problem}"
        for name, inner in within.items() if isinstance(within, dict) else enumerate(within):
            if isinstance(inner, dict | list):
                waiting.append(((place, name), inner))
            elif (problem := why_unstorable(inner)) is not None:
                yield (place, name), problem
