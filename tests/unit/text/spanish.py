"""Spanish: what a contributor of a language writes, as a test of how little that is."""

from __future__ import annotations

from app.text.locale import Locale

NOT_FOUND = "Los documentos no contienen la respuesta a esta pregunta."

LOCALE = Locale(
    code="es",
    name="Spanish",
    function_words=frozenset("cuándo cuál dónde el en es la las los qué quién se una y".split()),
    letters=frozenset("ñ"),
    stop_words=frozenset("cuándo cuál de dónde el en es la las los muy qué quién se una y".split()),
    articles=frozenset("el la los las un una unos unas".split()),
    snowball="spanish",
    stemming_order=20,
    abbreviations=frozenset("dr dra sr sra etc ud uds".split()),
    numbered_abbreviations=frozenset("art núm pág".split()),
    followup_openings=("y", "pero", "y qué tal"),
    followup_pronouns=("ella", "ellos", "eso"),
    instructions="Responde a la pregunta en una frase corta, en español, usando solo los fragmentos.",
    question_label="Pregunta",
    quote_lead="El documento dice:",
    refusals={
        "no_documents": "Todavía no hay documentos. Sube alguno primero.",
        "nothing_relevant": NOT_FOUND,
        "unsupported": NOT_FOUND,
    },
    refusal_phrases=(r"(?:documentos?|fragmentos?|textos?)\b.{0,40}\bno\b.{0,30}\b(?:contien|dice|menciona)",),
    injections=(r"\b(ignora|olvida)\b.{0,40}\b(instrucciones|reglas)\b",),
    cloze_question='Qué palabras faltan aquí: "{}"',
    not_units=("y", "de", "para"),
    name_particles=("de", "del"),
)
