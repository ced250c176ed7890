"""English."""

from __future__ import annotations

from app.text.dialogues.en import DIALOGUE
from app.text.locale import Locale

NOT_FOUND = "The documents do not hold an answer to this question."

LOCALE = Locale(
    code="en",
    name="English",
    function_words=frozenset(
        """a about after all am an and any are as at be been before but by bye can could did do does explain for from
        get got had has have he hello her here hey hi his how i if in into is it its just let many may me more most
        much must my no not of ok on only or our out over please she should so some tell than thank thanks that the
        their them then there these they this those to too up us use used was we were what when where which while who
        whom whose why will with would yes you your""".split()
    ),
    stop_words=frozenset(
        """a an and are as at be by do does did for from has have how in is it its of on or that the their there this to
        was were what when where which who whom whose why will with""".split()
    ),
    articles=frozenset("a an the".split()),
    snowball="english",
    stemming_order=90,  # last: its rules cut the ends of Romance words whose own stemmer has not run yet
    abbreviations=frozenset(
        """al approx co corp dept dr ed eds e.g eg esp est etc ex i.e ie inc jr ltd mr mrs ms op prof sr st v viz vs
        """.split()
    ),
    numbered_abbreviations=frozenset(
        """art arts c ch fig figs no nos p par pp sec vol vols
        jan feb mar apr jun jul aug sep sept oct nov dec""".split()
    ),
    units=frozenset("ft gal hr hrs in lb lbs mi min mins oz sec secs yd".split()),
    followup_openings=(
        *("and", "but", "what about", "how about", "why"),
        *("it", "they", "he", "she", "that", "those"),
    ),
    followup_pronouns=(
        *("it", "its", "they", "them", "their", "he", "him", "his", "she", "her"),
        *("that one", "this one", "there"),
    ),
    instructions=(
        "Answer the question from the passages. Give a complete answer; if the passages do not hold it, say so."
    ),
    question_label="Question",
    answer_label="Answer",
    quote_lead="The document says:",
    refusals={
        "no_documents": "There are no documents to answer from yet. Upload some first.",
        "nothing_relevant": NOT_FOUND,
        "unsupported": NOT_FOUND,
    },
    refusal_phrases=(
        (
            r"(?:passages?|documents?|texts?|context|information|sources?)\b.{0,40}\b(?:do(?:es)? not|don't|doesn't|"
            r"cannot|is not|are not|isn't|aren't)\b.{0,30}\b(?:hold|contain|say|mention|answer|provide|include|state|"
            r"specif|give|given)"
        ),
        r"\b(?:i|we)\b.{0,20}\b(?:cannot|can't|could not|couldn't|unable to)\b.{0,20}\b(?:answer|find|determine)",
        r"^(?:cannot|can't|could not|unable to) (?:answer|find|determine)",
        r"\b(?:it|this|that|answer|question)\b.{0,20}\b(?:cannot|can't|could not) be (?:answered|found|determined)",
        (
            r"\bnot (?:mentioned|specified|provided|stated|given|found) in the (?:\w+ ){0,2}(?:passage|document|text|"
            r"context|information|source)"
        ),
    ),
    apologies=(r"(?:i'?m |i am |we are )?(?:very |so )?sorry", "i apologi[sz]e", "unfortunately"),
    injections=(
        r"\b(ignore|disregard|forget|override)\b.{0,40}\b(instructions?|prompts?|rules)\b",
        r"\bsystem (notice|prompt|message|instruction)\b",
        r"^\W*(assistant|system|user)\s*:",
        r"\bdear\s+(assistant|assistente|ai|ia)\b",
        r"^\W*(\w+ ?\w*:\s*)?(please )?(answer|respond|reply)\s+(only|just|every|always|in|with)\b",
        r"\b(answer|respond|reply) (to )?(every|any|all) questions?\b",
        r"\b(begin|end|finish|start) (every|each|your) (answer|reply|response)",
        r"\b(say|state)\b.{0,20}\byou cannot\b",
        r"\banswer to (every|any) question\b",
        r"^\W*cite \[\d+\]",
    ),
    cloze_question='Which words are missing here: "{}"',
    not_units=("and", "the", "for", "from", "per", "with"),
    name_particles=("of", "the"),
    dialogue=DIALOGUE,
)
