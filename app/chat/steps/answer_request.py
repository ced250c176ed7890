"""The request of an answer, on which all steps of a question work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.chat.settings.service import AnsweringProfile
from app.chat.steps.prompt import EarlierTurn
from app.llm.base import AdapterRef, Sampling
from app.text.language import Language


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    """A question with all that it resolves to before any work: rewrite, profile, language, adapter."""

    profile: AnsweringProfile
    request_id: str
    question: str  # rewritten to stand alone
    language: Language  # of the answer
    adapter: AdapterRef | None = None
    earlier: Sequence[EarlierTurn] = ()  # the turns that the question goes on from
    sampling: Sampling = field(default_factory=Sampling)
    reserved: bool = False  # the question holds a place of the generator already
