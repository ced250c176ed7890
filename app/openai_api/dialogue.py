"""Reads the messages of OpenAI's clients: what is asked, and the conversation before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from app.chat.steps.prompt import EarlierTurn
from app.errors import InvalidRequest
from app.http.schemas import Text
from app.llm.base import Message
from app.openai_api.schemas import UNSUPPORTED, CompatibleBody
from app.search.schemas import MAX_QUESTION_CHARACTERS
from app.text.normal_form import normal_form

LONGEST_EARLIER_QUESTION = 500  # characters that a follow-up sees of it
PARTS = {"image_url": "Images", "input_image": "Images", "input_audio": "Audio", "file": "Files", "input_file": "Files"}
TEXT_PARTS = frozenset({"text", "input_text", "output_text", "refusal"})
SYSTEM = frozenset({"system", "developer"})


class ContentPartIn(CompatibleBody):
    type: Text = Field(max_length=50, description="`text`; images, audio and files are refused.")
    text: Text | None = None
    refusal: Text | None = None


class ChatMessageIn(CompatibleBody):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Text | Annotated[list[ContentPartIn], Field(max_length=100)] | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A conversation up to its last question."""

    question: str
    turns: list[EarlierTurn]  # before it
    messages: tuple[Message, ...]  # all: system, then user and assistant in turns


def read_dialogue(messages: Sequence[ChatMessageIn], param: str) -> Dialogue:
    """Raises InvalidRequest if nothing is asked, or for what is no text; `param` is the field of the messages."""
    spoken = _in_turns(messages, param)
    last = next(one for one in reversed(messages) if one.role == "user")
    said = [message for message in spoken if message.role != "system"]
    turns = [
        EarlierTurn(normal_form(asked.content[:LONGEST_EARLIER_QUESTION]), answered.content)
        for asked, answered in zip(said[:-1:2], said[1::2], strict=True)
    ]
    return Dialogue(_checked(normal_form(_text(last, param)), param), turns, tuple(spoken))


def _checked(question: str, param: str) -> str:
    if not question.strip():
        raise InvalidRequest("The last message of the user is empty; ask something.", param=param)
    if len(question) > MAX_QUESTION_CHARACTERS:
        message = (
            f"The last message of the user is longer than {MAX_QUESTION_CHARACTERS:,} characters; upload long texts."
        )
        raise InvalidRequest(message, param=param)
    return question


def _in_turns(messages: Sequence[ChatMessageIn], param: str) -> list[Message]:
    """One system message, if any; then user and assistant in turns, from the first user's to the last user's."""
    instructions: list[str] = []
    spoken: list[Message] = []
    for place, message in enumerate(messages):
        text = _text(message, f"{param}.{place}")
        if message.role in SYSTEM:
            instructions.append(text)
        elif message.role == "user" or spoken:
            role: Literal["user", "assistant"] = "user" if message.role == "user" else "assistant"
            before = spoken.pop().content + "\n\n" if spoken and spoken[-1].role == role else ""
            spoken.append(Message(role, before + text))
    if spoken and spoken[-1].role == "assistant":
        spoken.pop()
    if not spoken:
        raise InvalidRequest("No message has the role `user`; the last such message is the question.", param=param)
    system = "\n\n".join(filter(None, instructions))
    return [Message("system", system), *spoken] if system else spoken


def _text(message: ChatMessageIn, param: str) -> str:
    """The text of a message. Raises InvalidRequest if it is of a tool, or has parts that are no text."""
    if message.role in {"tool", "function"}:
        raise InvalidRequest("Tools are not called here: send no messages of them.", param=param, code=UNSUPPORTED)
    if isinstance(message.content, list):
        return "\n".join(_part_text(part, param) for part in message.content)
    return message.content or ""


def _part_text(part: ContentPartIn, param: str) -> str:
    if part.type in TEXT_PARTS:
        return part.text or part.refusal or ""
    kind = PARTS.get(part.type, "Parts of this type")
    message = f"{kind} cannot be read in messages: send parts of the type `text`, and upload files as documents."
    raise InvalidRequest(message, param=param, code=UNSUPPORTED)
