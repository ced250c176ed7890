"""Markers such as [2] that a model writes although it is not asked to cite: they are taken out as the text streams."""

from __future__ import annotations

import re

MARKER = re.compile(r" *\[\d{1,3}\]")
PARTIAL_MARKER = re.compile(r"(?: *\[\d{0,3})* *$")  # the text may be about to become a marker, or one in another


class CitationMarkerFilter:
    """Removes markers such as [2] from the model's text as it streams: the service cites, not the model."""

    def __init__(self) -> None:
        self._pending = ""

    def push(self, text: str) -> str:
        """The text without markers; what may be the start of a marker waits for the next piece."""
        text, found = MARKER.subn("", self._pending + text)
        while found:  # the text around a marker may form another one: "[1[2]]"
            text, found = MARKER.subn("", text)
        match = PARTIAL_MARKER.search(text)
        cut = match.start() if match is not None else len(text)
        self._pending = text[cut:]
        return text[:cut]

    def finish(self) -> str:
        """The text that still waits."""
        text, self._pending = self._pending, ""
        return text.rstrip()
