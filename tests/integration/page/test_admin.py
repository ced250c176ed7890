"""The administration in Chromium: tenants, keys, tokens, limits, usage, jobs, health."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.integration.page.conftest import Visit, signed_in
from tests.integration.page.hostile_texts import TEXTS
from tests.integration.page.test_page import left_alone, listing, serious_faults, upload
from tests.support.live import LiveService

NO_LIMITS: dict[str, Any] = {"tenant": {}, "key": {}, "token": {}, "quotas": {}}


def status_with(visit: Visit, key: str) -> int:
    return httpx.get(f"{visit.url}api/v1/me", headers={"Authorization": f"Bearer {key}"}).status_code


def shown_secret(visit: Visit, name: str) -> str:
    """The secret of the dialog, which is closed then."""
    secret = visit.page.get_by_role("textbox", name=name).input_value()
    visit.page.get_by_role("button", name="I have it").click()
    return secret


def test_tenant_is_made_suspended_and_deleted_by_its_name(operator: Visit) -> None:
    page, name = operator.page, f"library-{time.monotonic_ns()}"
    page.get_by_role("link", name="Administration").click()
    page.get_by_label("Name of a new tenant").fill(name)
    page.get_by_role("button", name="Create").click()
    key = shown_secret(operator, f"The first key of {name}")
    assert status_with(operator, key) == 200
    page.get_by_label("Search by name").fill(name)
    row = page.get_by_role("region", name=name)
    row.get_by_role("button", name=f"Suspend {name}").click()
    page.get_by_role("button", name="OK", exact=True).click()
    expect(row).to_contain_text("suspended")
    assert status_with(operator, key) == 403
    row.get_by_role("button", name=f"Resume {name}").click()
    expect(row).to_contain_text("active")
    row.get_by_role("button", name=f"Delete {name}").click()
    page.get_by_label("Name of the tenant").fill(name[:-1])
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_label("Name of the tenant")).to_be_visible()  # another name deletes nothing
    page.get_by_label("Name of the tenant").fill(name)
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("No tenant has this in its name.")).to_be_visible()
    assert status_with(operator, key) == 401
    assert operator.problems == []


def test_key_is_made_replaced_and_revoked(operator: Visit) -> None:
    made = operator.http.post("/api/v1/tenants", json={"name": f"keys-{time.monotonic_ns()}"}).json()
    page = operator.page
    page.goto(f"{operator.url}#/admin/tenants/{made['id']}")
    page.get_by_role("button", name="Make a key").click()
    page.get_by_label("Label").fill("front end")
    page.get_by_label("It may").select_option("read")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    first = shown_secret(operator, "The new key")
    assert status_with(operator, first) == 200
    rows = page.get_by_role("region", name="front end")
    page.get_by_role("button", name="Replace front end by a new key").click()
    page.get_by_label("The old key ends").select_option("in an hour")
    page.get_by_role("dialog").get_by_role("button", name="Replace").click()
    second = shown_secret(operator, "The new key")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text("replaced, works until")
    assert (status_with(operator, first), status_with(operator, second)) == (200, 200)
    rows.nth(1).get_by_role("button", name="Revoke front end").click()
    page.get_by_role("button", name="OK", exact=True).click()
    expect(rows.nth(1)).to_contain_text("revoked")
    assert (status_with(operator, first), status_with(operator, second)) == (401, 200)
    rows.nth(0).get_by_role("button", name="Replace front end by a new key").click()
    page.get_by_label("The old key ends").select_option("at once")
    page.get_by_role("dialog").get_by_role("button", name="Replace").click()
    third = shown_secret(operator, "The new key")
    expect(rows.nth(1)).to_contain_text("replaced, ended")
    assert (status_with(operator, second), status_with(operator, third)) == (401, 200)
    rows.nth(0).get_by_role("button", name="Revoke front end").click()
    page.get_by_role("button", name="OK", exact=True).click()
    expect(rows.nth(0)).to_contain_text("revoked")
    assert status_with(operator, third) == 401


def test_tenant_replaces_the_key_in_use_on_a_page_of_its_own(live: LiveService, browser: Browser, axe: str) -> None:
    with signed_in(live, browser, live.new_key("keys")) as visit:
        page = visit.page
        page.goto(f"{visit.url}#/admin/usage")
        page.get_by_role("link", name="Keys").click()
        own = page.get_by_role("region").filter(has_text="in use here")
        expect(own.get_by_role("button", name=re.compile("^Revoke"))).to_have_count(0)
        own.get_by_role("button", name=re.compile("^Replace")).click()
        expect(page.get_by_label("The old key ends").get_by_role("option", name="at once")).to_have_count(0)
        page.get_by_role("dialog").get_by_role("button", name="Replace").click()
        new = shown_secret(visit, "The new key")
        expect(own).to_contain_text("replaced, works until")
        assert (status_with(visit, visit.key), status_with(visit, new)) == (200, 200)
        page.get_by_role("button", name="Make a key").click()
        choices = page.get_by_label("It may").get_by_role("option")
        expect(choices).to_have_text(["read", "read and write", "read, write and make keys"])  # no more than it may
        page.get_by_role("button", name="Cancel").click()
        assert serious_faults(page, axe) == []
        assert visit.problems == []


def test_keys_page_is_not_there_for_a_key_that_makes_none(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}#/admin/usage")
    expect(visit.page.get_by_role("link", name="Audit log")).to_be_visible()
    expect(visit.page.get_by_role("link", name="Keys")).to_have_count(0)


def test_limits_and_usage_of_a_tenant(operator: Visit) -> None:
    made = operator.http.post("/api/v1/tenants", json={"name": f"limits-{time.monotonic_ns()}"}).json()
    httpx.get(f"{operator.url}api/v1/documents", headers={"Authorization": f"Bearer {made['key']}"})
    page = operator.page
    page.goto(f"{operator.url}#/admin/tenants/{made['id']}")
    page.get_by_label("The tenant: Requests", exact=True).fill("120")
    page.get_by_label("The tenant: Requests a day").fill("5000")
    page.get_by_label("At most: Documents", exact=True).fill("7")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    found = operator.http.get(f"/api/v1/tenants/{made['id']}/limits").json()
    assert (found["own"]["tenant"]["requests"], found["own"]["key"]["requests"]) == (120, None)
    assert (found["own"]["tenant"]["requests_per_day"], found["own"]["quotas"]["documents"]) == (5000, 7)
    assert found["own"]["quotas"]["stored_bytes"] is None
    expect(page.get_by_role("row", name=re.compile("^Documents 0"))).to_be_visible()
    expect(page.get_by_role("img", name="Requests on each day, 1 in all")).to_be_visible()


def test_token_is_made_and_revoked_with_a_key_that_is_no_operators(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.url}#/admin/tokens")
    expect(page.get_by_role("link", name="Tenants")).to_have_count(0)
    page.get_by_role("button", name="Make a token").click()
    page.get_by_label("End user").fill("ana")
    page.get_by_label("Pages that may use it").fill("https://www.example.org")
    page.get_by_role("button", name="Save").click()
    token = shown_secret(visit, "The new token")
    assert status_with(visit, token) == 200
    row = page.get_by_role("region", name="ana")
    expect(row).to_contain_text("https://www.example.org")
    row.get_by_role("button", name=re.compile("^Revoke")).click()
    page.get_by_role("button", name="OK", exact=True).click()
    expect(row).to_contain_text("revoked")
    assert status_with(visit, token) == 401


def test_audit_log_says_who_did_what_and_is_narrowed(visit: Visit) -> None:
    made = visit.http.post("/api/v1/tokens", json={"user": "ana"}).raise_for_status().json()
    visit.http.delete(f"/api/v1/tokens/{made['id']}").raise_for_status()
    page = visit.page
    page.goto(f"{visit.url}#/admin/usage")
    page.get_by_role("link", name="Audit log").click()
    row = page.get_by_role("region", name="Token made: ana")
    expect(row).to_contain_text("by a key")
    expect(row).to_contain_text("from 127.0.0.1")
    page.get_by_label("What was done").select_option(label="Token revoked")
    expect(row).to_have_count(0)
    revoked = page.get_by_role("region", name="Token revoked")
    revoked.get_by_text("Details").click()
    expect(revoked).to_contain_text(made["id"])
    page.get_by_label("What was done").select_option(label="anything")
    page.get_by_label("User or key").fill(made["key_id"])
    expect(revoked).to_be_visible()
    page.get_by_label("User or key").fill("nobody of this name")
    expect(page.get_by_text("No entry is like this.")).to_be_visible()
    page.get_by_label("User or key").fill("")
    page.get_by_label("From", exact=True).fill("2999-01-01")
    expect(page.get_by_text("No entry is like this.")).to_be_visible()
    page.get_by_label("From", exact=True).fill("2020-01-01")
    page.get_by_label("To", exact=True).fill(f"{datetime.now(UTC):%Y-%m-%d}")  # that day is in
    expect(revoked).to_be_visible()
    page.get_by_label("By whom").select_option(label="the operator")
    expect(revoked).to_have_count(0)


def test_audit_log_is_exported_as_it_is_narrowed(visit: Visit, axe: str) -> None:
    made = visit.http.post("/api/v1/tokens", json={"user": "ana"}).raise_for_status().json()
    visit.http.delete(f"/api/v1/tokens/{made['id']}").raise_for_status()
    page = visit.page
    page.goto(f"{visit.url}#/admin/audit")
    page.get_by_label("What was done").select_option(label="Token made")
    expect(page.get_by_role("region", name="Token revoked")).to_have_count(0)
    with page.expect_download() as table:
        page.get_by_role("button", name="Export (CSV)").click()
    assert table.value.suggested_filename == "audit.csv"
    head, row = table.value.path().read_text().splitlines()
    assert head.startswith("created_at,action,")
    assert made["id"] in row
    with page.expect_download() as lines:
        page.get_by_role("button", name="Export (JSON Lines)").click()
    assert lines.value.suggested_filename == "audit.jsonl"
    (entry,) = lines.value.path().read_text().splitlines()
    assert json.loads(entry)["target_id"] == made["id"]
    assert serious_faults(page, axe) == []
    assert visit.problems == []


def test_operator_sees_the_tenant_of_each_entry_and_its_time_as_the_region_writes_it(operator: Visit) -> None:
    name = f"north-{time.monotonic_ns()}"
    made = operator.http.post("/api/v1/tenants", json={"name": name}).raise_for_status().json()
    operator.page.goto(f"{operator.url}#/admin/audit")
    row = operator.page.get_by_role("region", name=f"Tenant made: {name}")
    expect(row.get_by_role("link", name=f"in {name}")).to_have_attribute("href", f"#/admin/tenants/{made['id']}")
    expect(row).to_contain_text(re.compile(r"\d{2}/\d{2}/\d{4}, \d{2}:\d{2}:\d{2}"))  # en-GB


def test_rows_and_tabs_of_the_administration_fit_a_phone(operator: Visit) -> None:
    operator.http.post("/api/v1/tokens", json={"user": "ana"}).raise_for_status()
    page = operator.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{operator.url}#/admin/tokens")
    row = page.get_by_role("region", name="ana")
    name, bin_ = (
        row.get_by_text("ana").bounding_box(),
        row.get_by_role("button", name=re.compile("^Revoke")).bounding_box(),
    )
    assert name
    assert bin_
    assert bin_["x"] > 300  # at the right of the name, not below the row
    assert bin_["y"] < name["y"] + name["height"]
    tabs = page.get_by_role("navigation", name="Administration")
    for tab, cut in (("service", "more-before"), ("tenants", "more-after")):
        page.goto(f"{operator.url}#/admin/{tab}")
        expect(tabs.locator("[aria-current=page]")).to_be_in_viewport(ratio=1)
        expect(tabs).to_have_class(cut)


def test_token_does_not_lead_to_what_a_key_manages(visit: Visit) -> None:
    token = visit.http.post("/api/v1/tokens", json={"user": "ana"}).json()["token"]
    page = visit.context.new_page()
    page.goto(f"{visit.url}#key={token}")
    expect(page.get_by_role("link", name="Documents")).to_be_visible()
    expect(page.get_by_label("Your question")).to_be_visible()
    expect(page.get_by_role("link", name="Administration")).to_have_count(0)


def test_jobs_are_held_back_cancelled_and_tried_again(operator: Visit) -> None:
    page = operator.page
    page.goto(f"{operator.url}#/admin/jobs")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("The queue is paused")).to_be_visible()
    try:
        made = operator.http.post("/api/v1/documents", files={"file": ("held.txt", b"It waits.")}).json()
        page.get_by_label("Status").select_option("queued")
        row = page.get_by_role("region", name="read a document: held.txt")
        expect(row.get_by_text(made["id"])).to_be_hidden()  # the codes are folded
        row.get_by_role("button", name=re.compile("^Cancel")).click()
        page.get_by_label("Status").select_option("cancelled")
        row.get_by_role("button", name=re.compile("again$")).click()
        expect(row).to_have_count(0)
    finally:
        page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("Jobs start as workers are free.")).to_be_visible()
    while operator.http.get(f"/api/v1/documents/{made['id']}").json()["status"] != "ready":
        time.sleep(0.05)
    page.get_by_label("Status").select_option("succeeded")
    expect(row).to_be_visible()
    assert operator.problems == []


def test_service_says_that_it_is_ready(operator: Visit) -> None:
    page = operator.page
    page.goto(f"{operator.url}#/admin/service")
    expect(page.get_by_text("The service is ready.")).to_be_visible()
    expect(page.get_by_text("loracle-base", exact=True)).to_be_visible()
    page.get_by_role("button", name="Check now").click()
    expect(page.locator(".check", has_text="database").last).to_contain_text("current and writable")
    found = operator.http.get("/api/v1/diagnosis").json()["data"]
    wrong = ", ".join(one["name"] for one in found if not one["ok"])
    expect(page.get_by_text(f"Not in order: {wrong}." if wrong else "Everything is in order.")).to_be_visible()


def test_service_that_is_not_in_order_says_what_that_means_first(operator: Visit) -> None:
    page = operator.page
    checks = {"database": "ok", "schema": "the schema is older than this version; run `loracle migrate`"}
    unready = {"ready": False, "checks": checks, "warnings": []}
    page.route("**/readyz", lambda route: route.fulfill(status=503, json=unready))
    page.goto(f"{operator.url}#/admin/service")
    expect(page.get_by_text("The service is not ready for new requests: Schema.")).to_be_visible()
    expect(page.locator(".check").first).to_contain_text("Whoever runs the service brings it up to date")
    page.unroute("**/readyz")
    found = [{"name": "python", "ok": True, "text": "3.11.7"}, {"name": "disk", "ok": False, "text": "0.5 GiB free"}]
    diagnosis = {"object": "diagnosis", "ok": False, "data": found}
    page.route("**/api/v1/diagnosis", lambda route: route.fulfill(json=diagnosis))
    page.reload()
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_text("Not in order: disk.")).to_be_visible()
    expect(page.get_by_text("The service is ready all the same")).to_be_visible()
    expect(page.locator(".check", has_text="disk").last).to_contain_text("makes room in the data folder")
    assert page.locator(".rows").nth(1).locator(".check").first.inner_text().startswith("disk")


def test_hostile_names_of_tenants_and_keys_run_and_load_nothing(operator: Visit) -> None:
    page = operator.page
    page.route("**/api/v1/tenants?**", lambda route: route.fulfill(json=listing([*map(tenant, TEXTS)])))
    page.route("**/api/v1/tenants/ten_x", lambda route: route.fulfill(json=tenant(TEXTS[0])))
    page.route("**/api/v1/keys?**", lambda route: route.fulfill(json=listing([*map(key, TEXTS)])))
    page.goto(f"{operator.url}#/admin/tenants")
    expect(page.locator("loracle-tenants section.row")).to_have_count(60)
    page.get_by_role("button", name=re.compile("^Delete")).first.click()
    expect(page.get_by_label("Name of the tenant")).to_be_visible()
    page.keyboard.press("Escape")
    limits = {"own": NO_LIMITS, "in_force": NO_LIMITS, "used": {}}
    usage = {"start": "2026-01-01", "end": "2026-01-31", "data": [], "total": {}}
    page.route("**/api/v1/tenants/ten_x/limits", lambda route: route.fulfill(json=limits))
    page.route("**/api/v1/tenants/ten_x/usage?**", lambda route: route.fulfill(json=usage))
    page.goto(f"{operator.url}#/admin/tenants/ten_x")
    expect(page.locator("loracle-keys section.row")).to_have_count(60)
    left_alone(operator)


def test_hostile_jobs_and_tokens_run_and_load_nothing(operator: Visit) -> None:
    page = operator.page
    page.route("**/api/v1/jobs?**", lambda route: route.fulfill(json=listing([*map(job, TEXTS)])))
    page.route("**/api/v1/tokens?**", lambda route: route.fulfill(json=listing([*map(token, TEXTS)])))
    page.goto(f"{operator.url}#/admin/jobs")
    expect(page.locator("loracle-jobs section.row")).to_have_count(60)
    expect(page.locator("loracle-jobs section.row").first).to_contain_text("window.ran=1")
    page.goto(f"{operator.url}#/admin/tokens")
    expect(page.locator("loracle-tokens section.row")).to_have_count(60)
    page.get_by_role("button", name=re.compile("^Revoke")).first.click()
    expect(page.get_by_role("dialog")).to_contain_text("window.ran=1")
    page.get_by_role("button", name="Cancel").click()
    left_alone(operator)


def job(text: str) -> dict[str, Any]:
    more = {"id": text, "kind": "ingest", "status": "failed", "tenant_id": text, "subject": text, "attempts": 1}
    error = {"code": "x", "message": text}
    return {**more, "cancel_requested": False, "error": error, "updated_at": "2026-01-31T12:00:00Z"}


def token(text: str) -> dict[str, Any]:
    granted = {"scopes": [text], "origins": [text], "requests": 1, "max_requests": 9}
    return {
        "id": text,
        "user": text,
        "prefix": text,
        **granted,
        "revoked_at": None,
        "expires_at": "2099-01-31T12:00:00Z",
    }


def tenant(name: str) -> dict[str, Any]:
    return {"id": "ten_x", "name": name, "status": "active", "created_at": "2026-01-31T12:00:00Z"}


def key(label: str) -> dict[str, Any]:
    more = {"tenant_id": "ten_x", "scopes": [label], "created_at": "2026-01-31T12:00:00Z", "revoked_at": None}
    more |= {"expires_at": None, "last_used_at": "2026-01-31T12:00:00Z"}
    return {"id": "key_x", "label": label, "prefix": label, **more}


def test_usage_is_drawn_and_listed(visit: Visit) -> None:
    upload(visit, "a.txt", b"The garden is open.")
    page = visit.page
    page.goto(f"{visit.url}#/admin/usage")
    page.get_by_label("What").select_option("uploads")
    expect(page.get_by_role("img", name="Files added on each day, 1 in all")).to_be_visible()
    page.get_by_text("As a table").click()
    expect(page.get_by_role("rowheader")).to_have_count(1)
    expect(page.get_by_text("Still available this minute")).to_be_visible()
    expect(page.get_by_text("1 of 100,000")).to_be_visible()
    expect(page.get_by_text("19 bytes of 10.7 GB")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_administration(operator: Visit, axe: str, theme: str) -> None:
    page = operator.page
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    own = operator.http.get("/api/v1/me").json()["tenant"]["id"]
    seen = {
        "tenants": page.get_by_text("yours"),
        f"tenants/{own}": page.get_by_role("img", name="Requests on each day"),
        "jobs": page.get_by_role("button", name="Pause"),
        "usage": page.get_by_text("What you have"),
        "tokens": page.get_by_text("No tokens yet."),
        "audit": page.get_by_role("region", name=re.compile("^Tenant made")),
        "service": page.get_by_text("The service is ready."),
    }
    for view, loaded in seen.items():
        page.goto(f"{operator.url}#/admin/{view}")
        expect(loaded.first).to_be_visible()
        assert serious_faults(page, axe) == [], view
