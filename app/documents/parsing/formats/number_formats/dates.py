"""Dates, times and durations of spreadsheets by their format codes."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from app.text.locales import DEFAULT_CODE, get_locale

DATE_TOKENS = {"date", "elapsed", "ampm"}
EPOCH_1900, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - dates of cells have no zone
FALSE_LEAP_DAY = 60  # Excel counts a 29 February 1900
LAST_DAY = 2_958_465
DAY_S = 86_400
LANGUAGES = {0x07: "de", 0x09: "en", 0x0A: "es", 0x0C: "fr", 0x10: "it", 0x16: "pt"}  # primary Windows languages
Token = tuple[str, str]


def format_date(serial: float, tokens: tuple[Token, ...], language: int, *, date_1904: bool) -> str | None:
    """A serial number of days by the tokens of a format; None if it is no date."""
    elapsed = any(kind == "elapsed" for kind, _ in tokens)
    if not math.isfinite(serial) or abs(serial) > LAST_DAY or (serial < 0 and not elapsed):
        return None
    fraction = max((len(t) - t.index(".") - 1 for k, t in tokens if k == "date" and "." in t), default=0)
    moment = _moment(serial, fraction, date_1904=date_1904)
    total = round(abs(serial) * DAY_S)
    half_day = any(kind == "ampm" for kind, _ in tokens)
    code = LANGUAGES.get(language & 0x3FF, DEFAULT_CODE)
    out = ["-" if serial < 0 else ""]
    previous = ""
    for place, (kind, text) in enumerate(tokens):
        if kind == "elapsed":
            out.append(_elapsed(text, total))
        elif kind == "ampm":
            out.append("AM" if moment.hour < 12 else "PM")
        elif kind == "date":
            minutes = text in {"m", "mm"} and (previous in {"h", "elapsed"} or _before_seconds(tokens, place))
            out.append(_part("minutes" if minutes else text, moment, code, half_day=half_day, text=text))
        elif kind in {"text", "point", "comma", "percent"}:
            out.append(text)
        if kind in {"date", "elapsed"}:
            previous = "elapsed" if kind == "elapsed" and text[0] == "h" else text[0]
    return "".join(out).strip()


def _moment(serial: float, fraction: int, *, date_1904: bool) -> datetime:
    days = serial + 1 if not date_1904 and 0 <= serial < FALSE_LEAP_DAY else serial
    unit = 10**fraction
    seconds = round(max(days, 0.0) * DAY_S * unit) / unit
    return (EPOCH_1904 if date_1904 else EPOCH_1900) + timedelta(seconds=min(seconds, LAST_DAY * DAY_S - 1))


def _before_seconds(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether seconds come next: then m is minutes."""
    following = next((text for kind, text in tokens[place + 1 :] if kind in {"date", "elapsed"}), "")
    return following.startswith("s")


def _elapsed(unit: str, total: int) -> str:
    seconds = {"h": 3600, "m": 60, "s": 1}[unit[0]]
    return f"{total // seconds:0{len(unit)}d}"


def _part(kind: str, moment: datetime, code: str, *, half_day: bool, text: str) -> str:
    if kind == "minutes":
        return f"{moment.minute:0{len(text)}d}"
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    match kind[0]:
        case "y" | "e":
            shown = f"{moment.year % 100:02d}" if len(kind) <= 2 and kind[0] == "y" else f"{moment.year:04d}"
        case "m":
            shown = _month(moment.month, len(kind), code)
        case "d":
            shown = f"{moment.day:0{len(kind)}d}" if len(kind) <= 2 else _weekday(moment.weekday(), len(kind), code)
        case "h":
            shown = f"{hour:0{min(len(kind), 2)}d}"
        case "s":
            shown = _seconds(moment, kind)
        case _:
            shown = ""
    return shown


def _seconds(moment: datetime, kind: str) -> str:
    whole, point, decimals = kind.partition(".")
    shown = f"{moment.second:0{min(len(whole), 2)}d}"
    return f"{shown}.{moment.microsecond:06d}"[: len(shown) + 1 + len(decimals)] if point else shown


def _month(month: int, length: int, code: str) -> str:
    if length <= 2:
        return f"{month:0{length}d}"
    names = get_locale(code).facts.months[month - 1].split()
    name = names[0] if length == 4 else names[min(1, len(names) - 1)]
    return _cased(name[:1] if length == 5 else name, code)


def _weekday(weekday: int, length: int, code: str) -> str:
    name = get_locale(code).facts.weekdays[weekday].split()[0]
    return _cased(name[:3] if length == 3 else name, code)


def _cased(name: str, code: str) -> str:
    return name.capitalize() if code in {"en", "de"} else name
