"""English or Portuguese, by function words and letters: enough for a question."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["en", "pt"]
WORD = re.compile(r"[^\W\d_]+")
PORTUGUESE = frozenset(
    """a ao aos as com como da das de do dos e em essa esse esta este eu foi foram há isso mais não na nas no nos o onde
    os ou para pela pelo por porque qual quais quando quanto quantos que quem se sem ser seu sua são também tem um uma
    você é à às""".split()
)
ENGLISH = frozenset(
    """a an and are as at be by can could did do does for from had has have how i in is it its many much my of on or
    should that the their there they this to was were what when where which who whom whose why will with would you
    your""".split()
)
PORTUGUESE_LETTERS = frozenset("ãõçáéíóúâêôàü")


def detect_language(text: str) -> Language:
    """The language of a question; English when nothing speaks for either."""
    words = [word.lower() for word in WORD.findall(text)]
    portuguese = sum(word in PORTUGUESE for word in words) + sum(
        1 for word in words if PORTUGUESE_LETTERS.intersection(word)
    )
    english = sum(word in ENGLISH for word in words)
    return "pt" if portuguese > english else "en"
