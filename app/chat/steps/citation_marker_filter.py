"""Markers such as [2] in the model's text: ours to give, not the model's, so they are taken out as they come."""

from __future__ import annotations

import re

MARKER = re.compile(r" *\[\d{1,3}\]")
OPEN_END = re.compile(r"(?: *\[\d{0,3})* *$")  # the text may be about to become a marker, or one in another


class MarkerFilter:
    """Passes streamed text on without markers; holds back what may be the start of one."""

    def __init__(self) -> None:
        self._held = ""

    def push(self, text: str) -> str:
        text, found = MARKER.subn("", self._held + text)
        while found:  # what stood around a marker may be one now: "[1[2]]"
            text, found = MARKER.subn("", text)
        match = OPEN_END.search(text)
        cut = match.start() if match is not None else len(text)
        self._held = text[cut:]
        return text[:cut]

    def finish(self) -> str:
        text, self._held = self._held, ""
        return text.rstrip()
