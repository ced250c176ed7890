"""Numbers and dates as a spreadsheet shows them: by the format codes of Excel (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from math import isfinite

from app.documents.parsing.formats.date_formats import DATE_TOKENS, format_date

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
LONGEST_CODE = 255
LONGEST_NUMBER = 400  # digits
MOST_PLACES = 30
WHOLE_DIGITS = 15  # a whole number of more is shown as a power of ten
DECIMALS = 10
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<skipped>.)|\*(?P<filled>.)|'
    r"\[(?P<bracket>[^\]]*)\]|(?P<general>General)|(?P<ampm>AM/PM|A/P)|"
    r"(?P<exponent>E[+-])|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|b+|g+)|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
SIMPLE = re.compile(
    r'(?P<before>"[^"]*"|[€£$] ?)?(?:(?P<grouped>#,##0)|(?P<zeros>0{1,15}))(?:\.(?P<decimals>0{1,15}))?'
    r'(?P<percent>%)?(?P<after>\s*"[^"]*"|\s?[€£$])?'
)
QUOTES = re.compile('"')
HALF_UP = 1e-15  # share added to a number before it is rounded: halves that binary numbers miss are rounded up
CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)\s*(-?[\d.]+)$")
ELAPSED = re.compile(r"^(h+|m+|s+)$", re.IGNORECASE)
CURRENCY = re.compile(r"^\$([^-\]]*)(?:-([0-9A-Fa-f]+))?$")
Token = tuple[str, str]  # kind, text


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format code, between semicolons."""

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None
    language: int  # Windows language code; 0: none

    @property
    def is_date(self) -> bool:
        return any(kind in DATE_TOKENS for kind, _ in self.tokens)


def format_number(number: float, code: str, *, date_1904: bool = False) -> str:
    """`number` as a cell with the format `code` shows it."""
    number = float(number)
    if not isfinite(number):
        return str(number)
    if (simple := _simple(code)) is not None:
        return simple.show(number)
    section, unsigned = _chosen(read_code(code[:LONGEST_CODE]), number)
    if section is None:
        return general(number)
    if section.is_date:
        shown = format_date(number, section.tokens, section.language, date_1904=date_1904)
        return general(number) if shown is None else shown
    kinds = {kind for kind, _ in section.tokens}
    if "digit" in kinds and not kinds & {"general", "at"}:
        return _number(abs(number) if unsigned else number, section.tokens)
    return "".join(
        general(number) if kind in {"general", "at"} else text
        for kind, text in section.tokens
        if kind in {"general", "at", "text"}
    ).strip()


@dataclass(frozen=True, slots=True)
class Simple:
    """Most formats: digits, perhaps with thousands, decimals and per cent, and the same words around every number."""

    before: str
    after: str
    least: int  # digits before the point
    decimals: int
    scale: float
    grouped: bool

    def show(self, number: float) -> str:
        scaled = number * self.scale
        scaled *= 1 + HALF_UP
        width = self.least + self.decimals + (self.decimals > 0)
        shown = f"{abs(scaled):0{width}{',' if self.grouped else ''}.{self.decimals}f}"
        sign = "-" if number < 0 and shown.strip("0.,") else ""
        return f"{sign}{self.before}{shown}{self.after}".strip()


@lru_cache(maxsize=2048)
def _simple(code: str) -> Simple | None:
    """A format as `Simple`, if it is one."""
    matched = SIMPLE.fullmatch(code)
    if matched is None:
        return None
    grouped, zeros, decimals, percent = matched["grouped"], matched["zeros"], matched["decimals"], matched["percent"]
    before, after = matched["before"] or "", matched["after"] or ""
    return Simple(
        before=QUOTES.sub("", before),
        after=f"{percent or ''}{QUOTES.sub('', after)}",
        least=1 if grouped else len(zeros),
        decimals=len(decimals or ""),
        scale=100.0 if percent else 1.0,
        grouped=bool(grouped),
    )


def format_text(text: str, code: str) -> str:
    """Text as a cell with the format `code` shows it: a fourth section may add words."""
    sections = read_code(code[:LONGEST_CODE])
    with_place = [s for s in sections if any(kind == "at" for kind, _ in s.tokens)]
    section = sections[3] if len(sections) > 3 else (with_place[-1] if with_place else None)
    if section is None:
        return text
    return "".join(text if kind == "at" else literal for kind, literal in section.tokens if kind in {"at", "text"})


def is_date_code(code: str) -> bool:
    return any(section.is_date for section in read_code(code[:LONGEST_CODE]))


def general(number: float) -> str:
    """A number without a format: whole if it is whole, at most ten decimals."""
    if number.is_integer() and abs(number) < 10**WHOLE_DIGITS:
        return str(int(number))
    if not 1e-9 < abs(number) < 10**WHOLE_DIGITS:
        return f"{number:.6g}"
    whole = len(str(int(abs(number))))
    shown = f"{number:.{max(2, DECIMALS - whole)}f}" if abs(number) >= 1e-4 else f"{number:.{DECIMALS + 4}f}"
    return shown.rstrip("0").rstrip(".")


@lru_cache(maxsize=2048)
def read_code(code: str) -> tuple[Section, ...]:
    """The sections of a format code."""
    sections: list[list[Token]] = [[]]
    conditions: list[tuple[str, float] | None] = [None]
    languages = [0]
    for match in TOKEN.finditer(code):
        kind, text = match.lastgroup or "other", match.group(match.lastgroup or 0) or ""
        if kind == "other" and text == ";":
            sections.append([])
            conditions.append(None)
            languages.append(0)
        elif kind == "bracket":
            conditions[-1] = _condition(text) or conditions[-1]
            sign, languages[-1] = _currency(text, languages[-1])
            if ELAPSED.match(text):
                sections[-1].append(("elapsed", text.lower()))
            elif sign:
                sections[-1].append(("text", sign))
        elif token := _token(kind, text):
            sections[-1].append(token)
    return tuple(
        Section(tuple(tokens), condition, language)
        for tokens, condition, language in zip(sections, conditions, languages, strict=True)
    )


def _token(kind: str, text: str) -> Token | None:
    if kind in {"quoted", "escaped"}:
        return ("text", text)
    if kind == "skipped":
        return ("text", " ") if text == " " else None
    if kind == "filled":
        return None
    if kind == "date":
        return ("date", text.lower())
    if kind == "other":
        return {"@": ("at", "@"), "%": ("percent", "%"), ",": ("comma", ","), ".": ("point", ".")}.get(
            text, ("text", text)
        )
    return (kind, text)


def _condition(text: str) -> tuple[str, float] | None:
    matched = CONDITION.match(text)
    if matched is None:
        return None
    try:
        return matched.group(1), float(matched.group(2))
    except ValueError:
        return None


def _currency(text: str, language: int) -> tuple[str, int]:
    """The sign of [$€-407] and its language code."""
    matched = CURRENCY.match(text)
    if matched is None:
        return "", language
    code = int(matched.group(2), 16) if matched.group(2) and len(matched.group(2)) <= 8 else 0
    return matched.group(1), code & 0xFFFF


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


def _number(number: float, tokens: tuple[Token, ...]) -> str:
    if any(kind == "text" and text == "/" for kind, text in tokens):
        return _fraction(number, tokens)
    kinds = [kind for kind, _ in tokens]
    digits = [i for i, kind in enumerate(kinds) if kind == "digit"]
    scaled = Decimal(repr(number)) * 100 ** kinds.count("percent")
    for kind in kinds[digits[-1] + 1 :]:
        if kind != "comma":
            break
        scaled /= 1000
    if "exponent" in kinds:
        return _scientific(scaled, tokens)
    point = kinds.index("point") if "point" in kinds else len(kinds)
    grouped = any(kind == "comma" and digits[0] < i < min(digits[-1], point) for i, kind in enumerate(kinds))
    return _filled(scaled, tokens, point, grouped=grouped)


def _filled(number: Decimal, tokens: tuple[Token, ...], point: int, *, grouped: bool) -> str:
    """Digits in their places, with the words of the format around and between them."""
    before = [i for i, (kind, _) in enumerate(tokens) if kind == "digit" and i < point]
    after = [i for i, (kind, _) in enumerate(tokens) if kind == "digit" and i > point][:MOST_PLACES]
    whole, decimals = _rounded(number, [tokens[i][1] for i in after])
    zero = not (whole + decimals).strip("0")
    first_zero = next((n for n, i in enumerate(before) if tokens[i][1] == "0"), len(before))
    slots = _slots(whole.lstrip("0").rjust(len(before) - first_zero, "0"), before, grouped=grouped)
    slots |= {place: decimals[n : n + 1] for n, place in enumerate(after)}
    out: list[str] = []
    for i, (kind, text) in enumerate(tokens):
        if kind == "digit":
            out.append(slots.get(i, ""))
        elif kind == "point" and (decimals or not after):
            out.append(".")
        elif kind in {"text", "percent"}:
            out.append(text)
    return ("-" if number < 0 and not zero else "") + "".join(out).strip()


def _rounded(number: Decimal, places: list[str]) -> tuple[str, str]:
    """Digits before and after the point; zeros at the end only where the format asks for them."""
    with localcontext() as context:
        context.prec = LONGEST_NUMBER
        shown = f"{abs(number).quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP):f}"
    whole, _, decimals = shown.partition(".")
    keep = len(places)
    while keep and places[keep - 1] != "0" and decimals[keep - 1] == "0":
        keep -= 1
    return whole, decimals[:keep]


def _slots(whole: str, before: list[int], *, grouped: bool) -> dict[int, str]:
    """The digits of each place before the point; the first place takes all that are left."""
    if grouped:
        reverse = whole[::-1]
        return {before[0]: ",".join(reverse[i : i + 3] for i in range(0, len(reverse), 3))[::-1]}
    slots: dict[int, str] = {}
    end = len(whole)
    for place in reversed(before[1:]):
        slots[place] = whole[max(end - 1, 0) : end]
        end = max(end - 1, 0)
    if before:
        slots[before[0]] = whole[:end]
    return slots


def _scientific(number: Decimal, tokens: tuple[Token, ...]) -> str:
    kinds = [kind for kind, _ in tokens]
    exponent = kinds.index("exponent")
    point = kinds.index("point") if "point" in kinds[:exponent] else exponent
    decimals = sum(kind == "digit" for kind in kinds[point:exponent])
    mantissa, _, power = f"{number:.{decimals}E}".partition("E")
    width = sum(kind == "digit" for kind in kinds[exponent:])
    sign = "-" if int(power) < 0 else ("+" if tokens[exponent][1].endswith("+") else "")
    return f"{mantissa}E{sign}{abs(int(power)):0{width}d}"


def _fraction(number: float, tokens: tuple[Token, ...]) -> str:
    """1 1/2 for "# ?/?", 3/2 for "?/?"."""
    slash = next(i for i, token in enumerate(tokens) if token == ("text", "/"))
    before = "".join(text if kind == "digit" else " " for kind, text in tokens[:slash]).split()
    after = "".join(text for kind, text in tokens[slash + 1 :] if kind in {"digit", "text"}).strip()
    if after.isdecimal() and int(after):
        fraction = Fraction(round(abs(number) * int(after)), int(after))
        shown_below = int(after)
    else:
        fraction = Fraction(abs(number)).limit_denominator(10 ** min(max(len(after), 1), 5) - 1)
        shown_below = fraction.denominator
    above = fraction.numerator * shown_below // fraction.denominator
    whole, rest = divmod(above, shown_below) if len(before) > 1 else (0, above)
    parts = [str(whole)] if whole or not rest else []
    parts += [f"{rest}/{shown_below}"] if rest else []
    return ("-" if number < 0 else "") + " ".join(parts)
