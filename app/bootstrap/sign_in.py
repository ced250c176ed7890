"""Builds the sign-in by OpenID Connect from the settings."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from app.errors import InvalidRequest
from app.http.origins import normal_origin
from app.operations.diagnosis.finding import Finding
from app.settings import Settings
from app.tenants.sign_in.access import AccessRules, normal_names
from app.tenants.sign_in.issuer import Client, Issuer, is_safe_address
from app.tenants.sign_in.refusals import SignInRefused
from app.tenants.sign_in.router import CALLBACK
from app.tenants.sign_in.service import OpenIdConnect
from app.text.normal_form import normal_name

SCOPE = "openid"


def sign_in_of(settings: Settings) -> OpenIdConnect | None:
    """What people sign in with; None without an issuer. Raises InvalidRequest for settings that do not fit together."""
    if not settings.oidc_issuer:
        return None
    fault = next(_faults(settings), None)
    if fault is not None:
        raise InvalidRequest(fault)
    page = settings.public_url.rstrip("/") + "/"
    client = Client(settings.oidc_client_id, settings.oidc_client_secret.get_secret_value(), page[:-1] + CALLBACK)
    return OpenIdConnect(
        name=settings.oidc_name or urlsplit(settings.oidc_issuer).hostname or "",
        issuer=Issuer(settings.oidc_issuer, client, timeout_s=settings.oidc_timeout_s, clock=time.monotonic),
        scopes=settings.oidc_scopes,
        rules=_rules(settings),
        page=page,
        origin=normal_origin("{0.scheme}://{0.netloc}".format(urlsplit(page))),
        session_s=settings.oidc_session_s,
    )


def diagnose_sign_in(settings: Settings) -> Iterator[Finding]:
    """Whether the settings fit together and the issuer answers; nothing without an issuer."""
    try:
        connect = sign_in_of(settings)
        if connect is not None:
            keys = asyncio.run(connect.issuer.check())
            yield Finding("sign-in", f"{connect.issuer.url} answers (keys: {keys})", keys > 0)
    except InvalidRequest as fault:
        yield Finding("sign-in", fault.message, False)
    except SignInRefused as fault:
        yield Finding("sign-in", f"the issuer is of no use: {fault.detail}", False)


def _faults(settings: Settings) -> Iterator[str]:
    """What is wrong, each in a sentence."""
    issuer, page = settings.oidc_issuer, settings.public_url
    if not is_safe_address(issuer) or urlsplit(issuer).query:
        yield "LORACLE_OIDC_ISSUER must be an https:// address without a query (http:// only on this machine)."
    if not is_safe_address(page) or urlsplit(page).query:
        yield "LORACLE_PUBLIC_URL must be the https:// address of the page (http:// only on this machine)."
    if not settings.oidc_client_id:
        yield "LORACLE_OIDC_CLIENT_ID is empty: enter the one that the issuer gave you."
    if SCOPE not in settings.oidc_scopes.split():
        yield f"LORACLE_OIDC_SCOPES must have the scope {SCOPE!r}."
    if bool(settings.oidc_tenant) == bool(settings.oidc_tenant_claim):
        yield "Set one of LORACLE_OIDC_TENANT and LORACLE_OIDC_TENANT_CLAIM: whose documents people get."
    if not settings.oidc_readers and not settings.oidc_writers:
        yield "Set LORACLE_OIDC_READERS or LORACLE_OIDC_WRITERS, or nobody can sign in: groups, or * for everybody."


def _rules(settings: Settings) -> AccessRules:
    return AccessRules(
        tenant=settings.oidc_tenant,
        tenant_claim=settings.oidc_tenant_claim,
        user_claim=settings.oidc_user_claim,
        groups_claim=settings.oidc_groups_claim,
        readers=frozenset(normal_names(settings.oidc_readers)),
        writers=frozenset(normal_names(settings.oidc_writers)),
        access_groups={normal_name(group): normal_name(name) for group, name in settings.oidc_access_groups.items()},
    )
