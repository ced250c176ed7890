"""OLE2 compound files, the containers of legacy Office formats, by olefile."""

from __future__ import annotations

import io

import olefile

from app.errors import DocumentFailure


def open_compound(data: bytes) -> olefile.OleFileIO:
    """Raises DocumentFailure if the file is damaged."""
    try:
        return olefile.OleFileIO(io.BytesIO(data))
    except (OSError, ValueError, IndexError, KeyError, TypeError):
        raise damaged() from None


def read_stream(file: olefile.OleFileIO, path: str | list[str]) -> bytes:
    """The bytes of a stream; empty if it is not there. Raises DocumentFailure if it is damaged."""
    try:
        return bytes(file.openstream(path).read()) if file.exists(path) else b""
    except (OSError, ValueError, IndexError, KeyError, TypeError):
        raise damaged() from None


def damaged() -> DocumentFailure:
    return DocumentFailure("truncated", "The Office file is damaged or cut off; save it again and upload it.")
