"""The recipe of the API and the recipe of the training are one: the same fields, bounds and defaults."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any

import pytest
from pydantic import ValidationError

from app.adapters import base_spec
from app.engine import lora, lora_targets
from app.errors import InvalidRequest
from app.training import recipe
from app.training.hyperparameter_search import SEARCHABLE
from app.training.recipe import HYPERPARAMETERS, Recipe, defaults_for, recipe_from
from app.training.schemas import RecipeIn

VARYING = {"rank", "targets", "learning_rate", "dropout"}
UNBOUNDED = {"method", "rslora", "init", "activated", "share_prefixes"}  # choices and switches
NUMBERS = [
    (name, schema)
    for name, schema in RecipeIn.model_json_schema()["properties"].items()
    if name not in UNBOUNDED | {"targets"}
]


def bound(schema: dict[str, Any], keyword: str) -> float:
    return next(one[keyword] for one in (schema, *schema.get("anyOf", ())) if keyword in one)


def accepted_by_recipe(name: str, value: float) -> bool:
    given = {name: value}
    if name in {"initial_rank", "orthogonality"}:
        given |= {"method": "adalora", "rank": 1}
    if name == "max_tokens":
        given["micro_batch_tokens"] = 1 << 20
    if name == "micro_batch_tokens":
        given["max_tokens"] = 16
    try:
        recipe_from(given)
    except InvalidRequest as refused:
        return refused.param != name  # a refusal that names another field is no bound of this one
    return True


def accepted_by_api(name: str, value: float) -> bool:
    try:
        RecipeIn.model_validate({name: value})
    except ValidationError:
        return False
    return True


def test_api_and_recipe_have_the_same_fields() -> None:
    assert list(RecipeIn.model_fields) == [field.name for field in fields(Recipe)]


def test_every_field_that_can_be_searched_can_be_set() -> None:
    assert set(SEARCHABLE) <= set(RecipeIn.model_fields)


def test_every_field_has_bounds_or_choices() -> None:
    assert {known.name for known in HYPERPARAMETERS if known.bounds is None} == UNBOUNDED


@pytest.mark.parametrize(("name", "schema"), NUMBERS, ids=[name for name, _ in NUMBERS])
def test_api_and_recipe_accept_the_same_values(name: str, schema: dict[str, Any]) -> None:
    least, most = bound(schema, "minimum"), bound(schema, "maximum")
    whole = isinstance(getattr(Recipe(), name), int) or name in {"initial_rank", "max_steps"}
    below = least - 1 if whole else math.nextafter(least, -math.inf)
    above = most + 1 if whole else math.nextafter(most, math.inf)
    values = [below, least, most, above]
    expected = [False, True, True, False]
    assert [accepted_by_api(name, value) for value in values] == expected
    assert [accepted_by_recipe(name, value) for value in values] == expected


def test_defaults_are_the_same_where_they_depend_on_nothing() -> None:
    shown = RecipeIn().model_dump()
    assert {name for name, value in shown.items() if value != getattr(Recipe(), name)} == VARYING
    assert all(shown[name] is None for name in VARYING)


def test_defaults_that_vary_are_marked() -> None:
    seen = set()
    for found in (defaults_for(5000), defaults_for(10), defaults_for(None, 64), defaults_for(None, None, "ia3")):
        seen |= {field.name for field in fields(Recipe) if getattr(found, field.name) != getattr(Recipe(), field.name)}
    assert seen == VARYING == {known.name for known in HYPERPARAMETERS if known.default_varies}


def test_null_counts_as_left_out_where_the_default_varies() -> None:
    given = RecipeIn.model_validate(dict.fromkeys(VARYING) | {"clip": 0.5, "share_prefixes": False})
    assert given.model_dump(exclude_unset=True, exclude_none=True) == {"clip": 0.5, "share_prefixes": False}


def test_the_kinds_of_layers_are_named_once() -> None:
    assert base_spec.TARGETS is lora.TARGETS is recipe.TARGETS is lora_targets.TARGETS
    targets = RecipeIn.model_json_schema()["properties"]["targets"]["anyOf"][0]
    assert (tuple(targets["items"]["enum"]), targets["maxItems"]) == (recipe.TARGETS, 7)
