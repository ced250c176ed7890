"""The prompt: instructions, passages, question, from stable to volatile, within the model's context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.chat.answer import ContextUsage
from app.chat.steps.injection_filter import screened
from app.chat.steps.score_cutoff import focused
from app.errors import PromptTooLong
from app.llm.base import Message, PromptTokenizer
from app.search.passage import Passage
from app.text.language import Language
from app.text.locales import get_locale

FEWEST_PASSAGE_TOKENS = 24  # a passage cut shorter than this says nothing


@dataclass(frozen=True, slots=True)
class Prompt:
    token_ids: tuple[int, ...]
    passages: list[Passage]  # those in the prompt; [1] is the first
    context: ContextUsage


def build_prompt(
    question: str,
    passages: Sequence[Passage],
    *,
    language: Language,
    tokenizer: PromptTokenizer,
    budget: int,
    preamble: str = "",
) -> Prompt:
    """A prompt of at most `budget` tokens: the best passages first, the last one cut if that saves it.

    Passages far behind the best are left out; `context` counts them as dropped.

    From stable to volatile, so that its beginning is computed once: instructions, the tenant's `preamble`,
    passages, question.

    Raises PromptTooLong if the question alone does not fit.
    """
    instructions = _instructions(language, preamble)
    frame = len(tokenizer.chat(_messages(instructions, question, [], language)))
    if frame > budget:
        raise PromptTooLong(
            f"The question takes {frame} tokens with its instructions; {budget} fit into the model's context beside "
            "the answer. Ask a shorter question or for a shorter answer.",
            param="message",
        )
    texts, used = _fitting(focused(passages), tokenizer, budget - frame)
    token_ids = tokenizer.chat(_messages(instructions, question, texts, language))
    while len(token_ids) > budget:  # tokens may merge differently in place: give up the last passage
        texts, used = texts[:-1], used[:-1]
        token_ids = tokenizer.chat(_messages(instructions, question, texts, language))
    context = ContextUsage(len(passages), len(used), len(passages) - len(used))
    return Prompt(tuple(token_ids), used, context)


def render_prompt(
    question: str, texts: Sequence[str], *, language: Language, tokenizer: PromptTokenizer, preamble: str = ""
) -> list[int]:
    """The tokens `build_prompt` gives for passages with these texts that all fit: what adapters are trained on."""
    numbered = [_numbered(place, text) for place, text in enumerate(texts, 1)]
    return tokenizer.chat(_messages(_instructions(language, preamble), question, numbered, language))


def _instructions(language: Language, preamble: str) -> str:
    instructions = get_locale(language).instructions
    return f"{instructions}\n{preamble}" if preamble else instructions


def _fitting(passages: Sequence[Passage], tokenizer: PromptTokenizer, room: int) -> tuple[list[str], list[Passage]]:
    texts: list[str] = []
    used: list[Passage] = []
    for passage in passages:
        text = _numbered(len(texts) + 1, screened(passage.live.chunk.text))
        ids = tokenizer.encode(text)
        if len(ids) > room:
            if room >= FEWEST_PASSAGE_TOKENS:
                texts.append(tokenizer.decode(ids[: room - 2]))
                used.append(passage)
            break
        texts.append(text)
        used.append(passage)
        room -= len(ids)
    return texts, used


def _messages(instructions: str, question: str, texts: Sequence[str], language: Language) -> list[Message]:
    body = "".join(texts) + f"{get_locale(language).question_label}: {question}"
    return [Message("system", instructions), Message("user", body)]


def _numbered(number: int, text: str) -> str:
    return f"[{number}] {' '.join(text.split())}\n\n"
