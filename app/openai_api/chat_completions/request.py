"""Reads a chat completion's request: what is asked of the service, and what it refuses by name."""

from __future__ import annotations

from dataclasses import dataclass

from app.chat.service import Question
from app.errors import InvalidRequest
from app.llm.base import Message, Sampling
from app.openai_api.chat_completions.schemas import ChatCompletionIn
from app.openai_api.dialogue import read_dialogue
from app.openai_api.schemas import UNSUPPORTED
from app.search.filters import read_restriction


@dataclass(frozen=True, slots=True)
class CompletionRequest:
    """What a client asks, in both forms in which it can be answered."""

    model: str
    question: Question  # for an answer from documents; its adapter is the model's to say
    dialogue: tuple[Message, ...]  # for the base model alone: system, then user and assistant in turns
    param: str = "messages"  # the field of the request that has the dialogue


def read_request(body: ChatCompletionIn, request_id: str) -> CompletionRequest:
    """Raises InvalidRequest for what is not supported or malformed, naming the field."""
    check_supported(body)
    dialogue = read_dialogue(body.messages, "messages")
    stop = [body.stop] if isinstance(body.stop, str) else body.stop or []
    question = Question(
        message=dialogue.question,
        request_id=request_id,
        turns=dialogue.turns,
        restriction=read_restriction(body.collections, body.filters),
        language=body.language,
        max_tokens=body.max_completion_tokens or body.max_tokens,
        sampling=Sampling(
            temperature=body.temperature or 0.0,
            top_p=body.top_p or 1.0,
            stop=tuple(filter(None, stop)),
            seed=None if body.seed is None else body.seed % 2**63,
            logprobs=(body.top_logprobs or 0) if body.logprobs else None,
        ),
    )
    return CompletionRequest(body.model, question, dialogue.messages)


def check_supported(body: ChatCompletionIn) -> None:
    """Raises InvalidRequest for what would change the answer's form and is not done here."""
    wrong = (
        ("n", body.n not in {None, 1}, "One answer at a time: leave `n` out or send 1."),
        ("tools", bool(body.tools), "Tools are not called here: leave `tools` out."),
        ("functions", bool(body.functions), "Functions are not called here: leave `functions` out."),
        ("audio", body.audio is not None, "Answers are text, not audio: leave `audio` out."),
        ("modalities", bool(set(body.modalities or ()) - {"text"}), 'Answers are text: `modalities` may be ["text"].'),
        ("top_logprobs", bool(body.top_logprobs) and not body.logprobs, "With `top_logprobs`, send `logprobs: true`."),
        (
            "response_format",
            body.response_format is not None and body.response_format.type != "text",
            'Answers are plain text: leave `response_format` out or send {"type": "text"}.',
        ),
    )
    for param, is_wrong, message in wrong:
        if is_wrong:
            raise InvalidRequest(message, param=param, code=UNSUPPORTED)
