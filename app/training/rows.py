"""Rows of a dataset: JSONL lines in one of three shapes, each checked, each problem named by its line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from app.generation.generator import Message
from app.text.language import DEFAULT_LANGUAGE, Language, detect_language, parse_language

ROLES = ("system", "user", "assistant")
LARGEST_LINE = 1 << 20  # characters
Kind = Literal["chat", "completion", "question"]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to learn. `answer` None teaches the refusal in the row's language (question rows only)."""

    line: int  # in the file, from 1
    kind: Kind
    messages: tuple[Message, ...]  # before the answer; for question rows the question alone
    answer: str | None
    contexts: tuple[str, ...] = ()
    language: Language = DEFAULT_LANGUAGE
    document: str = ""  # what keeps rows together when the set is split
    sources: tuple[str, ...] = ()  # documents of the tenant the row was made from


@dataclass(frozen=True, slots=True)
class Problem:
    line: int
    code: str  # malformed, empty, duplicate, too_long, nothing_to_learn, wrong_shape
    message: str


class RowError(ValueError):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_rows(lines: Iterable[str]) -> Iterator[Row | Problem]:
    """Each non-blank line as a row or a problem, in order."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _row(number, line)
        except RowError as fault:
            yield Problem(number, fault.code, str(fault))


def _row(number: int, line: str) -> Row:
    if len(line) > LARGEST_LINE:
        raise RowError("too_long", f"The line has over {LARGEST_LINE:,} characters.")
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise RowError("malformed", f"Not JSON: {str(fault)[:120]}.") from None
    if not isinstance(given, dict):
        raise RowError("malformed", "A row must be a JSON object.")
    if _unspeakable(given):
        raise RowError("malformed", "The row has half a surrogate pair, which is no character; write it as UTF-8.")
    if "messages" in given:
        return _chat(number, given)
    if "prompt" in given:
        return _completion(number, given)
    if "question" in given:
        return _question(number, given)
    raise RowError(
        "wrong_shape",
        "A row has `messages`, or `prompt` and `completion`, or `question`, `context` and `answer`; this one has "
        f"{', '.join(sorted(map(str, given)))[:120] or 'nothing'}.",
    )


def _unspeakable(given: dict[str, Any]) -> bool:
    """JSON escapes can spell what no text encodes."""
    try:
        json.dumps(given, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _chat(number: int, given: dict[str, Any]) -> Row:
    turns = given["messages"]
    if not isinstance(turns, list) or len(turns) < 2:
        raise RowError("malformed", "`messages` must be a list of at least two messages.")
    messages = tuple(_message(turn) for turn in turns)
    if messages[-1].role != "assistant":
        raise RowError("nothing_to_learn", "The last message must be the assistant's: it is what is learned.")
    return Row(number, "chat", messages[:-1], _answer(messages[-1].content), document=_document(given))


def _message(turn: Any) -> Message:
    if not isinstance(turn, dict) or turn.get("role") not in ROLES or not isinstance(turn.get("content"), str):
        raise RowError("malformed", f"Each message has a role ({', '.join(ROLES)}) and a text as content.")
    return Message(turn["role"], turn["content"])


def _completion(number: int, given: dict[str, Any]) -> Row:
    prompt = _text(given, "prompt")
    return Row(
        number,
        "completion",
        (Message("user", prompt),),
        _answer(_text(given, "completion", empty=True)),
        document=_document(given),
    )


def _question(number: int, given: dict[str, Any]) -> Row:
    question = _text(given, "question")
    contexts = given.get("context", given.get("contexts"))
    if isinstance(contexts, str):
        contexts = [contexts]
    if not isinstance(contexts, list) or not contexts or not all(isinstance(c, str) and c.strip() for c in contexts):
        raise RowError("malformed", "`context` must be a text or a list of texts, none of them empty.")
    try:
        language = parse_language(given.get("language") or detect_language(question))
    except ValueError as fault:
        raise RowError("malformed", f"`language` {fault}.") from None
    return Row(
        number,
        "question",
        (Message("user", question),),
        _first_answer(given),
        contexts=tuple(contexts),
        language=language,
        document=_document(given) or _key(contexts[0]),
        sources=tuple(map(str, given.get("sources", ()))),
    )


def _first_answer(given: dict[str, Any]) -> str | None:
    """The answer, the first of several, or None where the passages hold none."""
    if "answer" not in given and "answers" not in given:
        raise RowError("nothing_to_learn", "`answer` is missing; null teaches a refusal.")
    answer = given.get("answer", given.get("answers"))
    if isinstance(answer, dict):  # SQuAD's own shape
        answer = answer.get("text")
    if isinstance(answer, list):
        answer = answer[0] if answer else None
    if isinstance(answer, dict):
        answer = answer.get("text")
    if answer is None:
        return None
    if not isinstance(answer, str):
        raise RowError("malformed", "`answer` must be a text, a list of texts, or null for a refusal.")
    return _answer(answer)


def _answer(text: str) -> str:
    if not text.strip():
        raise RowError("nothing_to_learn", "The answer is empty; a row must hold something to learn.")
    return text.strip()


def _text(given: dict[str, Any], name: str, *, empty: bool = False) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not (empty or value.strip()):
        raise RowError("malformed", f"`{name}` must be a text{'' if empty else ' that is not empty'}.")
    return value


def _document(given: dict[str, Any]) -> str:
    named = given.get("document") or given.get("document_id") or given.get("title") or ""
    return str(named)[:200]


def _key(text: str) -> str:
    return " ".join(text.lower().split())
