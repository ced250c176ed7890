"""Members of a ZIP archive of documents, one after the other, within bounds that hold while they unpack."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import DocumentFailure

PIECE_BYTES = 1 << 20
TAIL_BYTES = 66_000  # an archive's end record and the longest comment behind it
DIRECTORY_BYTES = 4 * 2**20  # of the list of members: it is read whole
ZIP_SIGNATURE = b"PK"  # that an archive begins with, as Office files do
END, END_64 = b"PK\x05\x06", b"PK\x06\x07"
ENCRYPTED = 0x1
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others may ask for any amount of memory
IGNORED_FOLDER = "__MACOSX"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive. Its `pieces` can be read once, before the next member."""

    name: str
    pieces: Iterator[bytes]  # raises DocumentFailure if the member is damaged, encrypted or past the budget


def read_members(path: Path, *, max_members: int, max_bytes: int) -> Iterator[Member]:
    """The files of the archive without hidden ones. Raises DocumentFailure if it cannot be read or has too many.

    `max_bytes` bounds the unpacked size of all of them.
    """
    with path.open("rb") as file:
        archive = _opened(file)
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _hidden(entry.filename)]
        if len(entries) > max_members:
            raise DocumentFailure("too_many_members", f"The archive has more than {max_members:,} files; split it.")
        budget = _Budget(max_bytes)
        for entry in entries:
            yield Member(entry.filename.encode("utf-8", "replace").decode(), _pieces(archive, entry, budget))


class _Budget:
    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = self._left = max_bytes

    def spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise DocumentFailure(
                "too_much_unpacked", f"The archive unpacks to more than {self._max_bytes:,} bytes; split it."
            )


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget) -> Iterator[bytes]:
    if entry.flag_bits & ENCRYPTED:
        raise DocumentFailure("encrypted", "The file in the archive is encrypted; remove the protection.")
    if entry.compress_type not in METHODS:
        raise DocumentFailure("compression", "The file is compressed in a rare way; use the usual one (deflate).")
    try:
        with archive.open(entry) as member:
            while piece := member.read(PIECE_BYTES):
                budget.spend(len(piece))
                yield piece
    except BROKEN:
        raise DocumentFailure("truncated", "The file in the archive is damaged; make the archive again.") from None


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    """Open the archive. Checks the size of its member list first: zipfile reads it whole, each entry takes memory."""
    file.seek(max(0, file.seek(0, 2) - TAIL_BYTES))
    tail = file.read()
    if END_64 in tail or _largest_directory(tail) > DIRECTORY_BYTES:
        raise DocumentFailure("too_many_members", "The archive lists too many files; split it.")
    file.seek(0)
    try:
        return zipfile.ZipFile(file)
    except BROKEN:
        raise DocumentFailure("truncated", "The archive is cut off or damaged; make it again.") from None


def _largest_directory(tail: bytes) -> int:
    """The largest size that any end record declares: programs differ in which of several records they use."""
    largest, place = 0, tail.find(END)
    while place >= 0:
        largest = max(largest, int.from_bytes(tail[place + 12 : place + 16], "little"))
        place = tail.find(END, place + 1)
    return largest


def _hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return parts[0] == IGNORED_FOLDER or parts[-1].startswith(".") or parts[-1] == "Thumbs.db"
