"""Cases: a question, its correct answers, and the passages that it is asked over, if the case provides them.

They are read from JSONL of this service, from flat SQuAD-like JSONL and from SQuAD's JSON. Every error names its line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from app.deadline import check_deadline
from app.errors import InvalidRequest
from app.text.language import LANGUAGES, detect_language
from app.text.lines import lines_of

MOST_ERRORS = 20  # after which the check of a file stops
LONGEST_QUESTION = 8000  # characters, the limit of chat


@dataclass(frozen=True, slots=True)
class Case:
    """One question. Without `passages` it is asked over the passages that retrieval finds."""

    id: str
    question: str
    answers: tuple[str, ...]  # each is correct; empty: not scored, or not answerable
    answerable: bool
    language: str  # of the question
    passages: tuple[str, ...] = ()  # provided by the case, best first
    gold: int | None = None  # index of the passage with the answer, if known
    forbidden: tuple[str, ...] = ()  # must not be in the answer: canaries of prompt injections
    group: str = ""  # a document, for example: errors within a group are correlated; "": a group of its own
    document: str = ""  # name of the file that answers it, if known
    earlier: tuple[str, ...] = ()  # questions before this one, oldest first
    stand_alone: str = ""  # the same question, complete without the earlier ones


class CasesInvalid(InvalidRequest):
    """A file of cases is invalid; the message lists the lines and what is wrong with each."""

    code = "cases_invalid"


def read_cases(path: Path, language: str = "") -> list[Case]:
    """All cases of a `.jsonl` or SQuAD `.json` file; `language` is the default. Raises CasesInvalid."""
    return parse_cases(read_text(path), name=path.name, language=language)


def read_text(path: Path) -> str:
    """The text of a file of cases. Raises CasesInvalid."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CasesInvalid(f"There is no file {path}.") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise CasesInvalid(f"{path} cannot be read as UTF-8 text: {fault}.") from None


def parse_cases(text: str, *, name: str = "cases.jsonl", language: str = "", most: int | None = None) -> list[Case]:
    """Parse the text of a file. `name` decides the format and is part of errors.

    Raises CasesInvalid, and InvalidRequest for more cases than `most`.
    """
    build = partial(_case, language=language)
    if name.lower().endswith(".json"):
        return _validated(name, build, _read_squad(name, text), most)
    return parse_jsonl(text, name, build, most)


RawCase = tuple[str, Any]  # (where: "line 3", the JSON value or the exception that reading it raised)
AnyCase = TypeVar("AnyCase", bound=Case)


def parse_jsonl(text: str, name: str, build: Callable[[Any, str], AnyCase], most: int | None = None) -> list[Case]:
    """A case for each line. `build` makes it from (JSON value, its number), or raises ValueError with what is wrong.

    Raises CasesInvalid with the first MOST_ERRORS lines that are wrong, InvalidRequest for more cases than `most`.
    """
    return _validated(name, build, _read_jsonl(text), most)


def _validated(
    name: str, build: Callable[[Any, str], AnyCase], raw_cases: Iterator[RawCase], most: int | None
) -> list[Case]:
    cases: list[Case] = []
    seen: dict[str, str] = {}
    problems: list[str] = []
    stopped = ""
    for where, raw in raw_cases:
        check_deadline()
        if len(cases) == most:
            raise InvalidRequest(f"More than {most} cases; an evaluation takes at most {most}.", param="cases")
        try:
            if isinstance(raw, ValueError):
                raise raw
            case = build(raw, str(len(cases) + len(problems) + 1))
            if case.id in seen:
                raise ValueError(f"id {case.id!r} was used on {seen[case.id]} already")
            seen[case.id] = where
            cases.append(case)
        except ValueError as fault:
            problems.append(f"{where}: {fault}")
            if len(problems) == MOST_ERRORS:
                stopped = f". The check stopped at {where}; more may follow"
                break
    if problems:
        raise CasesInvalid(f"{name}: {'; '.join(problems)}{stopped}.")
    if not cases:
        raise CasesInvalid(f"{name} holds no cases: give one JSON object a line, with a question and its answers.")
    return cases


def _read_jsonl(text: str) -> Iterator[RawCase]:
    for number, line in enumerate(lines_of(text), start=1):
        if line.strip():
            try:
                yield f"line {number}", json.loads(line)
            except (json.JSONDecodeError, RecursionError) as fault:
                yield f"line {number}", ValueError(f"is not JSON ({getattr(fault, 'msg', 'nested too deeply')})")


def _read_squad(name: str, text: str) -> Iterator[RawCase]:
    """SQuAD 1.1 and 2.0: data > paragraphs > qas."""
    try:
        data = json.loads(text)["data"]
        for i, article in enumerate(data):
            for j, paragraph in enumerate(article["paragraphs"]):
                for k, qa in enumerate(paragraph["qas"]):
                    unanswerable = {"answerable": False} if qa.get("is_impossible") else {}
                    group = f"{article.get('title', i)}"
                    where = f"data[{i}].paragraphs[{j}].qas[{k}]"
                    yield where, {**qa, **unanswerable, "context": paragraph["context"], "group": group}
    except json.JSONDecodeError as fault:
        raise CasesInvalid(f"{name}: line {fault.lineno}: is not JSON ({fault.msg}).") from None
    except (KeyError, TypeError, AttributeError, RecursionError):
        raise CasesInvalid(f"{name} is not a SQuAD file: data > paragraphs > qas and context are needed.") from None


def _case(raw: Any, number: str, language: str) -> Case:
    """Validate a raw case. Raises ValueError with what is wrong."""
    if not isinstance(raw, dict):
        raise ValueError("must be an object with a question and its answers")  # noqa: TRY004
    if "turns" in raw:
        raise ValueError(
            "has turns: a file is either of conversations, from its first line on, for an evaluation of answers, or of "
            "questions with their answers"
        )
    question = _text(raw, "question")
    if not question.strip():
        raise ValueError("has no question")
    if len(question) > LONGEST_QUESTION:
        raise ValueError(f"the question has {len(question)} characters; {LONGEST_QUESTION} are the most")
    answers = _answers(raw)
    passages, gold = _passages(raw)
    answerable = _flag(raw, answers)
    if not answerable and answers:
        raise ValueError("is not answerable, yet has answers")
    return Case(
        id=str(raw.get("id", number)),
        question=question,
        answers=answers,
        answerable=answerable,
        language=_language(raw, language, question),
        passages=passages,
        gold=gold if answerable else None,
        forbidden=tuple(_texts(raw, "forbidden")),
        group=str(raw.get("group") or raw.get("document") or (passages[gold] if gold is not None else "")),
        document=str(raw.get("document") or ""),
        earlier=tuple(_texts(raw, "earlier")),
    )


def _answers(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """`answers` as a list of strings or as SQuAD's objects; or one `answer`."""
    given = raw.get("answers", [raw["answer"]] if "answer" in raw else [])
    if isinstance(given, dict):  # as Hugging Face's copy of SQuAD has it
        given = given.get("text", [])
    if not isinstance(given, list):
        raise ValueError("answers must be a list of strings")  # noqa: TRY004
    texts = [item.get("text") if isinstance(item, dict) else item for item in given]
    strings = [text for text in texts if isinstance(text, str)]
    if len(strings) < len(texts):
        raise ValueError("answers must be strings")
    return tuple(dict.fromkeys(text for text in strings if text.strip()))


def _flag(raw: Mapping[str, Any], answers: Sequence[str]) -> bool:
    given = raw.get("answerable")
    if given is None:
        if not {"answers", "answer"} & raw.keys():
            raise ValueError("has neither answers nor answerable: say what is right, or that nothing is")
        return bool(answers)
    if not isinstance(given, bool):
        raise ValueError("answerable must be true or false")  # noqa: TRY004
    return given


def _passages(raw: Mapping[str, Any]) -> tuple[tuple[str, ...], int | None]:
    """`context` (one passage, the gold one), or `gold_passage` and `distractors`, or `passages`."""
    given, others = _texts(raw, "passages"), _texts(raw, "distractors")
    gold = [_text(raw, name) for name in ("context", "gold_passage") if name in raw]
    if gold and given:
        raise ValueError("give either passages, or a context with distractors")
    return tuple(given or [*gold, *others]), 0 if gold else None


def _texts(raw: Mapping[str, Any], name: str) -> list[str]:
    value = raw.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{name} must be a list of strings")
    return value


def _language(raw: Mapping[str, Any], usual: str, question: str) -> str:
    given = raw.get("language")
    if given is None:
        return usual if usual in LANGUAGES else detect_language(question)
    if given not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}")
    return str(given)


def _text(raw: Mapping[str, Any], name: str) -> str:
    if name not in raw:
        raise ValueError(f"has no {name}")
    value = raw[name]
    if not isinstance(value, str):
        raise ValueError(f"{name} must be a string")  # noqa: TRY004
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{name} must be valid Unicode, without lone surrogates") from None
    return value
