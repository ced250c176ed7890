"""The review step: the model that judged says whether its answer is right and answers the question.

It reads the prompt, the answer and one more question, and says how likely it finds "yes". Rules compare figures, dates
and names; they cannot see a "yes" in the place of a "no", or a rule about something else than what was asked.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from app.chat.steps.answer_request import AnswerRequest
from app.chat.steps.prompt import Prompt
from app.llm.base import AdapterRef, Generator, Message, ScoreRequest

REVIEW = "Check this answer against the passages. Is it right, and does it answer the question? Reply yes or no."
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Review:
    """How likely the answer is right, from 0 to 1, by the model."""

    probability: float
    seconds: float


def review_messages(messages: Sequence[Message], answer: str) -> list[Message]:
    """The conversation whose next message says whether `answer` is right: adapters are trained on it."""
    return [*messages, Message("assistant", answer), Message("user", REVIEW)]


class ReviewStep:
    """Reviews answers. Thread-safe; it has no state of a request."""

    def __init__(self, generator: Generator, *, timeout_s: float) -> None:
        self._generator = generator
        self._timeout_s = timeout_s

    async def review(self, request: AnswerRequest, adapter: AdapterRef, prompt: Prompt, answer: str) -> Review:
        """Review an answer that was written from `prompt`. Raises the errors of Generator.score."""
        started = time.perf_counter()
        tokenizer = self._generator.tokenizer
        score = ScoreRequest(
            request.request_id,
            request.profile.tenant_id,
            tuple(tokenizer.chat(review_messages(prompt.messages, answer))),
            tuple(tuple(tokenizer.encode(reply)) for reply in (YES, NO)),
            adapter,
            self._timeout_s,
            request.reserved,
        )
        yes, no = (one.logprob for one in await self._generator.score(score))
        return Review(1 / (1 + math.exp(no - yes)), time.perf_counter() - started)
