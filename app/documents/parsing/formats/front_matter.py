"""The fields above the text of a Markdown note: YAML between lines of dashes or TOML between lines of plus signs."""

from __future__ import annotations

import re

from app.documents.parsing.text_cleanup import collapse_spaces

BLOCK = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
FIELD = re.compile(r"([\w .-]{1,60}?)\s*[:=](?:\s+(.*)|)$")
ITEM = re.compile(r"\s*-\s+(.+)$")
MAX_FIELDS = 100
MAX_VALUE_CHARS = 1000


def split_front_matter(source: str) -> tuple[dict[str, str], str]:
    """Fields of scalars and lists of scalars, and the text below them."""
    found = BLOCK.match(source)
    if found is None:
        return {}, source
    fields: dict[str, list[str]] = {}
    name = ""
    for line in found.group(2).split("\n"):
        if field := FIELD.match(line):
            name = field.group(1).strip()
            fields.setdefault(name, []).extend(_values(field.group(2) or ""))
        elif name and (item := ITEM.match(line)):
            fields[name].append(_bare(item.group(1)))
        elif name and line.startswith((" ", "\t")):
            fields[name].append(_bare(line))  # a text that goes on, or a field within a field
    shown = {
        key: ", ".join(filter(None, values))[:MAX_VALUE_CHARS] for key, values in list(fields.items())[:MAX_FIELDS]
    }
    return {key: value for key, value in shown.items() if value}, source[found.end() :]


def _values(text: str) -> list[str]:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return [_bare(value) for value in text[1:-1].split(",")]
    return [] if text in {"|", ">", "|-", ">-", "|+", ">+"} else [_bare(text)]


def _bare(text: str) -> str:
    text = collapse_spaces(text)
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
