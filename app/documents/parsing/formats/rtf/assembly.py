"""Puts the text of an RTF file together: paragraphs, rows of tables, and notes where they are referred to."""

from __future__ import annotations

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.rtf.state import State, Text
from app.documents.parsing.formats.rtf.tables import RowFormat, Table

HEADERS = {"header", "headerl", "headerr", "headerf"}
FOOTERS = {"footer", "footerl", "footerr", "footerf"}
OWN_TEXTS = {"footnote", "annotation", "shptxt", *HEADERS, *FOOTERS}


class Assembly:
    """Adds blocks to the builder in order."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._texts: list[Text] = [Text()]  # the body, and the notes around this place
        self._table = Table()
        self._cells: list[tuple[str, bool]] = []
        self._notes = 0
        self._seen: set[str] = set()  # headers and footers
        self._footers: list[str] = []
        self.row = RowFormat()
        self.author = ""  # of the next comment

    @property
    def text(self) -> Text:
        """What is being written."""
        return self._texts[-1]

    def begin_text(self) -> None:
        """Begin a note, comment, text box, header or footer."""
        self._texts.append(Text())

    def end_text(self, owner: str) -> None:
        if len(self._texts) == 1:
            return
        ended = self._texts.pop()
        body, _ = ended.take_all()
        self.text.has_hidden = self.text.has_hidden or ended.has_hidden
        if owner == "annotation":
            by = f" by {self.author}" if self.author else ""
            self.text.notes.append(f"[Comment{by}: {' '.join(body.split())}]" if body.strip() else "")
        elif owner in HEADERS | FOOTERS:
            self._margin(owner, body)
        else:
            self.text.notes.append(body)

    def note_number(self, state: State) -> None:
        """Add the number of a footnote: in the text, and again before the note."""
        if len(self._texts) == 1:
            self._notes += 1
        raised = state.inner()
        raised.raised = True
        self.text.add(str(self._notes), raised)

    def begin_paragraph(self, state: State) -> None:
        state.in_table, state.heading = False, 0
        self.text.in_list = False

    def end_paragraph(self, state: State) -> None:
        text = self.text
        text.lines.append(text.take_line())
        if len(self._texts) > 1 or state.in_table:
            return
        self.end_table()
        in_list = text.in_list
        line, _ = text.take_all()
        if state.heading:
            self._builder.add("heading", " ".join(line.split()), state.heading)
        else:
            self._builder.add("list_item" if in_list else "paragraph", line)
        self._end_notes()

    def begin_row(self, _: State) -> None:
        self.row = RowFormat()

    def end_cell(self, _: State) -> None:
        if len(self._texts) > 1:
            self.text.lines.append(self.text.take_line())
        else:
            self._cells.append(self.text.take_all())

    def end_inner_cell(self, _: State) -> None:
        """End a cell of a table within a cell: a line of that cell."""
        self.text.lines.append(self.text.take_line())

    def end_row(self, _: State) -> None:
        if self._cells:
            self._table.rows.append((self.row, self._cells))
            self._cells = []

    def end_table(self) -> None:
        self.end_row(State())
        if self._table.rows:
            table, self._table = self._table, Table()
            self._builder.add_table(table.cells())
            self._end_notes()

    def finish(self) -> None:
        while len(self._texts) > 1:
            self.end_text("footnote")
        self.end_paragraph(State())
        self.end_table()
        for text in self._footers:
            self._builder.add("paragraph", text)

    def _margin(self, owner: str, body: str) -> None:
        """Add a header at once and a footer at the end; a text that sections share once."""
        if body in self._seen:
            return
        self._seen.add(body)
        if owner in HEADERS:
            self._builder.add("paragraph", body)
        else:
            self._footers.append(body)

    def _end_notes(self) -> None:
        text = self.text
        if text.has_hidden:
            self._builder.warn("hidden_text", "The document holds hidden text; it is marked as hidden.")
        for note in text.notes:
            self._builder.add("paragraph", note)
        text.notes, text.has_hidden = [], False
