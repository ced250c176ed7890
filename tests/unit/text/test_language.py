"""The language of a question: short ones, with mistakes and without accents, in the locales' languages and others."""

from __future__ import annotations

import threading
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from py3langid.langid import LanguageIdentifier

from app.text import language_signs
from app.text.language import LANGUAGES, LONGEST, detect_language, speaks
from app.text.language_signs import letter_statistics
from app.text.locales import LOCALES, get_locale

LINES = (Path(__file__).parent / "short_questions.txt").read_text(encoding="utf-8").splitlines()
OTHERS = {
    "nl": ("Hoe laat gaat het zwembad open op zondag?", "ik ben mijn wachtwoord vergeten"),
    "pl": ("O której otwiera się basen?", "Czy mogę zabrać psa?"),
    "sv": ("När öppnar simhallen på söndagar?", "Får jag ta med min hund?"),
    "tr": ("Havuz pazar günü saat kaçta açılıyor?",),
    "fi": ("Milloin uima-allas aukeaa?",),
    "id": ("Jam berapa kolam renang buka?",),
    "el": ("Τι ώρα ανοίγει η πισίνα;",),
    "ru": ("Во сколько открывается бассейн?",),
    "uk": ("О котрій відкривається басейн?",),
    "ar": ("متى يفتح المسبح؟",),
    "he": ("מתי נפתחת הבריכה?",),
    "hi": ("पूल कब खुलता है?",),
    "ja": ("プールは何時に開きますか？", "駐車場は無料"),
    "ko": ("수영장은 몇 시에 열어요?",),
    "zh": ("游泳池几点开门？",),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_questions_are_told_apart(language: str) -> None:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in LINES:
        actual, question = line.split("\t")
        if actual == language:
            found[detect_language(question)].append(question)
    total = sum(map(len, found.values()))
    assert total == 25
    assert len(found[language]) >= 24, found


@pytest.mark.parametrize("language", OTHERS)
def test_questions_in_languages_without_locale_are_told_apart(language: str) -> None:
    assert [detect_language(question) for question in OTHERS[language]] == [language] * len(OTHERS[language])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hello", "en"),
        ("Thank you!", "en"),
        ("oi", "pt"),
        ("obrigada!", "pt"),
        ("hola", "es"),
        ("merci", "fr"),
        ("hallo", "de"),
        ("grazie", "it"),
    ],
)
def test_greetings_and_thanks_have_a_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "   ", "1943", "42 %?", "😀", "E21", "x" * (LONGEST + 1)])
def test_text_that_shows_no_language_is_in_the_default_one(text: str) -> None:
    assert detect_language(text) == "en"


def test_long_texts_are_not_taken_for_a_neighbour() -> None:
    dutch = "De bibliotheek is in de zomer tot acht uur open en in de winter tot zes uur. "
    assert detect_language(dutch) == detect_language(40 * dutch) == "nl"
    portuguese = "A biblioteca fica aberta até as oito horas no verão e até as seis no inverno. "
    assert detect_language(40 * portuguese) == "pt"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Het museum gaat om tien uur open.", "nl", True),
        ("The museum opens at ten o'clock.", "nl", False),
        ("1943", "nl", True),
        ("Das Museum öffnet um zehn.", "de", True),
        ("Le musée ouvre à dix heures.", "de", False),
        ("Il museo apre alle dieci.", "it", True),
        ("El museo abre a las diez.", "pt", False),
        ("Maria Silva", "fr", True),
    ],
)
def test_answers_are_in_a_language_or_not(text: str, language: str, expected: bool) -> None:
    assert speaks(text, language) is expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_texts_are_in_their_language(language: str) -> None:
    locale = LOCALES[language]
    for text in (locale.instructions, *locale.refusals.values()):
        assert detect_language(text) == language
        assert speaks(text, language)


def test_a_language_without_locale_borrows_english_texts_and_asks_the_model_for_its_own() -> None:
    dutch, english = get_locale("nl"), get_locale("en")
    assert dutch.refusals == english.refusals
    assert dutch.instructions == f"{english.instructions} Answer in the language of the question."
    assert get_locale("pt") is LOCALES["pt"]


def test_threads_that_come_at_once_load_the_statistics_once(monkeypatch: pytest.MonkeyPatch) -> None:
    together, loads = threading.Barrier(4), list[str]()
    load = LanguageIdentifier.from_model_file

    def counted(*args: Any, **options: Any) -> Any:
        loads.append(threading.current_thread().name)
        return load(*args, **options)

    monkeypatch.setattr(LanguageIdentifier, "from_model_file", counted)
    language_signs._identifier.cache_clear()

    def detect() -> None:
        together.wait(60)
        letter_statistics("When does the museum open?")

    threads = [threading.Thread(target=detect) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loads) == 1
