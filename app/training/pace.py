"""How many threads a step takes: all, or one while others need the processor.

Threads of one matrix product wait for each other: where one of them gets no processor, all stand still. On two cores,
beside a process that kept one busy, two threads of lowest priority took 67 s a step, one thread 23.
"""

from __future__ import annotations

import math

SLOWED = 0.6  # of the best speed so far: below, others need the processor
AGAIN = 10  # steps with one thread, then all are tried again


class Pace:
    """Chooses the `threads` of the next step by how fast the last ones were."""

    def __init__(self, most: int) -> None:
        self.threads = self.most = most
        self._best = 0.0  # tokens a second, with all threads
        self._last = {most: 0.0, 1: math.inf}  # by threads; one thread is tried before it is judged
        self._alone = 0  # steps with one thread on end

    def took(self, tokens_per_s: float) -> None:
        """A step was that fast with `threads`."""
        self._last[self.threads] = tokens_per_s
        if self.threads < self.most:
            self._alone += 1
            if tokens_per_s < self._last[self.most] or self._alone % AGAIN == 0:
                self.threads = self.most
            return
        self._best = max(self._best, tokens_per_s)
        if tokens_per_s < min(SLOWED * self._best, self._last[1]):
            self.threads = 1
