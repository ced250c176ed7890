"""Sign-in by OpenID Connect over HTTP, with a real provider beside it that can fail on purpose."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from app.tenants.sign_in.service import KEY_LABEL
from tests.support.fake_settings import fake_settings
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider, asked_of, oidc_provider
from tests.support.service import Service, client_of, open_service

pytestmark = pytest.mark.asyncio(loop_scope="module")
PREFIX = "/answers"  # that a proxy puts before every address
PUBLIC = f"https://answers.example.org{PREFIX}"
ANA = {"sub": "ana-1", "name": "Ana Lima", "groups": ["staff-id", "readers-id", "choir"]}
FLOW, TICKET = "__Host-loracle-sign-in", "__Host-loracle-ticket"
REFUSED = f"{PUBLIC}/#sign-in-refused="


@pytest.fixture(scope="module")
def running_provider() -> Iterator[Provider]:
    with oidc_provider() as provider:
        yield provider


def settings_for(provider: Provider, data_dir: Path, **more: Any) -> Any:
    return fake_settings(
        data_dir,
        **{
            "public_url": PUBLIC,
            "oidc_issuer": provider.url,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": CLIENT_SECRET,
            "oidc_name": "Example",
            "oidc_tenant": "acme",
            "oidc_readers": ["readers-id"],
            "oidc_writers": ["writers-id"],
            "oidc_access_groups": {"staff-id": "staff", "board-id": "board"},
            **more,
        },
    )


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def connected(
    running_provider: Provider, newest_schema: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Service]:
    """The service of this module, which people of the tenant acme sign in to."""
    settings = settings_for(running_provider, tmp_path_factory.mktemp("sign_in"))
    shutil.copyfile(newest_schema, settings.data_dir / "loracle.db")
    async with open_service(settings) as service:
        yield service


@pytest.fixture
def provider(running_provider: Provider) -> Iterator[Provider]:
    """The provider without faults, where Ana signs in."""
    running_provider.claims, running_provider.faults = dict(ANA), {}
    yield running_provider
    running_provider.faults = {}


@dataclass
class Browser:
    """A browser with cookies of its own, which keeps every address that it was sent to."""

    http: httpx.AsyncClient
    service: Service
    addresses: list[str]

    async def start(self) -> str:
        """The address at the provider."""
        return await self._sent_to("auth/oidc/start")

    async def agree(self, location: str) -> str:
        """Where the provider sends the browser when the person agrees."""
        async with httpx.AsyncClient() as http:
            response = await http.get(re.sub(r"/authorize\?", "/agree?", location))
        return self._noted(response)

    async def come_back(self, answer: str) -> str:
        """Where the service sends the browser then."""
        assert answer.startswith(f"{PUBLIC}/auth/oidc/callback?")
        return await self._sent_to(answer.removeprefix(f"{PUBLIC}/"))

    async def sign_in(self) -> str:
        return await self.come_back(await self.agree(await self.start()))

    async def token(self) -> httpx.Response:
        return await self.http.post("auth/oidc/token")

    async def signed_in(self) -> httpx.AsyncClient:
        assert await self.sign_in() == f"{PUBLIC}/#signed-in"
        return client_of(self.service.app, (await self.token()).json()["token"])

    async def _sent_to(self, address: str) -> str:
        return self._noted(await self.http.get(address))

    def _noted(self, response: httpx.Response) -> str:
        assert response.status_code in {302, 303}, response.text
        self.addresses.append(response.headers["Location"])
        return self.addresses[-1]


def browser_of(service: Service) -> Browser:
    transport = httpx.ASGITransport(service.app, root_path=PREFIX)
    return Browser(httpx.AsyncClient(transport=transport, base_url=PUBLIC), service, [])


@pytest.fixture
def browser(connected: Service, provider: Provider) -> Browser:
    return browser_of(connected)


def cookie(browser: Browser, name: str) -> Any:
    return next((one for one in browser.http.cookies.jar if one.name == name), None)


async def test_person_signs_in_and_gets_a_token_that_stands_in_no_address(browser: Browser, provider: Provider) -> None:
    assert (await browser.http.get("auth")).json() == {
        "object": "sign_in",
        "oidc": {"name": "Example", "start": "auth/oidc/start"},
    }
    location = await browser.start()
    asked = asked_of(location)
    assert location.startswith(f"{provider.url}/authorize?theme=plain&")
    assert (asked["response_type"], asked["client_id"], asked["code_challenge_method"]) == ("code", CLIENT_ID, "S256")
    assert asked["redirect_uri"] == f"{PUBLIC}/auth/oidc/callback"
    kept = cookie(browser, FLOW)
    assert (kept.path, kept.secure, kept.get_nonstandard_attr("SameSite")) == ("/", True, "lax")
    assert not kept.domain_specified
    assert kept.has_nonstandard_attr("HttpOnly")
    assert not any(secret in kept.value for secret in (asked["state"], asked["nonce"]))
    assert await browser.come_back(await browser.agree(location)) == f"{PUBLIC}/#signed-in"
    assert cookie(browser, FLOW) is None
    ticket = cookie(browser, TICKET)
    assert (ticket.path, ticket.secure, ticket.get_nonstandard_attr("SameSite")) == ("/", True, "strict")
    assert ticket.has_nonstandard_attr("HttpOnly")
    response = await browser.token()
    made = response.json()
    assert (response.status_code, response.headers["Cache-Control"], made["name"]) == (201, "no-store", "Ana Lima")
    assert made["token"].startswith("lt_")
    assert not any(made["token"] in address or ticket.value in address for address in browser.addresses)
    me = (await client_of(browser.service.app, made["token"]).get("/api/v1/me")).json()
    assert (me["tenant"]["name"], me["user"], me["scopes"], me["groups"]) == ("acme", "ana-1", ["read"], ["staff"])
    assert (await browser.token()).status_code == 401


async def test_ticket_is_good_once_even_if_the_browser_keeps_it(browser: Browser) -> None:
    await browser.sign_in()
    ticket = cookie(browser, TICKET).value
    headers = {"Cookie": f"{TICKET}={ticket}"}
    assert (await browser_of(browser.service).http.post("auth/oidc/token", headers=headers)).status_code == 201
    again = await browser_of(browser.service).http.post("auth/oidc/token", headers=headers)
    assert (again.status_code, again.json()["error"]["code"]) == (401, "sign_in_expired")


async def test_person_sees_documents_of_own_groups_alone(browser: Browser) -> None:
    service = browser.service
    for name, groups in (("staff.txt", '["staff"]'), ("board.txt", '["board"]'), ("choir.txt", '["choir"]')):
        await service.take_in(service.acme, name, name.encode(), access=f'{{"groups": {groups}}}')
    ana = await browser.signed_in()
    listed = (await ana.get("/api/v1/documents")).json()["data"]
    assert [one["filename"] for one in listed] == ["staff.txt"]  # the choir is no group of the map
    assert (await service.upload(ana, "own.txt", b"Mine.")).status_code == 403


async def test_writers_may_add_documents_and_nobody_may_what_needs_a_key(browser: Browser, provider: Provider) -> None:
    provider.claims["groups"] = "writers-id"
    ana = await browser.signed_in()
    assert (await ana.get("/api/v1/me")).json()["scopes"] == ["read", "write"]
    assert (await browser.service.upload(ana, "own.txt", b"Mine.")).status_code == 202
    assert (await ana.get("/api/v1/keys")).status_code == 403
    assert (await ana.post("/api/v1/tokens", json={})).status_code == 403


async def test_token_works_for_pages_of_the_service_alone(browser: Browser) -> None:
    ana = await browser.signed_in()
    own = await ana.get("/api/v1/me", headers={"Origin": "https://answers.example.org"})
    foreign = await ana.get("/api/v1/me", headers={"Origin": "https://elsewhere.example"})
    assert (own.status_code, foreign.status_code) == (200, 403)


@pytest.mark.parametrize(
    ("faults", "reason"),
    [
        ({"claims": {"nonce": "another"}}, "not_verified"),
        ({"claims": {"nonce": None}}, "not_verified"),
        ({"claims": {"aud": "another"}}, "not_verified"),
        ({"claims": {"aud": [CLIENT_ID, "another"]}}, "not_verified"),
        ({"claims": {"azp": "another"}}, "not_verified"),
        ({"claims": {"iss": "https://elsewhere.example"}}, "not_verified"),
        ({"claims": {"exp": 1_700_000_000}}, "not_verified"),
        ({"claims": {"exp": None}}, "not_verified"),
        ({"claims": {"iat": 4_000_000_000}}, "not_verified"),
        ({"claims": {"sub": None}}, "not_verified"),
        ({"claims": {"sub": "ana\u200b"}}, "not_verified"),
        ({"claims": {"at_hash": "another"}}, "not_verified"),
        ({"sign": "none"}, "not_verified"),
        ({"sign": "public"}, "not_verified"),
        ({"sign": "other"}, "not_verified"),
        ({"header": {"kid": "mac"}}, "not_verified"),
        ({"tokens": {"id_token": "a.b.c"}}, "not_verified"),
        ({"tokens": {"id_token": None}}, "issuer_unavailable"),
        ({"claims": {"groups": ["choir"]}}, "no_access"),
        ({"claims": {"groups": None}}, "no_access"),
        ({"claims": {"groups": None, "_claim_names": {"groups": "src1"}}}, "too_many_groups"),
        ({"answer": {"error": "access_denied", "code": None}}, "cancelled"),
        ({"answer": {"error": "unauthorized_client", "code": None}}, "issuer_refused"),
        ({"answer": {"error": "temporarily_unavailable", "code": None}}, "issuer_unavailable"),
        ({"answer": {"code": "another"}}, "expired"),
        ({"answer": {"state": "another"}}, "expired"),
        ({"answer": {"iss": "https://elsewhere.example"}}, "not_verified"),
        ({"answer": {"iss": None}}, "not_verified"),
        ({"/token": 500}, "issuer_unavailable"),
        ({"/token": 302}, "issuer_unavailable"),
        ({"/token": (b"x" * 2**20, {})}, "issuer_unavailable"),
        ({"/token": (b"{}", {"Content-Encoding": "gzip"})}, "issuer_unavailable"),
        ({"/token": (b"no JSON", {})}, "issuer_unavailable"),
    ],
    ids=str,
)
async def test_fault_of_the_provider_leads_to_the_page_with_its_reason_and_no_token(
    browser: Browser, provider: Provider, faults: dict[str, Any], reason: str
) -> None:
    provider.faults = faults
    assert await browser.sign_in() == f"{REFUSED}{reason}"
    assert (await browser.token()).status_code == 401


async def test_small_clock_skew_is_accepted(browser: Browser, provider: Provider) -> None:
    provider.faults = {"claims": {"exp": int(time.time()) - 30, "iat": int(time.time()) + 30}}
    assert await browser.sign_in() == f"{PUBLIC}/#signed-in"


async def test_answer_without_the_sign_in_of_this_browser_is_refused(browser: Browser) -> None:
    answer = await browser.agree(await browser.start())
    victim = browser_of(browser.service)
    assert await victim.come_back(answer) == f"{REFUSED}expired"
    await victim.start()
    assert await victim.come_back(answer) == f"{REFUSED}expired"
    victim.http.cookies.clear()
    victim.http.cookies.set(FLOW, "A" * 300)
    assert await victim.come_back(answer) == f"{REFUSED}expired"
    assert await browser.come_back(answer) == f"{PUBLIC}/#signed-in"


async def test_answer_is_good_once_even_if_the_provider_takes_codes_twice(browser: Browser, provider: Provider) -> None:
    provider.faults = {"codes_are_good_twice": True}
    answer = await browser.agree(await browser.start())
    kept = cookie(browser, FLOW).value
    assert await browser.come_back(answer) == f"{PUBLIC}/#signed-in"
    again = browser_of(browser.service)
    again.http.cookies.set(FLOW, kept)
    assert await again.come_back(answer) == f"{REFUSED}expired"


async def test_sign_out_ends_the_token_and_names_where_the_provider_ends_its_session(
    browser: Browser, provider: Provider
) -> None:
    ana = await browser.signed_in()
    ended = (await ana.post("/auth/sign-out")).json()
    assert ended["logout_url"].startswith(f"{provider.url}/logout?")
    assert asked_of(ended["logout_url"]) == {"client_id": CLIENT_ID, "post_logout_redirect_uri": f"{PUBLIC}/"}
    refused = await ana.get("/api/v1/me")
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "token_revoked")


async def test_token_of_a_key_is_signed_out_here_alone_and_a_key_is_not(browser: Browser) -> None:
    service = browser.service
    guest = await service.token(service.acme, user="guest")
    assert (await guest.post("/auth/sign-out")).json()["logout_url"] is None
    assert (await guest.get("/api/v1/me")).status_code == 401
    assert (await service.acme.post("/auth/sign-out")).status_code == 409
    assert (await service.acme.get("/api/v1/me")).status_code == 200
    assert (await service.nobody.post("/auth/sign-out")).status_code == 401


async def test_operator_ends_all_sessions_of_a_tenant_by_revoking_their_key(browser: Browser) -> None:
    service = browser.service
    ana = await browser.signed_in()
    keys = (await service.operator.get("/api/v1/keys", params={"tenant_id": service.acme_id})).json()["data"]
    mine = [key for key in keys if key["label"] == KEY_LABEL and not key["revoked_at"]]
    assert len(mine) == 1
    await service.operator.delete(f"/api/v1/keys/{mine[0]['id']}")
    assert (await ana.get("/api/v1/me")).status_code == 401
    assert (await (await browser.signed_in()).get("/api/v1/me")).status_code == 200


async def test_people_of_a_suspended_tenant_do_not_sign_in(browser: Browser) -> None:
    service = browser.service
    path = f"/api/v1/tenants/{service.acme_id}"
    await browser.sign_in()
    await service.operator.patch(path, json={"status": "suspended"})
    try:
        assert (await browser.token()).json()["error"]["code"] == "no_tenant"
        assert await browser.sign_in() == f"{REFUSED}no_tenant"
    finally:
        await service.operator.patch(path, json={"status": "active"})


async def test_service_without_an_issuer_says_so(service: Service) -> None:
    assert (await service.nobody.get("/auth")).json()["oidc"] is None
    for method, path in (("GET", "start"), ("GET", "callback"), ("POST", "token")):
        assert (await service.nobody.request(method, f"/auth/oidc/{path}")).status_code == 404
    guest = await service.token(service.acme, user="guest")
    assert (await guest.post("/auth/sign-out")).json()["logout_url"] is None
