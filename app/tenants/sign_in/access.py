"""Who a person is to this service, and what they may do, by the claims that the issuer verified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.tenants import Scope
from app.tenants.sign_in.refusals import Refusal, SignInRefused
from app.text.normal_form import normal_name

EVERYBODY = "*"
LONGEST_NAME = 200
MOST_GROUPS = 200


@dataclass(frozen=True, slots=True)
class Person:
    tenant: str  # its name
    user: str  # end user of the token: whose conversations it sees
    name: str  # to be shown
    scopes: frozenset[str]
    groups: frozenset[str]  # of access lists


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRules:
    """How claims become a person. Exactly one of `tenant` and `tenant_claim` is given."""

    tenant: str
    tenant_claim: str
    user_claim: str
    groups_claim: str
    readers: frozenset[str]  # groups whose members may ask; EVERYBODY: all that the issuer signs in
    writers: frozenset[str]  # groups whose members may also add, change and delete documents
    access_groups: Mapping[str, str]  # group of the issuer -> group of access lists; empty: they are the same

    def person(self, claims: Mapping[str, Any]) -> Person:
        """Raises SignInRefused: NO_ACCESS, TOO_MANY_GROUPS, NO_TENANT or, without a usable name, NOT_VERIFIED."""
        groups = self._groups(claims)
        user = self._user(claims)
        return Person(self._tenant(claims), user, _name(claims, user), self._scopes(groups), self._listed(groups))

    def _scopes(self, groups: frozenset[str]) -> frozenset[str]:
        everywhere = groups | {EVERYBODY}
        if self.writers & everywhere:
            return frozenset({Scope.READ, Scope.WRITE})
        if self.readers & everywhere:
            return frozenset({Scope.READ})
        shown = ", ".join(sorted(groups)[:10]) or "none"
        raise SignInRefused(Refusal.NO_ACCESS, f"none of the person's groups may use the service: {shown}")

    def _listed(self, groups: frozenset[str]) -> frozenset[str]:
        """The groups of access lists. More than a token holds are refused: some left out would hide documents."""
        listed = {self.access_groups[group] for group in groups if group in self.access_groups}
        chosen = frozenset(listed) if self.access_groups else groups
        if len(chosen) > MOST_GROUPS:
            message = f"the person is in {len(chosen)} groups of access lists, of {MOST_GROUPS} at most"
            raise SignInRefused(Refusal.TOO_MANY_GROUPS, message)
        return chosen

    def _groups(self, claims: Mapping[str, Any]) -> frozenset[str]:
        found, elsewhere = _claim(claims, self.groups_claim), claims.get("_claim_names")
        if found is None and isinstance(elsewhere, Mapping) and self.groups_claim in elsewhere:
            raise SignInRefused(Refusal.TOO_MANY_GROUPS, "the issuer left the groups out of the ID token: too many")
        return frozenset(normal_names([found] if isinstance(found, str) else found if isinstance(found, list) else []))

    def _user(self, claims: Mapping[str, Any]) -> str:
        found = _claim(claims, self.user_claim)
        if not isinstance(found, str) or not 0 < len(found) <= LONGEST_NAME or normal_name(found) != found:
            message = f"the claim {self.user_claim!r} is missing or no plain text of {LONGEST_NAME} characters at most"
            raise SignInRefused(Refusal.NOT_VERIFIED, message)
        if self.user_claim == "email" and claims.get("email_verified") in (False, "false"):
            raise SignInRefused(Refusal.NOT_VERIFIED, "the issuer has not verified the person's address")
        return found

    def _tenant(self, claims: Mapping[str, Any]) -> str:
        if not self.tenant_claim:
            return self.tenant
        found = _claim(claims, self.tenant_claim)
        if isinstance(found, list) and len(found) == 1:
            found = found[0]
        if not isinstance(found, str):
            raise SignInRefused(Refusal.NO_TENANT, f"the claim {self.tenant_claim!r} does not name one tenant")
        return found


def normal_names(names: Iterable[object]) -> list[str]:
    """The names in the form in which access lists have them, without what cannot be one."""
    normal = [normal_name(name) for name in names if isinstance(name, str)]
    return [name for name in normal if 0 < len(name) <= LONGEST_NAME]


def _claim(claims: Mapping[str, Any], path: str) -> Any:
    """A claim by its name or, if there is none of that name, by the names on the way to it between dots."""
    if path in claims:
        return claims[path]
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _name(claims: Mapping[str, Any], user: str) -> str:
    candidates = (claims.get(claim) for claim in ("name", "preferred_username", "email"))
    return next(iter(normal_names(candidates)), user)
