"""The previous answer of a conversation, with the citations that still stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from app.domain.conversations import Citation, Conflict, Doubt, Support, Turn
from app.domain.offsets import utf16_length
from app.text.locales import LOCALES
from app.text.sentences import sentence_spans

MARK = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
LIST = re.compile(r"^[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PreviousAnswer:
    """An answer with citations that still stand."""

    question: str
    text: str
    citations: Sequence[Citation]

    @property
    def lead(self) -> str:
        """What stands before a list; empty without one."""
        first = LIST.search(self.text)
        return self.text[: first.start()].strip() if self.is_list and first is not None else ""

    def parts(self) -> list[tuple[str, list[Citation]]]:
        """Its sentences or list items, without list marks, each with the citations that fall into it."""
        return [
            (MARK.sub("", self.text[start:end]), [c for c in self.citations if c.start < end and start < c.end])
            for start, end in sentence_spans(self.text, len(self.lead))
        ]

    @property
    def is_list(self) -> bool:
        return sum(MARK.match(line) is not None for line in self.text.splitlines()) > 1


def standing_citations(turn: Turn, known: set[str]) -> list[Citation]:
    """The citations of a turn whose documents are among `known` ids."""
    stored: list[dict[str, Any]] = turn.result.get("citations", [])
    return [_read_citation(one) for one in stored if one["document_id"] in known]


def _read_citation(stored: dict[str, Any]) -> Citation:
    """A citation as it was saved, perhaps by an earlier version of the service."""
    names = {one.name for one in fields(Citation)}
    values = {name: value for name, value in stored.items() if name in names}
    weaker = Support.VERIFIED if stored["verified"] else Support.SUPPORTED
    values["support"] = Support(stored.get("support") or weaker)
    values["reason"] = Doubt(stored["reason"]) if stored.get("reason") else None
    values["conflicts"] = tuple(Conflict(**conflict) for conflict in stored.get("conflicts") or ())
    start = stored.get("char_start_utf16", stored["char_start"])  # a turn from before it was saved: emoji count as one
    values["char_start_utf16"] = start
    values["char_end_utf16"] = start + utf16_length(stored["quote"])
    return Citation(**{**values, "boxes": None})


def without_note(answer: str) -> str:
    """An answer without the service's remark that it could not translate it."""
    notes = (locale.dialogue.replies.get("untranslated", "") for locale in LOCALES.values())
    found = next((note for note in notes if note and answer.endswith(f"\n\n{note}")), "")
    return answer.removesuffix(found).rstrip() if found else answer
