"""Asks one side of an adapter's evaluation its cases over frozen passages, and observes each answer."""

from __future__ import annotations

import asyncio
import hashlib
from array import array
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from anyio.to_thread import run_sync

from app.chat.steps.cite import Attribution
from app.chat.steps.prompt import build_prompt
from app.chat.steps.rewrite import rewrite
from app.domain.passages import Passage
from app.embeddings.base import Embedder
from app.errors import InvalidRequest, RateLimited, Unavailable
from app.evaluations.cases import Case
from app.evaluations.metrics import token_f1
from app.evaluations.retention_probe import COMPLETION_TOKENS, RETENTION_PROMPTS, completes_correctly
from app.llm.base import AdapterRef, GenerationRequest, Generator, Sampling
from app.text.language import Language
from app.text.refusals import is_refusal

ANSWER_TOKENS = 64
CONCURRENT_REQUESTS = 4  # of one evaluation: the tenant's users need the rest of its share
TIMEOUT_S = 600.0  # of one answer: an evaluation shares the engine with users
RETRY_AFTER_S = 0.5  # when the queue is full
REPEATED_WORDS, REPEATED_SHARE = 12, 0.5


@dataclass(frozen=True, slots=True)
class FrozenCase:
    """A case with the passages and the prompt that every side is asked with."""

    case: Case
    question: str  # the stand-alone form of a follow-up
    passages: tuple[Passage, ...]
    prompt: tuple[int, ...]  # token ids

    @property
    def prompt_sha256(self) -> str:
        """Identifies the prompt: an observation of another prompt does not count for this case."""
        return hashlib.sha256(array("q", self.prompt).tobytes()).hexdigest()


@dataclass(frozen=True, slots=True)
class Observation:
    """How one side answered one question."""

    f1: float  # token F1, 0 to 1
    refused: bool
    supported: bool  # every sentence rests on a passage; True for a refusal
    ended: bool  # with a stop token, not at the limit of tokens
    repeats: bool  # most of its trigrams occur more than once
    answer: str = ""  # what it wrote


OnObservation = Callable[[FrozenCase, Observation], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    ended: bool  # with a stop token
    tokens: int


def freeze(case: Case, passages: Sequence[Passage], generator: Generator, preamble: str = "") -> FrozenCase:
    """Build the prompt as chat does, with the tenant's `preamble`.

    Raises InvalidRequest naming the case if its question does not fit the model's context.
    """
    question = rewrite(case.question, case.earlier)
    try:
        prompt = build_prompt(
            question,
            passages,
            language=Language(case.language),
            preamble=preamble,
            tokenizer=generator.tokenizer,
            budget=generator.context_tokens - ANSWER_TOKENS,
        )
    except InvalidRequest as fault:
        raise InvalidRequest(f"Case {case.id}: {fault.message}") from None
    return FrozenCase(case, question, tuple(prompt.passages), prompt.token_ids)


class CaseRunner:
    """Asks one generator on behalf of one tenant, a few cases at a time. `name` is the id of its requests."""

    def __init__(self, generator: Generator, embedder: Embedder, tenant_id: str, name: str) -> None:
        self._generator = generator
        self._embedder = embedder
        self._tenant_id = tenant_id
        self._name = name
        self._slots = asyncio.Semaphore(CONCURRENT_REQUESTS)

    async def run(
        self, cases: Sequence[FrozenCase], adapter: AdapterRef | None, on_observation: OnObservation
    ) -> list[Observation]:
        """One observation for each case, in order; `on_observation` gets each as soon as there is one.

        A further case is begun only when an earlier one was observed, so that what breaks off loses a few at most.
        """
        under_way = asyncio.Semaphore(CONCURRENT_REQUESTS)

        async def run_one(case: FrozenCase) -> Observation:
            async with under_way:
                reply = await self.generate(case.prompt, adapter, ANSWER_TOKENS)
                observation = await self._observe(case, reply)
                await on_observation(case, observation)
                return observation

        return list(await asyncio.gather(*(run_one(case) for case in cases)))

    async def probe_retention(self, adapter: AdapterRef | None) -> list[bool]:
        """Whether each prompt of the retention probe is completed correctly."""
        encode = self._generator.tokenizer.encode
        replies = await asyncio.gather(
            *(self.generate(tuple(encode(prompt)), adapter, COMPLETION_TOKENS) for prompt, _ in RETENTION_PROMPTS)
        )
        return [
            completes_correctly(reply.text, answers)
            for reply, (_, answers) in zip(replies, RETENTION_PROMPTS, strict=True)
        ]

    async def generate(self, prompt: tuple[int, ...], adapter: AdapterRef | None, max_tokens: int) -> Reply:
        """Decode greedily; while the engine's queue is full, try again."""
        sampling = Sampling(max_tokens=max_tokens)
        request = GenerationRequest(self._name, self._tenant_id, prompt, adapter, sampling, TIMEOUT_S)
        async with self._slots:
            while True:
                try:
                    return await self._stream(request)
                except (RateLimited, Unavailable) as fault:
                    if fault.code == "shutting_down":
                        raise
                    await asyncio.sleep(RETRY_AFTER_S)

    async def _stream(self, request: GenerationRequest) -> Reply:
        text, ended, tokens = "", False, 0
        async with aclosing(self._generator.stream(request)) as deltas:
            async for delta in deltas:
                text += delta.text
                ended, tokens = delta.finish_reason == "stop", delta.tokens
        return Reply(text, ended, tokens)

    async def _observe(self, frozen: FrozenCase, reply: Reply) -> Observation:
        case, text = frozen.case, reply.text.strip()
        refused = is_refusal(text)
        supported = refused or await run_sync(self._is_supported, frozen, text)
        f1 = token_f1(text, case.answers, case.language) if case.answers and not refused else 0.0
        return Observation(f1, refused, supported, reply.ended, is_repetitive(text), text)

    def _is_supported(self, frozen: FrozenCase, text: str) -> bool:
        attribution = Attribution(self._embedder, frozen.question, frozen.passages)
        citations, unsupported = attribution.attribute(text)
        return bool(citations) and not unsupported


def is_repetitive(text: str) -> bool:
    """Whether most trigrams of a text that is long enough occurred in it before."""
    words = text.lower().split()
    if len(words) < REPEATED_WORDS:
        return False
    trigrams = Counter(zip(words, words[1:], words[2:], strict=False))
    return sum(count - 1 for count in trigrams.values()) / (len(words) - 2) > REPEATED_SHARE
