"""Numbers in the places of a format: decimals, thousands, powers of ten, fractions."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from app.documents.parsing.formats.number_formats.codes import Token

LONGEST_NUMBER = 400  # digits
MOST_PLACES = 30


def fill_places(number: float, tokens: tuple[Token, ...]) -> str:
    """`number` by the tokens of a section with places for digits."""
    if (slash := _slash(tokens)) is not None:
        return _fraction(number, tokens, slash)
    kinds = [kind for kind, _ in tokens]
    digits = [i for i, kind in enumerate(kinds) if kind == "digit"]
    scaled = Decimal(repr(number)) * 100 ** kinds.count("percent")
    for kind in kinds[digits[-1] + 1 :]:
        if kind != "comma":
            break
        scaled /= 1000
    if "exponent" in kinds:
        return _scientific(scaled, tokens)
    point = kinds.index("point") if "point" in kinds else len(kinds)
    grouped = any(kind == "comma" and digits[0] < i < min(digits[-1], point) for i, kind in enumerate(kinds))
    return _filled(scaled, tokens, point, grouped=grouped)


def _filled(number: Decimal, tokens: tuple[Token, ...], point: int, *, grouped: bool) -> str:
    """Digits in their places, with the words of the format around and between them."""
    before = [i for i, (kind, _) in enumerate(tokens) if kind == "digit" and i < point]
    after = [i for i, (kind, _) in enumerate(tokens) if kind == "digit" and i > point][:MOST_PLACES]
    whole, decimals = _rounded(number, [tokens[i][1] for i in after])
    zero = not (whole + decimals).strip("0")
    first_zero = next((n for n, i in enumerate(before) if tokens[i][1] == "0"), len(before))
    slots = _slots(whole.lstrip("0").rjust(len(before) - first_zero, "0"), before, grouped=grouped)
    slots |= {place: decimals[n : n + 1] for n, place in enumerate(after)}
    out: list[str] = []
    for i, (kind, text) in enumerate(tokens):
        if kind == "digit":
            out.append(slots.get(i, ""))
        elif kind == "point" and (decimals or not after):
            out.append(".")
        elif kind in {"text", "percent"}:
            out.append(text)
    return ("-" if number < 0 and not zero else "") + "".join(out).strip()


def _rounded(number: Decimal, places: list[str]) -> tuple[str, str]:
    """Digits before and after the point; zeros at the end only where the format asks for them."""
    with localcontext() as context:
        context.prec = LONGEST_NUMBER
        shown = f"{abs(number).quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP):f}"
    whole, _, decimals = shown.partition(".")
    keep = len(places)
    while keep and places[keep - 1] != "0" and decimals[keep - 1] == "0":
        keep -= 1
    return whole, decimals[:keep]


def _slots(whole: str, before: list[int], *, grouped: bool) -> dict[int, str]:
    """The digits of each place before the point; the first place takes all that are left."""
    if grouped:
        reverse = whole[::-1]
        return {before[0]: ",".join(reverse[i : i + 3] for i in range(0, len(reverse), 3))[::-1]}
    slots: dict[int, str] = {}
    end = len(whole)
    for place in reversed(before[1:]):
        slots[place] = whole[max(end - 1, 0) : end]
        end = max(end - 1, 0)
    if before:
        slots[before[0]] = whole[:end]
    return slots


def _scientific(number: Decimal, tokens: tuple[Token, ...]) -> str:
    kinds = [kind for kind, _ in tokens]
    exponent = kinds.index("exponent")
    point = kinds.index("point") if "point" in kinds[:exponent] else exponent
    decimals = sum(kind == "digit" for kind in kinds[point:exponent])
    mantissa, _, power = f"{number:.{decimals}E}".partition("E")
    width = sum(kind == "digit" for kind in kinds[exponent:])
    sign = "-" if int(power) < 0 else ("+" if tokens[exponent][1].endswith("+") else "")
    return f"{mantissa}E{sign}{abs(int(power)):0{width}d}"


def _slash(tokens: tuple[Token, ...]) -> int | None:
    """The place of the bar of a fraction, which has places for digits, or a figure, on both sides."""
    for place in range(1, len(tokens) - 1):
        kind, text = tokens[place + 1]
        if tokens[place] == ("text", "/") and tokens[place - 1][0] == "digit" and (kind == "digit" or text.isdecimal()):
            return place
    return None


def _fraction(number: float, tokens: tuple[Token, ...], slash: int) -> str:
    """1 1/2 for "# ?/?", 3/2 for "?/?"."""
    before = "".join(text if kind == "digit" else " " for kind, text in tokens[:slash]).split()
    after = "".join(text for kind, text in tokens[slash + 1 :] if kind in {"digit", "text"}).strip()
    if after.isdecimal() and int(after):
        fraction = Fraction(round(abs(number) * int(after)), int(after))
        shown_below = int(after)
    else:
        fraction = Fraction(abs(number)).limit_denominator(10 ** min(max(len(after), 1), 5) - 1)
        shown_below = fraction.denominator
    above = fraction.numerator * shown_below // fraction.denominator
    whole, rest = divmod(above, shown_below) if len(before) > 1 else (0, above)
    parts = [str(whole)] if whole or not rest else []
    parts += [f"{rest}/{shown_below}"] if rest else []
    return ("-" if number < 0 else "") + " ".join(parts)
