"""The engine's own CPU kernels (kernels.c), if they were built and the processor can run them.

The installation builds two libraries: one for AVX512-BF16 and one for AVX2. Both are optional: without a C compiler
at installation, or on another processor, PyTorch does the same work.
"""

from __future__ import annotations

import ctypes
import importlib.machinery
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import structlog
import torch

log = structlog.get_logger(__name__)

DISABLED = "LORACLE_NO_NATIVE_KERNELS"  # any value: run on PyTorch alone, to compare
COLUMNS = 64  # head dimensions and columns must be multiples of it
RANKS = 16  # ranks, of all projections that share an input together, are padded to multiples of it
FALLIBLE = ("attend", "decode_layers", "multiply_integer")  # give 0, or -1 if memory ran out
LIBRARIES = ("_kernels", "_kernels_avx2")  # the better one first


@cache
def available() -> bool:
    """Whether the kernels can run on this machine."""
    return _library() is not None


def reason() -> str:
    """Why the kernels cannot run here, and what to do."""
    if os.environ.get(DISABLED):
        return f"{DISABLED} is set"
    if not any(path.is_file() for name in LIBRARIES for path in _files(name)):
        return "they were not built; install a C compiler (Debian: gcc, libc6-dev) and install Loracle again"
    return "this processor has neither AVX512-BF16 nor AVX2; PyTorch does the same work, slower"


def attend(
    query: torch.Tensor,
    keys: torch.Tensor,
    values: torch.Tensor,
    spans: torch.Tensor,
    *,
    scaling: float,
    window: int | None,
) -> torch.Tensor:
    """Causal attention of packed rows; each span attends to its own allocation.

    query (heads, rows, head_dim), keys and values (kv_heads, positions, head_dim), all bf16; spans (count, 4) int64:
    first packed row, rows, positions before them, the slot's place in the arena -> (rows, heads, head_dim).
    Slots begin at multiples of 16. Raises MemoryError.
    """
    if query.stride(-1) != 1:
        query = query.contiguous()
    heads, rows, dim = query.shape
    out = query.new_empty(rows, heads, dim)
    failed = _library_or_fail().attend(
        *(query.data_ptr(), query.stride(0), query.stride(1)),
        *(keys.data_ptr(), values.data_ptr(), keys.stride(0), out.data_ptr(), spans.data_ptr(), len(spans)),
        *(heads, len(keys), dim, scaling, window or 0, _parallel(), torch.get_num_threads()),
    )
    if failed:
        raise MemoryError("no memory for attention")
    return out


def store_rows(rows: torch.Tensor, arena: torch.Tensor, positions: torch.Tensor) -> None:
    """Set arena[:, positions] = rows; rows (kv_heads, rows, head_dim), arena (kv_heads, positions, head_dim), bf16."""
    if rows.stride(-1) != 1:
        rows = rows.contiguous()
    heads, count, dim = rows.shape
    _library_or_fail().store_rows(
        *(rows.data_ptr(), rows.stride(0), rows.stride(1), arena.data_ptr(), arena.stride(0)),
        *(positions.data_ptr(), count, heads, dim),
    )


def rms_norm(x: torch.Tensor, weight: torch.Tensor, eps: float, *, plus_one: bool) -> torch.Tensor:
    """Root mean square normalisation of (..., dim) bf16; with `plus_one` the scale is 1 + weight, as in Gemma."""
    x = x.contiguous()
    y = torch.empty_like(x)
    dim = x.shape[-1]
    _library_or_fail().rms_norm(
        x.data_ptr(), weight.data_ptr(), y.data_ptr(), x.numel() // dim, dim, eps, int(plus_one)
    )
    return y


def rotate(x: torch.Tensor, cosines: torch.Tensor, sines: torch.Tensor) -> torch.Tensor:
    """Rotary position embedding: x (heads, rows, dim), cosines and sines (rows, dim), bf16 -> (heads, rows, dim)."""
    if x.stride(-1) != 1:
        x = x.contiguous()
    cosines, sines = cosines.contiguous(), sines.contiguous()  # kept in variables, so that the memory outlives the call
    heads, rows, dim = x.shape
    y = x.new_empty(rows, heads, dim)
    _library_or_fail().rotate(
        *(x.data_ptr(), x.stride(0), x.stride(1), cosines.data_ptr(), sines.data_ptr()),
        *(y.data_ptr(), heads, rows, dim),
    )
    return y.transpose(0, 1)


def gate(gates: torch.Tensor, ups: torch.Tensor, *, gelu: bool = False) -> torch.Tensor:
    """Compute silu(gates) * ups, or gelu(gates) * ups with tanh; (rows, columns) bf16 each, rows contiguous."""
    rows, columns = gates.shape
    y = gates.new_empty(rows, columns)
    _library_or_fail().gate(
        *(gates.data_ptr(), gates.stride(0), ups.data_ptr(), ups.stride(0), y.data_ptr(), rows, columns),
        *(int(gelu), _parallel(), torch.get_num_threads()),
    )
    return y


def update_rows(
    x: torch.Tensor, y: torch.Tensor, segments: Sequence[tuple[int, int, PackedUpdate]], parts_count: int
) -> None:
    """Add (x[start:end] down) up to y[start:end] for each segment (start, end, update); bf16, in place.

    x (rows, inner), y (rows, columns of all projections together); `parts_count` projections share the input.
    """
    fields, rank = [], 0
    for start, end, update in segments:
        fields += [start, end, update.down.data_ptr(), update.up.data_ptr()]
        rank = max(rank, update.rank)
    parts = [number for _, _, update in segments for number in update.parts]
    parts_of = [number for i, (_, _, update) in enumerate(segments) for number in (i * parts_count, update.rank)]
    _library_or_fail().update_rows(
        *(x.data_ptr(), x.stride(0), x.shape[1], y.data_ptr(), y.stride(0)),
        *(_integers(fields), len(segments), _integers(parts), _integers(parts_of), parts_count, rank),
        *(_parallel(), torch.get_num_threads()),
    )


def multiply(
    x: torch.Tensor, y: torch.Tensor, tiles: torch.Tensor, codes: torch.Tensor, block: int, bias: torch.Tensor | None
) -> None:
    """Compute y = x W + bias; x (rows, inner) and y (rows, columns) bf16, bias (columns,) fp32.

    tiles (columns / 64, 2) int64: addresses of each tile's weights and scales, in the layout of kernels.c; codes (32,)
    bf16: the 16 values of a 4-bit weight, twice; `block` weights share a scale.
    """
    if x.stride(-1) != 1:
        x = x.contiguous()
    _library_or_fail().multiply(
        *(x.data_ptr(), x.stride(0), len(x), x.shape[1], y.data_ptr(), y.stride(0)),
        *(tiles.data_ptr(), tiles.numel() // 2, codes.data_ptr(), block),
        *(bias.data_ptr() if bias is not None else None, _parallel(), torch.get_num_threads()),
    )


def multiply_integers(
    x: torch.Tensor,
    y: torch.Tensor,
    tiles: torch.Tensor,
    table: torch.Tensor | None,
    block: int,
    bias: torch.Tensor | None,
) -> None:
    """Compute y = x W + bias with activations quantised on the way; x, y and bias as in `multiply`.

    tiles (columns / 64, 2) int64: addresses of each tile's weights and scales, in the layout of integer.h; table (16,)
    uint8: the looked-up values of a 4-bit weight, None for 8-bit weights. Raises MemoryError.
    """
    if x.stride(-1) != 1:
        x = x.contiguous()
    failed = _library_or_fail().multiply_integer(
        *(x.data_ptr(), x.stride(0), len(x), x.shape[1], y.data_ptr(), y.stride(0)),
        *(tiles.data_ptr(), tiles.numel() // 2, table.data_ptr() if table is not None else None, block),
        *(bias.data_ptr() if bias is not None else None, _parallel(), torch.get_num_threads()),
    )
    if failed:
        raise MemoryError("no memory for a product")


def can_unpack() -> bool:
    """Whether the library has `unpack`. The AVX2 build has it: PyTorch multiplies many rows faster in fp32 there."""
    return hasattr(_library_or_fail(), "unpack")


def unpack(tiles: torch.Tensor, codes: torch.Tensor, block: int, weights: torch.Tensor) -> None:
    """Write the weights that `multiply` uses into `weights` (inner, columns) fp32; other arguments as in `multiply`."""
    _library_or_fail().unpack(
        *(tiles.data_ptr(), tiles.numel() // 2, codes.data_ptr(), block, len(weights), weights.data_ptr()),
        *(_parallel(), torch.get_num_threads()),
    )


def decode_layers(
    hidden: torch.Tensor, step: Sequence[int], layers: torch.Tensor, *, scaling: float, eps: float, residual: float
) -> None:
    """Run decoder layers in place: hidden (rows, hidden_size) bf16, contiguous; `residual` scales what a layer adds.

    `step` and each row of `layers` (layers, fields) int64 are structs of these names in kernels.c. Raises MemoryError.
    """
    failed = _library_or_fail().decode_layers(
        *(hidden.data_ptr(), _integers(step), layers.data_ptr(), len(layers), scaling, eps, residual),
        *(_parallel(), torch.get_num_threads()),
    )
    if failed:
        raise MemoryError("no memory for the decoder's layers")


class PackedUpdate:
    """The updates of one adapter for projections that share an input, in the layout of kernels.c."""

    __slots__ = ("down", "parts", "rank", "size_bytes", "up")

    def __init__(self, pairs: Sequence[tuple[torch.Tensor, torch.Tensor] | None], columns: Sequence[int]) -> None:
        """`pairs`: (a (inner, rank), b (rank, columns)) of each projection, b with the scaling; None without update."""
        parts: list[int] = []
        downs, ups = [], []
        rank_at = column_at = 0
        for pair, width in zip(pairs, columns, strict=True):
            rank = 0
            if pair is not None:
                a, b = pair
                odd = a.shape[1] % 2
                a, b = torch.nn.functional.pad(a, (0, odd)), torch.nn.functional.pad(b, (0, 0, 0, odd))
                rank = a.shape[1]
                downs.append(a)
                ups.append(interleave_row_pairs(b).flatten())
            parts += [rank_at, rank, column_at, width]
            rank_at += rank
            column_at += width
        self.rank = -(-rank_at // RANKS) * RANKS
        self.down = interleave_row_pairs(torch.nn.functional.pad(torch.cat(downs, 1), (0, self.rank - rank_at)))
        self.up = torch.cat(ups)
        self.parts = tuple(parts)
        self.size_bytes = 2 * (self.down.numel() + self.up.numel())


def interleave_row_pairs(matrix: torch.Tensor) -> torch.Tensor:
    """(inner, columns) -> (inner / 2, columns, 2) bf16, element [i][c] at [i // 2][c][i % 2]."""
    inner, columns = matrix.shape
    return matrix.to(torch.bfloat16).view(inner // 2, 2, columns).transpose(1, 2).contiguous()


def _integers(values: Sequence[int]) -> ctypes.Array[ctypes.c_int64]:
    return (ctypes.c_int64 * len(values))(*values)


def _library_or_fail() -> ctypes.CDLL:
    library = _library()
    if library is None:
        raise RuntimeError("the native kernels are not available; ask available() first")
    return library


@cache
def _library() -> ctypes.CDLL | None:
    if os.environ.get(DISABLED):
        return None
    return next((library for name in LIBRARIES if (library := load(name)) is not None), None)


def load(name: str) -> ctypes.CDLL | None:
    """Load one of LIBRARIES by name. Returns None if it was not built or this processor cannot run it."""
    path = next((path for path in _files(name) if path.is_file()), None)
    if path is None:
        return None
    library = ctypes.CDLL(str(path))
    return library if library.supported() and _declare_signatures(library) else None


def _files(name: str) -> list[Path]:
    """Where a library may lie, by the names that builds of this Python have."""
    return [Path(__file__).parent / f"{name}{suffix}" for suffix in importlib.machinery.EXTENSION_SUFFIXES]


def _declare_signatures(library: ctypes.CDLL) -> bool:
    """Declare the argument types of every function. Returns False if a function is missing."""
    pointer, number = ctypes.c_void_p, ctypes.c_int64
    arguments = {
        "attend": [
            *(pointer, number, number, pointer, pointer, number, pointer, pointer, number),
            *(number, number, number, ctypes.c_float, number, pointer, ctypes.c_int),
        ],
        "update_rows": [
            *(pointer, number, number, pointer, number, pointer, number, pointer, pointer, number, number),
            *(pointer, ctypes.c_int),
        ],
        "multiply": [
            *(pointer, number, number, number, pointer, number),
            *(pointer, number, pointer, number, pointer, pointer, ctypes.c_int),
        ],
        "multiply_integer": [
            *(pointer, number, number, number, pointer, number),
            *(pointer, number, pointer, number, pointer, pointer, ctypes.c_int),
        ],
        "decode_layers": [
            *(pointer, pointer, pointer, number, ctypes.c_float, ctypes.c_float, ctypes.c_float),
            *(pointer, ctypes.c_int),
        ],
        "store_rows": [pointer, number, number, pointer, number, pointer, number, number, number],
        "rms_norm": [pointer, pointer, pointer, number, number, ctypes.c_float, ctypes.c_int],
        "rotate": [pointer, number, number, pointer, pointer, pointer, number, number, number],
        "gate": [pointer, number, pointer, number, pointer, number, number, ctypes.c_int, pointer, ctypes.c_int],
    }
    for name, types in arguments.items():
        function = getattr(library, name, None)
        if function is None:
            log.warning("native_kernels_outdated", missing=name, remedy="install again to build them")
            return False
        function.argtypes = types
        function.restype = ctypes.c_int if name in FALLIBLE else None
    if hasattr(library, "unpack"):
        library.unpack.argtypes = [pointer, number, pointer, number, number, pointer, pointer, ctypes.c_int]
        library.unpack.restype = None
    return True


@cache
def _parallel() -> int | None:
    """Address of GOMP_parallel in PyTorch's own OpenMP library, so that the kernels share its threads.

    A process may load several OpenMP libraries (faiss and scikit-learn bring their own), and their idle threads spin
    against each other. Returns None if PyTorch has no such library; the kernels then use one thread.
    """
    torch_cpu = Path(torch.__file__).parent / "lib" / "libtorch_cpu.so"
    try:  # a symbol lookup in a library also searches its dependencies
        return ctypes.cast(ctypes.CDLL(str(torch_cpu)).GOMP_parallel, ctypes.c_void_p).value
    except (OSError, AttributeError):
        return None
