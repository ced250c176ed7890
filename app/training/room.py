"""How many tokens fit into memory at once: measured on the base at hand, before a run begins."""

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
from app.training.layers import HEAD_CHUNK
from app.training.run_state import TrainingFailed
from app.training.steps import forward_loss
from app.training.trainable import Trainable
from app.training.trees import Tree

PROBES = (64, 192)  # tokens of the two passes that are measured
ALONE = 0.95  # of what is left may go to one row
TOGETHER = 0.8  # to a micro-batch: many sizes leave gaps in the heap; at .95 ten steps held 3,210 MB of 3,072
FULL = 0.8  # of the memory: from here on gaps are given back, which costs: pages given back are made anew
GRAIN = 128  # tokens: what is measured twice comes to the same number
LATER = 3  # numbers for each one trained that the first step adds: AdamW's moments, the best so far
LOGITS = 3  # copies of a chunk's logits that the loss holds at once
FLOAT = 4  # bytes
MEGABYTE = 2**20


class Room:
    """What a process may hold, in MB; what that comes to in tokens is measured once for each kind of run."""

    def __init__(self, memory_mb: int) -> None:
        self.memory_mb = memory_mb
        self._found: dict[tuple[str, int], int | None] = {}

    def tokens(self, base: TrainingBase, trainable: Trainable, dataset: Dataset) -> int:
        """So many tokens a micro-batch may have: what the recipe asks for, or less where memory does not allow for it.

        On a GPU, and where the system tells no peaks, it is not measured. Raises TrainingFailed (memory_limit) if the
        longest row alone has more.
        """
        asked = trainable.recipe.micro_batch_tokens
        trained = sum(parameter.numel() for parameter in trainable.parameters().values())
        kind = (trainable.recipe.method, trained)
        if kind not in self._found:
            self._found[kind] = self._measure(base, trained, dataset) if base.device == "cpu" else None
        found = self._found[kind]
        if found is None:
            return asked
        longest = max(example.tokens for example in (*dataset.train, *dataset.validation))
        if ALONE * found < longest:
            raise TrainingFailed(
                f"The longest row has {longest} tokens and {self.memory_mb} MB allow for about {ALONE * found:.0f} at "
                "once: shorten rows, or ask the operator to raise LORACLE_TRAINING_MEMORY_MB.",
                code="memory_limit",
            )
        fits = int(TOGETHER * found)
        return min(asked, fits // GRAIN * GRAIN or fits)

    def tidy(self) -> None:
        """Give back what lies free in the heap, once much is held. For after each micro-batch.

        Micro-batches of many sizes leave gaps, which add up: hundreds of MB in two hundred steps.
        """
        if psutil.Process().memory_info().rss > FULL * self.memory_mb * MEGABYTE:
            trim()

    def _measure(self, base: TrainingBase, trained: int, dataset: Dataset) -> int | None:
        base.model.train()
        row = dataset.train[0]
        peaks = []
        for tokens in (PROBES[0], *PROBES):  # the first pass also makes what is made once
            prompt = tuple(islice(cycle(row.prompt), tokens))
            tree = Tree(0, (Example(prompt, row.completion[:1], row.document, row.line),))
            peak = peak_memory(partial(_pass, base, tree))
            if peak is None:
                return None
            peaks.append(peak)
        _, few, more = peaks
        a_token = (more - few) / (PROBES[1] - PROBES[0])
        always = few - a_token * PROBES[0]
        later = FLOAT * (LATER * trained + LOGITS * HEAD_CHUNK * len(base.head))
        left = self.memory_mb * MEGABYTE - always - later
        return max(0, int(left / max(1.0, a_token)))


def _pass(base: TrainingBase, tree: Tree) -> None:
    forward_loss(base, [tree])[0].backward()  # type: ignore[no-untyped-call]


def peak_memory(work: Callable[[], None]) -> int | None:
    """The most bytes that are resident while `work` runs; None where the system does not tell (it is not run then)."""
    gc.collect()
    trim()
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the high-water mark begins anew
    except OSError:
        return None
    work()
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) * 1024 if found else None
