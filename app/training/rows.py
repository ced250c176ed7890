"""Rows of a dataset: JSONL lines in one of three shapes, or in another tool's. Problems name their line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from app.llm.base import Message
from app.text.language import DEFAULT_LANGUAGE, Language, detect_language, parse_language
from app.training.row_shapes import RowError, native_shape

MAX_LINE_LENGTH = 1 << 20  # characters
Kind = Literal["chat", "completion", "question"]


@dataclass(frozen=True, slots=True)
class Row:
    """One training row. `answer` None teaches a refusal in the row's language (question rows only)."""

    line: int  # line number in the file, from 1
    kind: Kind
    messages: tuple[Message, ...]  # messages before the answer; for question rows only the question
    answer: str | None
    contexts: tuple[str, ...] = ()
    language: Language = DEFAULT_LANGUAGE
    document: str = ""  # rows of one document stay together in a split
    sources: tuple[str, ...] = ()  # the tenant's documents that the row was generated from


@dataclass(frozen=True, slots=True)
class Problem:
    line: int
    code: str  # malformed, empty, duplicate, too_long, nothing_to_learn, wrong_shape
    message: str


def read_rows(lines: Iterable[str]) -> Iterator[Row | Problem]:
    """Yield each non-blank line as a row or a problem, in order."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _row(number, line)
        except RowError as fault:
            yield Problem(number, fault.code, str(fault))


def _row(number: int, line: str) -> Row:
    if len(line) > MAX_LINE_LENGTH:
        raise RowError("too_long", f"The line has over {MAX_LINE_LENGTH:,} characters.")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise RowError("malformed", f"Not JSON: {str(fault)[:120]}.") from None
    if not isinstance(record, dict):
        raise RowError("malformed", "A row must be a JSON object.")
    if _has_lone_surrogate(record):
        raise RowError("malformed", "The row has half a surrogate pair, which is no character; write it as UTF-8.")
    record = native_shape(record)
    if "messages" in record:
        return _chat(number, record)
    return _completion(number, record) if "prompt" in record else _question(number, record)


def _has_lone_surrogate(record: dict[str, Any]) -> bool:
    """Whether a JSON escape has half a surrogate pair, which UTF-8 cannot encode."""
    try:
        json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _chat(number: int, record: dict[str, Any]) -> Row:
    messages = tuple(Message(turn["role"], turn["content"]) for turn in record["messages"])
    if messages[-1].role != "assistant":
        raise RowError("nothing_to_learn", "The last message must be the assistant's: it is what is learned.")
    return Row(number, "chat", messages[:-1], _answer(messages[-1].content), document=_document(record))


def _completion(number: int, record: dict[str, Any]) -> Row:
    prompt = _text(record, "prompt")
    return Row(
        number,
        "completion",
        (Message("user", prompt),),
        _answer(_text(record, "completion", empty=True)),
        document=_document(record),
    )


def _question(number: int, record: dict[str, Any]) -> Row:
    question = _text(record, "question")
    contexts = record.get("context", record.get("contexts"))
    if isinstance(contexts, str):
        contexts = [contexts]
    if not isinstance(contexts, list) or not contexts or not all(isinstance(c, str) and c.strip() for c in contexts):
        raise RowError("malformed", "`context` must be a text or a list of texts, none of them empty.")
    try:
        language = parse_language(record.get("language") or detect_language(question))
    except ValueError as fault:
        raise RowError("malformed", f"`language` {fault}.") from None
    return Row(
        number,
        "question",
        (Message("user", question),),
        _first_answer(record),
        contexts=tuple(contexts),
        language=language,
        document=_document(record) or _document_key(contexts[0]),
        sources=_sources(record),
    )


def _sources(record: dict[str, Any]) -> tuple[str, ...]:
    sources = record.get("sources") or []
    if not isinstance(sources, list) or not all(isinstance(one, str) for one in sources):
        raise RowError("malformed", "`sources` must be a list of the ids of documents.")
    return tuple(sources)


def _first_answer(record: dict[str, Any]) -> str | None:
    """The answer, the first of several answers, or None if the passages have no answer."""
    if "answer" not in record and "answers" not in record:
        raise RowError("nothing_to_learn", "`answer` is missing; null teaches a refusal.")
    answer = record.get("answer", record.get("answers"))
    if isinstance(answer, dict):  # SQuAD's shape
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


def _text(record: dict[str, Any], name: str, *, empty: bool = False) -> str:
    value = record.get(name)
    if not isinstance(value, str) or not (empty or value.strip()):
        raise RowError("malformed", f"`{name}` must be a text{'' if empty else ' that is not empty'}.")
    return value


def _document(record: dict[str, Any]) -> str:
    named = record.get("document") or record.get("document_id") or record.get("title") or ""
    return str(named)[:200]


def _document_key(text: str) -> str:
    return " ".join(text.lower().split())
