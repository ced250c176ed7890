"""Calendars and invitations (iCalendar): what, when, where, with whom, and the description of each entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.content_lines import Component, Property, components
from app.documents.parsing.formats.html import plain_text
from app.documents.parsing.formats.text import BLANK_LINES, decode
from app.documents.parsing.text_cleanup import clean, collapse_spaces
from app.errors import DocumentFailure

ENTRIES = {"VEVENT", "VTODO", "VJOURNAL"}
MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?$")
DURATION = re.compile(r"[+-]?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$")
UNITS = ("weeks", "days", "h", "min", "s")
DAYS = dict(zip("MO TU WE TH FR SA SU".split(), "Mon Tue Wed Thu Fri Sat Sun".split(), strict=True))
FIELDS = (("Where", "LOCATION"), ("Status", "STATUS"), ("Categories", "CATEGORIES"), ("Link", "URL"))
USUAL = {"CONFIRMED", "NEEDS-ACTION", "TENTATIVE", "FINAL", "DRAFT"}  # states that say nothing to a reader
MAX_PEOPLE = 200


def parse(data: bytes, builder: DocumentBuilder) -> None:
    add_calendar(builder, decode(data))
    if not builder.length:
        raise DocumentFailure("no_text", "The calendar has no entries.")


def add_calendar(builder: DocumentBuilder, source: str, subject: str = "") -> None:
    """Add each entry under its summary, unless that is the `subject` of the mail that the calendar is a part of."""
    for entry in components(clean(source)):
        if entry.name not in ENTRIES:
            continue
        summary = collapse_spaces(entry.text("SUMMARY"))
        if summary and summary not in subject:
            builder.add("heading", summary, 2)
        builder.add("paragraph", "\n".join(_facts(entry)))
        for paragraph in BLANK_LINES.split(_description(entry)):
            builder.add("paragraph", paragraph)


def _facts(entry: Component) -> Iterator[str]:
    if when := _when(entry):
        yield f"When: {when}"
    if due := entry.first("DUE"):
        yield f"Due: {_moment(due)}"
    if rule := entry.first("RRULE"):
        yield f"Repeats: {_rule(rule.raw)}"
    if excepted := [_moment(line, value) for line in entry.all("EXDATE") for value in line.parts(",")]:
        yield f"Except: {', '.join(excepted)}"
    for label, name in FIELDS:
        said = ", ".join(collapse_spaces(line.text) for line in entry.all(name))
        if said and said not in USUAL:
            yield f"{label}: {said.capitalize() if name == 'STATUS' else said}"
    if organizer := entry.first("ORGANIZER"):
        yield f"Organizer: {_person(organizer)}"
    if people := [_person(line) for line in entry.all("ATTENDEE")][:MAX_PEOPLE]:
        yield f"Attendees: {', '.join(people)}"


def _description(entry: Component) -> str:
    text = entry.text("DESCRIPTION")
    rich = entry.text("X-ALT-DESC")
    return text or (plain_text(rich) if rich else "")


def _when(entry: Component) -> str:
    start, end = entry.first("DTSTART"), entry.first("DTEND")
    if start is None:
        return ""
    first = _moment(start)
    if end is None:
        lasts = _duration(entry.text("DURATION"))
        return f"{first} for {lasts}" if lasts else first
    last = _last_day(end.raw) if "T" not in end.raw else _moment(end)
    same_zone = start.parameters.get("TZID") == end.parameters.get("TZID")
    zone = start.parameters.get("TZID", "") if same_zone else ""
    first = first.removesuffix(f" ({zone})") if zone else first
    if first.split(" ")[0] == last.split(" ")[0]:  # of one day
        last = last.partition(" ")[2]
    return f"{first} to {last}" if last else first


def _moment(line: Property, value: str = "") -> str:
    """Like "2026-03-01 14:30 (Europe/Lisbon)"; as it is written if it has another form."""
    written = value or line.raw.strip()
    found = MOMENT.match(written)
    if found is None:
        return collapse_spaces(written)
    day = f"{found[1]}-{found[2]}-{found[3]}"
    if found[4] is None:
        return day
    zone = " UTC" if found[7] else f" ({line.parameters['TZID']})" if line.parameters.get("TZID") else ""
    return f"{day} {found[4]}:{found[5]}{zone}"


def _last_day(written: str) -> str:
    """The last day of an entry without hours: the file names the day after it."""
    try:
        return str(date.fromisoformat(written.strip()) - timedelta(days=1))
    except (ValueError, OverflowError):
        return collapse_spaces(written)


def _duration(written: str) -> str:
    found = DURATION.match(written)
    return (
        " ".join(f"{count} {unit}" for count, unit in zip(found.groups(), UNITS, strict=True) if count) if found else ""
    )


def _rule(written: str) -> str:
    """Like "weekly, interval 2, on Mon, Wed, 10 times"."""
    rule = dict(part.split("=", 1) for part in written.strip().upper().split(";") if "=" in part)
    said = [rule.get("FREQ", "").lower()]
    if "INTERVAL" in rule:
        said.append(f"interval {rule['INTERVAL']}")
    if "BYDAY" in rule:
        said.append("on " + ", ".join(_weekday(day) for day in rule["BYDAY"].split(",")))
    if "COUNT" in rule:
        said.append(f"{rule['COUNT']} times")
    if "UNTIL" in rule:
        said.append(f"until {_moment(Property('UNTIL', {}, rule['UNTIL']))}")
    return ", ".join(part for part in said if part)


def _weekday(day: str) -> str:
    """ "1MO", the first Monday of the month, is "1. Mon"."""
    return f"{day[:-2]}. {DAYS[day[-2:]]}".removeprefix(". ") if day[-2:] in DAYS else day


def _person(line: Property) -> str:
    address = re.sub(r"^mailto:", "", line.text, flags=re.IGNORECASE)
    name = collapse_spaces(line.parameters.get("CN", ""))
    return f"{name} <{address}>" if name and name != address else address
