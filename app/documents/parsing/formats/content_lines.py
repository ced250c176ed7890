"""Content lines of iCalendar and vCard (RFC 5545, RFC 6350): `NAME;PARAMETER=VALUE:VALUE`, in components."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

FOLD = re.compile(r"\r?\n[ \t]")
LINE = re.compile(
    r'(?:[\w-]+\.)?([A-Za-z0-9-]{1,60})((?:;[^:;"\n]{0,500}(?:"[^"\n]{0,500}"[^:;"\n]{0,500}){0,9}){0,20}):(.*)'
)
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^;:"]*)')
ESCAPE = re.compile(r"\\(.)")
LISTS = ";,"  # divide the parts of a value, unless a backslash stands before


@dataclass(frozen=True, slots=True)
class Property:
    """A line: `raw` has its escapes still, `parameters` have capital names."""

    name: str
    parameters: dict[str, str]
    raw: str

    @property
    def text(self) -> str:
        return _unescaped(self.raw).strip()

    def parts(self, divider: str) -> list[str]:
        """The value divided at `divider`, one of LISTS."""
        return [_unescaped(part).strip() for part in re.split(rf"(?<!\\){divider}", self.raw)]


@dataclass(slots=True)
class Component:
    """A named group of lines; groups inside it come as components of their own."""

    name: str
    properties: list[Property] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        return next(self.all(name), None)

    def all(self, name: str) -> Iterator[Property]:
        return (line for line in self.properties if line.name == name)

    def text(self, name: str) -> str:
        found = self.first(name)
        return "" if found is None else found.text


def components(text: str) -> Iterator[Component]:
    """The components in the order of their ends, each without those inside it."""
    open_ones: list[Component] = []
    for line in FOLD.sub("", text).splitlines():
        found = LINE.match(line)
        if found is None:
            continue
        name, value = found[1].upper(), found[3]
        if name == "BEGIN":
            open_ones.append(Component(value.strip().upper()))
        elif name == "END" and open_ones:
            yield open_ones.pop()
        elif open_ones:
            parameters = {key.upper(): said.strip('"') for key, said in PARAMETER.findall(found[2])}
            open_ones[-1].properties.append(Property(name, parameters, value))
    yield from reversed(open_ones)  # a file that is cut off


def _unescaped(value: str) -> str:
    return ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
