"""Programs and configuration: verbatim, in blocks that begin at definitions and know what they are in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.definitions import definition_of, opens_scope
from app.documents.parsing.formats.text import decode
from app.documents.parsing.languages import Language
from app.documents.parsing.text_cleanup import clean

MAX_DEPTH = 3  # a class in a class and its methods: what is deeper belongs to what is around it
ABOVE = re.compile(r"\s*(?:#|//|/\*|\*|--|;|%|@|\[\w|\"\"\"|template\b)")  # comments, decorators of a definition
CLOSES = re.compile(r"\s*(?:[{}\])]|end\b|begin\b|\"\"\"|''')", re.IGNORECASE)
LONG_TEXT = '"""'
TAB = 4  # columns


@dataclass(frozen=True, slots=True)
class _Scope:
    indent: int
    name: str
    holds_definitions: bool  # a class, not a function


@dataclass(frozen=True, slots=True)
class _Part:
    first: int  # line
    section: str


def parse(data: bytes, builder: DocumentBuilder, language: Language) -> None:
    """Add the text as it is. Blocks are sections such as "Python > class Lift > def load(self, weight)"."""
    lines = clean(decode(data)).split("\n")
    parts = _parts(lines, language)
    ends = [*(part.first for part in parts[1:]), len(lines)]
    blanks = 0
    for part, end in zip(parts, ends, strict=True):
        block = "\n".join(lines[part.first : end])
        shown = block.strip("\n")
        builder.add("code", shown, section=part.section, gap="\n" * (blanks + 1))
        blanks = len(block) - len(block.rstrip("\n")) if shown else blanks


def _parts(lines: list[str], language: Language) -> list[_Part]:
    """Where the text is cut: at definitions with what stands above them, and where code goes on behind one."""
    parts = [_Part(0, language.name)]
    scopes: list[_Scope] = []
    after_blank = in_text = False
    for place, line in enumerate(lines):
        if not line.strip():
            after_blank = True
            continue
        was_text, in_text = in_text, in_text != (line.count(LONG_TEXT) % 2 == 1)
        if was_text:
            continue
        indent = _indent(line)
        inside = [scope for scope in scopes if scope.indent < indent]
        found = "" if inside and not inside[-1].holds_definitions else definition_of(lines, place, language.cut)
        if found and len(inside) < MAX_DEPTH:
            scopes = [*inside, _Scope(indent, found, opens_scope(found))]
            _start(parts, _first_above(lines, place, parts[-1].first), language, scopes)
        elif after_blank and len(inside) < len(scopes) and not CLOSES.match(line):
            scopes = inside
            _start(parts, place, language, scopes)
        after_blank = False
    return parts


def _start(parts: list[_Part], first: int, language: Language, scopes: list[_Scope]) -> None:
    while parts and parts[-1].first >= first:
        parts.pop()
    parts.append(_Part(first, " > ".join([language.name, *(scope.name for scope in scopes)])))


def _first_above(lines: list[str], place: int, least: int) -> int:
    """The first of the comment and decorator lines right above a definition."""
    while place > least and ABOVE.match(lines[place - 1]):
        place -= 1
    return place


def _indent(line: str) -> int:
    expanded = line.expandtabs(TAB)
    return len(expanded) - len(expanded.lstrip())
