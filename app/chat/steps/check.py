"""The check step: certain rules that decide whether a quote says what a sentence of an answer says.

Similarity cannot tell 27 days from 72. Every number with its unit, every date, every name and the sense (negated or
not) of the sentence must stand in the quote or in what the quote is read with; a figure may also repeat the question's.
The thing and the year that the question asks about must be those of the quote; a yes or no needs a quote in the
question's words. What the sentence derives, such as a
sum, is not found in a quote, and so stays unconfirmed.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.chat.steps.claim import Claim
from app.chat.steps.evidence import Evidence
from app.chat.steps.facts import date_doubt, holds_names, quantity_doubt, years_agree
from app.chat.steps.sense import is_about_the_case, same_sense
from app.chat.steps.subject import is_about, is_foreign
from app.domain.conversations import Doubt


def find_doubt(claim: Claim, evidence: Evidence, others: Sequence[Evidence], *, near: bool = False) -> Doubt | None:
    """What the evidence does not confirm of the claim; None if it confirms all.

    `others` are the units beside it, among which may be one that fits the thing asked about better. `near` says that
    the evidence is like the question, which may then share no word with it.
    """
    if doubt := quantity_doubt(claim, evidence) or date_doubt(claim, evidence):
        return doubt
    if is_foreign(claim, evidence) and not claim.has_facts:
        return Doubt.LANGUAGE
    if not years_agree(claim, evidence):
        return Doubt.YEAR
    if not holds_names(claim, evidence):
        return Doubt.NAME
    if not same_sense(claim, evidence):
        return Doubt.NEGATION
    decided = claim.says_yes is None or is_about_the_case(claim, evidence)
    return None if decided and is_about(claim, evidence, others, near=near) else Doubt.SUBJECT
