"""Everyday questions: the turns of a conversation, and what the answer to the last one must say and cite.

They are read from JSONL, one object a line. Every error names its line and what to do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from app.evaluations.cases import (
    LONGEST_QUESTION,
    Case,
    parse_cases,
    parse_jsonl,
    read_text,
)
from app.evaluations.everyday.patterns import Groups, check_alternative
from app.text.lines import lines_of

Expectation = Literal["answer", "refusal", "reply"]  # reply: to small talk, without citations
EXPECTATIONS: dict[bool | None, Expectation] = {True: "answer", False: "refusal", None: "reply"}
FIELDS = ("id", "kind", "language", "turns", "answerable", "must", "must_not", "cite", "group", "note")
DEFAULT_KIND = "question"
KIND = re.compile(r"[\w-]{1,40}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
MOST_TURNS = 20
MOST_GROUPS = 30  # of must and of cite; alternatives of a group
LONGEST_NAME = 200  # characters of an id and of a group


@dataclass(frozen=True, slots=True)
class EverydayQuestion(Case):
    """A conversation whose last turn is judged. It is asked of documents, through the chat."""

    kind: str = DEFAULT_KIND
    expects: Expectation = "answer"
    must: Groups = ()  # the answer holds an alternative of every group
    must_not: tuple[str, ...] = ()  # the answer holds none of them
    cite: Groups = ()  # the quotes of the answer hold an alternative of every group

    @property
    def turns(self) -> tuple[str, ...]:
        return (*self.earlier, self.question)


def read_questions(path: Path, language: str = "") -> list[Case]:
    """As `parse_questions`, from a file. Raises CasesInvalid."""
    return parse_questions(read_text(path), name=path.name, language=language)


def parse_questions(
    text: str, *, name: str = "questions.jsonl", language: str = "", most: int | None = None
) -> list[Case]:
    """Everyday questions if the first line has `turns`, else cases.

    Raises CasesInvalid with the lines and reasons, InvalidRequest for more than `most`.
    """
    if is_everyday(text):
        return parse_jsonl(text, name, _question, most)
    return parse_cases(text, name=name, language=language, most=most)


def is_everyday(text: str) -> bool:
    """Whether the first line that is not empty is an object with `turns`."""
    first = next((line for line in lines_of(text.lstrip("\ufeff")) if line.strip()), "")
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and "turns" in row


def _question(raw: Any, number: str) -> EverydayQuestion:
    """Validate a row. Raises ValueError with what is wrong."""
    if not isinstance(raw, dict):
        raise ValueError("must be an object with turns and what the answer must say")  # noqa: TRY004
    if unknown := [name for name in raw if name not in FIELDS]:
        raise ValueError(f"has the unknown field {str(unknown[0])[:40]!r}; known are {', '.join(FIELDS)}")
    turns, expects = _turns(raw), _expectation(raw)
    question = EverydayQuestion(
        id=_short(raw, "id") or number,
        question=turns[-1],
        answers=(),
        answerable=expects == "answer",
        language=_named(raw, "language", LANGUAGE, "a code such as en or pt-BR"),
        group=_short(raw, "group"),
        earlier=turns[:-1],
        kind=_named(raw, "kind", KIND, "a word of letters, digits, - and _, of at most 40") or DEFAULT_KIND,
        expects=expects,
        must=_groups(raw, "must"),
        must_not=_alternatives(raw.get("must_not", []), "must_not"),
        cite=_groups(raw, "cite"),
    )
    _check_expected(question)
    return question


def _check_expected(question: EverydayQuestion) -> None:
    """Raises ValueError if what the answer must say does not fit to `answerable`."""
    if question.expects == "answer" and not question.must:
        raise ValueError('has no must: say what a useful answer holds, as [["10 o\'clock", "ten"]]')
    if question.expects != "answer" and (question.must or question.must_not or question.cite):
        answerable = "false" if question.expects == "refusal" else "null"
        raise ValueError(f"must, must_not and cite are for answerable questions, and its answerable is {answerable}")


def _turns(raw: Mapping[str, Any]) -> tuple[str, ...]:
    turns = raw.get("turns")
    if not isinstance(turns, list) or not turns:
        raise ValueError("turns must be a list of what the user says, at least one text")
    if len(turns) > MOST_TURNS:
        raise ValueError(f"has {len(turns)} turns; {MOST_TURNS} are the most")
    for place, turn in enumerate(turns, start=1):
        if not isinstance(turn, str) or not turn.strip():
            raise ValueError(f"turn {place} is empty or no text")
        if len(turn) > LONGEST_QUESTION:
            raise ValueError(f"turn {place} has {len(turn)} characters; {LONGEST_QUESTION} are the most")
        _check_encodable(turn, f"turn {place}")
    return tuple(turns)


def _expectation(raw: Mapping[str, Any]) -> Expectation:
    if "answerable" not in raw:
        raise ValueError("has no answerable: true (documents hold it), false (they do not) or null (small talk)")
    given = raw["answerable"]
    if given is not None and not isinstance(given, bool):
        raise ValueError("answerable must be true (documents hold it), false (they do not) or null (small talk)")
    return EXPECTATIONS[given]


def _groups(raw: Mapping[str, Any], name: str) -> Groups:
    given = raw.get(name, [])
    if not isinstance(given, list) or not all(isinstance(group, list) for group in given):
        raise ValueError(f'{name} must be a list of lists: one text of each inner list is needed, as [["a", "b"]]')
    if len(given) > MOST_GROUPS:
        raise ValueError(f"{name} has {len(given)} groups; {MOST_GROUPS} are the most")
    groups = tuple(_alternatives(group, name) for group in given)
    if not all(groups):
        raise ValueError(f"{name} has an empty group, which no answer could fulfil")
    return groups


def _alternatives(given: Any, name: str) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise ValueError(f"{name} must hold texts only" if name != "must_not" else "must_not must be a list of texts")
    if len(given) > MOST_GROUPS:
        raise ValueError(f"{name} has {len(given)} alternatives in a row; {MOST_GROUPS} are the most")
    for one in given:
        try:
            check_alternative(one)
        except ValueError as fault:
            raise ValueError(f"{name} {fault}") from None
        _check_encodable(one, name)
    return tuple(given)


def _short(raw: Mapping[str, Any], name: str) -> str:
    given = raw.get(name, "")
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str) or len(given) > LONGEST_NAME:
        raise ValueError(f"{name} must be a text of at most {LONGEST_NAME} characters")
    _check_encodable(given, name)
    return given


def _named(raw: Mapping[str, Any], name: str, form: re.Pattern[str], described: str) -> str:
    given = raw.get(name, "")
    if not isinstance(given, str) or (given and not form.fullmatch(given)):
        raise ValueError(f"{name} must be {described}")
    return given


def _check_encodable(text: str, name: str) -> None:
    """Raises ValueError for what a database cannot store."""
    if "\x00" in text:
        raise ValueError(f"{name} holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{name} must be valid Unicode, without lone surrogates") from None
