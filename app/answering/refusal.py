"""Saying that the documents do not hold the answer: a calibrated decision, told in the question's language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.retrieval.retrieve import Retrieval
from app.text.language import Language

THRESHOLD = 0.32
DOUBT = 0.08  # this far above the threshold an answer is shown only once a passage supports it
NOT_HELD: dict[Language, str] = {
    "en": "The documents do not hold an answer to this question.",
    "pt": "Os documentos não contêm a resposta a esta pergunta.",
}
TEXTS: dict[str, dict[Language, str]] = {
    "no_documents": {
        "en": "There are no documents to answer from yet. Upload some first.",
        "pt": "Ainda não há documentos em que basear a resposta. Envie alguns primeiro.",
    },
    "nothing_relevant": NOT_HELD,
    "unsupported": NOT_HELD,
}
QUOTE_LEAD: dict[Language, str] = {"en": "The document says:", "pt": "O documento diz:"}
# How a model that was taught to decline does it, whatever the details of its wording.
DECLINES = re.compile(
    r"^(the |these |those )?(documents?|passages?|text|context) (do(es)? not|don t|doesn t|cannot) "
    r"(hold|contain|say|answer|mention|provide|give)|"
    r"^(os |o |estes |esses )?(documentos?|trechos?|textos?|contexto) nao (contem|dizem|diz|respondem?|mencionam?|"
    r"trazem|traz|informam?|fornecem?)"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    reason: str | None  # why not to answer
    doubtful: bool = False  # answer, but let the answer's own support decide


@dataclass(frozen=True, slots=True)
class RefusalPolicy:
    """Where a tenant's index draws the line; fitted by `loracle calibrate`, else the service's setting."""

    threshold: float = THRESHOLD
    doubt: float = DOUBT

    def verdict(self, retrieval: Retrieval) -> Verdict:
        if not retrieval.passages:
            return Verdict("no_documents")
        if retrieval.confidence < self.threshold:
            return Verdict("nothing_relevant")
        return Verdict(None, doubtful=retrieval.confidence < self.threshold + self.doubt)


def declined(answer: str) -> bool:
    """True if the model's own answer says that the passages do not hold one."""
    folded = unicodedata.normalize("NFKD", answer.lower())
    words = re.findall(r"[a-z]+", "".join(char for char in folded if not unicodedata.combining(char)))
    return DECLINES.match(" ".join(words)) is not None
