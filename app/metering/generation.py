"""Text generation that is charged as it is used, whoever stops it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from app.llm.base import Delta, GenerationRequest, Generator
from app.metering.meter import current_meter


async def charged_stream(generator: Generator, request: GenerationRequest) -> AsyncGenerator[Delta, None]:
    """What `generator.stream` yields. At its end the request at work is charged for the prompt and what was generated.

    So it is when the client leaves before the end; what is refused costs nothing. Raises as `stream` does.
    """
    meter, tokens, refused = current_meter(), 0, False
    try:
        async with aclosing(generator.stream(request)) as deltas:
            async for delta in deltas:
                tokens = delta.tokens
                yield delta
    except Exception:
        refused = not tokens
        raise
    finally:
        if meter is not None and not refused:
            meter.add_tokens(prompt=len(request.prompt), completion=tokens)
