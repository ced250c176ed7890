"""Fitting the threshold: on an index, judged on what it was not fitted on, in force for that tenant alone."""

from __future__ import annotations

import json

import numpy as np
import pytest

from app.errors import InvalidRequest
from app.evaluations.calibrate import calibrate, calibrate_tenant
from app.evaluations.cases import parse_cases
from tests.conftest import Service


def test_threshold_separates_what_can_be_separated() -> None:
    random = np.random.default_rng(0)
    answerable = [i % 2 == 0 for i in range(200)]
    sure = [random.normal(0.8 if flag else 0.3, 0.1) for flag in answerable]
    fitted = calibrate(sure, answerable, 0.08)
    assert 0.4 < fitted.threshold < 0.7
    assert fitted.balanced_accuracy > 0.95


def test_false_refusals_are_bounded_even_where_refusing_more_would_score_better() -> None:
    random = np.random.default_rng(1)
    answerable = [i % 2 == 0 for i in range(1000)]
    sure = [random.normal(0.5 if flag else 0.4, 0.1) for flag in answerable]
    assert calibrate(sure, answerable, 0.05).false_refusals < 0.08


def test_noise_is_not_mistaken_for_skill() -> None:
    random = np.random.default_rng(2)
    answerable = [i % 2 == 0 for i in range(400)]
    fitted = calibrate(random.random(400).tolist(), answerable, 1.0)
    assert abs(fitted.balanced_accuracy - 0.5) < 0.08


def test_too_few_questions_are_refused() -> None:
    with pytest.raises(InvalidRequest, match="at least 20"):
        calibrate([0.5] * 30, [True] * 25 + [False] * 5, 0.1)


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
    assert runtime.profiles.get(service.acme_id).policy.threshold == fitted.threshold
    with runtime.storage.db.write_tenant(service.acme_id) as store:
        store.chat_settings.set_calibration(0.999, {}, "other-embeddings")
    assert runtime.profiles.get(service.acme_id).policy.threshold == runtime.storage.settings.refusal_threshold
