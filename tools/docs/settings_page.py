"""The list of settings: names and comments from `.env.example`, types and bounds from `app.settings.Settings`."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from app.settings import Settings
from tools.docs.markdown import code, paragraphs

PREFIX = "LORACLE_"
TYPES = {
    int: "an integer",
    float: "a number",
    bool: "`true` or `false`",
    str: "a text",
    SecretStr: "a text",
    Path: "a path",
}
BOUNDS = {"ge": "at least", "gt": "greater than", "le": "at most", "lt": "less than", "pattern": "matches"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One variable of `.env.example` with the comment above it."""

    variable: str
    default: str
    comment: str


@dataclass(slots=True)
class Section:
    title: str
    entries: list[Entry] = field(default_factory=list)


def settings_reference(example: str) -> str:
    """Markdown for every setting, by section. `example` is the text of `.env.example`."""
    return paragraphs(*(block for section in read_sections(example) for block in _section(section)))


def read_sections(example: str) -> list[Section]:
    """The sections of `.env.example`. Variables that follow each other share the comment above them."""
    sections: list[Section] = []
    comment: list[str] = []
    after_variable = False
    for line in example.splitlines():
        if line.startswith("# --- "):
            sections.append(Section(line.removeprefix("# --- ")))
            comment = []
        elif variable := re.match(r"(?:# )?(LORACLE_\w+)=(.*)", line):
            sections[-1].entries.append(Entry(variable[1], variable[2], " ".join(comment)))
            after_variable = True
        elif line.startswith("# "):
            comment = [line[2:]] if after_variable else [*comment, line[2:]]
            after_variable = False
    return sections


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.title}"
    for entry in section.entries:
        yield f"### {entry.variable}"
        yield entry.comment
        yield f"{_values(entry.variable)}. Default: {code(entry.default) if entry.default else 'empty'}."


def _values(variable: str) -> str:
    info = Settings.model_fields.get(variable.removeprefix(PREFIX).lower())
    if info is None:
        return "Any value turns it on"
    described = ", ".join([describe_type(info.annotation), *_bounds(info)])
    return described[0].upper() + described[1:]


def describe_type(annotation: Any) -> str:
    """A type in words: `Literal["auto"] | list[str]` is "`auto` or a JSON list of texts"."""
    origin = typing.get_origin(annotation)
    if origin is Literal:
        return " or ".join(", ".join(code(value) for value in typing.get_args(annotation)).rsplit(", ", 1))
    if origin in {typing.Union, types.UnionType}:
        return " or ".join(describe_type(part) for part in typing.get_args(annotation))
    if origin is list:
        return "a JSON list of texts"
    if origin is dict:
        return "a JSON object of texts"
    if origin is typing.Annotated:
        return describe_type(typing.get_args(annotation)[0])
    return TYPES[annotation]


def _bounds(info: FieldInfo) -> Iterator[str]:
    for constraint in info.metadata:
        for name, words in BOUNDS.items():
            bound = getattr(constraint, name, None)
            if bound is not None:
                yield f"{words} {code(bound)}"
