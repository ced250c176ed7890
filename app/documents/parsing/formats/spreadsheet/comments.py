"""Comments of the cells of a sheet: in the cell where they say something of its row, else below the table."""

from __future__ import annotations

from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.formats.spreadsheet.grid import Sheet
from app.documents.parsing.formats.spreadsheet.references import cell_place
from app.documents.parsing.formats.spreadsheet.strings import rich_text
from app.documents.parsing.tables.cell import COMMENT
from app.documents.parsing.text_cleanup import collapse_spaces

LONGEST_IN_CELL = 300
PLACEHOLDER = "[Threaded comment]"  # what older programs show in place of a discussion
Place = tuple[int, int]


class Comments:
    """The comments of one sheet. `apart` holds those that stand below the table."""

    def __init__(self, package: Package, relations: dict[str, tuple[str, str]]) -> None:
        self.apart: list[str] = []
        self._comments: dict[Place, list[str]] = {}
        for kind in ("threadedComment", "comments"):
            for found, part in relations.values():
                root = package.optional_xml(part) if found == kind else None
                if root is not None:
                    self._read(root)

    def join(self, sheet: Sheet) -> None:
        """Put each comment behind the text of its cell; those of column names and long ones apart."""
        first = min(sheet.cells, default=0)
        names = {row for (top, _, bottom, _), is_header in sheet.headers if is_header for row in range(top, bottom + 1)}
        for (row, column), texts in sorted(self._comments.items()):
            shown = f"{COMMENT}{'; '.join(texts)}]"
            text = sheet.cells.get(row, {}).get(column, "")
            if row == first or row in names or len(shown) > LONGEST_IN_CELL:
                self.apart.append(f"{text}{shown}".strip())
            else:
                sheet.put(row, column, f"{text}{shown}".strip())

    def _read(self, root: Element) -> None:
        authors = [collapse_spaces(e.text or "") for e in root.iter() if local(e) == "author"]
        for comment in root.iter():
            name = local(comment)
            place = cell_place(comment.get("ref", "")) if name in {"comment", "threadedComment"} else None
            if place is None:
                continue
            texts = [collapse_spaces(rich_text(e) or e.text or "") for e in comment if local(e) == "text"]
            text = _without_author(" ".join(texts), authors)
            if text and not text.startswith(PLACEHOLDER):
                self._comments.setdefault(place, []).append(text)


def _without_author(text: str, authors: list[str]) -> str:
    """Excel begins a comment with its author."""
    author = next((name for name in authors if name and text.startswith(f"{name}:")), None)
    return text[len(author) + 1 :].strip() if author else text
