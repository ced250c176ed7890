"""A shipped fake generator: answers with the first sentence of the first passage in its prompt, without a model."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from app.domain.conversations import TokenLogprob
from app.llm.admission import Admission
from app.llm.base import (
    AdapterRef,
    Capabilities,
    ContinuationScore,
    Delta,
    DurationCounts,
    FinishReason,
    GenerationRequest,
    Message,
    ScoreRequest,
)
from app.llm.request_checks import check_generation_request, check_score_request, provide_adapter_folder
from app.llm.request_handle import deadline_exceeded

SOURCE = r"[^\n]*\.\w{1,5}(?:, [^\n]*)?\n"  # the line of the passage's file and heading
FIRST_PASSAGE = re.compile(rf"(?:^|\x00)\[1\]\s*(?:{SOURCE})?(.+?)(?<=[.!?])(?:\s|$)", re.MULTILINE | re.DOTALL)
WORDS = re.compile(r"\s*\S+|\s+$")
EXPECTED, UNEXPECTED = -0.1, -5.0  # log-probabilities of a token of the fake's answer, and of any other
TURN = "\x00"  # separates messages; it is removed from message text


class CodePointTokenizer:
    """One token for each character; a control character stands for the chat template."""

    generation_prompt: tuple[int, ...] = ()

    def encode(self, text: str) -> list[int]:
        return [ord(char) for char in text if char != TURN]

    def chat(self, messages: Sequence[Message]) -> list[int]:
        ids: list[int] = []
        for message in messages:
            ids += [ord(TURN), *self.encode(message.content)]
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        return "".join(map(chr, ids))


class FakeGenerator:
    """Generator for tests and demonstrations: deterministic and fast, with the limits and errors of a real one."""

    def __init__(
        self,
        *,
        context_tokens: int = 16_384,
        queue_size: int = 64,
        tenant_queue_size: int = 8,
        delay_s: float = 0.0,
    ) -> None:
        self.tokenizer = CodePointTokenizer()
        self.capabilities = Capabilities()
        self._context_tokens = context_tokens
        self._admission = Admission(queue_size, tenant_queue_size)
        self._delay_s = delay_s
        self._open = True

    @property
    def context_tokens(self) -> int:
        return self._context_tokens

    def check_capacity(self, tenant_id: str) -> None:
        self._admission.check_capacity(tenant_id)

    def reserve(self, tenant_id: str) -> AbstractContextManager[None]:
        return self._admission.place(tenant_id)

    async def stream(self, request: GenerationRequest) -> AsyncGenerator[Delta, None]:
        check_generation_request(request, self._context_tokens)
        await provide_adapter_folder(request.adapter)
        with self._admission.place(request.tenant_id, reserved=request.reserved):
            async for delta in self._words(request):
                yield delta

    async def score(self, request: ScoreRequest) -> list[ContinuationScore]:
        """Tokens that repeat its own answer from the start are likely, all others are not."""
        check_score_request(request, self._context_tokens)
        await provide_adapter_folder(request.adapter)
        with self._admission.place(request.tenant_id, reserved=request.reserved):
            await asyncio.sleep(self._delay_s)
            if self._delay_s > request.timeout_s:
                raise deadline_exceeded(request.timeout_s)
            answer = self.tokenizer.encode(fake_answer(self.tokenizer.decode(request.prompt)))
            return [ContinuationScore(_token_logprobs(one, answer)) for one in request.continuations]

    async def _words(self, request: GenerationRequest) -> AsyncGenerator[Delta, None]:
        started = time.monotonic()
        text = fake_answer(self.tokenizer.decode(request.prompt))
        ends = [at for at in (text.find(stop) for stop in request.sampling.stop if stop) if at >= 0]
        words = WORDS.findall(text[: min(ends, default=len(text))])
        for count, word in enumerate(words[: request.sampling.max_tokens], start=1):
            await asyncio.sleep(self._delay_s)
            if time.monotonic() - started > request.timeout_s:
                raise deadline_exceeded(request.timeout_s)
            yield Delta(word, count, logprobs=_logprobs(word, request.sampling.logprobs))
        count = min(len(words), request.sampling.max_tokens)
        finish: FinishReason = "length" if len(words) > count else "stop"
        yield Delta("", count, finish, {"queue_s": 0.0, "prefill_s": 0.0, "decode_s": time.monotonic() - started})

    def ready(self) -> bool:
        return self._open

    def warnings(self) -> Sequence[str]:
        return ()

    def forget_adapter(self, adapter: AdapterRef) -> bool:  # noqa: ARG002 - what is loaded was read whole
        return True

    def describe(self) -> dict[str, Any]:
        return {"quantization": "none", "device": "none", "running": self._admission.active(), "waiting": 0}

    def durations(self) -> dict[str, DurationCounts]:
        return {}

    async def close(self) -> None:
        self._open = False
        self._admission.close()


def fake_answer(prompt: str) -> str:
    """The first sentence of the passage numbered [1], or else the last message."""
    found = FIRST_PASSAGE.search(prompt)
    return (found.group(1) if found else prompt.rsplit(TURN, 1)[-1]).strip()


def _token_logprobs(continuation: Sequence[int], answer: Sequence[int]) -> tuple[float, ...]:
    """EXPECTED as long as the tokens are those of the answer, then UNEXPECTED."""
    common = next((i for i, pair in enumerate(zip(continuation, answer, strict=False)) if pair[0] != pair[1]), None)
    same = min(len(continuation), len(answer)) if common is None else common
    return (EXPECTED,) * same + (UNEXPECTED,) * (len(continuation) - same)


def _logprobs(word: str, top: int | None) -> tuple[TokenLogprob, ...]:
    return () if top is None else (TokenLogprob(word, EXPECTED, ((word, EXPECTED),)[:top]),)
