"""The prompt: instructions, preamble, passages, question, within the model's context.

Two filters decide what the model reads. The score cutoff drops passages far behind the best: a small model copies
from whatever it reads. The injection filter removes text that addresses the model instead of the reader: a heuristic
over the common forms that the locales list, not a guarantee. The document itself is untouched; what is removed is
neither shown to the model nor cited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.conversations import ContextUsage
from app.domain.passages import Passage
from app.errors import PromptTooLong
from app.llm.base import Message, PromptTokenizer
from app.text.language import Language
from app.text.locales import LOCALES, get_locale
from app.text.sentences import sentence_spans

MIN_PASSAGE_TOKENS = 24  # a passage cut shorter than this holds no information
SCORE_MARGIN = 0.15  # of the fused score; how it was chosen: docs/decisions/0014-focus.md
# A chat template's own tokens: everything from the first to the end of the line behind the last.
CONTROL_TOKENS = re.compile(
    r"<\|[\w ]{1,30}\|>(?:.*<\|[\w ]{1,30}\|>)?[^\n]*(?:\n[^\n]*)?|\[/?INST\]|<</?SYS>>", re.DOTALL
)
INJECTION = re.compile("|".join(pattern for locale in LOCALES.values() for pattern in locale.injections), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EarlierTurn:
    """A question of the conversation with its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt that fits into the model's context."""

    token_ids: tuple[int, ...]
    passages: list[Passage]  # those in the prompt; [1] is the first
    context: ContextUsage
    messages: tuple[Message, ...] = ()  # what the tokens say; empty where several prompts made an answer


def build_prompt(
    question: str,
    passages: Sequence[Passage],
    *,
    language: Language,
    tokenizer: PromptTokenizer,
    budget: int,
    preamble: str = "",
    earlier: Sequence[EarlierTurn] = (),
    cut_off: bool = True,
) -> Prompt:
    """Build a prompt of at most `budget` tokens from the best passages; the last one is cut if it then fits.

    With `cut_off` passages below the score cutoff are left out; `context` counts them as dropped. `earlier` are the
    turns that the question goes on from, oldest first.

    The order is from stable to volatile, so that the common prefix is computed once: instructions, the tenant's
    `preamble`, passages, question.

    Raises PromptTooLong if the question alone does not fit.
    """
    instructions = _instructions(language, preamble)
    question = with_earlier(question, earlier, language)
    frame = len(tokenizer.chat(_messages(instructions, question, [], language)))
    if frame > budget:
        raise PromptTooLong(
            f"The question takes {frame} tokens with its instructions; {budget} fit into the model's context beside "
            "the answer. Ask a shorter question or for a shorter answer.",
            param="message",
        )
    wanted = apply_score_cutoff(passages) if cut_off else passages
    texts, used = _fitting(wanted, tokenizer, budget - frame)
    messages = _messages(instructions, question, texts, language)
    while len(token_ids := tokenizer.chat(messages)) > budget:  # tokens may merge differently in place
        texts, used = texts[:-1], used[:-1]
        messages = _messages(instructions, question, texts, language)
    context = ContextUsage(len(passages), len(used), len(passages) - len(used))
    return Prompt(tuple(token_ids), used, context, tuple(messages))


def render_prompt(
    question: str, texts: Sequence[str], *, language: Language, tokenizer: PromptTokenizer, preamble: str = ""
) -> list[int]:
    """The tokens of `build_prompt` for passages with these texts that all fit: adapters are trained on them."""
    return tokenizer.chat(render_messages(question, texts, language=language, preamble=preamble))


def render_messages(question: str, texts: Sequence[str], *, language: Language, preamble: str = "") -> list[Message]:
    """The messages of `render_prompt`."""
    numbered = [_numbered(place, text) for place, text in enumerate(texts, 1)]
    return _messages(_instructions(language, preamble), question, numbered, language)


def with_earlier(question: str, earlier: Sequence[EarlierTurn], language: Language) -> str:
    """The question below the turns that it goes on from, each with its answer."""
    locale = get_locale(language)
    turns = "".join(
        f"{turn.question}\n{locale.answer_label}: {turn.answer}\n{locale.question_label}: " for turn in earlier
    )
    return f"{turns}{question}"


def passage_text(passage: Passage) -> str:
    """What the model reads of a passage: its file and heading, then its lines, without what addresses the model."""
    text = remove_injections(passage.text)
    heading = remove_injections(passage.heading)
    opening = text.lstrip().partition("\n")[0].strip()
    source = ", ".join(filter(None, [passage.filename, "" if heading.endswith(opening) else heading]))
    return f"{source}\n{text}" if source else text


def apply_score_cutoff(passages: Sequence[Passage], margin: float = SCORE_MARGIN) -> list[Passage]:
    """The passages within `margin` of the best score, in the same order."""
    best = max((passage.score for passage in passages), default=0.0)
    return [passage for passage in passages if passage.score >= best - margin]


def injection_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of the parts of `text` that address the model, in order."""
    spans = [match.span() for match in CONTROL_TOKENS.finditer(text)]
    spans += [(a, b) for a, b in sentence_spans(text) if INJECTION.search(text[a:b])]
    return sorted(spans)


def remove_injections(text: str) -> str:
    """`text` without the parts that address the model."""
    parts, at = [], 0
    for start, end in injection_spans(text):
        parts.append(text[at:start])
        at = max(at, end)
    return "".join([*parts, text[at:]])


def _fitting(passages: Sequence[Passage], tokenizer: PromptTokenizer, room: int) -> tuple[list[str], list[Passage]]:
    """Numbered texts that fit into `room` tokens, and their passages."""
    texts: list[str] = []
    used: list[Passage] = []
    for passage in passages:
        text = _numbered(len(texts) + 1, passage_text(passage))
        ids = tokenizer.encode(text)
        if len(ids) > room:
            if room >= MIN_PASSAGE_TOKENS:
                texts.append(tokenizer.decode(ids[: room - 2]))
                used.append(passage)
            break
        texts.append(text)
        used.append(passage)
        room -= len(ids)
    return texts, used


def _instructions(language: Language, preamble: str) -> str:
    instructions = get_locale(language).instructions
    return f"{instructions}\n{preamble}" if preamble else instructions


def _messages(instructions: str, question: str, texts: Sequence[str], language: Language) -> list[Message]:
    body = "".join(texts) + f"{get_locale(language).question_label}: {question}"
    return [Message("system", instructions), Message("user", body)]


def _numbered(number: int, text: str) -> str:
    lines = filter(None, (" ".join(line.split()) for line in text.splitlines()))
    return f"[{number}] " + "\n".join(lines) + "\n\n"
