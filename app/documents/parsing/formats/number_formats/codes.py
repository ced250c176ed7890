"""Format codes of spreadsheets (ECMA-376 part 1, 18.8.31), split into sections and tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.documents.parsing.formats.number_formats.dates import DATE_TOKENS

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<skipped>.)|\*(?P<filled>.)|'
    r"\[(?P<bracket>[^\]]*)\]|(?P<general>General)|(?P<ampm>AM/PM|A/P)|"
    r"(?P<exponent>E[+-])|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|b+|g+)|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
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
