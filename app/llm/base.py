"""The Generator protocol, through which answering streams the tokens of a request from a model."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from app.domain.conversations import TokenLogprob

FinishReason = Literal["stop", "length"]
# (upper bounds in seconds, counts in each bucket and above the last, sum in seconds)
DurationCounts = tuple[Sequence[float], Sequence[int], float]


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message. Only the template around it is trusted; `content` never produces a control token."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class AdapterRef:
    """A pinned adapter version. `folder` is absolute and holds exactly the files of that version.

    Where files lie in object storage, `fetch` brings them into the folder and keeps them there for an hour: whoever
    reads the folder calls it before each request. It blocks, and raises NotFound or Unavailable.
    """

    tenant_id: str
    name: str
    version: str
    folder: str
    fetch: Callable[[], object] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Judge:
    """The adapter that was trained to judge passages and answers, with the probabilities from which on it agrees."""

    adapter: AdapterRef
    threshold: float  # that passages hold an answer: below it the question is refused
    sure: float = 0.0  # likewise: below it an answer is shown only if the review finds it right
    review: float | None = None  # that an answer is right: below it no citation is verified; None: it cannot tell

    @property
    def label(self) -> str:
        return f"{self.adapter.name}@{self.adapter.version}"


@dataclass(frozen=True, slots=True)
class Sampling:
    max_tokens: int = 256
    temperature: float = 0.0  # 0: greedy
    top_p: float = 1.0
    top_k: int = 0  # 0: off
    repetition_penalty: float = 1.0
    stop: tuple[str, ...] = ()
    seed: int | None = None
    logprobs: int | None = None  # alternatives to report with each token's log probability; None: report nothing


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    request_id: str
    tenant_id: str
    prompt: tuple[int, ...]  # token ids
    adapter: AdapterRef | None
    sampling: Sampling
    timeout_s: float = 120.0
    reserved: bool = False  # its place is held already, by Generator.reserve


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of the answer. The last one has a finish reason; its text may be empty."""

    text: str
    tokens: int  # completion tokens so far
    finish_reason: FinishReason | None = None
    timings: Mapping[str, float] = field(default_factory=dict)  # last delta: queue_s, prefill_s, decode_s
    logprobs: tuple[TokenLogprob, ...] = ()  # of its tokens, if the sampling asks for them


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """Continuations to score after one prompt, each as if it alone followed. All are token ids."""

    request_id: str
    tenant_id: str
    prompt: tuple[int, ...]
    continuations: tuple[tuple[int, ...], ...]
    adapter: AdapterRef | None = None
    timeout_s: float = 120.0
    reserved: bool = False  # its place is held already, by Generator.reserve


@dataclass(frozen=True, slots=True)
class ContinuationScore:
    """Natural logarithms of probabilities, of the model's own distribution: without temperature or truncation."""

    token_logprobs: tuple[float, ...]  # of each token, after the prompt and the tokens before it

    @property
    def logprob(self) -> float:
        """Of the whole continuation: the sum over its tokens."""
        return sum(self.token_logprobs)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a generator can do beside plain answers. What it cannot is refused at the start, or done without."""

    adapters: bool = True  # another LoRA adapter for each request
    activated_adapters: bool = True  # LoRA that acts only behind its invocation tokens
    token_ids: bool = True  # prompts are token ids: control tokens come from the template alone
    scores: bool = True  # log-probabilities of given continuations: who judges and reviews needs them
    cache_salt: bool = True  # a tenant's prompts are never recognised by how fast another tenant's are answered


class PromptTokenizer(Protocol):
    """Encodes text as token ids of the base model."""

    def encode(self, text: str) -> list[int]:
        """Token ids of untrusted `text`; never a control token, whatever the text spells."""

    def chat(self, messages: Sequence[Message]) -> list[int]:
        """Token ids of the whole conversation in the model's chat template, ready for the assistant's answer.

        Template text may hold control tokens; message contents are encoded as `encode` does.
        """

    @property
    def generation_prompt(self) -> tuple[int, ...]:
        """The tokens with which the template begins the answer: the end of every result of `chat`. May be empty."""

    def decode(self, ids: Sequence[int]) -> str: ...


class Generator(Protocol):
    """Streams answers and scores given ones.

    Implementations: LocalGenerator, VllmGenerator, OpenAIGenerator, FakeGenerator.

    `stream` checks everything before it queues: PromptTooLong, RateLimited (tenant's queue full), Unavailable
    (service's queue full or closing), AdapterInvalid or NotFound (adapter). Later it may raise DeadlineExceeded, or
    GenerationInterrupted if the server that generates is lost after the first token.
    Closing the async generator cancels the request within one token and frees its place.
    """

    capabilities: Capabilities

    @property
    def tokenizer(self) -> PromptTokenizer: ...

    @property
    def context_tokens(self) -> int:
        """Most tokens of prompt and answer together."""

    def check_capacity(self, tenant_id: str) -> None:
        """Raises RateLimited or Unavailable if a request of this tenant would be rejected now.

        It lets callers reject a request before any work; `stream` checks again.
        """

    def reserve(self, tenant_id: str) -> AbstractContextManager[None]:
        """Hold one place for all calls of a question, which then say `reserved`. Raises RateLimited or Unavailable."""

    def stream(self, request: GenerationRequest) -> AsyncGenerator[Delta, None]: ...

    async def score(self, request: ScoreRequest) -> list[ContinuationScore]:
        """The scores of the continuations, in their order, in one step beside generation.

        The engine computes the prompt once and keeps it for a generation that follows. Raises InvalidRequest (no
        continuation, an empty one, too many, or a generator without `capabilities.scores`), PromptTooLong (prompt and
        all continuations together exceed the context), and the errors of `stream`. Cancelling the task cancels the
        request.
        """

    def ready(self) -> bool: ...

    def warnings(self) -> Sequence[str]:
        """What an operator should see to, and what users do without; all of it while `ready` may be true."""

    def forget_adapter(self, adapter: AdapterRef) -> bool:
        """Stop reading the files of an adapter, which are to be deleted. False: a server did not say that it did.

        May block for some seconds.
        """

    def describe(self) -> dict[str, Any]:
        """Facts about the loaded model for the start-up log, /readyz and doctor: quantization, device, bytes."""

    def durations(self) -> Mapping[str, DurationCounts]:
        """Histograms for /metrics, by name: ttft, inter_token, step."""

    async def close(self) -> None:
        """Refuse new requests, wait a few seconds for running ones, and free the model."""
