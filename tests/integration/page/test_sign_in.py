"""Signing in by OpenID Connect in Chromium: to the provider, back to the same place, and out again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tables import TokenRow, now
from tests.integration.page.conftest import TIMEOUT_MS
from tests.support.live import LiveService, live_service
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider, oidc_provider
from tests.support.ports import free_port

ANA = {"sub": "ana-1", "name": "Ana Lima", "groups": ["staff"]}


@dataclass
class Visit:
    page: Page
    url: str
    live: LiveService
    provider: Provider
    requested: list[str] = field(default_factory=list)

    def end_sessions(self) -> None:
        """Every token ends now."""
        with self.live.runtime.storage.db.write() as session:
            session.query(TokenRow).update({TokenRow.expires_at: now()})


@pytest.fixture(scope="module")
def connected(
    tmp_path_factory: pytest.TempPathFactory, newest_schema: Path, built: Path
) -> Iterator[tuple[LiveService, Provider]]:
    port = free_port()
    with (
        oidc_provider() as provider,
        live_service(
            tmp_path_factory.mktemp("sign_in"),
            newest_schema,
            port,
            public_url=f"http://127.0.0.1:{port}",
            oidc_issuer=provider.url,
            oidc_client_id=CLIENT_ID,
            oidc_client_secret=CLIENT_SECRET,
            oidc_name="Example",
            oidc_tenant="Town museum",
            oidc_readers="staff",
        ) as live,
    ):
        with live.runtime.storage.db.write() as session:
            Tenants(session).create("Town museum")
        yield live, provider


@pytest.fixture
def visit(connected: tuple[LiveService, Provider], browser: Browser) -> Iterator[Visit]:
    live, provider = connected
    provider.claims = dict(ANA)
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB") as context:
        context.set_default_timeout(TIMEOUT_MS)
        visit = Visit(context.new_page(), live.url + "/", live, provider)
        context.on("request", lambda sent: visit.requested.append(sent.url))
        yield visit


def sign_in(page: Page) -> None:
    page.get_by_role("button", name="Sign in with Example").click()
    page.get_by_role("link", name="Sign in as Ana").click()


def test_person_signs_in_goes_on_after_the_session_and_signs_out(visit: Visit, axe: str) -> None:
    page = visit.page
    page.goto(f"{visit.url}#/documents")
    expect(page.get_by_role("button", name="Sign in with Example")).to_be_visible()
    expect(page.get_by_label("Access key")).to_be_hidden()
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []
    sign_in(page)
    expect(page.get_by_role("heading", name="Documents")).to_be_visible()  # the place that was asked for
    expect(page.locator("loracle-account")).to_contain_text("Ana Lima")
    expect(page.locator("loracle-account")).to_contain_text("Town museum")
    expect(page.get_by_text("Improve answers")).to_have_count(0)  # needs a key
    expect(page.locator("loracle-intake")).to_have_count(0)  # needs the scope to write
    token = page.evaluate("sessionStorage['loracle.key']")
    assert token.startswith("lt_")
    assert not [url for url in [*visit.requested, page.url] if token in url]

    visit.end_sessions()
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Your session has ended")
    sign_in(page)
    expect(page.get_by_role("heading", name="Documents")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in with Example")).to_be_visible()
    assert [url for url in visit.requested if url.startswith(f"{visit.provider.url}/logout?")]
    assert page.evaluate("[sessionStorage['loracle.key'], localStorage['loracle.key']]") == [None, None]
    assert page.url == visit.url


def test_person_who_stays_signed_in_is_so_in_another_tab(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.url)
    page.get_by_label("Stay signed in on this device").check()
    sign_in(page)
    expect(page.get_by_label("Your question")).to_be_visible()
    other = page.context.new_page()
    other.goto(visit.url)
    expect(other.locator("loracle-account")).to_contain_text("Ana Lima")


def test_person_without_a_group_is_told_and_a_key_still_works(visit: Visit) -> None:
    visit.provider.claims["groups"] = []
    page = visit.page
    page.goto(visit.url)
    sign_in(page)
    expect(page.get_by_role("alert")).to_contain_text("in no group that may use this service")
    assert page.url == visit.url
    page.get_by_text("Use an access key").click()
    page.get_by_label("Access key").fill(visit.live.new_key())
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("Improve answers")).to_be_visible()
    page.get_by_role("link", name="Documents").click()
    expect(page.locator("loracle-intake")).to_be_visible()
