"""Turns token ids into streamed text without split characters and without text beyond a stop string."""

from __future__ import annotations

from collections.abc import Callable, Sequence

REPLACEMENT_CHARACTER = "�"
NUL = "\x00"  # left out: a model has a token for it, and PostgreSQL does not store it


class IncrementalDetokenizer:
    """Receives one token at a time and returns the text that can no longer change."""

    def __init__(self, decode: Callable[[Sequence[int]], str], stop: Sequence[str] = ()) -> None:
        self._decode = decode
        self._stop = [text for text in stop if text]
        self._ids: list[int] = []
        self._decoded_ids = 0  # ids whose text is in `_pending` or was returned
        self._context = 0  # decoding starts here: some tokens decode differently at the start of a text
        self._pending = ""
        self.stopped = False

    def push(self, token: int) -> str:
        """Add `token` and return the text that is now final. Sets `stopped` once a stop string is complete."""
        self._ids.append(token)
        before = self._decode(self._ids[self._context : self._decoded_ids])
        text = self._decode(self._ids[self._context :])
        if text.endswith(REPLACEMENT_CHARACTER):
            return ""
        self._pending += text[len(before) :].replace(NUL, "")
        self._context, self._decoded_ids = self._decoded_ids, len(self._ids)
        return self._release()

    def finish(self) -> str:
        """Return the text that was held back, when the answer ends without a stop string."""
        rest = self._decode(self._ids[self._context :])[
            len(self._decode(self._ids[self._context : self._decoded_ids])) :
        ]
        text, self._pending = self._pending + rest.replace(NUL, ""), ""
        return "" if self.stopped else text

    def _release(self) -> str:
        ends = [at for at in (self._pending.find(stop) for stop in self._stop) if at >= 0]
        if ends:
            self.stopped = True
            text, self._pending = self._pending[: min(ends)], ""
            return text
        held_back = max((_overlap(self._pending, stop) for stop in self._stop), default=0)
        cut = len(self._pending) - held_back
        text, self._pending = self._pending[:cut], self._pending[cut:]
        return text


def _overlap(text: str, stop: str) -> int:
    """Length of the longest suffix of `text` that is a prefix of `stop`."""
    return next((n for n in range(min(len(text), len(stop) - 1), 0, -1) if text.endswith(stop[:n])), 0)
