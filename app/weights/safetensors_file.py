"""Writes a safetensors file piece by piece: the header from the shapes first, then every piece at its own offset."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from math import prod
from pathlib import Path

METADATA = {"format": "pt"}  # transformers reads it
HEADER_ALIGNMENT = 8
BFLOAT16_BYTES = 2

Piece = tuple[int, Callable[[], bytes]]  # (its first element within the tensor, the bf16 bytes from there on)


@dataclass(frozen=True, slots=True)
class StreamedTensor:
    """A bf16 tensor that is computed while it is written. `pieces` covers every element exactly once."""

    shape: tuple[int, ...]
    pieces: Callable[[], Iterable[Piece]]


def write_bfloat16(path: Path, tensors: Mapping[str, StreamedTensor], *, threads: int = 1) -> None:
    """Write all tensors to `path`, byte for byte as `safetensors` does. At most 2 x `threads` pieces are in memory.

    Raises OSError, and whatever a piece raises.
    """
    header, starts = _header({name: tensor.shape for name, tensor in tensors.items()})
    with path.open("wb") as file, ThreadPoolExecutor(threads) as pool:
        file.write(header)
        file.flush()
        handle = file.fileno()

        def write(offset: int, piece: Callable[[], bytes]) -> None:
            _write_at(handle, piece(), offset)

        _run_all(pool, write, _placed_pieces(tensors, starts, len(header)), at_once=2 * threads)


def _header(shapes: Mapping[str, tuple[int, ...]]) -> tuple[bytes, dict[str, int]]:
    """The length and the JSON that a safetensors file begins with, and the first byte of each tensor after them."""
    entries: dict[str, object] = {"__metadata__": METADATA}
    starts: dict[str, int] = {}
    end = 0
    for name in sorted(shapes):  # the library's order of tensors of one type
        starts[name] = end
        end += prod(shapes[name]) * BFLOAT16_BYTES
        entries[name] = {"dtype": "BF16", "shape": list(shapes[name]), "data_offsets": [starts[name], end]}
    text = json.dumps(entries, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % HEADER_ALIGNMENT)
    return len(text).to_bytes(8, "little") + text, starts


def _placed_pieces(
    tensors: Mapping[str, StreamedTensor], starts: Mapping[str, int], data: int
) -> Iterator[tuple[int, Callable[[], bytes]]]:
    for name in sorted(tensors):
        for first, piece in tensors[name].pieces():
            yield data + starts[name] + first * BFLOAT16_BYTES, piece


def _run_all(
    pool: ThreadPoolExecutor,
    write: Callable[[int, Callable[[], bytes]], None],
    pieces: Iterable[tuple[int, Callable[[], bytes]]],
    at_once: int,
) -> None:
    running: set[Future[None]] = set()
    try:
        for offset, piece in pieces:
            if len(running) >= at_once:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    future.result()
            running.add(pool.submit(write, offset, piece))
        for future in running:
            future.result()
    finally:
        for future in running:
            future.cancel()


def _write_at(handle: int, content: bytes, offset: int) -> None:
    view = memoryview(content)
    while view:
        written = os.pwrite(handle, view, offset)
        view, offset = view[written:], offset + written
