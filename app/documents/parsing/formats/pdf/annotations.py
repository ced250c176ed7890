"""Reads what lies over a page: values of form fields, text boxes, comments, and the addresses of links."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.documents.parsing.formats.pdf.attachments import Attachment, read_attachment
from app.documents.parsing.formats.pdf.layout import Box
from app.documents.parsing.formats.pdf.strings import utf16_string
from app.documents.parsing.formats.pdf.text_reader import Frame
from app.documents.parsing.text_cleanup import collapse_spaces

MAX_ANNOTATIONS = 20_000  # of one file
MAX_OPTIONS = 1000  # of one list
UNSEEN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW
PASSWORD = 1 << 13  # flag of a text field
TYPED = {pdfium_c.FPDF_FORMFIELD_TEXTFIELD, pdfium_c.FPDF_FORMFIELD_COMBOBOX, pdfium_c.FPDF_FORMFIELD_LISTBOX}
TICKED = {pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON}
LISTS = {pdfium_c.FPDF_FORMFIELD_COMBOBOX, pdfium_c.FPDF_FORMFIELD_LISTBOX}
SILENT = {pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_POPUP, pdfium_c.FPDF_ANNOT_WIDGET}
MARKUP = re.compile(r"<[^>]*>")
CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
MADE_UP = re.compile(
    r"(?i)^(?:(?:text|check|radio|combo|list|drop\s?down|button|field|form|group|untitled|undefined|box)\s*)+$"
)

Raw = Any  # a handle of PDFium


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What a field of a form holds. `name`: what the form calls it, if that reads as words."""

    kind: Literal["text", "tick"]
    text: str  # of a tick: "" if it is not set
    name: str
    box: Box


@dataclass(frozen=True, slots=True)
class TextBox:
    """Text that is printed over the page."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Comment:
    """Text that a reader of the page can open. `box`: what it is about."""

    text: str
    author: str
    box: Box
    marks: bool  # it highlights or underlines text in the box


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    box: Box


Annotation = FieldValue | TextBox | Comment | Link


class AnnotationReader:
    """Reads the annotations of one document's pages.

    `files` are those pinned to pages, of at most `max_bytes` together. `left_out`: some annotations were not read, as
    there are too many.
    """

    def __init__(self, document: pdfium.PdfDocument, max_bytes: int) -> None:
        self._document = document
        self._form = document.formenv
        self._left = MAX_ANNOTATIONS
        self._room = max_bytes
        self.left_out = False
        self.files: list[Attachment] = []

    def read(self, page: pdfium.PdfPage, frame: Frame) -> list[Annotation]:
        count = pdfium_c.FPDFPage_GetAnnotCount(page)
        self.left_out = self.left_out or count > self._left
        count = min(count, self._left)
        self._left -= count
        found: list[Annotation] = []
        for place in range(count):
            handle = pdfium_c.FPDFPage_GetAnnot(page, place)
            if handle:
                found.extend(self._annotation(handle, frame))
                pdfium_c.FPDFPage_CloseAnnot(handle)
        return found

    def _annotation(self, handle: Raw, frame: Frame) -> Iterator[Annotation]:
        kind = pdfium_c.FPDFAnnot_GetSubtype(handle)
        if pdfium_c.FPDFAnnot_GetFlags(handle) & UNSEEN:
            return
        bounds = pdfium_c.FS_RECTF()
        pdfium_c.FPDFAnnot_GetRect(handle, ctypes.byref(bounds))
        box = frame.box(bounds.left, bounds.bottom, bounds.right, bounds.top)
        if kind == pdfium_c.FPDF_ANNOT_WIDGET:
            yield from self._field(handle, box)
        elif kind == pdfium_c.FPDF_ANNOT_LINK:
            yield from self._link(handle, box)
        elif kind == pdfium_c.FPDF_ANNOT_FREETEXT:
            if text := _contents(handle):
                yield TextBox(text, box)
        elif kind == pdfium_c.FPDF_ANNOT_FILEATTACHMENT:
            self._keep_file(handle)
        elif kind not in SILENT and (text := _contents(handle)):
            marks = bool(pdfium_c.FPDFAnnot_HasAttachmentPoints(handle))
            yield Comment(text, utf16_string(pdfium_c.FPDFAnnot_GetStringValue, handle, b"T"), box, marks)

    def _keep_file(self, handle: Raw) -> None:
        if found := read_attachment(pdfium_c.FPDFAnnot_GetFileAttachment(handle), self._room):
            self._room -= len(found[1])
            self.files.append(found)

    def _field(self, handle: Raw, box: Box) -> Iterator[FieldValue]:
        form = self._form
        if form is None:
            return
        kind = pdfium_c.FPDFAnnot_GetFormFieldType(form, handle)
        flags = pdfium_c.FPDFAnnot_GetFormFieldFlags(form, handle)
        if kind in TYPED and not (kind == pdfium_c.FPDF_FORMFIELD_TEXTFIELD and flags & PASSWORD):
            text = self._chosen(handle) if kind in LISTS else ""
            text = text or utf16_string(pdfium_c.FPDFAnnot_GetFormFieldValue, form, handle)
            if text:
                yield FieldValue("text", text, self._name(handle), box)
        elif kind in TICKED:
            ticked = pdfium_c.FPDFAnnot_IsChecked(form, handle)
            yield FieldValue("tick", "x" if ticked else "", self._name(handle), box)

    def _chosen(self, handle: Raw) -> str:
        """The labels of the options that are chosen, as the list shows them."""
        form = self._form
        options = min(pdfium_c.FPDFAnnot_GetOptionCount(form, handle), MAX_OPTIONS)
        chosen = [place for place in range(options) if pdfium_c.FPDFAnnot_IsOptionSelected(form, handle, place)]
        return ", ".join(utf16_string(pdfium_c.FPDFAnnot_GetOptionLabel, form, handle, place) for place in chosen)

    def _name(self, handle: Raw) -> str:
        shown = utf16_string(pdfium_c.FPDFAnnot_GetFormFieldAlternateName, self._form, handle)
        return shown or readable_name(utf16_string(pdfium_c.FPDFAnnot_GetFormFieldName, self._form, handle))

    def _link(self, handle: Raw, box: Box) -> Iterator[Link]:
        action = pdfium_c.FPDFLink_GetAction(pdfium_c.FPDFAnnot_GetLink(handle))
        if not action or pdfium_c.FPDFAction_GetType(action) != pdfium_c.PDFACTION_URI:
            return
        size = pdfium_c.FPDFAction_GetURIPath(self._document, action, None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium_c.FPDFAction_GetURIPath(self._document, action, buffer, size)
        address = collapse_spaces(buffer.value.decode("utf-8", "replace"))
        if address:
            yield Link(address, box)


def readable_name(name: str) -> str:
    """The last part of a field's full name in words; empty for names such as "form[0].Text1[0]"."""
    last = re.sub(r"\[\d+\]", "", name).rsplit(".", 1)[-1]
    words = collapse_spaces(CAMEL.sub(" ", last).replace("_", " ").replace("-", " "))
    plain = re.sub(r"\d+", " ", words).strip()
    return "" if len(plain) < 3 or MADE_UP.match(plain) else words


def _contents(handle: Raw) -> str:
    """What an annotation says: its plain text, or its rich text without the markup, or the text that it draws."""
    plain = utf16_string(pdfium_c.FPDFAnnot_GetStringValue, handle, b"Contents")
    return plain or collapse_spaces(MARKUP.sub(" ", utf16_string(pdfium_c.FPDFAnnot_GetStringValue, handle, b"RC")))
