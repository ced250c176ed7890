"""Copies uploads and downloads in pieces of bounded size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

PIECE_BYTES = 1 << 20


def read_pieces(file: BinaryIO, size: int = PIECE_BYTES) -> Iterator[bytes]:
    """The rest of a file in pieces of at most `size` bytes."""
    while piece := file.read(size):
        yield piece


def copy_limited(pieces: Iterator[bytes], write: Callable[[bytes], object], limit: int, too_large: Exception) -> int:
    """Write all pieces and return their bytes. Raises `too_large` before more than `limit` bytes are written."""
    copied = 0
    for piece in pieces:
        copied += len(piece)
        if copied > limit:
            raise too_large
        write(piece)
    return copied
