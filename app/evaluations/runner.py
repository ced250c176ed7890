"""Asking a model the cases of an evaluation over frozen passages, and noting what it did with each."""

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
from app.domain.documents import Chunk, LiveChunk
from app.domain.passages import Passage
from app.embeddings.base import Embedder
from app.errors import InvalidRequest, RateLimited, Unavailable
from app.evaluations.cases import Case
from app.evaluations.gate.promotion_gate import Observation
from app.evaluations.metrics import token_f1
from app.evaluations.retention_probe import CLOZES, CONTINUATION_TOKENS, continues_rightly
from app.llm.base import AdapterRef, GenerationRequest, Generator, Sampling
from app.text.language import answer_language
from app.text.refusals import is_refusal

ANSWER_TOKENS = 64
AT_ONCE = 4  # requests: an evaluation leaves the tenant room to ask
PATIENCE_S = 600.0  # for one answer, beside whatever else is asked
PAUSE_S = 0.5  # after being turned away
REPEATED_WORDS, REPEATED_SHARE = 12, 0.5


@dataclass(frozen=True, slots=True)
class FrozenCase:
    """A case with the passages and the very tokens that every side is asked with."""

    case: Case
    question: str  # as it is asked: a follow-up is made to stand alone
    passages: tuple[Passage, ...]
    prompt: tuple[int, ...]

    @property
    def prompt_sha256(self) -> str:
        """Names what was asked: two cases with one hash were asked the very same."""
        return hashlib.sha256(array("q", self.prompt).tobytes()).hexdigest()


Keep = Callable[[FrozenCase, Observation], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    ended: bool
    tokens: int


def freeze(case: Case, passages: Sequence[Passage], generator: Generator, preamble: str = "") -> FrozenCase:
    """The prompt as chat builds it, with the tenant's `preamble`.

    Raises InvalidRequest naming the case if its question does not fit the model's context.
    """
    question = rewrite(case.question, case.earlier)
    try:
        prompt = build_prompt(
            question,
            passages,
            language=answer_language(case.language),
            preamble=preamble,
            tokenizer=generator.tokenizer,
            budget=generator.context_tokens - ANSWER_TOKENS,
        )
    except InvalidRequest as fault:
        raise InvalidRequest(f"Case {case.id}: {fault.message}") from None
    return FrozenCase(case, question, tuple(prompt.passages), prompt.token_ids)


def given_passages(case: Case) -> list[Passage]:
    """The passages that come with a case, as retrieval would have found them."""
    return [_passage(number, text) for number, text in enumerate(case.passages)]


class Observer:
    """Asks one generator on behalf of one tenant, a few questions at a time."""

    def __init__(self, generator: Generator, embedder: Embedder, tenant_id: str, name: str) -> None:
        self._generator = generator
        self._embedder = embedder
        self._tenant_id = tenant_id
        self._name = name
        self._room = asyncio.Semaphore(AT_ONCE)

    async def observe(self, frozen: Sequence[FrozenCase], adapter: AdapterRef | None, keep: Keep) -> list[Observation]:
        """One observation per case, in order; `keep` is called with each as it comes."""

        async def one(case: FrozenCase) -> Observation:
            seen = await self._observation(case, await self.ask(case.prompt, adapter, ANSWER_TOKENS))
            await keep(case, seen)
            return seen

        return list(await asyncio.gather(*(one(case) for case in frozen)))

    async def probe(self, adapter: AdapterRef | None) -> list[bool]:
        """Whether each prompt of the general probe is continued rightly."""
        tokenizer = self._generator.tokenizer
        replies = await asyncio.gather(
            *(self.ask(tuple(tokenizer.encode(prompt)), adapter, CONTINUATION_TOKENS) for prompt, _ in CLOZES)
        )
        return [continues_rightly(reply.text, wanted) for reply, (_, wanted) in zip(replies, CLOZES, strict=True)]

    async def _observation(self, frozen: FrozenCase, reply: Reply) -> Observation:
        case, text = frozen.case, reply.text.strip()
        refused = is_refusal(text)
        supported = refused or await run_sync(self._supported, frozen, text)
        f1 = token_f1(text, case.answers, case.language) if case.answers and not refused else 0.0
        return Observation(f1, refused, supported, reply.ended, repeats(text))

    def _supported(self, frozen: FrozenCase, text: str) -> bool:
        attribution = Attribution(self._embedder, frozen.question, frozen.passages)
        citations, unsupported = attribution.attribute(text)
        return bool(citations) and not unsupported

    async def ask(self, prompt: tuple[int, ...], adapter: AdapterRef | None, tokens: int) -> Reply:
        """Greedy, with the patience of a background task: turned away, it comes again."""
        request = GenerationRequest(
            self._name, self._tenant_id, prompt, adapter, Sampling(max_tokens=tokens), PATIENCE_S
        )
        async with self._room:
            while True:
                try:
                    return await self._generate(request)
                except (RateLimited, Unavailable) as fault:
                    if fault.code == "shutting_down":
                        raise
                    await asyncio.sleep(PAUSE_S)

    async def _generate(self, request: GenerationRequest) -> Reply:
        text, ended, tokens = "", False, 0
        async with aclosing(self._generator.stream(request)) as deltas:
            async for delta in deltas:
                text += delta.text
                ended, tokens = delta.finish_reason == "stop", delta.tokens
        return Reply(text, ended, tokens)


def repeats(text: str) -> bool:
    """Whether most of a text is words said before in the same order (repeated trigrams)."""
    words = text.lower().split()
    if len(words) < REPEATED_WORDS:
        return False
    trigrams = Counter(zip(words, words[1:], words[2:], strict=False))
    return sum(count - 1 for count in trigrams.values()) / (len(words) - 2) > REPEATED_SHARE


def _passage(number: int, text: str) -> Passage:
    chunk = Chunk(
        index=number, text=text, heading="", page_start=None, page_end=None, char_start=0, char_end=len(text), tokens=0
    )
    return Passage(LiveChunk(chunk, "case", "", {}), 1.0 - number / 100, None, None)
