"""The text of inline HTML: links with their address, raised figures, fractions, alternative texts and form values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from selectolax.lexbor import LexborNode

from app.documents.parsing.inline_text import raised_text
from app.documents.parsing.numerals import numeral
from app.documents.parsing.text_cleanup import collapse_spaces

MAX_ADDRESS = 120  # characters; a longer one loses its query, or is left out
MAX_LINKS = 3  # in one block, above which only files and mail addresses keep theirs: the text would drown in them
MAX_PAGE_LINKS = 100  # likewise, in a page
ADDRESS = re.compile(r"(?:https?|ftp)://[^\s]+|(?:mailto:|tel:)\S+", re.IGNORECASE)
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|zip|epub|txt|ics)(?:[?#].*)?$", re.IGNORECASE)
RELATIVE_FILE = re.compile(
    r"(?![\w+.-]+:)[^\s?#]+\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|zip|epub|ics)", re.IGNORECASE
)
SHOWN_INPUTS = {
    "",
    "text",
    "email",
    "tel",
    "url",
    "number",
    "date",
    "time",
    "datetime-local",
    "month",
    "week",
    "search",
}
NUMERALS = {"a": "lower_letter", "A": "upper_letter", "i": "lower_roman", "I": "upper_roman"}
MAX_DRAWN_TEXTS = 200
TICKS = {"checkbox", "radio"}


@dataclass(frozen=True, slots=True)
class Link:
    """The address of the link whose text ends here."""

    address: str

    @property
    def matters(self) -> bool:
        """True for what a reader fetches or writes to."""
        return bool(FILE.search(self.address)) or "@" in self.address


@dataclass(frozen=True, slots=True)
class Raised:
    """Raised text: a power, an ordinal's ending or the mark of a note."""

    text: str
    is_link: bool


Entry: TypeAlias = LexborNode | str | Link | Raised


def expand(node: LexborNode) -> list[Entry] | None:
    """What an inline element shows, in order; None for an element that shows what is in it and no more."""
    shown_by = INLINE.get(node.tag or "")
    if shown_by is not None:
        return shown_by(node)
    label = node.attributes.get("aria-label") if node.attributes.get("role") == "img" else None
    return [f" {label} "] if label else None


def address_of(href: str) -> str:
    """The address that a link leads to outside its page, without what only counts clicks; empty if there is none.

    Of addresses within the site, only those of files say something.
    """
    href = href.strip()
    if len(href) <= MAX_ADDRESS and RELATIVE_FILE.fullmatch(href):
        return href
    if not ADDRESS.fullmatch(href):
        return ""
    if href.lower().startswith(("mailto:", "tel:")):
        return href.split(":", 1)[1].split("?", 1)[0]
    if len(href) > MAX_ADDRESS:
        href = re.split(r"[?#]", href)[0]
    return href if len(href) <= MAX_ADDRESS else ""


def join(parts: list[str | Link | Raised], *, few_links: bool = True) -> str:
    """The text of a block on one line; `few_links` is False where the page is full of links."""
    many = not few_links or sum(isinstance(part, Link) for part in parts) > MAX_LINKS
    written: list[str] = []
    end = ""  # of what is written
    for part in parts:
        if isinstance(part, Raised):
            shown = raised(end, part)
        elif isinstance(part, Link):
            shown = f" ({part.address}) " if (part.matters or not many) and not _says(end, part.address) else ""
        else:
            shown = part
        written.append(shown)
        end = (end + shown[-2 * MAX_ADDRESS :])[-2 * MAX_ADDRESS :]
    return _tidy(collapse_spaces("".join(written)))


def raised(before: str, part: Raised) -> str:
    """How raised text follows `before`: 10^2, 1st, word [3]."""
    text = part.text
    if part.is_link:
        return text if not text or text.startswith(("[", "(")) else f" [{text}]"
    return raised_text(text, before[-1:])


def _says(text: str, address: str) -> bool:
    """True if the text of the link is the address."""
    bare = address.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return collapse_spaces(text).rstrip("/").endswith(bare)


def _tidy(text: str) -> str:
    """Without the spaces between an address, or an item of a list, and the mark that follows it."""
    return re.sub(r"(\(\S+\)) (?=[.,;:!?)])", r"\1", text.replace(" ; ", "; "))


def _link(node: LexborNode) -> list[Entry]:
    address = address_of(node.attributes.get("href") or "")
    return [*node.iter(include_text=True), *([Link(address)] if address else [])]


def _superscript(node: LexborNode) -> list[Entry]:
    is_link = node.css_first("a") is not None or (node.parent is not None and node.parent.tag == "a")
    return [Raised(collapse_spaces(node.text()), is_link)]


def _image(node: LexborNode) -> list[Entry]:
    return [f" {node.attributes.get('alt') or ''} "]


def _input(node: LexborNode) -> list[Entry]:
    kind = (node.attributes.get("type") or "").lower()
    if kind in TICKS:
        return [" [x] "] if "checked" in node.attributes else []
    return [f" {node.attributes.get('value') or ''} "] if kind in SHOWN_INPUTS else []


def _select(node: LexborNode) -> list[Entry]:
    return [f" {chosen.text()} " for chosen in node.css("option[selected]")]


def _drawing(node: LexborNode) -> list[Entry]:
    """What a drawing says: its label or its texts."""
    label = node.attributes.get("aria-label") if node.attributes.get("role") == "img" else None
    return [f" {label} "] if label else [f" {text.text()} " for text in node.css("text")[:MAX_DRAWN_TEXTS]]


def _formula(node: LexborNode) -> list[Entry]:
    """A fraction or power of MathML."""
    children: list[Entry] = list(node.iter())
    if len(children) != 2:
        return children
    upper, lower = children
    return ["(", upper, ")/(", lower, ")"] if node.tag == "mfrac" else [upper, "^", lower]


def _nothing(node: LexborNode) -> list[Entry]:
    del node
    return []


INLINE: dict[str, Callable[[LexborNode], list[Entry]]] = {
    "br": lambda _: [" "],
    "a": _link,
    "sup": _superscript,
    "img": _image,
    "input": _input,
    "select": _select,
    "svg": _drawing,
    "mfrac": _formula,
    "msup": _formula,
    "annotation": _nothing,
    "annotation-xml": _nothing,
}


def marks_of(ordered: LexborNode) -> dict[int, str]:
    """The numbers that an ordered list shows before its items, by the id of their node."""
    style = NUMERALS.get(ordered.attributes.get("type") or "", "decimal")
    number = _whole(ordered.attributes.get("start"), 1)
    marks = {}
    for item in ordered.iter():
        if item.tag == "li":
            number = _whole(item.attributes.get("value"), number)
            marks[item.mem_id] = f"{numeral(number, style)}. "
            number += 1
    return marks


def _whole(said: str | None, otherwise: int) -> int:
    said = (said or "").strip()
    return int(said) if said.isdecimal() and len(said) < 10 else otherwise
