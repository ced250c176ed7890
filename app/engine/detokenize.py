"""Token ids to streamed text: no split character, no text beyond a stop string."""

from __future__ import annotations

from collections.abc import Callable, Sequence

BROKEN = "�"


class TextStream:
    """Takes one token at a time and gives the text that is certain by now."""

    def __init__(self, decode: Callable[[Sequence[int]], str], stop: Sequence[str] = ()) -> None:
        self._decode = decode
        self._stop = [text for text in stop if text]
        self._ids: list[int] = []
        self._shown_ids = 0  # ids whose text is in `_pending` or was given out
        self._context = 0  # decoding starts here: some tokens decode differently at a start
        self._pending = ""
        self.stopped = False

    def push(self, token: int) -> str:
        """Text that became certain with `token`; may be empty. Sets `stopped` when a stop string is complete."""
        self._ids.append(token)
        before = self._decode(self._ids[self._context : self._shown_ids])
        text = self._decode(self._ids[self._context :])
        if text.endswith(BROKEN):
            return ""
        self._pending += text[len(before) :]
        self._context, self._shown_ids = self._shown_ids, len(self._ids)
        return self._release()

    def finish(self) -> str:
        """What was held back, when the answer ends without a stop string."""
        rest = self._decode(self._ids[self._context :])[len(self._decode(self._ids[self._context : self._shown_ids])) :]
        text, self._pending = self._pending + rest, ""
        return "" if self.stopped else text

    def _release(self) -> str:
        ends = [at for at in (self._pending.find(stop) for stop in self._stop) if at >= 0]
        if ends:
            self.stopped = True
            text, self._pending = self._pending[: min(ends)], ""
            return text
        held = max((_overlap(self._pending, stop) for stop in self._stop), default=0)
        cut = len(self._pending) - held
        text, self._pending = self._pending[:cut], self._pending[cut:]
        return text


def _overlap(text: str, stop: str) -> int:
    """Length of the longest end of `text` that begins `stop`."""
    return next((n for n in range(min(len(text), len(stop) - 1), 0, -1) if text.endswith(stop[:n])), 0)
