"""The mutations follow the source: each one still applies. Whether tests catch them is for the command to find out."""

from __future__ import annotations

import pytest

from tests.reliability.mutations import MUTATIONS, Mutation, check_applies


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS)
def test_mutation_applies_to_the_source(mutation: Mutation) -> None:
    check_applies(mutation)
