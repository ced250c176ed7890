"""Tables and lists of terms in HTML: rows of cells with spans and headers; tables that only place parts of a page."""

from __future__ import annotations

from collections.abc import Callable

from selectolax.lexbor import LexborNode

from app.documents.parsing.tables import Cell

MAX_SPAN = 100_000
MAX_TERM_CHARS = 100  # a longer one is an entry of a glossary or an answer
HEADINGS = "h1, h2, h3, h4, h5, h6"
BLOCKS = "ul, ol, dl, blockquote, pre, hr, article, section, form"
TextOf = Callable[[LexborNode], str]
IsShown = Callable[[LexborNode], bool]


def is_layout(table: LexborNode) -> bool:
    """True for a table whose cells hold other tables, headings or, without any sign of data, mostly several blocks."""
    if table.attributes.get("role") in {"presentation", "none"} or table.css_first("table table") is not None:
        return True
    cells = table.css("td")
    if any(cell.css_first(HEADINGS) is not None for cell in cells):
        return True
    if table.css_first("th, caption") is not None or table.css_first("thead") is not None:
        return False
    filled = [cell for cell in cells if cell.text(strip=True)]
    several = [cell for cell in filled if cell.css_first(BLOCKS) is not None or len(cell.css("p")) > 1]
    return bool(several) and (len(several) * 2 >= len(filled) or len(table.css("tr")) == 1)


def caption_of(table: LexborNode, text_of: TextOf) -> str:
    caption = table.css_first("caption")
    return text_of(caption) if caption is not None else ""


def rows_of(table: LexborNode, text_of: TextOf, is_shown: IsShown) -> list[list[Cell]]:
    """The rows that show, in the order of the page; a cell in the head of the table is a header like <th>."""
    return [
        [_cell(cell, text_of) for cell in row.iter() if cell.tag in {"td", "th"} and is_shown(cell)]
        for row in table.css("tr")
        if is_shown(row)
    ]


def terms_of(listed: LexborNode, text_of: TextOf) -> list[list[Cell]]:
    """Labels with their values in a list of short terms (<dl>), row by row; none if it holds longer texts."""
    rows: list[list[Cell]] = []
    for entry in listed.css("dt, dd"):
        text = text_of(entry)
        if entry.css_first(f"p, div, table, {BLOCKS}") is not None or len(text) > MAX_TERM_CHARS:
            return []
        if entry.tag == "dt" and (not rows or len(rows[-1]) > 1):
            rows.append([Cell(text, header=True)])
        elif entry.tag == "dd" and rows:
            rows[-1].append(Cell(text))
        else:
            return []  # a value without its label, or two labels for one value
    return rows if rows and len(rows[-1]) > 1 else []


def _cell(node: LexborNode, text_of: TextOf) -> Cell:
    group = node.parent.parent if node.parent is not None else None
    header = True if node.tag == "th" or (group is not None and group.tag == "thead") else None
    told = node.attributes
    return Cell(text_of(node), _span(told.get("rowspan")), _span(told.get("colspan")), header, _is_bold(node, told))


def _span(said: str | None) -> int:
    said = (said or "").strip()
    return min(int(said), MAX_SPAN) if said.isdecimal() and len(said) < 10 and int(said) else 1


def _is_bold(node: LexborNode, told: dict[str, str | None]) -> bool:
    """True if all text of the cell is bold."""
    style = (told.get("style") or "").replace(" ", "").lower()
    if "font-weight:bold" in style or "font-weight:7" in style:
        return True
    first = node.child
    if first is None or (first.tag == "-text" and first.next is None):
        return False  # most cells of large tables
    bold = node.css_first("b, strong")
    return bold is not None and bold.text(strip=True) == node.text(strip=True)
