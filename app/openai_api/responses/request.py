"""Reads a response's request: what is asked, where it is looked for, and what is refused by name."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, cast

from app.chat.service import Question
from app.errors import InvalidRequest
from app.llm.base import Message, Sampling
from app.openai_api.chat_completions.request import CompletionRequest
from app.openai_api.dialogue import ChatMessageIn, Dialogue, read_dialogue
from app.openai_api.responses.request_schemas import InputItemIn, ResponseIn, ToolIn
from app.openai_api.schemas import UNSUPPORTED
from app.openai_api.vector_stores.filters import read_openai_filter
from app.search.filters import Restriction, joined, read_filter
from app.storage.ids import new_timed_id
from app.storage.sql.filters import Filter

RESULTS = "file_search_call.results"  # in `include`
LOGPROBS = "message.output_text.logprobs"
OWN_ITEMS = frozenset({"file_search_call", "reasoning"})  # of an answer's output that is sent back
MOST_KEPT_CHARS = 65_536  # of a request, as JSON
ROLES = frozenset({"system", "developer", "user", "assistant"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a response repeats of its request; kept with the turn, so that it can be retrieved."""

    model: str
    id: str = field(default_factory=lambda: new_timed_id("resp_"))
    created_at: int = field(default_factory=lambda: int(time.time()))
    input: list[dict[str, Any]] = field(default_factory=list)  # role and text of each message
    instructions: str | None = None
    tools: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    previous_response_id: str | None = None
    conversation: str | None = None
    max_output_tokens: int | None = None
    temperature: float = 0.0
    top_p: float = 1.0
    store: bool = True
    user: str | None = None

    def describe(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ResponseRequest:
    """What a client asks for."""

    envelope: Envelope
    completion: CompletionRequest
    vector_store_ids: tuple[str, ...] = ()
    results: bool = False  # the passages found are part of the answer


def read_request(body: ResponseIn, request_id: str) -> ResponseRequest:
    """Raises InvalidRequest for what is not supported or malformed, naming the field."""
    _check_supported(body)
    dialogue = read_dialogue(_messages(body), "input")
    conversation = body.conversation if isinstance(body.conversation, str | None) else body.conversation.id
    _check_history(body, dialogue, conversation)
    tool = body.tools[0] if body.tools else None
    question = Question(
        message=dialogue.question,
        request_id=request_id,
        conversation_id=conversation,
        restriction=Restriction(tuple(body.collections), _filter(body, tool)),
        k=None if tool is None else tool.max_num_results,
        language=body.language,
        max_tokens=body.max_output_tokens,
        sampling=Sampling(temperature=body.temperature or 0.0, top_p=body.top_p or 1.0),
        turns=dialogue.turns or None,
    )
    return ResponseRequest(
        _envelope(body, dialogue, conversation),
        CompletionRequest(body.model, question, _with_instructions(body, dialogue), param="input"),
        () if tool is None else tuple(dict.fromkeys(tool.vector_store_ids)),
        results=RESULTS in (body.include or ()),
    )


def _envelope(body: ResponseIn, dialogue: Dialogue, conversation: str | None) -> Envelope:
    return Envelope(
        model=body.model,
        input=[{"role": one.role, "text": one.content} for one in dialogue.messages],
        instructions=body.instructions,
        tools=[tool.model_dump() for tool in body.tools],
        metadata=body.metadata or {},
        previous_response_id=body.previous_response_id,
        conversation=conversation,
        max_output_tokens=body.max_output_tokens,
        temperature=body.temperature or 0.0,
        top_p=body.top_p or 1.0,
        store=body.store is not False and not dialogue.turns,
        user=body.user,
    )


def check_kept(envelope: Envelope) -> None:
    """Raises InvalidRequest, naming the field that has most, if the response would keep too much of its request."""
    sizes = {name: len(json.dumps(value)) for name, value in envelope.describe().items()}
    if sum(sizes.values()) > MOST_KEPT_CHARS:
        raise InvalidRequest(
            f"A response that is stored keeps its input, instructions, tools and metadata: at most {MOST_KEPT_CHARS:,} "
            "characters of them together. Send less, or `store: false`.",
            param=max(sizes, key=lambda name: sizes[name]),
            code="response_too_large",
        )


def _check_supported(body: ResponseIn) -> None:
    """Raises InvalidRequest for what would change the answer's form and is not done here."""
    format_type = body.text.format.type if body.text is not None and body.text.format is not None else "text"
    logprobs = bool(body.top_logprobs) or LOGPROBS in (body.include or ())
    wrong = (
        ("text.format", format_type != "text", 'Answers are plain text: `text.format` may be {"type": "text"}.'),
        ("background", bool(body.background), "Answers are not made in the background: leave `background` out."),
        ("prompt", body.prompt is not None, "Prompts are not kept here: send the text as `instructions` and `input`."),
        ("top_logprobs", logprobs, "Responses give no log probabilities: POST /v1/chat/completions does."),
        (
            "tool_choice",
            body.tool_choice == "none" and body.model != "loracle-base",
            "Models that answer from documents always search: leave `tool_choice` out, or ask `loracle-base`.",
        ),
        ("tools", len(body.tools) > 1, "One tool of the type `file_search`: name all its stores in it."),
    )
    for param, is_wrong, message in wrong:
        if is_wrong:
            raise InvalidRequest(message, param=param, code=UNSUPPORTED)
    for place, tool in enumerate(body.tools):
        if tool.type != "file_search":
            message = f"There is no tool {tool.type!r} here: the only one is `file_search`."
            raise InvalidRequest(message, param=f"tools.{place}.type", code=UNSUPPORTED)


def _check_history(body: ResponseIn, dialogue: Dialogue, conversation: str | None) -> None:
    """Raises InvalidRequest if the conversation before the question is told in two ways."""
    told = {
        "input": bool(dialogue.turns),
        "previous_response_id": body.previous_response_id is not None,
        "conversation": conversation is not None,
    }
    if sum(told.values()) > 1:
        names = " and ".join(f"`{name}`" for name, is_told in told.items() if is_told)
        message = f"Say what came before in one way, not in {names}: send the new message alone as `input`."
        raise InvalidRequest(message, param=next(name for name, is_told in reversed(told.items()) if is_told))


def _messages(body: ResponseIn) -> Sequence[ChatMessageIn]:
    """Raises InvalidRequest for an item that is no message."""
    if isinstance(body.input, str):
        return [ChatMessageIn(role="user", content=body.input)]
    read = (_message(item, f"input.{place}") for place, item in enumerate(body.input))
    return [one for one in read if one is not None]


def _message(item: InputItemIn, param: str) -> ChatMessageIn | None:
    kind = item.type or "message"
    if kind in OWN_ITEMS:
        return None
    if kind != "message":
        raise InvalidRequest(
            f"Items of the type {kind!r} cannot be read: send messages.", param=param, code=UNSUPPORTED
        )
    if item.role not in ROLES:
        raise InvalidRequest(f"The `role` of a message is one of {', '.join(sorted(ROLES))}.", param=f"{param}.role")
    role = cast("Literal['system', 'developer', 'user', 'assistant']", item.role)
    return ChatMessageIn(role=role, content=item.content)


def _with_instructions(body: ResponseIn, dialogue: Dialogue) -> tuple[Message, ...]:
    """The messages for the base model; the instructions come before what the messages say as system."""
    system = [one for one in dialogue.messages if one.role == "system"]
    spoken = [one for one in dialogue.messages if one.role != "system"]
    texts = [text for text in (body.instructions, *(one.content for one in system)) if text]
    return (Message("system", "\n\n".join(texts)), *spoken) if texts else tuple(spoken)


def _filter(body: ResponseIn, tool: ToolIn | None) -> Filter | None:
    both = [read_filter(body.filters), read_openai_filter(None if tool is None else tool.filters)]
    return joined([one for one in both if one is not None])


def restricted_to(request: ResponseRequest, collections: Sequence[str]) -> ResponseRequest:
    """The request for the collections of its stores alone."""
    question = request.completion.question
    restriction = replace(question.restriction, collections=tuple(collections))
    completion = replace(request.completion, question=replace(question, restriction=restriction))
    return replace(request, completion=completion)


def for_user(request: ResponseRequest, user: str | None) -> ResponseRequest:
    """The request of an end user, who sees conversations of their own only; None: of nobody in particular."""
    question = replace(request.completion.question, user=user)
    envelope = replace(request.envelope, user=user)
    return replace(request, envelope=envelope, completion=replace(request.completion, question=question))
