"""Which parser reads what. One file per family, each with `parse(data, builder)`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from app.documents.parsing import media_types as types
from app.documents.parsing.document_builder import DocumentBuilder, Report, silent
from app.documents.parsing.limits import ParserLimits
from app.documents.parsing.parsed import ParsedDocument

Parser = Callable[[bytes, DocumentBuilder], None]

# Media type -> "module.function"; imported in the child process only.
PARSERS = {
    types.PDF: "pdf.parse",
    types.DOCX: "docx.parse",
    types.PPTX: "pptx.parse",
    types.SPREADSHEETS: "spreadsheet.parse",
    types.ODS: "spreadsheet.parse",
    types.XLS: "spreadsheet.parse",
    types.ODT: "opendocument.parse",
    types.ODP: "opendocument.parse",
    types.DOC: "doc.parse",
    types.PPT: "ppt.parse",
    types.RTF: "rtf.parse",
    types.HTML: "html.parse",
    types.XML: "xml.parse",
    types.MARKDOWN: "markdown.parse",
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
}


def parser_for(media_type: str) -> Parser:
    """The function (bytes of a file, builder) of a media type. It adds what it finds to the builder."""
    module, function = PARSERS[media_type].split(".")
    parser: Parser = getattr(import_module(f"app.documents.parsing.formats.{module}"), function)
    return parser


def parse(data: bytes, media_type: str, limits: ParserLimits, report: Report = silent) -> ParsedDocument:
    """Parse in this process. Raises DocumentFailure; of what nobody trusts, anything may happen (see `sandbox`)."""
    builder = DocumentBuilder(limits, report)
    parser_for(media_type)(data, builder)
    return builder.finish(media_type)
