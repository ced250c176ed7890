"""ZIP and gzip: each file inside goes to its own parser; one budget bounds what all of them unpack to."""

from __future__ import annotations

import io
import zipfile
import zlib

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.archive_members import Members
from app.documents.parsing.formats.opc import open_zip, read_entry
from app.errors import DocumentFailure

PIECE = 2**16
IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def parse(data: bytes, builder: DocumentBuilder) -> None:
    archive = open_zip(data, "ZIP archive")
    members = Members(builder)
    for entry in archive.infolist():
        if not entry.is_dir() and not _ignored(entry):
            members.add(_name(entry), read_entry(archive, entry, builder))
    members.check()


def parse_gzip(data: bytes, builder: DocumentBuilder) -> None:
    members = Members(builder)
    members.add(_gzip_name(data), _gunzipped(data, builder))
    members.check()


def _ignored(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.startswith(IGNORED) or entry.filename.endswith(IGNORED)


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.encode("utf-8", "replace").decode()


def _gunzipped(data: bytes, builder: DocumentBuilder) -> bytes:
    """The unpacked bytes, counted piece by piece in the budget of the builder."""
    source, unpacked = io.BytesIO(data), io.BytesIO()
    inflate = zlib.decompressobj(wbits=31)
    try:
        while piece := source.read(PIECE):
            while piece and not inflate.eof:
                out = inflate.decompress(piece, 2**20)
                builder.count_unpacked(len(out))
                unpacked.write(out)
                piece = inflate.unconsumed_tail
    except zlib.error:
        inflate = zlib.decompressobj()
    if not inflate.eof:
        raise DocumentFailure("truncated", "The gzip file is cut off or damaged; compress and upload it again.")
    return unpacked.getvalue()


def _gzip_name(data: bytes) -> str:
    """The file name in the header, if there is one: its extension tells kinds of text apart."""
    if len(data) > 10 and data[3] & 0x08 and not data[3] & 0x04:
        return data[10:266].split(b"\0", 1)[0].decode("latin-1")
    return "content"
