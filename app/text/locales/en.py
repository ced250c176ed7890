"""English."""

from __future__ import annotations

from app.text.dialogues.en import DIALOGUE
from app.text.fact_words import FactWords
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
    interjections=("ok", "okay", "so", "well", "oh", "ah", "hm+"),
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
    column_names=frozenset(
        """name names surname title id code number date time day month year week weeks hour hours quarter city town
        country region district state street address place location office branch department team role position job
        grade salary wage price prices cost costs fee amount total sum quantity qty unit units rate value values
        product item items description details note notes remark remarks comment comments status type kind category
        group class email phone telephone mobile contact question answer supplier customer client owner author
        manager company organisation organization age gender size weight height width length colour color model
        brand version start end duration deadline source share average population result score points rank reference
        subject topic language currency stock shelf room floor building route station departure arrival""".split()
    ),
    question_label="Question",
    answer_label="Answer",
    quote_lead="The document says:",
    refusals={
        "no_documents": "There are no documents to answer from yet. Upload some first.",
        "not_ready": "The documents are still being read. Ask again in a moment.",
        "nothing_relevant": NOT_FOUND,
        "unsupported": NOT_FOUND,
    },
    otherwise="{file} says otherwise: “{quote}”",
    nearest="The closest passage is in {place}.",
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
    facts=FactWords(
        months=(
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
            *("september sept sep", "october oct", "november nov", "december dec"),
        ),
        weekdays=(
            *("monday mondays mon", "tuesday tuesdays tue", "wednesday wednesdays wed", "thursday thursdays thu"),
            *("friday fridays fri", "saturday saturdays", "sunday sundays"),
        ),
        date_joints="of",
        numbers={
            **dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True)),
            **dict(zip("eleven twelve thirteen fourteen fifteen".split(), range(11, 16), strict=True)),
            **dict(zip("sixteen seventeen eighteen nineteen".split(), range(16, 20), strict=True)),
            **dict(
                zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
            ),
            "hundred": 100,
            "thousand": 1000,
            "dozen": 12,
        },
        number_joint="and",
        ordinals="first second third fourth fifth sixth seventh eighth ninth tenth",
        units={
            "eur": "euro euros",
            "usd": "dollar dollars",
            "gbp": "pound pounds",
            "cent": "cent cents",
            "min": "minute minutes",
            "h": "hour hours",
            "day": "day days",
            "week": "week weeks",
            "month": "month months",
            "year": "year years age aged",
            "s": "seconds",
            "%": "percent",
            "night": "night nights",
            "°": "degree degrees",
            "m": "metre metres meter meters",
            "km": "kilometre kilometres kilometer kilometers",
            "cm": "centimetre centimetres centimeter centimeters",
            "g": "gram grams",
            "kg": "kilo kilos kilogram",
            "l": "litre litres liter liters",
            "v": "volt volts",
            "w": "watt watts",
            "mile": "mile miles",
            "piece": "piece pieces pcs pc",
            "person": "person persons people",
            "time": "times",
        },
        range_joints="to and or until",
        noon={"noon": "12:00", "midday": "12:00", "midnight": "00:00"},
        negations="not no never none nobody nothing neither nor cannot nowhere",
        opposites=(
            *(r"forbidden", r"prohibited", r"banned", r"disallowed", r"closed", r"closes? (?:on|for|over)", r"except"),
            *(r"excludes?", r"excluded", r"unpaid", r"impossible", r"unavailable", r"invalid", r"illegal", r"refused"),
            *(r"ineligible", r"unable"),
        ),
        neutral=(r"(?:no|not) (?:later|more|less|fewer|longer|earlier|older|younger) than", r"no\.? ?(?=\d)"),
        clause_openings="but however although though except unless while whereas instead otherwise",
        clause_joints="and or",
        verbs="may must can could should will would shall is are was were do does did has have had need",
        yes="yes yeah yep",
        no="no nope",
        only="only",
        permissions="allowed permitted may can possible",
        obligations=(
            r"(?:do|does|did) \w+(?: \w+)? (?:have|need)",
            r"must",
            r"need to",
            r"have to",
            r"required",
            r"needs? an?",
        ),
        most=(
            *(r"up to", r"at most", r"no more than", r"not more than", r"maximum(?: \w+){0,2}", r"max\.?", r"under"),
            *(r"below", r"less than", r"fewer than", r"within", r"before", r"until", r"younger than", r"limited to"),
        ),
        least=(
            *(r"at least", r"from", r"over", r"more than", r"above", r"minimum(?: \w+){0,2}", r"older than"),
            *(r"no less than", r"after", r"longer than", r"needs?(?: only)?"),
        ),
        before="before prior ahead",
        least_after=(r"or (?:more|older|newer|longer|above)", r"(?:\w+ )?(?:is|are) enough"),
        asking="""much many long often far old big cost costs price pay paid get gets got take takes happen happens do
        need needs have has give gives tell use find time number amount able possible allowed want would like know
        please there any ok okay right now mean means""",
    ),
    dialogue=DIALOGUE,
)
