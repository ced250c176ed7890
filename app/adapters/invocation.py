"""Activated LoRA (arXiv 2504.12397): the tokens from which an adapter acts, and where prompts of the service hold them.

As in PEFT, an adapter acts from the last occurrence of its invocation tokens in the prompt; without one it acts
nowhere and the base answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.adapters.peft_config import CONFIG
from app.domain.adapters import EVERY_PROMPT, INVOCATION_TOKENS
from app.engine.activation import last_occurrence
from app.engine.tokenizer import PromptFrame
from app.errors import AdapterInvalid

MOST_TOKENS = 64


def read_invocation(config: Mapping[str, Any]) -> tuple[int, ...] | None:
    """The invocation tokens of a configuration in PEFT's format; None for an adapter that always acts.

    Raises AdapterInvalid for anything but a short list of token ids.
    """
    tokens = config.get(INVOCATION_TOKENS)
    if tokens is None:
        return None
    ids = isinstance(tokens, list) and all(type(token) is int and token >= 0 for token in tokens)
    if not ids or not 1 <= len(tokens) <= MOST_TOKENS:
        raise _invalid(f"must be a list of 1 to {MOST_TOKENS} token ids; leave it out for plain LoRA")
    return tuple(tokens)


def checked_invocation(config: Mapping[str, Any], frame: PromptFrame | None) -> tuple[int, ...] | None:
    """As `read_invocation`. Raises AdapterInvalid also if no prompt of this service can hold the tokens."""
    invocation = read_invocation(config)
    if invocation is None or frame is None:
        return invocation
    beyond = next((token for token in invocation if token >= frame.vocabulary), None)
    if beyond is not None:
        raise _invalid(f"has the token {beyond}, but the base model's last token is {frame.vocabulary - 1}")
    control = sorted(frame.control.intersection(invocation))
    if control and all(last_occurrence(run, invocation) is None for run in frame.runs):
        raise _invalid(
            f"has control tokens ({', '.join(map(str, control))}) in an order that the chat template of the base model "
            "never has, and other text holds none: the adapter would never act. Train it with the tokens that begin "
            f"every answer here, {list(frame.generation_prompt)}"
        )
    return invocation


def invocation_details(config: Mapping[str, Any], frame: PromptFrame | None) -> dict[str, Any] | None:
    """What the lineage of an activated LoRA records, for AdapterVersion; None for one that always acts."""
    invocation = read_invocation(config)
    if invocation is None:
        return None
    every = frame is not None and last_occurrence(frame.runs[-1], invocation) is not None
    return {INVOCATION_TOKENS: list(invocation), EVERY_PROMPT: every}


def _invalid(problem: str) -> AdapterInvalid:
    return AdapterInvalid(f"{CONFIG}: {INVOCATION_TOKENS} {problem}.", param=CONFIG)
