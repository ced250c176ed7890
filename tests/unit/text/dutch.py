"""Dutch: what a contributor of a language writes, as a test of how little that is."""

from __future__ import annotations

from app.text.locale import Locale

NOT_FOUND = "De documenten bevatten geen antwoord op deze vraag."

LOCALE = Locale(
    code="nl",
    name="Dutch",
    function_words=frozenset("de een en het hoe is van waar wanneer wat welke wie zijn zij".split()),
    letters=frozenset("ĳ"),
    stop_words=frozenset("de een het hoe is van waar wanneer wat welke wie zeer zijn".split()),
    articles=frozenset("de een het".split()),
    snowball="dutch",
    stemming_order=20,
    abbreviations=frozenset("bijv dhr enz mevr mw".split()),
    numbered_abbreviations=frozenset("art blz nr".split()),
    followup_openings=("en", "maar", "hoe zit het met"),
    followup_pronouns=("zij", "hij", "ze", "daar"),
    instructions="Beantwoord de vraag aan de hand van de fragmenten.",
    question_label="Vraag",
    answer_label="Fragment",
    quote_lead="Het document zegt:",
    refusals={
        "no_documents": "Er zijn nog geen documenten. Upload er eerst een.",
        "not_ready": "De documenten worden nog gelezen. Vraag het zo opnieuw.",
        "nothing_relevant": NOT_FOUND,
        "unsupported": NOT_FOUND,
    },
    otherwise="{file} zegt iets anders: “{quote}”",
    nearest="De dichtstbijzijnde passage staat in {place}.",
    refusal_phrases=(
        r"(?:documenten|fragmenten|teksten)\b.{0,20}\b(?:bevat|noem|vermeld)\w*\b.{0,20}\b(?:niet|geen)\b",
    ),
    injections=(r"\b(negeer|vergeet)\b.{0,40}\b(instructies|regels)\b",),
    cloze_question='Welke woorden ontbreken hier: "{}"',
    not_units=("van", "voor", "met"),
    name_particles=("van", "van der"),
)
