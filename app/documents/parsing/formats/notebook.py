"""Jupyter notebooks: text cells as Markdown, code cells verbatim, and what the code printed, without pictures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from app.documents.parsing.document_builder import DEEPEST_HEADING, DocumentBuilder
from app.documents.parsing.formats import markdown
from app.documents.parsing.formats.html import add_html
from app.documents.parsing.formats.text import decode
from app.documents.parsing.text_cleanup import clean
from app.errors import DocumentFailure

OVERPRINTED = re.compile(r"[^\n]*\r(?!\n)")  # progress bars print each state over the one before
NAME_OF_OBJECT = re.compile(r"\s*<[^\n<>]*(?:<[^\n<>]*>[^\n<>]*)*>\s*\Z")  # <Figure size 640x480 with 1 Axes>


def parse(data: bytes, builder: DocumentBuilder) -> None:
    for cell in _cells(_loaded(data)):
        kind, source = cell.get("cell_type"), _text(cell.get("source", cell.get("input")))
        if kind == "markdown":
            _add_markdown(builder, source)
        elif kind == "heading":  # of the third format
            level = cell.get("level")
            builder.add("heading", source, min(level, DEEPEST_HEADING) if isinstance(level, int) else 1)
        elif kind == "code":
            builder.add("code", clean(source))
            for output in _dicts(cell.get("outputs")):
                _add_output(builder, output)
        else:
            builder.add("paragraph", clean(source))


def _loaded(data: bytes) -> dict[str, Any]:
    try:
        notebook = json.loads(decode(data))
    except RecursionError:
        raise DocumentFailure("nested_too_deeply", "The notebook is nested too deeply to be read.") from None
    except ValueError as fault:
        raise DocumentFailure(
            "truncated", f"The notebook is not valid JSON, save it again: {str(fault)[:120]}."
        ) from None
    if not isinstance(notebook, dict):
        raise DocumentFailure("truncated", "The notebook has no cells; save it again in Jupyter.")
    return notebook


def _cells(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The cells in order; formats before the fourth keep them in worksheets."""
    yield from _dicts(notebook.get("cells"))
    for sheet in _dicts(notebook.get("worksheets")):
        yield from _dicts(sheet.get("cells"))


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    yield from (item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def _add_markdown(builder: DocumentBuilder, source: str) -> None:
    if source.strip():
        markdown.parse(source.encode(errors="replace"), builder)


def _add_output(builder: DocumentBuilder, output: dict[str, Any]) -> None:
    """Add what an output says: a table, text, or an error without its trace."""
    if "ename" in output:
        builder.add("paragraph", clean(f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}"))
        return
    said = output.get("data")
    said = said if isinstance(said, dict) else {}
    html = _text(said.get("text/html", output.get("html")))
    if "<table" in html:
        add_html(builder, html)
    elif "text/markdown" in said:
        _add_markdown(builder, _text(said["text/markdown"]))
    else:
        plain = _text(said.get("text/plain", output.get("text")))
        if not NAME_OF_OBJECT.match(plain):
            builder.add("code", clean(OVERPRINTED.sub("", plain)))


def _text(value: Any) -> str:
    """A text, or its lines."""
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""
