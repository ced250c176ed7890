"""Saying that the documents do not hold the answer, in the question's language."""

from __future__ import annotations

from app.retrieval.language import Language
from app.retrieval.retrieve import Retrieval

TEXTS: dict[str, dict[Language, str]] = {
    "no_documents": {
        "en": "There are no documents to answer from yet. Upload some first.",
        "pt": "Ainda não há documentos em que basear a resposta. Envie alguns primeiro.",
    },
    "nothing_relevant": {
        "en": "The documents do not hold an answer to this question.",
        "pt": "Os documentos não contêm a resposta a esta pergunta.",
    },
}
QUOTE_LEAD: dict[Language, str] = {"en": "The document says:", "pt": "O documento diz:"}


def refusal_reason(retrieval: Retrieval, threshold: float) -> str | None:
    """Why not to answer, or None to go on."""
    if not retrieval.passages:
        return "no_documents"
    if retrieval.confidence < threshold:
        return "nothing_relevant"
    return None
