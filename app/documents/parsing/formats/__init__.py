"""Parsers by media type. Each family of formats has a module with `parse(data, builder)`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from app.documents.parsing import media_types as types
from app.documents.parsing.document_builder import DocumentBuilder, ParsedDocument, ParserLimits, Report, no_report
from app.documents.parsing.languages import BY_MEDIA_TYPE

Parser = Callable[[bytes, DocumentBuilder], None]

# Media type -> "module.function"; imported in the child process only.
PARSERS = {
    types.PDF: "pdf.parse",
    types.DOCX: "docx.parse",
    types.PPTX: "pptx.parse",
    types.SPREADSHEETS: "spreadsheet.parse",
    types.ODS: "opendocument.parse_spreadsheet",
    types.XLS: "spreadsheet.parse",
    types.ODT: "opendocument.parse",
    types.ODP: "opendocument.parse",
    types.DOC: "doc.parse",
    types.PPT: "ppt.parse",
    types.RTF: "rtf.parse",
    types.HTML: "html.parse",
    types.XML: "xml.parse",
    types.MARKDOWN: "markdown.parse",
    types.LATEX: "latex.parse",
    types.RST: "restructured_text.parse",
    types.ORG: "org.parse",
    types.ASCIIDOC: "asciidoc.parse",
    types.TEXT: "text.parse",
    types.CSV: "csv.parse",
    types.TSV: "csv.parse",
    types.JSON: "json_text.parse",
    types.JSONL: "json_text.parse_lines",
    types.EPUB: "epub.parse",
    types.EML: "mail.parse",
    types.MBOX: "mail.parse_mbox",
    types.MSG: "outlook.parse",
    types.IMAGE: "image.parse",
    types.ZIP: "archive.parse",
    types.GZIP: "archive.parse_gzip",
    types.NOTEBOOK: "notebook.parse",
    types.SRT: "subtitles.parse",
    types.VTT: "subtitles.parse",
    types.LOG: "log.parse",
    types.CALENDAR: "calendar.parse",
    types.CONTACTS: "contacts.parse",
    **dict.fromkeys(BY_MEDIA_TYPE, "source_code.parse"),
}


def parser_for(media_type: str) -> Parser:
    """The parser of a media type: a function of the bytes of a file and a builder, to which it adds the text."""
    module, function = PARSERS[media_type].split(".")
    found: Any = getattr(import_module(f"app.documents.parsing.formats.{module}"), function)
    language = BY_MEDIA_TYPE.get(media_type)
    parser: Parser = found if language is None else partial(found, language=language)
    return parser


def parse(data: bytes, media_type: str, limits: ParserLimits, report: Report = no_report) -> ParsedDocument:
    """Parse in this process. Raises DocumentFailure. A hostile file may do anything here: see `sandbox`."""
    builder = DocumentBuilder(limits, report)
    parser_for(media_type)(data, builder)
    return builder.finish(media_type)
