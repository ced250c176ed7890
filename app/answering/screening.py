"""Leaving out of the prompt what in a document speaks to the model instead of to the reader.

A heuristic, not a guarantee: it knows common forms in English and Portuguese. The document itself is untouched, and
what is left out is neither shown to the model nor quoted.
"""

from __future__ import annotations

import re

from app.text.sentences import sentence_spans

# A chat template's own tokens: everything from the first to the end of the line behind the last.
CONTROL = re.compile(r"<\|[\w ]{1,30}\|>(?:.*<\|[\w ]{1,30}\|>)?[^\n]*(?:\n[^\n]*)?|\[/?INST\]|<</?SYS>>", re.DOTALL)
INSTRUCTING = re.compile(
    r"\b(ignore|disregard|forget|override)\b.{0,40}\b(instructions?|prompts?|rules)\b|"
    r"\b(ignor|desconsider|esque[cç])\w*\b.{0,40}\b(instruç|regras|orientaç)|"
    r"\bsystem (notice|prompt|message|instruction)\b|\b(aviso|mensagem|instrução) do sistema\b|"
    r"^\W*(assistant|assistente|system|sistema|user)\s*:|\b(dear|caro|cara)\s+(assistant|assistente|ai|ia)\b|"
    r"^\W*(\w+ ?\w*:\s*)?(please )?(answer|respond|reply)\s+(only|just|every|always|in|with)\b|"
    r"^\W*(\w+ ?\w*:\s*)?(por favor,? )?(responda|termine)\s+(apenas|somente|só|sempre|a qualquer|em|com|a sua)\b|"
    r"\b(answer|respond|reply) (to )?(every|any|all) questions?\b|\b(begin|end|finish|start) (every|each|your) "
    r"(answer|reply|response)|\b(say|state|diga|afirme)\b.{0,20}\b(you cannot|não pode|não sabe)\b|"
    r"\banswer to (every|any) question\b|^\W*cite \[\d+\]",
    re.IGNORECASE,
)


def instructing_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of the parts of `text` that address the model, in order."""
    spans = [match.span() for match in CONTROL.finditer(text)]
    spans += [(a, b) for a, b in sentence_spans(text) if INSTRUCTING.search(text[a:b])]
    return sorted(spans)


def screened(text: str) -> str:
    """`text` without those parts."""
    kept, at = [], 0
    for start, end in instructing_spans(text):
        kept.append(text[at:start])
        at = max(at, end)
    return "".join([*kept, text[at:]])
