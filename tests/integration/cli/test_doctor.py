"""`loracle doctor` tells of adapters that another base model leaves without use, and of an issuer that is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.adapters.builtin import CARD, SHIPPED, read_builtin_adapters
from app.adapters.peft_config import CONFIG, WEIGHTS, lora_config
from app.adapters.validate import content_version
from app.bootstrap.sign_in import diagnose_sign_in
from app.domain.adapters import AdapterLabel, AdapterOrigin, Lineage
from app.errors import WeightsUnavailable
from app.operations.diagnosis.finding import Finding
from app.operations.diagnosis.stored import diagnose_database
from app.settings import Settings
from app.storage.database import Database
from tests.support.fake_settings import fake_settings
from tests.support.oidc_provider import oidc_provider


def adapters_finding(db: Database, served: str, starter: str | None = None) -> Finding:
    shipped = None if starter is None else AdapterLabel.parse(starter)
    findings = diagnose_database(db, lambda: {served}, lambda _bases: shipped, serving=True)
    return next(finding for finding in findings if finding.name == "adapters")


@pytest.fixture
def active_adapter(db: Database, tenant_id: str) -> None:
    with db.write_tenant(tenant_id) as store:
        for base in ("former", "present"):
            store.adapters.add(
                "style",
                base.rjust(16, "0"),
                path="x",
                rank=1,
                alpha=1,
                target_modules=("q_proj",),
                size_bytes=1,
                base_fingerprint=base,
            )
        store.deployments.activate("style", "present".rjust(16, "0"))
        store.deployments.activate("style", "former".rjust(16, "0"))


@pytest.mark.usefixtures("active_adapter")
def test_an_active_adapter_of_another_base_is_a_finding(db: Database) -> None:
    finding = adapters_finding(db, "present")
    assert not finding.ok
    assert "1 tenant has an adapter active that does not answer" in finding.text
    assert "train it again" in finding.text


@pytest.mark.usefixtures("active_adapter")
def test_only_the_newest_deployment_counts(db: Database) -> None:
    assert adapters_finding(db, "former").ok


@pytest.mark.usefixtures("active_adapter")
def test_without_the_base_model_the_adapters_are_not_checked(db: Database) -> None:
    def missing() -> str:
        raise WeightsUnavailable("Pull the model first.")

    findings = list(diagnose_database(db, missing, lambda _bases: None, serving=True))
    assert "Pull the model first." in findings[-1].text
    assert not findings[-1].ok


def test_an_earlier_starter_adapter_in_force_is_a_warning(db: Database, tenant_id: str) -> None:
    with db.write_tenant(tenant_id) as store:
        store.adapters.add(
            "grounded-qa",
            "1" * 16,
            path="x",
            rank=1,
            alpha=1,
            target_modules=("q_proj",),
            size_bytes=1,
            base_fingerprint="present",
            lineage=Lineage(AdapterOrigin.STARTER),
        )
        store.deployments.activate("grounded-qa", "1" * 16)
    assert adapters_finding(db, "present", f"grounded-qa@{'1' * 16}").text == "fit the base model"
    finding = adapters_finding(db, "present", f"grounded-qa@{'2' * 16}")
    assert (finding.ok, finding.warning) == (True, True)
    assert finding.text.startswith("1 tenant is answered by an earlier version of the starter adapter")
    assert f"(grounded-qa@{'2' * 16})" in finding.text


@pytest.mark.parametrize("card", sorted(SHIPPED.rglob(CARD)), ids=lambda card: card.parent.parent.name)
def test_shipped_adapters_have_the_version_that_the_registry_gives_them(card: Path) -> None:
    """Their configurations are in its own form, so that `doctor` knows the version without the base model."""
    config = json.loads((card.parent / CONFIG).read_text())
    name = config["base_model_name_or_path"]
    modules = config["target_modules"]
    own = lora_config(
        name,
        rank=config["r"],
        alpha=config["lora_alpha"],
        target_modules=modules,
        rslora=config["use_rslora"],
    )
    base = json.loads(card.read_text())["base_fingerprint"]
    builtin = read_builtin_adapters(SHIPPED, {base})["grounded-qa"]
    assert builtin.version(name) == content_version(own, card.parent / WEIGHTS)
    assert builtin.version("another name") != builtin.version(name)


def test_issuer_is_asked_before_people_are(settings: Settings) -> None:
    assert list(diagnose_sign_in(settings)) == []
    with oidc_provider() as provider:
        wanted = {
            "public_url": "https://answers.example.org",
            "oidc_issuer": provider.url,
            "oidc_client_id": "loracle",
            "oidc_tenant": "acme",
            "oidc_readers": ["*"],
        }
        connected = fake_settings(settings.data_dir, **wanted)
        assert [(found.ok, found.text) for found in diagnose_sign_in(connected)] == [
            (True, f"{provider.url} answers (keys: 1)")
        ]
        (found,) = diagnose_sign_in(fake_settings(settings.data_dir, **{**wanted, "oidc_issuer": f"{provider.url}/"}))
        assert (found.ok, "names itself" in found.text) == (False, True)
    (gone,) = diagnose_sign_in(connected)
    assert (gone.ok, "cannot be reached" in gone.text) == (False, True)
    (unset,) = diagnose_sign_in(fake_settings(settings.data_dir, **{**wanted, "oidc_tenant": ""}))
    assert (unset.ok, "LORACLE_OIDC_TENANT" in unset.text) == (False, True)
