"""The formats that most cells have, read fast."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

SIMPLE = re.compile(
    r'(?P<before>"[^"]*"|[€£$] ?)?(?:(?P<grouped>#,##0)|(?P<zeros>0{1,15}))(?:\.(?P<decimals>0{1,15}))?'
    r'(?P<percent>%)?(?P<after>\s*"[^"]*"|\s?[€£$])?'
)
QUOTES = re.compile('"')
HALF_UP = 1e-15  # share added to a number before it is rounded: halves that binary numbers miss are rounded up


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
def simple_format(code: str) -> Simple | None:
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
