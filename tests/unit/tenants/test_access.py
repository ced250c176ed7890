"""Who a person is by the claims of the issuer, and what they may do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.tenants.sign_in.access import AccessRules
from app.tenants.sign_in.refusals import Refusal, SignInRefused

RULES = AccessRules(
    tenant="acme",
    tenant_claim="",
    user_claim="sub",
    groups_claim="groups",
    readers=frozenset({"staff"}),
    writers=frozenset({"editors"}),
    access_groups={},
)


def refusal(rules: AccessRules, **claims: Any) -> Refusal:
    with pytest.raises(SignInRefused) as refused:
        rules.person({"sub": "ana", "groups": ["staff"], **claims})
    return refused.value.refusal


@pytest.mark.parametrize(
    ("groups", "scopes"), [(["staff"], {"read"}), (["editors"], {"read", "write"}), ("staff", {"read"})]
)
def test_groups_decide_what_a_person_may_do(groups: Any, scopes: set[str]) -> None:
    assert RULES.person({"sub": "ana", "groups": groups}).scopes == scopes


@pytest.mark.parametrize("groups", [None, [], ["Staff"], {"staff": True}, 7, [7, None, ["staff"]], "*"])
def test_person_in_no_group_that_is_named_gets_nothing(groups: Any) -> None:
    assert refusal(RULES, groups=groups) == Refusal.NO_ACCESS


def test_everybody_may_ask_where_the_operator_says_so() -> None:
    everybody = replace(RULES, readers=frozenset({"*"}))
    assert everybody.person({"sub": "ana"}).scopes == {"read"}
    assert everybody.person({"sub": "ana", "groups": ["editors"]}).scopes == {"read", "write"}


def test_groups_of_access_lists_are_the_issuers_or_those_of_the_map() -> None:
    claims = {"sub": "ana", "groups": ["staff", "4e2b"]}
    assert RULES.person(claims).groups == {"staff", "4e2b"}
    mapped = replace(RULES, access_groups={"4e2b": "board", "77aa": "accounting"})
    assert mapped.person(claims).groups == {"board"}
    assert mapped.person({"sub": "ana", "groups": ["staff", "board"]}).groups == frozenset()  # a group named like one


def test_groups_have_the_form_of_access_lists() -> None:
    groups = ["staff", " Dire\u0063\u0327a\u0303o ", "x" * 201, "\u200b"]
    assert RULES.person({"sub": "ana", "groups": groups}).groups == {"staff", "Direção"}


def test_roles_lie_within_other_claims() -> None:
    rules = replace(RULES, groups_claim="realm_access.roles")
    assert rules.person({"sub": "ana", "realm_access": {"roles": ["staff"]}}).scopes == {"read"}
    assert rules.person({"sub": "ana", "realm_access.roles": "staff", "realm_access": 1}).scopes == {"read"}
    assert refusal(rules, realm_access="roles") == Refusal.NO_ACCESS


def test_too_many_groups_are_refused_and_none_is_left_out() -> None:
    assert refusal(RULES, groups=["staff", *map(str, range(200))]) == Refusal.TOO_MANY_GROUPS
    assert refusal(RULES, groups=None, _claim_names={"groups": "src1"}) == Refusal.TOO_MANY_GROUPS
    mapped = replace(RULES, access_groups={"7": "seven"})
    assert mapped.person({"sub": "ana", "groups": ["staff", *map(str, range(200))]}).groups == {"seven"}


@pytest.mark.parametrize("sub", [None, "", 7, "a" * 201, "ana ", "ana\u200b", "ana\x00", ["ana"]])
def test_person_without_a_plain_name_is_refused(sub: Any) -> None:
    assert refusal(RULES, sub=sub) == Refusal.NOT_VERIFIED


def test_address_that_the_issuer_has_not_verified_is_no_name() -> None:
    rules = replace(RULES, user_claim="email")
    assert refusal(rules, email="ana@example.org", email_verified=False) == Refusal.NOT_VERIFIED
    assert rules.person({"email": "ana@example.org", "groups": "staff"}).user == "ana@example.org"


@pytest.mark.parametrize(
    ("claims", "name"),
    [({"name": "Ana Lima", "email": "a@b"}, "Ana Lima"), ({"name": 7, "email": "a@b"}, "a@b"), ({"name": " "}, "ana")],
)
def test_name_that_is_shown_is_the_first_that_can_be(claims: dict[str, Any], name: str) -> None:
    assert RULES.person({"sub": "ana", "groups": "staff", **claims}).name == name


def test_tenant_is_the_configured_one_or_that_of_the_claim() -> None:
    assert RULES.person({"sub": "ana", "groups": "staff", "org": "other"}).tenant == "acme"
    rules = replace(RULES, tenant="", tenant_claim="org")
    assert rules.person({"sub": "ana", "groups": "staff", "org": ["other"]}).tenant == "other"
    for org in (None, [], ["one", "two"], 7):
        assert refusal(rules, org=org) == Refusal.NO_TENANT
