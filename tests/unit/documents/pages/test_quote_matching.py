"""A quote of the document's text is found among the words of its page, however the two differ."""

from __future__ import annotations

import time

import pytest

from app.documents.pages.page_text import PageText, search_key
from app.documents.pages.page_words import Word
from app.documents.pages.quote_matching import MAX_TOKENS, Quote, find_quote


def words(text: str) -> list[Word]:
    """Words on lines of 10 points; `~` before a word: it goes on from the one before."""
    found = []
    for row, line in enumerate(text.split("\n")):
        for column, word in enumerate(line.split()):
            plain = word.removeprefix("~")
            found.append(Word(plain, column * 50, row * 10, column * 50 + 40, row * 10 + 10, plain != word))
    return found


def found(page: str, quote: str, text: str = "", nth: int = 0) -> str | None:
    """The words of the page that are found, with the number of their line before them."""
    text = text or quote
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    shown = words(page)
    match = find_quote(PageText(shown), Quote(text, start, start + len(quote)))
    if match is None:
        return None
    return " ".join(f"{int(shown[part.word].y0 // 10)}:{shown[part.word].text}" for part in match.parts)


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("A light\n~house keeper", "A lighthouse keeper"),
        ("A well\n~known keeper", "A well-known keeper"),
        ("The \ufb01rst o\ufb03ce", "The first office"),
        ("Sa\u0303o Joa\u0303o", "S\u00e3o Jo\u00e3o"),
        ("HARBOUR   RULES", "Harbour\u00a0rules"),
        ("It costs 10\u00b2 crowns", "It costs 10^2 crowns"),
    ],
)
def test_ways_of_writing_do_not_matter(page: str, quote: str) -> None:
    match = find_quote(PageText(words(page)), Quote(quote, 0, len(quote)))
    assert match is not None
    assert [part.word for part in match.parts] == list(range(len(words(page))))


def test_a_repeated_sentence_is_found_where_the_text_around_is_the_same() -> None:
    page = "Rule one. Dogs wait outside. Always.\nRule two. Dogs wait outside. Sometimes."
    text = page.replace("\n", " ")
    assert found(page, "Dogs wait outside.", text, nth=0) == "0:Dogs 0:wait 0:outside."
    assert found(page, "Dogs wait outside.", text, nth=1) == "1:Dogs 1:wait 1:outside."


def test_a_short_quote_is_no_part_of_a_longer_word() -> None:
    assert found("Start the art class", "art", "Start the art class", nth=1) == "0:art"


def test_columns_that_the_file_has_row_by_row() -> None:
    page = "Ferries leave at seven Tickets cost four crowns\nand return by dusk but children travel free"
    text = "Ferries leave at seven and return by dusk\n\nTickets cost four crowns but children travel free"
    quote = "Ferries leave at seven and return by dusk"
    assert found(page, quote, text) == "0:Ferries 0:leave 0:at 0:seven 1:and 1:return 1:by 1:dusk"


def test_headers_that_the_text_repeats_are_not_marked() -> None:
    page = "Berth Fee\nNorth 40\nSouth 65"
    text = "Berth: North | Fee: 40\nBerth: South | Fee: 65"
    assert found(page, "Berth: South | Fee: 65", text) == "2:South 2:65"


def test_word_that_is_common_on_the_page_is_marked_within_its_sentence_alone() -> None:
    common = "the cup and the tap " * 25
    page = f"{common}\nCode Remedy\nA1 Close the valve below the sink\nA2 Open the door of the cellar"
    quote = "Code: A1 | Remedy: Close the valve below the sink\nCode: A2 | Remedy: Open the door of the cellar"
    marked = "2:A1 2:Close 2:the 2:valve 2:below 2:the 2:sink 3:A2 3:Open 3:the 3:door 3:of 3:the 3:cellar"
    assert found(page, quote, f"{common}\n{quote}") == marked


def test_what_the_page_does_not_show_is_left_out() -> None:
    page = "Ask the harbour office for a form"
    quote = "Ask the harbour office (https://example.org/harbour/office/of/the/north) for a form"
    assert found(page, quote) == "0:Ask 0:the 0:harbour 0:office 0:for 0:a 0:form"


def test_ideographs_need_no_white_space() -> None:
    shown = words("灯台は毎晩点灯する。船は朝に出る。")
    match = find_quote(PageText(shown), Quote("灯台は毎晩点灯する。船は朝に出る。", 10, 17))
    assert match is not None
    (part,) = match.parts
    assert (round(part.start, 2), part.end) == (0.59, 1.0)


@pytest.mark.parametrize("quote", ["The ferry sinks at midnight", "of the", "!?", "7"])
def test_what_is_not_there_gets_no_place(quote: str) -> None:
    assert found("Rules for the quay and its guests", quote) is None


def test_the_end_of_a_quote_may_stand_on_the_next_page() -> None:
    quote = "The keeper counts the ships that pass every evening."
    match = find_quote(PageText(words("Before it. The keeper counts the ships")), Quote(quote, 0, len(quote)))
    assert match is not None
    assert match.rest == "that pass every evening."


def test_a_page_of_one_word_is_searched_in_bounded_time() -> None:
    page = PageText([Word("na", 0, 0, 1, 1)] * 50_000)
    text = "na " * MAX_TOKENS + "xy " * MAX_TOKENS
    started = time.process_time()
    find_quote(page, Quote(text, 0, len(text)))
    assert time.process_time() - started < 5


def test_keys_are_letters_and_digits() -> None:
    assert search_key("Stra\u00dfe, \u00c9t\u00e9\u00ad \u2167!") == "strasseeteviii"
