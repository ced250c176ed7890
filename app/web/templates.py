"""Rendering of the templates beside this module: every value is escaped, a missing one is an error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

FOLDER = Path(__file__).parent / "templates"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE_HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}  # of every HTML response


@dataclass(frozen=True, slots=True)
class Table:
    """Column titles, and rows of as many cells; all of it is text that the template escapes."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def render_template(template: str, /, **values: object) -> Markup:
    """The text of a template. Raises jinja2.TemplateNotFound, jinja2.UndefinedError (a value is missing)."""
    text = _environment().get_template(template).render(values)
    return Markup(text)  # noqa: S704 - the template has escaped its values


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
