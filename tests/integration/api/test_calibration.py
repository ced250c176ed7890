"""A calibrated threshold is in force for its tenant alone, until the embeddings change."""

from __future__ import annotations

import json

from app.evaluations.calibrate import calibrate_tenant
from app.evaluations.cases import parse_cases
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
