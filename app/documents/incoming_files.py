"""Files on their way in: as they arrive, on disk, and as the documents that they became."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from app.domain.documents import Document
from app.errors import AppError, InvalidRequest
from app.storage.blobs.base import StagedBlob
from app.storage.streams import read_pieces
from app.text.normal_form import normal_name, shortened_name

MAX_FILENAME_CHARS = 255


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file as it arrives, under its declared name, which may have folders."""

    name: str
    pieces: Iterable[bytes]

    @classmethod
    def of(cls, name: str | None, file: BinaryIO) -> IncomingFile:
        return cls(name or "", read_pieces(file))

    @classmethod
    def refused(cls, name: str | None, fault: AppError) -> IncomingFile:
        """One that was refused before it was here: whoever reads it gets `fault`."""
        return cls(name or "", _failing(fault))


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file that is on disk and of a supported type, before a document refers to it."""

    filename: str
    blob: StagedBlob
    media_type: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The document of an upload. `created` is False if it had these bytes already: then nothing is read."""

    document: Document
    created: bool


def _failing(fault: AppError) -> Iterator[bytes]:
    raise fault
    yield b""


def checked_filename(declared: str) -> str:
    """The last part of a declared name, in normal form: a label, never a path. Raises InvalidRequest if it is none."""
    name = shortened_name(normal_name(declared).replace("\\", "/").rsplit("/", 1)[-1].strip(), MAX_FILENAME_CHARS)
    if not name or name in {".", ".."}:
        raise InvalidRequest("Send the file with a file name.", param="file")
    return name
