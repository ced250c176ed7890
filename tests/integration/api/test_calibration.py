"""A calibrated threshold is in force for its tenant alone, until the embeddings change."""

from __future__ import annotations

import json

from app.chat.settings.service import ChatSettingsService
from app.domain.conversations import RefusalPolicy
from app.evaluations.calibrate import calibrate_tenant
from app.evaluations.cases import parse_cases
from app.llm.base import AdapterRef, Judge
from app.search.retriever import Retrieval
from tests.support.service import Service


async def test_tenants_own_threshold_is_in_force_until_the_embeddings_change(service: Service) -> None:
    animals = [f"Animal{i}" for i in range(24)]
    text = "\n\n".join(f"The {name} eats {name.lower()}berries in the forest." for name in animals)
    assert (await service.take_in(service.acme, "animals.txt", text.encode()))["status"] == "ready"
    rows = [{"question": f"What does the {n} eat?", "answers": [f"{n.lower()}berries"]} for n in animals]
    rows += [{"question": f"Who painted ceiling number {i}?", "answerable": False} for i in range(24)]
    cases = parse_cases("\n".join(map(json.dumps, rows)))
    runtime = service.runtime
    fitted = calibrate_tenant(runtime.storage.db, runtime.retriever, service.acme_id, cases, 0.1)
    assert fitted.balanced_accuracy > 0.7
    with runtime.storage.db.read_tenant(service.other_id) as store:
        assert store.chat_settings.get().refusal_threshold is None
    assert runtime.chat_settings.profile(service.acme_id).policy.threshold == fitted.threshold
    with runtime.storage.db.write_tenant(service.acme_id) as store:
        store.chat_settings.set_calibration(0.999, {}, "other-embeddings")
    assert runtime.chat_settings.profile(service.acme_id).policy.threshold == runtime.storage.settings.refusal_threshold


async def test_threshold_of_the_judging_model_counts_for_that_adapter_alone(service: Service, tmp_path) -> None:
    animals = [f"Animal{i}" for i in range(24)]
    text = "\n\n".join(f"The {name} eats {name.lower()}berries in the forest." for name in animals)
    assert (await service.take_in(service.acme, "animals.txt", text.encode()))["status"] == "ready"
    rows = [{"question": f"What does the {n} eat?", "answers": [f"{n.lower()}berries"]} for n in animals]
    rows += [{"question": f"Who painted ceiling number {i}?", "answerable": False} for i in range(24)]
    cases, runtime = parse_cases("\n".join(map(json.dumps, rows))), service.runtime

    def sure(question: str, found: Retrieval) -> float:
        """A judge that knows: the passage names the animal of the question."""
        animal = question.split()[-2]
        return 0.9 if any(f"The {animal} eats" in one.live.chunk.text for one in found.matched) else 0.2

    fitted = calibrate_tenant(
        runtime.storage.db, runtime.retriever, service.acme_id, cases, 0.1, judge=("grounded-qa@2", sure)
    )
    assert 0.2 < fitted.threshold < 0.9
    (tmp_path / "adapter_config.json").write_text("{}")

    def answerable(version: str) -> float:
        judge = Judge(AdapterRef(service.acme_id, "grounded-qa", version, str(tmp_path)), 0.5)
        judged = ChatSettingsService(runtime.storage.db, runtime.retriever.dense, RefusalPolicy(), lambda _: judge)
        return judged.profile(service.acme_id).policy.answerable

    assert (answerable("2"), answerable("3")) == (fitted.threshold, 0.5)
    response = await service.acme.get("/api/v1/answering")
    assert response.json()["answerable_threshold"] == fitted.threshold
    assert response.json()["refusal_threshold"] is None


async def test_tenant_whose_rules_judge_is_not_judged_by_the_model(service: Service, tmp_path) -> None:
    judge = Judge(AdapterRef(service.acme_id, "grounded-qa", "1", str(tmp_path)), 0.5)
    runtime = service.runtime
    settings = ChatSettingsService(runtime.storage.db, runtime.retriever.dense, RefusalPolicy(), lambda _: judge)
    assert settings.profile(service.acme_id).judge == judge
    response = await service.acme.patch("/api/v1/answering", json={"judging": "rules"})
    assert (response.status_code, response.json()["judging"]) == (200, "rules")
    assert settings.profile(service.acme_id).judge is None
    refused = await service.acme.patch("/api/v1/answering", json={"judging": "nobody"})
    assert refused.status_code == 422
