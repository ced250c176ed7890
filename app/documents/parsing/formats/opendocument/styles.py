"""Styles of an OpenDocument file: raised, hidden and bold text, hidden slides and sheets, numbers of lists."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.parsing.formats.opc import Element, local
from app.documents.parsing.formats.opendocument.elements import all_of, attribute, child, number

LONGEST_CHAIN = 12
NUMERALS = {"a": "lower_letter", "A": "upper_letter", "i": "lower_roman", "I": "upper_roman", "1": "decimal"}


@dataclass(frozen=True, slots=True)
class Style:
    """None: not said here, so it is as in the style below."""

    parent: str = ""
    list_style: str = ""
    raised: bool | None = None
    hidden: bool | None = None  # text, a slide or a sheet
    bold: bool | None = None


@dataclass(frozen=True, slots=True)
class ListLevel:
    numeral: str = ""  # empty: a bullet, or no number
    prefix: str = ""
    suffix: str = ""
    levels: int = 1  # how many levels the label shows
    start: int = 1
    pattern: str = ""  # like "%1%.%2%)", instead of all that


PLAIN = Style()


class Styles:
    """Styles by family and name; `outline` has the numbers of headings by level."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[tuple[str, str], Style] = {}
        self.lists: dict[str, dict[int, ListLevel]] = {}
        self.outline: dict[int, ListLevel] = {}
        for root in roots:
            for element in all_of(root, "style", "list-style", "outline-style"):
                self._learn(element)

    def look(self, family: str, name: str) -> Style:
        """A style with what it takes over from those it is based on."""
        raised = hidden = bold = None
        list_style = ""
        for style in self._chain(family, name):
            raised = style.raised if raised is None else raised
            hidden = style.hidden if hidden is None else hidden
            bold = style.bold if bold is None else bold
            list_style = list_style or style.list_style
        return Style("", list_style, raised, hidden, bold)

    def is_named(self, family: str, name: str, wanted: str) -> bool:
        """True if a style is the one called `wanted`, or based on it."""
        return name == wanted or any(style.parent == wanted for style in self._chain(family, name))

    def _chain(self, family: str, name: str) -> list[Style]:
        found: list[Style] = []
        while (family, name) in self._styles and len(found) < LONGEST_CHAIN:
            found.append(self._styles[family, name])
            name = found[-1].parent
        return found

    def _learn(self, element: Element) -> None:
        name = attribute(element, "name")
        if local(element) == "style":
            self._styles[attribute(element, "family"), name] = _style(element)
        elif local(element) == "list-style":
            self.lists[name] = _levels(element)
        else:
            self.outline = _levels(element)


def _style(element: Element) -> Style:
    text, page, table = (child(element, f"{kind}-properties") for kind in ("text", "drawing-page", "table"))
    hidden = None
    if text is not None and (display := attribute(text, "display")):
        hidden = display == "none"
    if page is not None and attribute(page, "visibility"):
        hidden = attribute(page, "visibility") == "hidden"
    if table is not None and attribute(table, "display"):
        hidden = attribute(table, "display") == "false"
    weight = attribute(text, "font-weight") if text is not None else ""
    return Style(
        parent=attribute(element, "parent-style-name"),
        list_style=attribute(element, "list-style-name"),
        raised=_raised(attribute(text, "text-position")) if text is not None else None,
        hidden=hidden,
        bold=(weight == "bold" or (weight.isdecimal() and int(weight) >= 600)) if weight else None,
    )


def _raised(position: str) -> bool | None:
    """Whether text stands above the line: "super 58%" or "33% 58%"."""
    if not position:
        return None
    first = position.split(maxsplit=1)[0]
    return first == "super" or (first.endswith("%") and not first.startswith(("-", "0%")))


def _levels(style: Element) -> dict[int, ListLevel]:
    levels: dict[int, ListLevel] = {}
    for element in style:
        level = number(element, "level", 0)
        if local(element) in {"list-level-style-number", "outline-level-style"}:
            levels[level] = ListLevel(
                NUMERALS.get(attribute(element, "num-format"), ""),
                attribute(element, "num-prefix"),
                attribute(element, "num-suffix"),
                max(number(element, "display-levels", 1), 1),
                number(element, "start-value", 1),
                attribute(element, "num-list-format"),
            )
        elif level:
            levels[level] = ListLevel()
    return levels
