"""Automatic numbers as text: decimal, letters, Roman, ordinal."""

from __future__ import annotations

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LARGEST_ROMAN = 3999
LETTERS = 26
MOST_LETTERS = 20


def lower_letter(number: int) -> str:
    """a ... z, aa, bb, as word processors count."""
    repeats, letter = divmod(number - 1, LETTERS)
    return chr(ord("a") + letter) * min(repeats + 1, MOST_LETTERS)


def lower_roman(number: int) -> str:
    if number > LARGEST_ROMAN:
        return str(number)
    text = ""
    for value, numeral in ROMAN:
        count, number = divmod(number, value)
        text += numeral * count
    return text


def english_ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def numeral(number: int, style: str) -> str:
    """`number` in a style: decimal, padded, lower_letter, upper_letter, lower_roman, upper_roman or ordinal.

    A number below 1 and an unknown style are decimal.
    """
    if number < 1:
        return str(number)
    match style:
        case "padded":
            return f"{number:02d}"
        case "lower_letter" | "upper_letter":
            text = lower_letter(number)
        case "lower_roman" | "upper_roman":
            text = lower_roman(number)
        case "ordinal":
            return english_ordinal(number)
        case _:
            return str(number)
    return text.upper() if style.startswith("upper") else text
