"""Comments of the cells of a sheet, in both kinds that Excel knows."""

from __future__ import annotations

from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.formats.spreadsheet.references import cell_place
from app.documents.parsing.formats.spreadsheet.strings import rich_text
from app.documents.parsing.text_cleanup import collapse_spaces

PLACEHOLDER = "[Threaded comment]"  # what older programs show in place of a discussion
Place = tuple[int, int]


def read_comments(package: Package, relations: dict[str, tuple[str, str]]) -> dict[Place, list[str]]:
    """The comments of a sheet as they are shown, by the places of their cells."""
    found: dict[Place, list[str]] = {}
    for kind in ("threadedComment", "comments"):
        for name, part in relations.values():
            root = package.optional_xml(part) if name == kind else None
            if root is not None:
                _read(root, found)
    return {place: [f"[Comment: {'; '.join(texts)}]"] for place, texts in found.items()}


def _read(root: Element, found: dict[Place, list[str]]) -> None:
    authors = [collapse_spaces(e.text or "") for e in root.iter() if local(e) == "author"]
    for comment in root.iter():
        name = local(comment)
        place = cell_place(comment.get("ref", "")) if name in {"comment", "threadedComment"} else None
        if place is None:
            continue
        texts = [collapse_spaces(rich_text(e) or e.text or "") for e in comment if local(e) == "text"]
        text = _without_author(" ".join(texts), authors)
        if text and not text.startswith(PLACEHOLDER):
            found.setdefault(place, []).append(text)


def _without_author(text: str, authors: list[str]) -> str:
    """Excel begins a comment with its author."""
    author = next((name for name in authors if name and text.startswith(f"{name}:")), None)
    return text[len(author) + 1 :].strip() if author else text
