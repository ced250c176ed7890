"""Chooses the number of threads of a step: all, or one while other processes need the processor.

The threads of a matrix product wait for each other, so all stop when one of them gets no processor. On two cores,
beside a process that kept one core busy, a step took 67 s with two threads of lowest priority and 23 s with one.
"""

from __future__ import annotations

import math

SLOWDOWN_SHARE = 0.6  # below this share of the best speed, other processes need the processor
RETRY_STEPS = 10  # steps with one thread before all threads are tried again


class ThreadController:
    """Chooses `threads` for the next step from the speed of the last steps."""

    def __init__(self, max_threads: int) -> None:
        self.threads = self.max_threads = max_threads
        self._best_speed = 0.0  # tokens a second with all threads
        self._last_speed = {max_threads: 0.0, 1: math.inf}  # by threads; inf: one thread is tried before it is compared
        self._single_thread_steps = 0  # consecutive steps with one thread

    def record(self, tokens_per_s: float) -> None:
        """Record the speed of a step that ran with `threads`."""
        self._last_speed[self.threads] = tokens_per_s
        if self.threads < self.max_threads:
            self._single_thread_steps += 1
            if tokens_per_s < self._last_speed[self.max_threads] or self._single_thread_steps % RETRY_STEPS == 0:
                self.threads = self.max_threads
            return
        self._best_speed = max(self._best_speed, tokens_per_s)
        if tokens_per_s < min(SLOWDOWN_SHARE * self._best_speed, self._last_speed[1]):
            self.threads = 1
