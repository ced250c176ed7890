"""The bodies of /v1/chat/completions: what a request says, and what of its answer is believed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from app.domain.conversations import TokenLogprob
from app.llm.base import Delta, FinishReason, GenerationRequest
from app.llm.openai.message_tokenizer import MessageTokenizer, messages_of
from app.llm.remote.faults import RequestRefused, ServerFault

FINISH_REASONS: Mapping[str, FinishReason] = {"stop": "stop", "length": "length"}
FILTERED = "content_filter"  # the finish reason of an answer that the server may not give


def chat_body(request: GenerationRequest, model: str) -> dict[str, Any]:
    """The body of a streamed answer. `top_k` and `repetition_penalty` are not in OpenAI's API and are left out."""
    sampling = request.sampling
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": one.role, "content": one.content} for one in messages_of(request.prompt)],
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": sampling.max_tokens,
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
    }
    if sampling.stop:
        body["stop"] = list(sampling.stop)
    if sampling.seed is not None:
        body["seed"] = sampling.seed
    if sampling.logprobs is not None:
        body |= {"logprobs": True, "top_logprobs": sampling.logprobs}
    return body


class ChatReader:
    """Reads the events of one streamed answer. What no such server would answer raises ServerFault.

    An answer that the server's content filter ends raises RequestRefused.
    """

    def __init__(self, request: GenerationRequest) -> None:
        self._limit = request.sampling.max_tokens
        self._wants_logprobs = request.sampling.logprobs is not None
        self._counter = MessageTokenizer()
        self._pieces = 0
        self._text = ""
        self._finish: FinishReason | None = None
        self._counted: int | None = None  # tokens, as the server counts them
        self._sent_at = time.monotonic()
        self._first_at = 0.0

    def read(self, event: Mapping[str, Any]) -> Delta | None:
        """What the event adds to the answer; None: nothing to show. Raises ServerFault, RequestRefused."""
        usage = event.get("usage")
        if isinstance(usage, dict) and isinstance(usage.get("completion_tokens"), int):
            self._counted = usage["completion_tokens"]
        choices = event.get("choices")
        if not isinstance(choices, list):
            raise ServerFault("its answer has no choices")
        if not choices:
            return None
        return self._read_choice(choices[0])

    def end(self, waited_s: float) -> Delta:
        """The last delta, when the server has ended the answer. Raises ServerFault if it is not whole."""
        if self._finish is None:
            raise ServerFault("it ended the answer in the middle")
        now = time.monotonic()
        first = self._first_at or now
        timings = {"queue_s": waited_s, "prefill_s": first - self._sent_at, "decode_s": now - first}
        tokens = self._pieces if self._counted is None else self._counted
        return Delta("", max(tokens, 1 if self._text else 0), self._finish, timings)

    def _read_choice(self, choice: Mapping[str, Any]) -> Delta | None:
        delta = choice.get("delta") or {}
        text = delta.get("content") or ""
        reason = choice.get("finish_reason")
        if not isinstance(text, str):
            raise ServerFault("its answer has no text")
        if reason == FILTERED:
            raise RequestRefused("its content filter ended the answer")
        if reason is not None:
            if reason not in FINISH_REASONS:
                raise ServerFault(f"it ended the answer with {reason!r}")
            self._finish = FINISH_REASONS[reason]
        if not text:
            return None
        self._first_at = self._first_at or time.monotonic()
        self._pieces += 1
        self._text += text
        return Delta(text, min(self._pieces, self._limit), logprobs=self._logprobs(choice.get("logprobs")))

    def _logprobs(self, found: Mapping[str, Any] | None) -> tuple[TokenLogprob, ...]:
        """Of the tokens of an event, where they were asked for and the server gives them."""
        if not self._wants_logprobs or not found:
            return ()
        try:
            return tuple(
                TokenLogprob(
                    one["token"],
                    min(0.0, float(one["logprob"])),
                    tuple((top["token"], min(0.0, float(top["logprob"]))) for top in one.get("top_logprobs") or ()),
                )
                for one in found.get("content") or ()
            )
        except (KeyError, TypeError, ValueError) as fault:
            raise ServerFault("its log-probabilities cannot be read") from fault
