"""What this machine offers a model: memory, disk, processor, GPU."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import psutil

CGROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


@dataclass(frozen=True, slots=True)
class Machine:
    memory_bytes: int  # of the machine, or of the container
    disk_bytes: int  # free where models are kept
    cores: int
    vector_kernels: bool  # the engine's kernels for AVX2 or AVX512 run here
    gpu_bytes: int = 0  # memory of the GPU that is used; 0: none


def memory_bytes() -> int:
    """The memory of this machine, or of the container if that is less, in bytes."""
    total = int(psutil.virtual_memory().total)
    return min([total, *(limit for path in CGROUP_LIMITS if (limit := _read_limit(path)))])


def free_disk_bytes(folder: Path) -> int:
    """Free bytes where `folder` is or will be."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def usable_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read_limit(path: Path) -> int:
    try:
        text = path.read_text(encoding="ascii").strip()
    except OSError:
        return 0
    return int(text) if text.isdigit() else 0
