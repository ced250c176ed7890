"""Cases: a question, what a right answer may say, and the passages it is asked over, if they are given.

Read from our own JSONL, from flat SQuAD-like JSONL and from SQuAD's nested JSON. Every error names its line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import InvalidRequest
from app.text.language import LANGUAGES as ANSWERED
from app.text.language import detect_language

MOST_ERRORS = 20  # listed; the rest are counted
LONGEST_QUESTION = 8000  # characters, as chat takes them
LANGUAGES = tuple(dict.fromkeys((*ANSWERED, "es")))  # a question may be in one that is not answered in


@dataclass(frozen=True, slots=True)
class Case:
    """One question. `passages` empty: it is asked over what retrieval finds."""

    id: str
    question: str
    answers: tuple[str, ...]  # any of them is right; empty: not scored, or not answerable
    answerable: bool
    language: str  # of the question
    passages: tuple[str, ...] = ()  # given with the case, best first
    gold: int | None = None  # which of `passages` holds the answer, where that is known
    forbidden: tuple[str, ...] = ()  # must not stand in the answer: canaries of injections
    group: str = ""  # cases of one group (a document) err together; "": its own
    document: str = ""  # name of the file that answers it, where that is known
    earlier: tuple[str, ...] = ()  # questions before this one, oldest first: it may lean on them
    stand_alone: str = ""  # the same question as it would be asked without them


class CasesInvalid(InvalidRequest):
    """A file of cases that cannot be used; the message lists lines and what is wrong with each."""

    code = "cases_invalid"


def read_cases(path: Path, language: str = "") -> list[Case]:
    """All cases of a `.jsonl` or SQuAD `.json` file; `language` is of rows that name none. Raises CasesInvalid."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CasesInvalid(f"There is no file {path}.") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise CasesInvalid(f"{path} cannot be read as UTF-8 text: {fault}.") from None
    return parse_cases(text, name=path.name, language=language)


def parse_cases(text: str, *, name: str = "cases.jsonl", language: str = "") -> list[Case]:
    """Cases of a file's text; `name` stands in errors and decides the format. Raises CasesInvalid."""
    if name.lower().endswith(".json"):
        return _checked(name, language, _squad_rows(name, text))
    return _checked(name, language, _jsonl_rows(text))


Row = tuple[str, Any]  # (where: "line 3", the value or the exception that reading it raised)


def _checked(name: str, language: str, rows: Iterator[Row]) -> list[Case]:
    cases: list[Case] = []
    seen: dict[str, str] = {}
    problems: list[str] = []
    for where, row in rows:
        try:
            case = _case(row, str(len(cases) + len(problems) + 1), language)
            if case.id in seen:
                raise ValueError(f"id {case.id!r} was used on {seen[case.id]} already")
            seen[case.id] = where
            cases.append(case)
        except ValueError as fault:
            problems.append(f"{where}: {fault}")
    if problems:
        more = f"; and {len(problems) - MOST_ERRORS} more" if len(problems) > MOST_ERRORS else ""
        raise CasesInvalid(f"{name}: {'; '.join(problems[:MOST_ERRORS])}{more}.")
    if not cases:
        raise CasesInvalid(f"{name} holds no cases: give one JSON object a line, with a question and its answers.")
    return cases


def _jsonl_rows(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield f"line {number}", json.loads(line)
            except (json.JSONDecodeError, RecursionError) as fault:
                yield f"line {number}", ValueError(f"is not JSON ({getattr(fault, 'msg', 'nested too deeply')})")


def _squad_rows(name: str, text: str) -> Iterator[Row]:
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


def _case(row: Any, number: str, language: str) -> Case:
    """A case of a row. Raises ValueError with what is wrong."""
    if isinstance(row, ValueError):
        raise row
    if not isinstance(row, dict):
        raise ValueError("must be an object with a question and its answers")  # noqa: TRY004
    question = _text(row, "question")
    if not question.strip():
        raise ValueError("has no question")
    if len(question) > LONGEST_QUESTION:
        raise ValueError(f"the question has {len(question)} characters; {LONGEST_QUESTION} are the most")
    answers = _answers(row)
    passages, gold = _passages(row)
    answerable = _flag(row, answers)
    if not answerable and answers:
        raise ValueError("is not answerable, yet has answers")
    return Case(
        id=str(row.get("id", number)),
        question=question,
        answers=answers,
        answerable=answerable,
        language=_language(row, language, question),
        passages=passages,
        gold=gold if answerable else None,
        forbidden=tuple(_texts(row, "forbidden")),
        group=str(row.get("group") or row.get("document") or (passages[gold] if gold is not None else "")),
        document=str(row.get("document") or ""),
        earlier=tuple(_texts(row, "earlier")),
    )


def _answers(row: Mapping[str, Any]) -> tuple[str, ...]:
    """`answers` as a list of strings or as SQuAD's objects; or one `answer`."""
    given = row.get("answers", [row["answer"]] if "answer" in row else [])
    if isinstance(given, dict):  # as Hugging Face's copy of SQuAD has it
        given = given.get("text", [])
    if not isinstance(given, list):
        raise ValueError("answers must be a list of strings")  # noqa: TRY004
    texts = [item.get("text") if isinstance(item, dict) else item for item in given]
    strings = [text for text in texts if isinstance(text, str)]
    if len(strings) < len(texts):
        raise ValueError("answers must be strings")
    return tuple(dict.fromkeys(text for text in strings if text.strip()))


def _flag(row: Mapping[str, Any], answers: Sequence[str]) -> bool:
    given = row.get("answerable")
    if given is None:
        if not {"answers", "answer"} & row.keys():
            raise ValueError("has neither answers nor answerable: say what is right, or that nothing is")
        return bool(answers)
    if not isinstance(given, bool):
        raise ValueError("answerable must be true or false")  # noqa: TRY004
    return given


def _passages(row: Mapping[str, Any]) -> tuple[tuple[str, ...], int | None]:
    """`context` (one passage, the gold one), or `gold_passage` and `distractors`, or `passages`."""
    given, others = _texts(row, "passages"), _texts(row, "distractors")
    gold = [_text(row, name) for name in ("context", "gold_passage") if name in row]
    if gold and given:
        raise ValueError("give either passages, or a context with distractors")
    return tuple(given or [*gold, *others]), 0 if gold else None


def _texts(row: Mapping[str, Any], name: str) -> list[str]:
    value = row.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{name} must be a list of strings")
    return value


def _language(row: Mapping[str, Any], usual: str, question: str) -> str:
    given = row.get("language")
    if given is None:
        return usual if usual in LANGUAGES else detect_language(question)
    if given not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}")
    return str(given)


def _text(row: Mapping[str, Any], name: str) -> str:
    if name not in row:
        raise ValueError(f"has no {name}")
    value = row[name]
    if not isinstance(value, str):
        raise ValueError(f"{name} must be a string")  # noqa: TRY004
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{name} must be valid Unicode, without lone surrogates") from None
    return value
