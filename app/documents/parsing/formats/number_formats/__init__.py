"""Numbers and dates as a spreadsheet shows them: by the format codes of Excel (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

from math import isfinite

from app.documents.parsing.formats.number_formats.codes import Section, read_code
from app.documents.parsing.formats.number_formats.dates import format_date
from app.documents.parsing.formats.number_formats.digits import fill_places
from app.documents.parsing.formats.number_formats.simple import simple_format

LONGEST_CODE = 255
WHOLE_DIGITS = 15  # a whole number of more is shown as a power of ten
DECIMALS = 10


def format_number(number: float, code: str, *, date_1904: bool = False) -> str:
    """`number` as a cell with the format `code` shows it."""
    number = float(number)
    if not isfinite(number):
        return str(number)
    if (simple := simple_format(code)) is not None:
        return simple.show(number)
    section, unsigned = _chosen(read_code(code[:LONGEST_CODE]), number)
    if section is None:
        return general(number)
    if section.is_date:
        shown = format_date(number, section.tokens, section.language, date_1904=date_1904)
        return general(number) if shown is None else shown
    kinds = {kind for kind, _ in section.tokens}
    if "digit" in kinds and not kinds & {"general", "at"}:
        return fill_places(abs(number) if unsigned else number, section.tokens)
    return "".join(
        general(number) if kind in {"general", "at"} else text
        for kind, text in section.tokens
        if kind in {"general", "at", "text"}
    ).strip()


def format_text(text: str, code: str) -> str:
    """Text as a cell with the format `code` shows it: a fourth section may add words."""
    sections = read_code(code[:LONGEST_CODE])
    with_place = [s for s in sections if any(kind == "at" for kind, _ in s.tokens)]
    section = sections[3] if len(sections) > 3 else (with_place[-1] if with_place else None)
    if section is None:
        return text
    return "".join(text if kind == "at" else literal for kind, literal in section.tokens if kind in {"at", "text"})


def general(number: float) -> str:
    """A number without a format: whole if it is whole, at most ten decimals."""
    if number.is_integer() and abs(number) < 10**WHOLE_DIGITS:
        return str(int(number))
    if not 1e-9 < abs(number) < 10**WHOLE_DIGITS:
        return f"{number:.6g}"
    whole = len(str(int(abs(number))))
    shown = f"{number:.{max(2, DECIMALS - whole)}f}" if abs(number) >= 1e-4 else f"{number:.{DECIMALS + 4}f}"
    return shown.rstrip("0").rstrip(".")


def _chosen(sections: tuple[Section, ...], number: float) -> tuple[Section | None, bool]:
    """The section for a number, and whether that section says the sign itself."""
    if len(sections) > 1 and any(kind == "at" for kind, _ in sections[-1].tokens):
        sections = sections[:-1]  # for text
    if any(section.condition for section in sections):
        for section in sections[:3]:
            if section.condition is None or _holds(section.condition, number):
                return section, section.condition is not None and number < 0 and len(sections) > 1
        return None, False
    if number < 0 and len(sections) > 1:
        return sections[1], True
    if number == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], False


def _holds(condition: tuple[str, float], number: float) -> bool:
    sign, bound = condition
    return {
        "<": number < bound,
        "<=": number <= bound,
        ">": number > bound,
        ">=": number >= bound,
        "=": number == bound,
        "<>": number != bound,
    }[sign]
