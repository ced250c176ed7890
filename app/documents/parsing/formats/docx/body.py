"""Walks through the parts of a Word document without recursion and adds blocks in order."""

from __future__ import annotations

import io
from dataclasses import dataclass

from app.documents.parsing import media_types as types
from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats import parser_for
from app.documents.parsing.formats.archive_members import FATAL
from app.documents.parsing.formats.charts import read_chart
from app.documents.parsing.formats.docx.notes import Key, Notes
from app.documents.parsing.formats.docx.numbering import Numbering
from app.documents.parsing.formats.docx.runs import LEFT_OUT, Paragraph, R, RunReader
from app.documents.parsing.formats.docx.styles import Styles, W, list_of, switched, value
from app.documents.parsing.formats.docx.tables import TableReader, is_layout
from app.documents.parsing.formats.drawings import add_chart, add_diagram, picture_text
from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.media_types import detect
from app.errors import DocumentFailure, UnsupportedMedia

INSERTED = {types.HTML, types.TEXT, types.RTF, types.EML, types.XML}  # kinds that hold no documents like this one
LONGEST_HEADING = 300
LONGEST_COUNT = 4  # words of "Page 1 of 9"


@dataclass(frozen=True, slots=True)
class Sources:
    """What the parts of a document share."""

    package: Package
    styles: Styles
    numbering: Numbering
    notes: Notes
    parts: dict[str, str]  # kind of relation -> name of the part


class Body:
    """The blocks of one part: the document itself, a header, the footnotes."""

    def __init__(self, builder: DocumentBuilder, sources: Sources, part: str) -> None:
        self._builder = builder
        self._sources = sources
        self._part = part
        self._relations = sources.package.related(part)
        self._runs = RunReader(sources.styles, sources.package.links(part), sources.notes.marks)

    def margin(self, part: str, seen: set[str]) -> None:
        """Add a header or footer; a text that several sections share is added once."""
        root = self._sources.package.optional_xml(part)
        if root is None:
            return
        other = Body(self._builder, self._sources, part)
        text = " ".join(other.plain_text(root).split())
        if text and text not in seen and not _only_counts(root, text):
            seen.add(text)
            other.blocks(root)

    def plain_text(self, root: Element) -> str:
        paragraphs = [self._runs.read(p) for p in root.iter(f"{W}p")]
        return " ".join(f"{found.text} {' '.join(found.pictures)}" for found in paragraphs).strip()

    def blocks(self, root: Element, mark: str = "") -> None:
        """Add what `root` holds; `mark` goes before its first paragraph."""
        stack = [root]
        while stack:
            element = stack.pop()
            name = local(element)
            if name == "tbl" and not is_layout(element, self._sources.styles):
                self._table(element)
            elif name == "p":
                found = self._runs.read(element)
                self._paragraph(element, found, mark)
                mark = "" if found.text.strip() else mark
                stack.extend(reversed(found.boxes))
            elif name == "altChunk":
                self._inserted(element)
            elif name and name not in LEFT_OUT and not _placeholder(name, element):
                stack.extend(reversed(element))

    def remaining_notes(self) -> None:
        """Add the notes and comments that nothing in the text refers to."""
        for key in self._sources.notes.left():
            self._note(key)

    def _inserted(self, element: Element) -> None:
        """Add a file of another kind that stands in the document as if it were written there, mostly HTML."""
        part = self._relations.get(element.get(f"{R}id", ""), ("", ""))[1]
        if not self._sources.package.has(part):
            return
        data = self._sources.package.read(part)
        try:
            media_type = detect(io.BytesIO(data), part)
            if media_type in INSERTED:
                parser_for(media_type)(data, self._builder)
                return
        except (DocumentFailure, UnsupportedMedia) as failure:
            if getattr(failure, "code", "") in FATAL:
                raise
        self._builder.warn("inserted_file_skipped", f"A file inside the document could not be read: {part}.")

    def _table(self, table: Element) -> None:
        reader = TableReader(self._runs, self._sources.styles, self._label)
        rows = reader.rows(table)
        self._builder.add_table(rows)
        for found in reader.paragraphs:
            self._attached(found)

    def _paragraph(self, element: Element, found: Paragraph, mark: str) -> None:
        properties = element.find(f"{W}pPr")
        style = value(properties, "pStyle")
        numbered = list_of(properties) or self._sources.styles.numbering(style)
        level = self._sources.styles.heading(style) or _outline(properties)
        text = " ".join(part for part in (mark, self._label(element, found), found.text.strip("\n")) if part)
        if not found.text.strip():
            text = ""
        if level and len(text) < LONGEST_HEADING:
            self._builder.add("heading", " ".join(text.split()), level)
        elif style.startswith("List") or (numbered is not None and numbered[0] != "0"):
            self._builder.add("list_item", text)
        else:
            self._builder.add("paragraph", text)
        self._attached(found)

    def _label(self, element: Element, found: Paragraph) -> str:
        """The automatic number of a paragraph, counted."""
        properties = element.find(f"{W}pPr")
        style = value(properties, "pStyle")
        own, of_style = list_of(properties), self._sources.styles.numbering(style)
        list_id = (own[0] if own else "") or (of_style[0] if of_style else "")
        deleted = properties is not None and properties.find(f"{W}rPr/{W}del") is not None
        if not list_id or list_id == "0" or (deleted and not found.text.strip()):
            return ""
        named = own[1] if own and own[1] is not None else (of_style[1] if of_style else None)
        level = self._sources.numbering.level_of(list_id, style) if named is None else named
        return self._sources.numbering.label(list_id, level)

    def _attached(self, found: Paragraph) -> None:
        """Add what hangs on a paragraph: its notes, comments, pictures, charts and diagrams."""
        if found.has_hidden:
            self._builder.warn("hidden_text", "The document holds hidden text; it is marked as hidden.")
        for key in found.notes:
            self._note(key)
        for comment in found.comments:
            self._note(("comments", comment))
        for description in found.pictures:
            self._builder.add("paragraph", picture_text(description))
        for part_id in found.parts:
            kind, part = self._relations.get(part_id, ("", ""))
            root = self._sources.package.optional_xml(part) if part else None
            if root is not None and kind.startswith("chart"):
                add_chart(self._builder, read_chart(root))
            elif root is not None and kind == "diagramData":
                add_diagram(self._builder, root)

    def _note(self, key: Key) -> None:
        note = self._sources.notes.take(key)
        part = self._sources.parts.get(key[0], "")
        if note is None:
            return
        body = Body(self._builder, self._sources, part)
        if key[0] == "comments":
            text = " ".join(body.plain_text(note).split())
            author = " ".join(note.get(f"{W}author", "").split())
            self._builder.add("paragraph", f"[Comment{f' by {author}' if author else ''}: {text}]" if text else "")
            return
        mark = self._sources.notes.marks.get(key, "")
        body.blocks(note, f"^{mark}" if mark else "")


def _outline(properties: Element | None) -> int:
    """The level of a heading that has no heading style."""
    level = value(properties, "outlineLvl")
    return int(level) + 1 if level.isdecimal() and int(level) < 9 else 0


def _only_counts(root: Element, text: str) -> bool:
    """True for a header or footer like "Page 1 of 9", whose number is that of the page."""
    codes = [e.text or "" for e in root.iter(f"{W}instrText")]
    codes += [e.get(f"{W}instr", "") for e in root.iter(f"{W}fldSimple")]
    return len(text.split()) <= LONGEST_COUNT and any("PAGE" in code for code in codes)


def _placeholder(name: str, element: Element) -> bool:
    """A content control that shows only what to type into it."""
    return name == "sdt" and bool(switched(element.find(f"{W}sdtPr"), "showingPlcHdr"))
