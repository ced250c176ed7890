"""The runs of a paragraph as plain text: raised figures, hidden text, notes and where links lead."""

from __future__ import annotations

import re
from itertools import groupby

HIDDEN = "[hidden: {}]"
ORDINAL_ENDING = re.compile(r"(?:st|nd|rd|th|er|re|e|ème|ère|o|a|os|as|º|ª|tm|sm|®|©|™)\.?", re.IGNORECASE)
SIMPLE_EXPONENT = re.compile(r"[+\-−–]?[\w.,*†‡§]+")
LONGEST_RAISED = 24  # characters: longer raised text is a sentence that was moved up
LONGEST_ADDRESS = 500
MAX_LINKS = 3  # in one paragraph, above which only files and mail addresses keep theirs: the text would drown in them
MAX_DOCUMENT_LINKS = 100  # likewise, in a document
FETCHED = re.compile(r"@|\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|zip|epub|txt|ics)(?:[?#].*)?$", re.IGNORECASE)
LOCAL_ADDRESS = re.compile(r"^(?:#|javascript:|about:|ppaction:|data:)", re.IGNORECASE)
SCHEME = re.compile(r"^(?:mailto|tel|sms|callto):(?://)?", re.IGNORECASE)


class InlineText:
    """Collects the runs of one paragraph or cell in order. `few_links`: the document is not full of links."""

    def __init__(self, *, few_links: bool = True) -> None:
        self._few_links = few_links
        self._addresses: dict[int, str] = {}  # by run
        self._runs: list[tuple[str, bool, bool]] = []  # text, raised, hidden
        self._hidden = False
        self._marked = False  # whether any run is raised or hidden

    @property
    def has_hidden(self) -> bool:
        return self._hidden

    def __len__(self) -> int:
        """Runs so far: where a link begins, for `close_link`."""
        return len(self._runs)

    def add(self, text: str, *, raised: bool = False, hidden: bool = False) -> None:
        """Append a run. Lowered figures need no mark: H2O reads as it is meant."""
        if text:
            self._runs.append((text, raised, hidden))
            if raised or hidden:
                self._marked = True
                self._hidden = self._hidden or bool(hidden and text.strip())

    def close_link(self, start: int, address: str) -> None:
        """Append where the link leads whose text began at run `start`."""
        covered = "".join(run[0] for run in self._runs[start:])
        shown = address_to_show(covered, address)
        if shown:
            gap = " " if covered and not covered[-1].isspace() else ""
            hidden = bool(self._runs) and self._runs[-1][2]
            if covered.strip():
                self._addresses[len(self._runs)] = shown
            self.add(f"{gap}({shown})" if covered.strip() else shown, hidden=hidden)

    def text(self) -> str:
        if len(self._addresses) > MAX_LINKS or not self._few_links:
            for place, address in self._addresses.items():
                if not FETCHED.search(address):
                    self._runs[place] = ("", *self._runs[place][1:])
        if not self._marked:
            return "".join([run[0] for run in self._runs])
        return "".join(
            self._hidden_text(hidden, list(runs)) for hidden, runs in groupby(self._runs, lambda run: run[2])
        )

    def _hidden_text(self, hidden: bool, runs: list[tuple[str, bool, bool]]) -> str:
        parts: list[str] = []
        for raised, group in groupby(runs, lambda run: run[1]):
            text = "".join(run[0] for run in group)
            before = parts[-1][-1:] if parts else ""
            parts.append(raised_text(text, before) if raised else text)
        joined = "".join(parts)
        return HIDDEN.format(joined.strip()) if hidden and joined.strip() else joined


def raised_text(text: str, before: str) -> str:
    """Raised text on the line: 10^6, x^(n+1); endings of ordinals and trade marks are joined: 2nd."""
    core = text.strip()
    if not core or len(core) > LONGEST_RAISED or (ORDINAL_ENDING.fullmatch(core) and not before.isspace()):
        return text
    mark = f"^{core}" if SIMPLE_EXPONENT.fullmatch(core) else f"^({core})"
    return text.replace(core, mark)


def address_to_show(text: str, address: str) -> str:
    """Where a link leads as a reader would write it; empty if the text says it already or it leads nowhere outside."""
    address = SCHEME.sub("", address.strip())
    if not address or LOCAL_ADDRESS.match(address):
        return ""
    if _bare(address) in _bare(text):
        return ""
    return "".join(address[:LONGEST_ADDRESS].split())


def _bare(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address.strip().lower()).rstrip("/")
