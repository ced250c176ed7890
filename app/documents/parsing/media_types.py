"""The media types that are taken in, and what extensions say where the bytes alone do not."""

from __future__ import annotations

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"

PDF = "application/pdf"
DOCX = f"{OFFICE}.wordprocessingml.document"
PPTX = f"{OFFICE}.presentationml.presentation"
SPREADSHEETS = f"{OFFICE}.spreadsheetml.sheet"
ODT, ODS, ODP = f"{OPEN}.text", f"{OPEN}.spreadsheet", f"{OPEN}.presentation"
DOC, XLS, PPT = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"
RTF = "application/rtf"
HTML, XML, MARKDOWN, TEXT = "text/html", "application/xml", "text/markdown", "text/plain"
CSV, TSV, JSON, JSONL = "text/csv", "text/tab-separated-values", "application/json", "application/jsonl"
EPUB = "application/epub+zip"
EML, MBOX, MSG = "message/rfc822", "application/mbox", "application/vnd.ms-outlook"
IMAGE = "image/*"
ZIP, GZIP = "application/zip", "application/gzip"

TEXT_EXTENSIONS = {
    **dict.fromkeys((".md", ".markdown"), MARKDOWN),
    **dict.fromkeys((".html", ".htm", ".xhtml"), HTML),
    **dict.fromkeys((".jsonl", ".ndjson"), JSONL),
    ".csv": CSV,
    ".tsv": TSV,
    ".tab": TSV,
    ".json": JSON,
    ".xml": XML,
    ".eml": EML,
    ".mbox": MBOX,
}
ZIP_EXTENSIONS = {
    ".docx": DOCX,
    ".pptx": PPTX,
    ".xlsx": SPREADSHEETS,
    ".odt": ODT,
    ".ods": ODS,
    ".odp": ODP,
    ".epub": EPUB,
}
SUPPORTED = (
    "PDF, DOCX, PPTX, XLSX, ODT, ODS, ODP, DOC, XLS, PPT, RTF, HTML, Markdown, text, CSV, TSV, JSON, JSONL, XML, EPUB, "
    "EML, MSG, MBOX, images, and ZIP or gzip of these"
)
