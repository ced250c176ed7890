"""The check of a sentence against a quote: what is confirmed, and what each doubt is about."""

from __future__ import annotations

import pytest

from app.chat.steps.check import find_doubt
from app.chat.steps.claim import Claim, held_by
from app.chat.steps.evidence import Evidence, read_evidence
from app.chat.steps.sense import answers_yes
from app.chat.steps.subject import find_conflicts
from app.domain.conversations import Doubt
from tests.unit.chat.passages import passage


def units(*passages: tuple[str, str, str]) -> list[Evidence]:
    """Units of passages of (text, heading, file name)."""
    found = [
        passage(text, heading=heading, filename=name, number=number)
        for number, (text, heading, name) in enumerate(passages, 1)
    ]
    return [unit for one in found for unit in read_evidence(one)]


def doubt(question: str, sentence: str, text: str, *, heading: str = "", filename: str = "notes.txt") -> Doubt | None:
    """What of the sentence is in none of the units; of several doubts that of the unit with most of its words."""
    found = units((text, heading, filename))
    claim = Claim(sentence, question)
    like = sorted(found, key=lambda unit: -len(held_by(unit.text, claim.words)))
    doubts = [find_doubt(claim, unit, found) for unit in like if held_by(unit.whole, claim.words) or claim.has_facts]
    return None if None in doubts else doubts[0]


RENT = (
    "The rent is 640 euros a month. It is due on 3 May 2024 at 10:00. Pets are allowed in the yard but not in the flat."
)
HOW_MUCH = "How much is the rent?"


@pytest.mark.parametrize(
    "sentence",
    [
        *("The rent is 640 euros a month.", "640 EUR.", "€ 640", "The rent is 640.00 euros."),
        *("It is due on 3 May 2024.", "It is due on May 3, 2024, at 10 a.m.", "It is due on 2024-05-03."),
        *("Pets are allowed in the yard.", "Pets in the yard are allowed."),
    ],
)
def test_facts_in_other_spellings_are_confirmed(sentence: str) -> None:
    assert doubt("What are the rent, its date and the rule on pets?", sentence, RENT) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The rent is 460 euros a month.", Doubt.NUMBER),
        ("The rent is 640 pounds a month.", Doubt.UNIT),
        ("The rent is due on 4 May 2024.", Doubt.DATE),
        ("The rent is due on 3 June 2024.", Doubt.DATE),
        ("The rent is due on 3 May 2023.", Doubt.DATE),
        ("The rent is due at 11:00.", Doubt.NUMBER),
        ("The rent is not 640 euros a month.", Doubt.NEGATION),
        ("Pets are not allowed in the yard.", Doubt.NEGATION),
        ("Pets are forbidden in the yard.", Doubt.NEGATION),
        ("The rent of Villa Rosa is 640 euros.", Doubt.NAME),
        ("Two flats together cost 1280 euros.", Doubt.NUMBER),  # derived: no quote says it
    ],
)
def test_one_changed_fact_is_a_doubt(sentence: str, expected: Doubt) -> None:
    rent, due, pets = units((RENT, "", "rent.txt"))
    nearest = pets if "Pets" in sentence else due if "due" in sentence else rent
    assert find_doubt(Claim(sentence, "What about the rent and the pets?"), nearest, [rent, due, pets]) is expected


def test_figure_of_the_question_may_be_repeated_but_proves_nothing() -> None:
    text = "Guests of the hut bring a sleeping bag."
    assert doubt("What do 4 guests of the hut bring?", "The 4 guests bring a sleeping bag.", text) is None
    text = "The fee is 58 euros."
    assert doubt("Is the fee 85 euros?", "The fee is 85 euros.", text) is Doubt.NUMBER


STOCK = "\n".join(
    [
        "sku: QX-210 | product: rain barrel | price_eur: 49.50 | left: 14",
        "sku: QX-211 | product: garden hose | price_eur: 14.80 | left: 49",
        "sku: QX-212 | product: steel rake | price_eur: 12.10 | left: 80",
    ]
)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What does the rain barrel cost?", "The rain barrel costs 49.50 euros."),
        ("What is the price of the garden hose?", "14.80 EUR"),
        ("How many steel rakes are left?", "80 steel rakes are left."),
        ("What is the SKU of the steel rake?", "The steel rake is QX-212."),
    ],
)
def test_right_row_confirms(question: str, sentence: str) -> None:
    assert doubt(question, sentence, STOCK) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What does the rain barrel cost?", "The rain barrel costs 14.80 euros."),  # of another row
        ("What does the rain barrel cost?", "12.10 euros"),
        ("How many garden hoses are left?", "14 garden hoses are left."),
        ("How many rain barrels are left?", "49.50 pieces are left."),  # of another column
        ("How many rain barrels are left?", "There are 14.80 left."),
        ("What is the SKU of the steel rake?", "The steel rake is QX-210."),
        ("What does the wheelbarrow cost?", "The wheelbarrow costs 49.50 euros."),  # stands nowhere
    ],
)
def test_no_row_confirms_a_cell_of_another_row_or_column(question: str, sentence: str) -> None:
    assert doubt(question, sentence, STOCK) is not None


def test_row_is_read_with_the_unit_and_the_year_of_its_caption() -> None:
    table = "Fees 2024 in dollars\n| Kind | Fee |\n|---|---|\n| adults | 9 |\n| children | 4 |"
    assert doubt("What do adults pay in 2024?", "Adults pay 9 dollars.", table) is None
    assert doubt("What do adults pay in 2024?", "Adults pay 9 euros.", table) is Doubt.UNIT
    assert doubt("What do adults pay in 2022?", "Adults pay 9 dollars.", table) is Doubt.YEAR


def test_year_asked_about_must_be_that_of_the_document() -> None:
    question, sentence = "What did a night cost in 2025?", "A night costs up to 130 euros under the rules of 2025."
    text = "A night costs up to 130 euros."
    assert doubt(question, sentence, text, filename="night-rules-2022.md") is not None
    assert doubt(question, "A night costs up to 130 euros.", text, filename="night-rules-2022.md") is Doubt.YEAR
    assert doubt(question, sentence, text, filename="night-rules-2025.md") is None
    assert doubt(question, sentence, text, heading="Rules, valid from 1 March 2025") is None


def test_heading_of_another_thing_confirms_nothing() -> None:
    text = "Rules for visits, valid from 1 March 2025\nA visit lasts an hour."
    assert doubt("When does the sauna open?", "The sauna opens on 1 March 2025.", text) is Doubt.SUBJECT
    assert doubt("Who is the best cook?", "Ilse Varga is the best cook.", "Letter of Ilse Varga") is Doubt.SUBJECT


def test_one_half_of_a_compound_tells_two_things_apart() -> None:
    text = "Full-time staff have 26 days off. Part-time staff have days off in proportion."
    found = units((text, "", "staff.txt"))
    claim = Claim("Part-time staff have 26 days off.", "How many days off do staff have?")
    assert find_doubt(claim, found[0], found) is Doubt.SUBJECT
    assert find_doubt(Claim("Full-time staff have 26 days off.", claim.question), found[0], found) is None


@pytest.mark.parametrize(
    ("question", "sentence", "text", "expected"),
    [
        ("Can I take 6 sledges?", "Yes, up to 4 sledges may be taken.", "Up to 4 sledges may be taken.", False),
        ("I cancel 9 days before. Is it free?", "Yes, up to 7 days before.", "It is free up to 7 days before.", True),
        ("Can I take 3 sledges?", "Yes, up to 4 sledges may be taken.", "Up to 4 sledges may be taken.", True),
        (
            "My son is 9. May he ride?",
            "No, riders must be at least 12 years old.",
            "Riders must be at least 12 years old.",
            False,
        ),
        ("Is frost damage covered?", "Yes, frost damage is not covered.", "Frost damage is not covered.", False),
        ("Is frost damage covered?", "No.", "Frost damage is not covered.", False),
        ("Posso fumar na varanda?", "Sim, é proibido fumar na varanda.", "É proibido fumar na varanda.", False),
        (
            "Do I have to declare 5 euros?",
            "No, gifts of up to 20 euros may be kept.",
            "Gifts of up to 20 euros may be kept.",
            None,
        ),
    ],
)
def test_yes_or_no_by_the_rules(question: str, sentence: str, text: str, expected: bool | None) -> None:
    (unit,) = units((text, "", "rules.txt"))
    claim = Claim(sentence, question)
    assert answers_yes(claim, unit) is expected
    if expected is not None and claim.says_yes != expected:
        assert find_doubt(claim, unit, [unit]) is Doubt.NEGATION


@pytest.mark.parametrize(
    ("question", "sentence", "text", "expected"),
    [
        ("may i keep 4 ducks on half a plot", "Yes, at most six birds are allowed.", "{}, on full plots only.", True),
        ("can my ducks live there in winter", "Yes, at most six birds are allowed.", "{}.", True),
        ("Are birds allowed on full gardens?", "Yes, at most six birds are allowed.", "{} on full gardens.", False),
        ("May I keep 4 birds?", "Yes, at most six birds are allowed.", "{}.", False),  # a limit settles it
    ],
)
def test_yes_or_no_to_a_case_in_other_words_is_not_verified(
    question: str, sentence: str, text: str, expected: bool
) -> None:
    (unit,) = units((text.format("At most six birds are allowed"), "", "rules.txt"))
    assert (find_doubt(Claim(sentence, question), unit, [unit]) is Doubt.SUBJECT) is expected


def test_another_language_is_confirmed_by_numbers_only() -> None:
    text = "Perda de chaves\nA perda de uma chave deve ser comunicada à portaria em 24 horas."
    question = "I have lost a key. What should I do?"
    assert doubt(question, "Report it to the porter within 24 hours.", text) is None
    assert doubt(question, "Report it to the porter within 42 hours.", text) is Doubt.NUMBER
    assert doubt(question, "You should report it to the porter.", text) is Doubt.LANGUAGE


def test_weekday_range_must_be_the_same() -> None:
    text = "The hut is open from Tuesday to Friday from 9:00 to 17:00."
    question = "When is the hut open?"
    assert doubt(question, "It is open from Tuesday to Friday.", text) is None
    assert doubt(question, "It is open on Wednesday from 9:00.", text) is None
    assert doubt(question, "It is open from Monday to Friday.", text) is Doubt.DATE
    assert doubt(question, "It is open on Sunday.", text) is Doubt.DATE


OLD = ("A night in a hotel is paid up to 110 euros.", "Trips", "trips-2022.md")
NEW = ("A night in a hotel is paid up to 140 euros.", "Trips", "trips-2025.md")


def conflicts(question: str, sentence: str) -> list[str]:
    found = units(OLD, NEW)
    return [other.passage.filename for other in find_conflicts(Claim(sentence, question), found[0], found)]


def test_other_figure_of_another_document_is_a_conflict() -> None:
    assert conflicts("What is paid for a hotel?", "Up to 110 euros a night.") == ["trips-2025.md"]


def test_question_that_names_the_year_meets_no_conflict() -> None:
    assert conflicts("What was paid for a hotel in 2022?", "Up to 110 euros a night.") == []


def test_rows_of_one_table_are_no_conflict() -> None:
    found = units((STOCK, "", "stock.csv"))
    claim = Claim("The rain barrel costs 49.50 euros.", "What does the rain barrel cost?")
    assert list(find_conflicts(claim, found[0], found)) == []
