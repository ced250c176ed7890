"""The checks of a request before it queues, the same for every generator."""

from __future__ import annotations

from pathlib import Path

from anyio.to_thread import run_sync

from app.errors import InvalidRequest, NotFound, PromptTooLong
from app.llm.base import AdapterRef, GenerationRequest, ScoreRequest

MOST_CONTINUATIONS = 64


def check_generation_request(request: GenerationRequest, context_tokens: int) -> None:
    """Raises PromptTooLong if prompt and answer together exceed the context."""
    if context_tokens - len(request.prompt) < request.sampling.max_tokens:
        raise PromptTooLong(
            f"The prompt has {len(request.prompt)} tokens and the answer may have {request.sampling.max_tokens}; "
            f"the model's context holds {context_tokens}. Ask a shorter question or for a shorter answer."
        )


async def provide_adapter_folder(adapter: AdapterRef | None) -> None:
    """Bring the adapter's files to this machine. Raises NotFound if they are gone, Unavailable if out of reach."""
    if adapter is None:
        return
    if adapter.fetch is not None:
        await run_sync(adapter.fetch)
    if not Path(adapter.folder).is_dir():
        raise NotFound("No such adapter.", param="adapter")


def check_score_request(request: ScoreRequest, context_tokens: int) -> None:
    """Raises InvalidRequest (nothing to score, an empty continuation, too many) or PromptTooLong."""
    count = len(request.continuations)
    if not request.prompt:
        raise InvalidRequest("The prompt is empty: continuations are scored after at least one token.", param="prompt")
    if not 1 <= count <= MOST_CONTINUATIONS:
        raise InvalidRequest(
            f"Give 1 to {MOST_CONTINUATIONS} continuations, not {count}; split more into several requests.",
            param="continuations",
        )
    empty = next((i for i, one in enumerate(request.continuations, 1) if not one), None)
    if empty is not None:
        raise InvalidRequest(f"Continuation {empty} is empty; each needs at least one token.", param="continuations")
    tokens = sum(map(len, request.continuations))
    if len(request.prompt) + tokens > context_tokens:
        raise PromptTooLong(
            f"The prompt has {len(request.prompt)} tokens and the continuations {tokens} together; the model's context "
            f"holds {context_tokens}. Shorten the prompt, or score fewer or shorter continuations at a time."
        )
