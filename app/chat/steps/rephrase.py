"""The rephrase step: the previous answer again, shorter, as a list, in simpler words or in another language.

What is certain by operations on the text is done so: it keeps sentences with their citations. For the rest the base
model is asked without the tenant's adapter, which is trained to answer questions; what it writes is shown only if it
has no figure and few words that the answer does not have. Citations are those of the previous answer.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

import numpy as np
from anyio.to_thread import run_sync

from app.chat.steps.answer_request import AnswerRequest
from app.chat.steps.cite import Attribution
from app.chat.steps.cited_text import CitedText, Piece
from app.chat.steps.previous_answer import MARK, PreviousAnswer
from app.chat.steps.reply import say, say_again
from app.domain.conversations import Citation, Doubt, Support
from app.domain.documents import Chunk, LiveChunk
from app.domain.passages import Passage
from app.embeddings.base import Embedder
from app.llm.base import Delta, GenerationRequest, Generator, Message, Sampling
from app.metering.generation import charged_stream
from app.text.coverage import content_stems, coverage
from app.text.language import DEFAULT_LANGUAGE, Language, detect_language, speaks
from app.text.locales import get_locale
from app.text.refusals import is_refusal
from app.text.sentences import sentence_spans

MOST_SENTENCES = 16  # that are translated one by one
OWN_WORDS = 0.7  # share of a rephrased text's words that the answer has to have
SHORTER = 0.85  # of the answer's length: what is longer is no shortening
LENGTHS = (0.4, 2.5)  # of a translation, as shares of the original
ROOM = 1.5  # tokens for a rephrased text, as a share of the answer's
EXTRA_TOKENS = 16
DIGITS = re.compile(r"\d+")
SIGNS = re.compile(r"[%‰°€£$¥]")


@dataclass(slots=True)
class Spent:
    """What the model took for one answer."""

    prompt: list[int] = field(default_factory=list)  # the tokens of all prompts
    completion_tokens: int = 0
    timings: Mapping[str, float] = field(default_factory=dict)


class RephraseStep:
    """Rephrases previous answers. Thread-safe; it has no state of a request."""

    def __init__(self, embedder: Embedder, generator: Generator, *, timeout_s: float) -> None:
        self._embedder = embedder
        self._generator = generator
        self._timeout_s = timeout_s

    async def write(
        self, request: AnswerRequest, kind: str, target: str, previous: PreviousAnswer, text: CitedText, spent: Spent
    ) -> AsyncGenerator[Piece, None]:
        """Write the previous answer anew into `text`. Raises the errors of Generator.stream; closing it cancels."""
        if kind == "translate" and target != detect_language(previous.text):
            async for piece in self._translated(request, target, previous, text, spent):
                yield piece
            return
        for piece in await self._rephrased(request, kind, previous, text, spent):
            yield piece

    async def _rephrased(
        self, request: AnswerRequest, kind: str, previous: PreviousAnswer, text: CitedText, spent: Spent
    ) -> list[Piece]:
        parts = previous.parts()
        if kind == "shorter" and len(parts) > 1:
            kept = await run_sync(self._most_important, previous.question, parts)
            return [*text.add(previous.lead), *_listed(kept, text)] if previous.is_list else _joined(kept, text)
        if kind == "bullets" and previous.is_list:
            return _whole(previous, text)
        if kind in {"shorter", "bullets", "simpler"}:
            written = await self._ask(request, _task(kind, detect_language(previous.text)), previous.text, spent)
            if _is_faithful(written, previous) and (kind != "shorter" or _is_shorter(written, previous.text)):
                return await run_sync(self._attributed, written, previous, text)
        return _listed(parts, text) if kind in {"bullets", "simpler"} and len(parts) > 1 else _whole(previous, text)

    async def _translated(
        self, request: AnswerRequest, target: str, previous: PreviousAnswer, text: CitedText, spent: Spent
    ) -> AsyncGenerator[Piece, None]:
        """Sentence by sentence, so that each keeps its citations, which no check can confirm across languages."""
        task = _task("translate", DEFAULT_LANGUAGE).format(language=_english_name(target))
        lead = [(previous.lead, list[Citation]())] if previous.lead else []
        kept = False  # of a sentence, as it was
        for sentence, citations in [*lead, *previous.parts()][:MOST_SENTENCES]:
            written = say_again(sentence, target)
            if not written and (citations or not sentence.endswith(":")):  # "file.pdf:" is the same everywhere
                written = await self._ask(request, task, sentence, spent)
                kept = kept or not _is_translation(written, sentence, target)
            translated = written if _is_translation(written, sentence, target) else sentence
            moved = citations if translated == sentence else [_of_another_language(one) for one in citations]
            before = ("\n- " if previous.is_list else " ") if text.text else ""
            for piece in text.move(translated, moved, before):
                yield piece
        if kept:
            for piece in text.add(say(request.language, "untranslated"), "\n\n"):
                yield piece

    def _most_important(
        self, question: str, parts: Sequence[tuple[str, list[Citation]]]
    ) -> list[tuple[str, list[Citation]]]:
        """The half of the sentences that are nearest to the question, at least one, in their order."""
        asked = self._embedder.embed_queries([question])[0]
        nearness = self._embedder.embed_passages([sentence for sentence, _ in parts]) @ asked
        nearest = np.argsort(-nearness, kind="stable")[: max(1, len(parts) // 2)]
        return [parts[place] for place in sorted(nearest.tolist())]

    def _attributed(self, written: str, previous: PreviousAnswer, text: CitedText) -> list[Piece]:
        attribution = Attribution(self._embedder, previous.question, [_passage(one) for one in previous.citations])
        citations, _ = attribution.attribute(written)
        if not citations:  # across languages no words are shared
            return text.move(written, [_of_another_language(one) for one in previous.citations])
        pieces: list[Piece] = []
        at = 0
        for start, end in sentence_spans(written):
            own = [citation for citation in citations if citation.start < end and start < citation.end]
            pieces += text.move(written[start:end], own, written[at:start])
            at = end
        return pieces

    async def _ask(self, request: AnswerRequest, task: str, answer: str, spent: Spent) -> str:
        """The model's text for one task, in one piece."""
        tokenizer = self._generator.tokenizer
        prompt = tuple(tokenizer.chat([Message("system", task), Message("user", answer)]))
        room = min(request.sampling.max_tokens, int(ROOM * len(tokenizer.encode(answer))) + EXTRA_TOKENS)
        generation = GenerationRequest(
            request.request_id,
            request.profile.tenant_id,
            prompt,
            None,
            Sampling(max_tokens=room),
            self._timeout_s,
            request.reserved,
        )
        written, last = "", None
        async with aclosing(charged_stream(self._generator, generation)) as deltas:
            async for delta in deltas:
                written, last = written + delta.text, delta
        spent.prompt += prompt
        if last is not None:
            _count(spent, last)
        return "" if last is None or last.finish_reason == "length" else written.strip()


def _of_another_language(citation: Citation) -> Citation:
    """The citation of a translated sentence, which no check confirms."""
    reason = citation.reason or Doubt.LANGUAGE
    return replace(citation, verified=False, support=Support.SUPPORTED, reason=reason)


def _count(spent: Spent, last: Delta) -> None:
    spent.completion_tokens += last.tokens
    spent.timings = {name: spent.timings.get(name, 0.0) + value for name, value in last.timings.items()}


def _whole(previous: PreviousAnswer, text: CitedText) -> list[Piece]:
    """The answer as it was."""
    return text.keep(previous.text, previous.citations)


def _listed(parts: Sequence[tuple[str, list[Citation]]], text: CitedText) -> list[Piece]:
    return [
        piece
        for sentence, citations in parts
        for piece in text.move(sentence, citations, "\n- " if text.text else "- ")
    ]


def _joined(parts: Sequence[tuple[str, list[Citation]]], text: CitedText) -> list[Piece]:
    return [
        piece for sentence, citations in parts for piece in text.move(sentence, citations, " " if text.text else "")
    ]


def _is_faithful(written: str, previous: PreviousAnswer) -> bool:
    """Whether a rephrased text has no figure and few words of its own."""
    known = " ".join([previous.question, previous.text, *(citation.quote for citation in previous.citations)])
    own_figures = set(DIGITS.findall(written)) - set(DIGITS.findall(known)) - set(_list_numbers(written))
    return bool(written) and not own_figures and coverage(content_stems(written), known) >= OWN_WORDS


def _list_numbers(written: str) -> list[str]:
    return [number for line in written.splitlines() if (m := MARK.match(line)) for number in DIGITS.findall(m.group())]


def _is_shorter(written: str, answer: str) -> bool:
    return len(written) <= SHORTER * len(answer)


def _is_translation(written: str, original: str, target: str) -> bool:
    low, high = LENGTHS
    same_figures = all(sorted(p.findall(written)) == sorted(p.findall(original)) for p in (DIGITS, SIGNS))
    other = written != original and low * len(original) <= len(written) <= high * len(original)
    return same_figures and other and not is_refusal(written) and speaks(written, target)


def _passage(citation: Citation) -> Passage:
    """The quote of a citation as a passage."""
    chunk = Chunk(
        0,
        citation.quote,
        "",
        citation.page_start,
        citation.page_end,
        citation.char_start,
        citation.char_end,
        len(citation.quote.split()),
        id=int(citation.chunk_id.rpartition("_")[2]),
        document_id=citation.document_id,
        version=citation.version,
        utf16_shift=citation.char_start_utf16 - citation.char_start,
    )
    return Passage(LiveChunk(chunk, citation.filename, "", {}), 1.0, None, None)


def _task(kind: str, language: Language) -> str:
    tasks = get_locale(language).dialogue.tasks
    return tasks.get(kind) or get_locale(DEFAULT_LANGUAGE).dialogue.tasks[kind]


def _english_name(code: str) -> str:
    names = get_locale(DEFAULT_LANGUAGE).dialogue.languages
    return names[code].split("|")[0].title() if code in names else code
