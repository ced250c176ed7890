"""The bodies of vLLM's /v1/completions: what a request says, and what of its answer is believed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.domain.conversations import TokenLogprob
from app.llm.base import Delta, FinishReason, GenerationRequest, Sampling
from app.llm.remote.faults import ServerFault

Json = Mapping[str, Any]
FINISH_REASONS: Mapping[str, FinishReason] = {"stop": "stop", "length": "length"}


def generation_body(request: GenerationRequest, model: str, salt: str, end_ids: Sequence[int]) -> dict[str, Any]:
    """The body of a streamed answer. Every value is given: vLLM would take others from the model's folder."""
    sampling = request.sampling
    body: dict[str, Any] = {
        "model": model,
        "prompt": list(request.prompt),
        "stream": True,
        "stream_options": {"include_usage": True},
        "return_token_ids": True,
        "max_tokens": sampling.max_tokens,
        "stop": list(sampling.stop),
        "stop_token_ids": list(end_ids),
        "cache_salt": salt,
        **_sampling(sampling),
    }
    if sampling.logprobs is not None:
        body["logprobs"] = sampling.logprobs
    return body


def score_body(prompts: Sequence[Sequence[int]], next_ids: Sequence[int], model: str, salt: str) -> dict[str, Any]:
    """The body of a request for the log-probability of each of `next_ids` behind the prompt at the same place.

    `prompt_logprobs` would give them in one request, but ends vLLM's engine where the head of the model can have an
    adapter (0.32, on a CPU), and takes no prompt from the prefix cache.
    """
    return {
        "model": model,
        "prompt": [list(prompt) for prompt in prompts],
        "max_tokens": 1,
        "logprobs": 1,
        "logprob_token_ids": sorted(set(next_ids)),
        "return_tokens_as_token_ids": True,
        "cache_salt": salt,
        **_sampling(Sampling()),
    }


def _sampling(sampling: Sampling) -> dict[str, Any]:
    return {
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "top_k": sampling.top_k,
        "min_p": 0.0,
        "repetition_penalty": sampling.repetition_penalty,
        "frequency_penalty": 0.0,
        "presence_penalty": 0.0,
        "seed": sampling.seed,
    }


class CompletionReader:
    """Reads the events of one streamed answer. What no vLLM would answer raises ServerFault and is never shown."""

    def __init__(self, request: GenerationRequest, model: str, decode: Callable[[Sequence[int]], str]) -> None:
        self._request = request
        self._model = model
        self._decode = decode
        self._tokens = 0
        self._logprobs: list[TokenLogprob] = []
        self._text = ""
        self._finish: FinishReason | None = None
        self._usage: Json | None = None
        self._sent_at = time.monotonic()
        self._first_at = 0.0

    def read(self, event: Json) -> Delta | None:
        """What the event adds to the answer; None: nothing to show yet. Raises ServerFault."""
        if event.get("model") != self._model:
            raise ServerFault(f"it answered as {event.get('model')!r}, not as {self._model!r}")
        self._usage = event.get("usage") or self._usage
        choices = event.get("choices")
        if not isinstance(choices, list) or len(choices) > 1:
            raise ServerFault("its answer has no choice")
        if not choices:
            return None
        if self._finish is not None:
            raise ServerFault("it went on after the end of the answer")
        self._add(choices[0])
        if self._finish is not None or not (self._text or self._logprobs):
            return None
        return self._delta()

    def end(self, waited_s: float) -> Delta:
        """The last delta, when the server has ended the answer. Raises ServerFault if it is not whole.

        `waited_s`: seconds before the request was sent.
        """
        if self._finish is None or self._usage is None:
            raise ServerFault("it ended the answer in the middle")
        counted = self._usage.get("prompt_tokens"), self._usage.get("completion_tokens")
        if counted != (len(self._request.prompt), self._tokens):
            raise ServerFault(f"it counted {counted} tokens of {len(self._request.prompt), self._tokens}")
        now = time.monotonic()
        first = self._first_at or now
        timings = {"queue_s": waited_s, "prefill_s": first - self._sent_at, "decode_s": now - first}
        return self._delta(self._finish, timings)

    def _add(self, choice: Json) -> None:
        text, ids = choice.get("text"), choice.get("token_ids")
        if not isinstance(text, str) or not isinstance(ids, list) or not all(isinstance(one, int) for one in ids):
            raise ServerFault("its answer has no text with token ids")
        prompt = choice.get("prompt_token_ids")
        if prompt is not None and tuple(prompt) != self._request.prompt:
            raise ServerFault("it answered another prompt")
        reason = choice.get("finish_reason")
        if reason is not None and reason not in FINISH_REASONS:
            raise ServerFault(f"it ended the answer with {reason!r}")
        if ids and not self._first_at:
            self._first_at = time.monotonic()
        self._tokens += len(ids)
        if self._tokens > self._request.sampling.max_tokens:
            raise ServerFault("it wrote more tokens than it was asked for")
        self._text += text
        self._finish = FINISH_REASONS[reason] if reason is not None else None
        if self._request.sampling.logprobs is not None and ids:
            self._logprobs += _token_logprobs(
                choice.get("logprobs"), ids, self._request.sampling.logprobs, self._decode
            )

    def _delta(self, finish: FinishReason | None = None, timings: Mapping[str, float] | None = None) -> Delta:
        delta = Delta(self._text, self._tokens, finish, timings or {}, tuple(self._logprobs))
        self._text, self._logprobs = "", []
        return delta


def read_scores(answer: Json, next_ids: Sequence[int]) -> list[float]:
    """The log-probabilities in an answer to `score_body`. Raises ServerFault."""
    try:
        choices = sorted(answer["choices"], key=lambda choice: choice["index"])
        told = [choice["logprobs"]["top_logprobs"][0] for choice in choices]
        values = [min(0.0, float(one[f"token_id:{token}"])) for one, token in zip(told, next_ids, strict=True)]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
        raise ServerFault("its answer has no log-probabilities of the tokens") from fault
    if not all(map(math.isfinite, values)):
        raise ServerFault("its log-probabilities are no numbers")
    return values


def _token_logprobs(
    found: Json | None, ids: Sequence[int], alternatives: int, decode: Callable[[Sequence[int]], str]
) -> list[TokenLogprob]:
    """Of the tokens `ids`. vLLM adds the token itself where it is not among the likeliest."""
    try:
        told = found or {}
        rows = zip(ids, told["tokens"], told["token_logprobs"], told["top_logprobs"], strict=True)
        return [_token_logprob(decode([token]), name, value, top, alternatives) for token, name, value, top in rows]
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise ServerFault("its answer has no log-probabilities of its tokens") from fault


def _token_logprob(
    text: str, told: str, logprob: float, top: Mapping[str, float] | None, alternatives: int
) -> TokenLogprob:
    likeliest = sorted((top or {}).items(), key=lambda one: -one[1])[:alternatives]
    return TokenLogprob(
        text,
        min(0.0, float(logprob)),
        tuple((text if name == told else name, min(0.0, float(value))) for name, value in likeliest),
    )
