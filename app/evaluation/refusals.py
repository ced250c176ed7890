"""Telling a refusal from an answer by its words: the service's own sentences and what models say of themselves."""

from __future__ import annotations

import re

from app.answering.refusal import TEXTS
from app.evaluation.metrics import token_f1

ALIKE = 0.75  # token F1 with a sentence of the service's own
LONGEST = 300  # characters: who says more has answered
PHRASES = re.compile(
    r"(?:passages?|documents?|texts?|context|information|sources?)\b.{0,40}\b(?:do(?:es)? not|don't|doesn't|cannot|"
    r"is not|are not|isn't|aren't)\b.{0,30}\b(?:hold|contain|say|mention|answer|provide|include|state|specif|given)"
    r"|\b(?:cannot|can't|could not|unable to)\b.{0,20}\b(?:answer|find|determine)"
    r"|\bnot (?:mentioned|specified|provided|stated|given|found) in the\b"
    r"|(?:trechos?|documentos?|textos?|contexto|informaç\w+)\b.{0,40}\bnão\b.{0,30}\b(?:cont[eé]m|diz|dizem|menciona|"
    r"responde|inform|traz|especific)"
    r"|\bnão (?:é|foi|está|há|consta|consigo|posso|é possível)\b.{0,30}\b(?:mencionad|informad|especificad|respond|"
    r"encontra|resposta|nos (?:trechos|documentos)|no (?:texto|trecho|documento))",
    re.IGNORECASE,
)


def is_refusal(answer: str) -> bool:
    """Whether `answer` says that there is none. An empty one is no refusal: nothing was said."""
    text = " ".join(answer.split())
    if not text or len(text) > LONGEST:
        return False
    own = max(token_f1(text, [said], language) for one in TEXTS.values() for language, said in one.items())
    return own >= ALIKE or PHRASES.search(text) is not None
