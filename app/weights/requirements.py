"""How much disk and memory a model needs, from its shapes, and the check of both before anything is downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.errors import WeightsUnavailable
from app.weights.machine import free_disk_bytes, memory_bytes

# Python, PyTorch, the embedding model, the database and the buffers of one step. The estimate for the 0.5B is 2.0 GB in
# all; 1.8 were measured after a hundred questions, as the engine's kernels keep embeddings and head in 8 bits.
PROCESS_BYTES = 700 * 10**6
CACHE_BYTES = 512 * 2**20  # keys and values, and dense copies of 4-bit layers: the settings' defaults
DEFAULT_BLOCK_SIZE = 32


@dataclass(frozen=True, slots=True)
class ModelShape:
    """The sizes of a decoder-only model with gated feed-forward layers."""

    hidden: int
    layers: int
    heads: int
    kv_heads: int
    head_dim: int
    feed_forward: int
    vocabulary: int
    tied: bool  # embeddings and head are one matrix on disk

    @property
    def linears(self) -> dict[str, int]:
        """Weights of each linear layer of all layers together, by its last name in transformers."""
        queries, keys = self.heads * self.head_dim, self.kv_heads * self.head_dim
        sizes = {
            "q_proj": self.hidden * queries,
            "k_proj": self.hidden * keys,
            "v_proj": self.hidden * keys,
            "o_proj": queries * self.hidden,
            "gate_proj": self.hidden * self.feed_forward,
            "up_proj": self.hidden * self.feed_forward,
            "down_proj": self.feed_forward * self.hidden,
        }
        return {name: size * self.layers for name, size in sizes.items()}

    @property
    def folder_bytes(self) -> int:
        """Of the model in 16 bits, tokenizer included."""
        embeddings = self.vocabulary * self.hidden * (1 if self.tied else 2)
        return 2 * (sum(self.linears.values()) + embeddings) + 12 * 10**6


def serving_bytes(shape: ModelShape, *, block_size: int = DEFAULT_BLOCK_SIZE, keep: tuple[str, ...] = ()) -> int:
    """Estimated memory of a service with this model in 4 bits, embeddings and head in 16 bits, and the default caches.

    A scale of 8 bits belongs to each block of weights (double quantisation). `keep` names layers left in 16 bits.
    """
    bits = 4 + 8 / block_size
    linears = sum(size * (16 if name in keep else bits) / 8 for name, size in shape.linears.items())
    embeddings = 2 * 2 * shape.vocabulary * shape.hidden  # the head has its own packed copy
    return int(linears) + embeddings + CACHE_BYTES + PROCESS_BYTES


def estimate_serving_bytes(weights_bytes: int) -> int:
    """As `serving_bytes`, for a model of which only the bytes of its 16-bit weights are known."""
    return int(weights_bytes * 0.4) + CACHE_BYTES + PROCESS_BYTES


def check_disk(name: str, folder: Path, needed: int) -> None:
    """Raise WeightsUnavailable, with figures, if fewer than `needed` bytes are free where `folder` is."""
    free = free_disk_bytes(folder)
    if free < needed:
        raise WeightsUnavailable(
            f"{name} needs {gigabytes(needed)} of disk in {folder}, {gigabytes(free)} are free; nothing was "
            "downloaded. Make room, set LORACLE_MODELS_DIR to a folder on another disk, or choose a smaller model "
            "(`loracle models recommend`)."
        )


def check_memory(name: str, needed: int) -> None:
    """Raise WeightsUnavailable, with figures, if this machine has less than `needed` bytes of memory."""
    present = memory_bytes()
    if present < needed:
        raise WeightsUnavailable(
            f"{name} needs about {gigabytes(needed)} of memory to serve, this machine has {gigabytes(present)}; "
            "nothing was downloaded. Choose a smaller model (`loracle models recommend`), or pull it for another "
            "machine with `loracle models pull --force`."
        )


def gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 10**8 else f"{size / 1e6:.0f} MB"
