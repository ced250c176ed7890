"""Elements of OpenDocument by their local names, whatever their namespaces."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.parsing.formats.opc import Element, local, local_name

MAX_NUMBER = 10_000_000


def attribute(element: Element, name: str, default: str = "") -> str:
    """The value of an attribute by its local name."""
    for key, value in element.items():
        if local_name(key) == name:
            return str(value)
    return default


def number(element: Element, name: str, default: int) -> int:
    """A whole number that is not negative."""
    value = attribute(element, name)
    return min(int(value), MAX_NUMBER) if value.isdecimal() else default


def child(element: Element | None, name: str) -> Element | None:
    return next((part for part in element if local(part) == name), None) if element is not None else None


def all_of(root: Element | None, *names: str) -> Iterator[Element]:
    """Descendants with one of the names, in order."""
    return iter(root.iter(*(f"{{*}}{name}" for name in names))) if root is not None else iter(())
