"""Reads a chat completion's request: what is asked of the service, and what it refuses by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.chat.service import Question
from app.chat.steps.prompt import EarlierTurn
from app.errors import InvalidRequest
from app.llm.base import Message, Sampling
from app.openai_api.chat_completions.schemas import ChatCompletionIn, ChatMessageIn, ContentPartIn
from app.search.filters import read_restriction
from app.search.schemas import MAX_QUESTION_CHARACTERS
from app.text.normal_form import normal_form

LONGEST_EARLIER_QUESTION = 500  # characters that a follow-up sees of it
UNSUPPORTED = "unsupported_parameter"
PARTS = {"image_url": "Images", "input_image": "Images", "input_audio": "Audio", "file": "Files", "input_file": "Files"}
SYSTEM = frozenset({"system", "developer"})


@dataclass(frozen=True, slots=True)
class CompletionRequest:
    """What a client asks, in both forms in which it can be answered."""

    model: str
    question: Question  # for an answer from documents; its adapter is the model's to say
    dialogue: tuple[Message, ...]  # for the base model alone: system, then user and assistant in turns


def read_request(body: ChatCompletionIn, request_id: str) -> CompletionRequest:
    """Raises InvalidRequest for what is not supported or malformed, naming the field."""
    check_supported(body)
    dialogue = _dialogue(body.messages)
    return CompletionRequest(body.model, _question(body, dialogue, request_id), tuple(dialogue))


def check_supported(body: ChatCompletionIn) -> None:
    """Raises InvalidRequest for what would change the answer's form and is not done here."""
    wrong = (
        ("n", body.n not in {None, 1}, "One answer at a time: leave `n` out or send 1."),
        ("tools", bool(body.tools), "Tools are not called here: leave `tools` out."),
        ("functions", bool(body.functions), "Functions are not called here: leave `functions` out."),
        ("audio", body.audio is not None, "Answers are text, not audio: leave `audio` out."),
        ("modalities", bool(set(body.modalities or ()) - {"text"}), 'Answers are text: `modalities` may be ["text"].'),
        ("logprobs", bool(body.logprobs), "Log probabilities are not given here: leave `logprobs` out."),
        ("top_logprobs", bool(body.top_logprobs), "Log probabilities are not given here: leave `top_logprobs` out."),
        (
            "response_format",
            body.response_format is not None and body.response_format.type != "text",
            'Answers are plain text: leave `response_format` out or send {"type": "text"}.',
        ),
    )
    for param, is_wrong, message in wrong:
        if is_wrong:
            raise InvalidRequest(message, param=param, code=UNSUPPORTED)


def _question(body: ChatCompletionIn, dialogue: Sequence[Message], request_id: str) -> Question:
    spoken = [message for message in dialogue if message.role != "system"]
    last = next(one for one in reversed(body.messages) if one.role == "user")
    stop = [body.stop] if isinstance(body.stop, str) else body.stop or []
    return Question(
        message=_checked(normal_form(_text(last))),
        request_id=request_id,
        turns=[
            EarlierTurn(normal_form(asked.content[:LONGEST_EARLIER_QUESTION]), answered.content)
            for asked, answered in zip(spoken[:-1:2], spoken[1::2], strict=True)
        ],
        restriction=read_restriction(body.collections, body.filters),
        language=body.language,
        max_tokens=body.max_completion_tokens or body.max_tokens,
        sampling=Sampling(
            temperature=body.temperature or 0.0,
            top_p=body.top_p or 1.0,
            stop=tuple(filter(None, stop)),
            seed=None if body.seed is None else body.seed % 2**63,
        ),
    )


def _checked(question: str) -> str:
    if not question.strip():
        raise InvalidRequest("The last message of the user is empty; ask something.", param="messages")
    if len(question) > MAX_QUESTION_CHARACTERS:
        message = (
            f"The last message of the user is longer than {MAX_QUESTION_CHARACTERS:,} characters; upload long texts."
        )
        raise InvalidRequest(message, param="messages")
    return question


def _dialogue(messages: Sequence[ChatMessageIn]) -> list[Message]:
    """One system message, if any; then user and assistant in turns, from the first user's to the last user's."""
    instructions: list[str] = []
    spoken: list[Message] = []
    for place, message in enumerate(messages):
        text = _text(message, f"messages.{place}")
        if message.role in SYSTEM:
            instructions.append(text)
        elif message.role == "user" or spoken:
            role: Literal["user", "assistant"] = "user" if message.role == "user" else "assistant"
            before = spoken.pop().content + "\n\n" if spoken and spoken[-1].role == role else ""
            spoken.append(Message(role, before + text))
    if spoken and spoken[-1].role == "assistant":
        spoken.pop()
    if not spoken:
        raise InvalidRequest("No message has the role `user`; the last such message is the question.", param="messages")
    system = "\n\n".join(filter(None, instructions))
    return [Message("system", system), *spoken] if system else spoken


def _text(message: ChatMessageIn, param: str = "messages") -> str:
    """The text of a message. Raises InvalidRequest if it is of a tool, or has parts that are no text."""
    if message.role in {"tool", "function"}:
        raise InvalidRequest("Tools are not called here: send no messages of them.", param=param, code=UNSUPPORTED)
    if isinstance(message.content, list):
        return "\n".join(_part_text(part, param) for part in message.content)
    return message.content or ""


def _part_text(part: ContentPartIn, param: str) -> str:
    if part.type in {"text", "input_text", "output_text", "refusal"}:
        return part.text or ""
    kind = PARTS.get(part.type, "Parts of this type")
    message = f"{kind} cannot be read in messages: send parts of the type `text`, and upload files as documents."
    raise InvalidRequest(message, param=param, code=UNSUPPORTED)
