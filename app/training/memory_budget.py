"""Limits micro-batches to the tokens that fit in memory, measured on the loaded base model before a run."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import psutil

from app.numerics.memory import trim
from app.training.base import TrainingBase
from app.training.dataset import Dataset
from app.training.examples import Example
from app.training.layers import head_chunk
from app.training.prefix_sharing import PrefixGroup
from app.training.run_state import TrainingFailed
from app.training.steps import forward_loss
from app.training.trainable import Trainable

PROBE_TOKENS = (64, 192)  # tokens of the two measured passes
SINGLE_ROW_SHARE = 0.95  # share of the available memory for a single row
MICRO_BATCH_SHARE = 0.8  # for a micro-batch: sizes leave gaps in the heap; at .95, ten steps held 3,210 MB of 3,072
TRIM_SHARE = 0.8  # share of memory from which free pages are returned, which is slow: they must be mapped again
TOKEN_GRANULARITY = 128  # tokens are rounded, so that repeated measurements give the same number
LATER_COPIES = 3  # copies of each parameter that the first step adds: AdamW's moments, best weights
LOGIT_COPIES = 3  # copies of a chunk's logits in the loss
FLOAT_BYTES = 4
MEGABYTE = 2**20


class MemoryBudget:
    """The memory limit of the training process, in MB. Its token capacity is measured once for each kind of run."""

    def __init__(self, memory_mb: int) -> None:
        self.memory_mb = memory_mb
        self._measured: dict[tuple[str, int], int | None] = {}

    def micro_batch_tokens(self, base: TrainingBase, trainable: Trainable, dataset: Dataset) -> int:
        """Tokens of a micro-batch: the recipe's value, or less if memory does not allow it.

        Not measured on a GPU, and where the system reports no peak memory. Raises TrainingFailed (memory_limit) if the
        longest row alone does not fit.
        """
        requested = trainable.recipe.micro_batch_tokens
        trained_parameters = sum(parameter.numel() for parameter in trainable.parameters().values())
        key = (trainable.recipe.method, trained_parameters)
        longest = max(example.tokens for example in (*dataset.train, *dataset.validation))
        if key not in self._measured:
            self._measured[key] = self._measure(base, trained_parameters, dataset) if base.device == "cpu" else None
        measured = self._measured[key]
        if measured is None:
            return requested
        if SINGLE_ROW_SHARE * measured < longest and not base.model.is_activation_checkpointing:
            # A third more work, a fraction of the memory: activations within a layer are computed again.
            base.model.activation_checkpointing_enable({"use_reentrant": False})
            self._measured[key] = measured = self._measure(base, trained_parameters, dataset) or 0
        if SINGLE_ROW_SHARE * measured < longest:
            raise TrainingFailed(
                f"The longest row has {longest} tokens and {self.memory_mb} MB allow for about "
                f"{SINGLE_ROW_SHARE * measured:.0f} at once: shorten rows, or ask the operator to raise "
                "LORACLE_TRAINING_MEMORY_MB.",
                code="memory_limit",
            )
        fits = int(MICRO_BATCH_SHARE * measured)
        return min(requested, fits // TOKEN_GRANULARITY * TOKEN_GRANULARITY or fits)

    def trim_if_full(self) -> None:
        """Return free heap memory to the system if the process holds much. Called after each micro-batch.

        Micro-batches of different sizes leave gaps in the heap: hundreds of MB in two hundred steps.
        """
        if psutil.Process().memory_info().rss > TRIM_SHARE * self.memory_mb * MEGABYTE:
            trim()

    def _measure(self, base: TrainingBase, trained_parameters: int, dataset: Dataset) -> int | None:
        base.model.train()
        row = dataset.train[0]
        peaks = []
        for tokens in (PROBE_TOKENS[0], *PROBE_TOKENS):  # the first pass also makes one-time allocations
            prompt = tuple(islice(cycle(row.prompt), tokens))
            group = PrefixGroup(0, (Example(prompt, row.completion[:1], row.document, row.line),))
            peak = peak_memory(partial(_pass, base, group))
            if peak is None:
                return None
            peaks.append(peak)
        _, small_peak, large_peak = peaks
        bytes_per_token = (large_peak - small_peak) / (PROBE_TOKENS[1] - PROBE_TOKENS[0])
        fixed_bytes = small_peak - bytes_per_token * PROBE_TOKENS[0]
        logits = head_chunk(len(base.head)) * len(base.head)
        later_bytes = FLOAT_BYTES * (LATER_COPIES * trained_parameters + LOGIT_COPIES * logits)
        available_bytes = self.memory_mb * MEGABYTE - fixed_bytes - later_bytes
        return max(0, int(available_bytes / max(1.0, bytes_per_token)))


def _pass(base: TrainingBase, group: PrefixGroup) -> None:
    forward_loss(base, [group])[0].backward()  # type: ignore[no-untyped-call]


def peak_memory(function: Callable[[], None]) -> int | None:
    """Peak resident bytes while `function` runs. Returns None, without running it, if the system cannot report them."""
    gc.collect()
    trim()
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # resets the high-water mark
    except OSError:
        return None
    function()
    measured = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(measured[1]) * 1024 if measured else None
