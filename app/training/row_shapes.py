"""Rows in the shapes of other tools, brought to the three of this service, or an error that tells what to write."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]
ROLES = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "human": "user",
    "assistant": "assistant",
    "gpt": "assistant",
    "chatgpt": "assistant",
    "model": "assistant",
    "bot": "assistant",
}
TOOL_ROLES = frozenset({"tool", "function", "function_call", "observation"})
COMPLETIONS = ("completion", "response", "output", "answer")  # of a prompt or an instruction
GROUPS = ("document", "document_id", "title")  # fields that keep rows together in a split
TOOLS = "Calls of tools are not trained here: leave out rows that have them."
SHAPES = (
    "A row has `messages`, or `prompt` and `completion`, or `question`, `context` and `answer` (also read: "
    "`instruction`, `input` and `output`; `conversations` of `from` and `value`)"
)


class RowError(ValueError):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def native_shape(record: Record) -> Record:
    """The row with `messages`, or `prompt` and `completion`, or `question`, `context` and `answer`. Raises RowError."""
    if "chosen" in record and "rejected" in record:
        raise RowError("wrong_shape", "Preferences are not trained here: send `chosen` as the `completion`.")
    if "conversations" in record or "conversation" in record:
        return _with_messages(record, record.get("conversations", record.get("conversation")))
    if "messages" in record:
        return _with_messages(record, record["messages"])
    if isinstance(record.get("prompt"), list):
        return _with_messages(record, [*record["prompt"], *_answer_messages(_completion(record))])
    if "instruction" in record:
        return _instruction(record)
    if "prompt" in record or ("input" in record and "question" not in record):
        prompt = record.get("prompt", record.get("input"))
        return {**_groups(record), "prompt": prompt, "completion": _completion(record)}
    if "question" in record:
        return _question(record)
    raise RowError("wrong_shape", _advice(record))


def _with_messages(record: Record, turns: Any) -> Record:
    if not isinstance(turns, list) or len(turns) < 2:
        raise RowError("malformed", "`messages` must be a list of at least two messages.")
    messages = [_message(turn) for turn in turns]
    system = record.get("system")
    if isinstance(system, str) and system.strip() and messages[0]["role"] != "system":
        messages.insert(0, {"role": "system", "content": system})
    return {**_groups(record), "messages": messages}


def _message(turn: Any) -> dict[str, str]:
    if not isinstance(turn, dict):
        raise RowError("malformed", "A message is an object with a role and a text as content.")
    role = turn.get("role", turn.get("from"))
    if turn.get("tool_calls") or turn.get("function_call") or role in TOOL_ROLES:
        raise RowError("wrong_shape", TOOLS)
    content = _content(turn.get("content", turn.get("value")))
    if not isinstance(role, str) or role not in ROLES or content is None:
        raise RowError("malformed", "Each message has a role (system, user, assistant) and a text as content.")
    return {"role": ROLES[role], "content": content}


def _content(content: Any) -> str | None:
    """The text of a message, which may come in parts; None if it is none."""
    if not isinstance(content, list):
        return content if isinstance(content, str) else None
    texts = []
    for part in content:
        kind = part.get("type") if isinstance(part, dict) else None
        if kind not in {"text", "input_text", "output_text"} or not isinstance(part.get("text"), str):
            raise RowError("wrong_shape", f"Messages are text: leave out parts of the type {str(kind)[:40]!r}.")
        texts.append(part["text"])
    return "\n".join(texts)


def _instruction(record: Record) -> Record:
    """An instruction with its input, if it has one. The model learns the completion, in no prompt but this."""
    parts = [record["instruction"], record.get("input") or ""]
    if not all(isinstance(part, str) for part in parts):
        raise RowError("malformed", "`instruction` and `input` must be texts.")
    prompt = "\n\n".join(part for part in parts if part.strip())
    system = record.get("system")
    if isinstance(system, str) and system.strip():
        asked = [{"role": "system", "content": system}, {"role": "user", "content": prompt}]
        return _with_messages(_groups(record), [*asked, *_answer_messages(_completion(record))])
    return {**_groups(record), "prompt": prompt, "completion": _completion(record)}


def _completion(record: Record) -> Any:
    """What is learned. Missing, it is None, which the row's check refuses."""
    return next((record[name] for name in COMPLETIONS if name in record), None)


def _answer_messages(completion: Any) -> list[Any]:
    return completion if isinstance(completion, list) else [{"role": "assistant", "content": completion}]


def _question(record: Record) -> Record:
    if not record.get("context", record.get("contexts")):
        raise RowError(
            "malformed",
            "`context` is missing: the passage, or a list of passages, in which the answer stands, as a search finds "
            "them. To teach answers without passages, call the question `prompt` and the answer `completion`.",
        )
    return record


def _groups(record: Record) -> Record:
    return {name: record[name] for name in GROUPS if name in record}


def _advice(record: Record) -> str:
    if "text" in record:
        return f"{SHAPES}. `text` alone does not say what is asked: split it into `prompt` and `completion`."
    return f"{SHAPES}; this one has {', '.join(sorted(map(str, record)))[:120] or 'nothing'}."
