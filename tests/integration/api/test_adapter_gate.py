"""An adapter's way to the front over HTTP: evaluated, let through or not, tried, rolled back, its origin told."""

from __future__ import annotations

import asyncio
import io
import json
import threading
import zipfile
from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from anyio import to_thread

from app.domain.adapters import AdapterSource, Lineage
from app.domain.evaluations import EvaluationSide
from app.evaluations.cases import parse_cases
from app.evaluations.gate.checkpoint import EvaluationCheckpoint
from app.evaluations.provided_context import provided_passages
from app.evaluations.retention_probe import RETENTION_PROMPTS
from app.evaluations.runner import Observation, freeze
from app.llm.base import Delta, GenerationRequest
from app.llm.fake import FakeGenerator
from tests.support.files import MUSEUM, adapter_upload
from tests.support.service import Service

GOOD, BAD = 1, 2  # seeds


def cases(count: int = 60, groups: int = 12) -> bytes:
    """The answer is the sentence that the scripted generator says of the first passage."""
    rows = [
        {
            "question": f"What is the number of thing {i}?",
            "context": f"Thing {i} has the number {1000 + i}. It is old.",
            "answers": [f"Thing {i} has the number {1000 + i}"],
            "group": f"document {i % groups}",
        }
        for i in range(count)
    ]
    return "\n".join(map(json.dumps, rows)).encode()


class RamblingGenerator(FakeGenerator):
    """The scripted generator, made to ramble by the base model and by every adapter whose version is in `bad`."""

    def __init__(self, bad: set[str]) -> None:
        super().__init__()
        self.bad = bad
        self.asked = 0
        self.asked_of: Counter[str] = Counter()
        self.begun = threading.Event()
        self.pause_s = 0.0
        self.breaks_at = 0

    async def stream(self, request: GenerationRequest) -> AsyncGenerator[Delta, None]:
        version = request.adapter.version if request.adapter is not None else "base"
        self.asked += 1
        self.asked_of[version] += 1
        self.begun.set()
        if self.asked == self.breaks_at:
            raise RuntimeError("the process went away")
        await asyncio.sleep(self.pause_s)
        async for delta in super().stream(request):
            yield Delta("rambling " if version in self.bad else delta.text, delta.tokens, delta.finish_reason)


@pytest.fixture
def rambling(service: Service, monkeypatch: pytest.MonkeyPatch) -> RamblingGenerator:
    made = RamblingGenerator({"base"})
    monkeypatch.setattr(service.runtime.adapter_evaluation_runner, "_generator", made)
    return made


async def upload(service: Service, tmp_path: Path, seed: int, name: str = "style") -> str:
    response = await service.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path, seed), data={"name": name})
    return str(response.json()["version"])


async def evaluate(service: Service, version: str, content: bytes | None = None, **fields: str) -> dict[str, Any]:
    files = {"cases": ("cases.jsonl", content or cases())}
    data = {"version": version, **fields}
    response = await service.acme.post("/api/v1/adapters/style/evaluations", files=files, data=data)
    assert response.status_code == 202, response.text
    return await ended(service, f"/api/v1/adapters/style/evaluations/{response.json()['id']}")


async def ended(service: Service, url: str) -> dict[str, Any]:
    for _ in range(600):
        found: dict[str, Any] = (await service.acme.get(url)).json()
        if found["status"] not in {"queued", "running"}:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(found)


async def activate(service: Service, version: str, **body: Any) -> Any:
    return await service.acme.post("/api/v1/adapters/style/activate", json={"version": version, **body})


async def test_adapter_answers_only_after_it_passed(
    service: Service, rambling: RamblingGenerator, tmp_path: Path
) -> None:
    version = await upload(service, tmp_path, GOOD)
    closed = await activate(service, version)
    assert closed.status_code == 409
    assert closed.json()["error"]["code"] == "gate_closed"
    assert "never evaluated" in closed.json()["error"]["message"]
    found = await evaluate(service, version)
    assert (found["verdict"], found["against"], found["progress"]) == ("better", "base", 1.0)
    assert found["report"]["candidate_f1"] > 0.99
    assert found["report"]["difference"]["low"] > 0.5
    example = found["report"]["examples"][0]
    assert example["expected"] == [example["candidate"]["answer"].rstrip(".")]
    assert example["incumbent"]["answer"].startswith("rambling rambling")
    assert example["gain"] > 0.5
    assert (await activate(service, version)).json()["active"]
    history = (await service.acme.get("/api/v1/adapters/style/activations")).json()["data"]
    assert history[0]["evaluation_id"] == found["id"]
    assert history[0]["override_reason"] is None
    assert history[0]["actor"].startswith("key_")


async def test_running_evaluation_is_cancelled_at_its_next_question(
    service: Service, rambling: RamblingGenerator, tmp_path: Path
) -> None:
    version = await upload(service, tmp_path, GOOD)
    rambling.pause_s = 0.05
    files = {"cases": ("cases.jsonl", cases(400))}
    response = await service.acme.post("/api/v1/adapters/style/evaluations", files=files, data={"version": version})
    url = f"/api/v1/adapters/style/evaluations/{response.json()['id']}"
    assert await to_thread.run_sync(rambling.begun.wait, 10)
    assert (await service.other.post(f"{url}/cancel")).status_code == 404
    assert (await service.acme.post(f"{url}/cancel")).status_code == 200
    found = await ended(service, url)
    assert (found["status"], found["error"]["code"], found["verdict"]) == ("cancelled", "cancelled", None)
    asked = rambling.asked
    assert asked < 400  # of 800 for both sides
    assert (await service.acme.post(f"{url}/cancel")).status_code == 409
    assert (await activate(service, version)).status_code == 409
    assert rambling.asked == asked


async def test_evaluation_of_an_adapter_gives_way_to_another_tenants(
    service: Service, rambling: RamblingGenerator, tmp_path: Path
) -> None:
    version = await upload(service, tmp_path, GOOD)
    rambling.pause_s = 0.02
    files = {"cases": ("cases.jsonl", cases())}
    response = await service.acme.post("/api/v1/adapters/style/evaluations", files=files, data={"version": version})
    url = f"/api/v1/adapters/style/evaluations/{response.json()['id']}"
    assert await to_thread.run_sync(rambling.begun.wait, 10)
    question = {"cases": ("mine.jsonl", b'{"id": "1", "question": "What do whales eat?", "answerable": false}\n')}
    other = await service.other.post("/api/v1/evaluations", files=question)
    for _ in range(600):
        if (await service.other.get(f"/api/v1/evaluations/{other.json()['id']}")).json()["status"] == "succeeded":
            break
        await asyncio.sleep(0.02)
    assert (await service.acme.get(url)).json()["status"] == "running"
    assert (await ended(service, url))["verdict"] == "better"
    assert rambling.asked_of["base"] == rambling.asked_of[version] == 60 + len(RETENTION_PROMPTS)


async def test_evaluation_that_broke_off_goes_on_where_it_was(
    service: Service, rambling: RamblingGenerator, tmp_path: Path
) -> None:
    version = await upload(service, tmp_path, GOOD)
    rambling.breaks_at = 90  # the base has answered 48 questions, the adapter 38 or more
    found = await evaluate(service, version)
    assert (found["verdict"], found["error"], found["report"]["questions"]) == ("better", None, 60)
    assert rambling.asked_of["base"] == 60 + len(RETENTION_PROMPTS)
    assert 60 + len(RETENTION_PROMPTS) < rambling.asked_of[version] < 60 + len(RETENTION_PROMPTS) + 26
    with service.runtime.storage.db.read_tenant(service.acme_id) as store:
        assert store.adapter_evaluations.observations(found["id"], "incumbent") == {}


async def test_answers_over_other_passages_are_asked_again(
    service: Service, rambling: RamblingGenerator, tmp_path: Path
) -> None:
    version = await upload(service, tmp_path, GOOD)
    db = service.runtime.storage.db
    with db.write_tenant(service.acme_id) as store:
        made = store.adapter_evaluations.create("style", version, "base", "")
        store.adapter_evaluations.cancel(made.id)  # no worker takes it
    made = replace(made, job_id=None)
    frozen = freeze(parse_cases(cases(8).decode())[0], [], rambling)
    checkpoint = EvaluationCheckpoint(db, made, 16)
    seen = Observation(f1=0.5, refused=False, supported=True, ended=True, repeats=False)
    await to_thread.run_sync(checkpoint.record, "candidate", frozen, seen)
    assert EvaluationCheckpoint(db, made, 16).observations("candidate", [frozen]) == {frozen.case.id: seen}
    assert EvaluationCheckpoint(db, made, 16).observations("incumbent", [frozen]) == {}
    moved = freeze(frozen.case, provided_passages(frozen.case), rambling)
    assert EvaluationCheckpoint(db, made, 16).observations("candidate", [moved]) == {}


async def test_worse_adapter_is_refused_and_an_override_is_kept(
    service: Service, rambling: RamblingGenerator, tmp_path: Path
) -> None:
    good, bad = await upload(service, tmp_path, GOOD), await upload(service, tmp_path, BAD)
    rambling.bad.add(bad)
    await evaluate(service, good)
    await activate(service, good)
    found = await evaluate(service, bad)
    assert (found["verdict"], found["against"]) == ("worse", f"style@{good}")
    closed = await activate(service, bad)
    assert closed.status_code == 409
    assert "'worse'" in closed.json()["error"]["message"]
    canary = await service.acme.post("/api/v1/adapters/style/canary", json={"version": bad, "share": 0.1})
    assert canary.status_code == 409
    assert (await activate(service, bad, override="the board insists")).status_code == 200
    history = (await service.acme.get("/api/v1/adapters/style/activations")).json()["data"]
    assert history[0]["override_reason"] == "the board insists"
    rolled = (await service.acme.post("/api/v1/adapters/style/rollback")).json()
    assert rolled["active"]["version"] == good
    page = (await service.acme.get("/api/v1/adapters/style/report", params={"version": bad})).text
    assert "the board insists" in page
    assert "worse" in page


async def test_verdict_against_something_else_does_not_count(
    service: Service, rambling: RamblingGenerator, tmp_path: Path
) -> None:
    one, two = await upload(service, tmp_path, GOOD), await upload(service, tmp_path, BAD)
    assert (await evaluate(service, two))["verdict"] == "better"
    await activate(service, one, override="first")
    closed = await activate(service, two)
    assert closed.status_code == 409
    assert f"against style@{one}" in closed.json()["error"]["message"]
    assert (await evaluate(service, two, against="base"))["against"] == "base"
    assert (await activate(service, two)).status_code == 409
    assert (await evaluate(service, two))["verdict"] == "not worse"
    assert (await activate(service, two)).status_code == 200


async def test_too_few_questions_are_inconclusive_and_may_only_be_tried(
    service: Service, rambling: RamblingGenerator, tmp_path: Path
) -> None:
    version = await upload(service, tmp_path, GOOD)
    assert (await evaluate(service, version, cases(20)))["verdict"] == "inconclusive"
    assert (await activate(service, version)).status_code == 409
    pointer = await service.acme.post("/api/v1/adapters/style/canary", json={"share": 0.5})
    assert pointer.json()["canary"]["share"] == 0.5
    assert pointer.json()["active"] is None


async def test_canary_gets_its_share_and_a_conversation_stays_where_it_is(service: Service, tmp_path: Path) -> None:
    version = await upload(service, tmp_path, GOOD)
    body = {"share": 0.3, "override": "a test"}
    assert (await service.acme.post("/api/v1/adapters/style/canary", json=body)).status_code == 200
    deployments = service.runtime.deployments

    def resolved(conversation: str) -> str | None:
        found = deployments.resolve(service.acme_id, conversation=conversation)
        return found.version if found is not None else None

    seen = [resolved(f"conversation {i}") for i in range(600)]
    assert 0.24 < seen.count(version) / 600 < 0.36
    assert seen == [resolved(f"conversation {i}") for i in range(600)]
    deleted = await service.acme.delete("/api/v1/adapters/style")
    assert deleted.status_code == 409
    rolled = (await service.acme.post("/api/v1/adapters/style/rollback")).json()
    assert (rolled["canary"], rolled["active"]) == (None, None)
    assert {resolved(f"conversation {i}") for i in range(100)} == {None}


async def test_share_of_zero_ends_a_trial_and_activation_does_too(service: Service, tmp_path: Path) -> None:
    version = await upload(service, tmp_path, GOOD)
    for end in ({"share": 0}, None):
        await service.acme.post("/api/v1/adapters/style/canary", json={"share": 1, "override": "a test"})
        if end is not None:
            pointer = (await service.acme.post("/api/v1/adapters/style/canary", json=end)).json()
        else:
            await activate(service, version, override="a test")
            pointer = (await service.acme.post("/api/v1/adapters/style/deactivate")).json()
        assert pointer["canary"] is None


async def test_adapter_is_stale_once_a_document_it_learned_from_is_deleted(service: Service, tmp_path: Path) -> None:
    document = await service.take_in(service.acme, "museum.md", MUSEUM)
    version = await upload(service, tmp_path, GOOD, "uploaded")
    adapters = service.runtime.adapters
    folder = adapters.folder(adapters.get(service.acme_id, "uploaded", version))
    lineage = Lineage("training", sources=(AdapterSource(document["id"], "museum.md", deleted=False),))
    adapters.publish(service.acme_id, "style", folder, lineage)
    compressed = (await service.acme.post("/api/v1/adapters/style/compress", json={"rank": 1})).json()["adapter"]
    for name, params in (("style", {"version": version}), ("style", {"version": compressed["version"]})):
        found = (await service.acme.get(f"/api/v1/adapters/{name}", params=params)).json()
        assert not found["stale"]
        assert found["lineage"]["sources"][0]["filename"] == "museum.md"
    await service.acme.delete(f"/api/v1/documents/{document['id']}")
    for params in ({"version": version}, {"version": compressed["version"]}):
        found = (await service.acme.get("/api/v1/adapters/style", params=params)).json()
        assert found["stale"]
        assert found["lineage"]["sources"][0]["deleted"]
        assert "Stale" in (await service.acme.get("/api/v1/adapters/style/report", params=params)).text
    assert not (await service.acme.get("/api/v1/adapters/uploaded")).json()["stale"]


async def test_compress_and_merge_make_versions_with_parents(service: Service, tmp_path: Path) -> None:
    version = await upload(service, tmp_path, GOOD)
    done = (await service.acme.post("/api/v1/adapters/style/compress", json={"rank": 1})).json()
    assert (done["rank_before"], done["rank"], done["adapter"]["rank"]) == (2, 1, 1)
    assert 0 < done["energy_kept"] < 1
    assert done["adapter"]["lineage"] == {"origin": "compression", "parents": [f"style@{version}"], "sources": []}
    parts = [{"adapter": f"style@{version}", "weight": 0.5}, {"adapter": "style", "weight": -1}]
    merged = (await service.acme.post("/api/v1/adapters/mixed/merge", json={"parts": parts})).json()
    assert (merged["rank"], merged["name"]) == (3, "mixed")
    assert merged["lineage"]["parents"] == [f"style@{version}", f"style@{done['adapter']['version']}"]
    assert not [path for path in service.runtime.storage.adapters_dir.iterdir() if path.name.startswith(".")]


async def test_export_is_what_was_kept(service: Service, tmp_path: Path) -> None:
    from app.adapters.weights import read_matrices

    version = await upload(service, tmp_path, GOOD)
    response = await service.acme.get("/api/v1/adapters/style/export")
    assert f"style-{version}.zip" in response.headers["content-disposition"]
    zipfile.ZipFile(io.BytesIO(response.content)).extractall(tmp_path / "out")
    kept = service.runtime.adapters.folder(service.runtime.adapters.get(service.acme_id, "style"))
    assert (tmp_path / "out" / "adapter_model.safetensors").read_bytes() == (
        kept / "adapter_model.safetensors"
    ).read_bytes()
    assert read_matrices(tmp_path / "out").rank == 2


BAD_CALLS: dict[str, tuple[str, dict[str, Any], int]] = {
    "neither rank nor energy": ("compress", {}, 422),
    "both": ("compress", {"rank": 1, "energy": 0.5}, 422),
    "rank above its own": ("compress", {"rank": 64}, 422),
    "no parts": ("merge", {"parts": []}, 422),
    "weight of zero": ("merge", {"parts": [{"adapter": "style", "weight": 0}]}, 422),
    "unknown part": ("merge", {"parts": [{"adapter": "nobody"}]}, 404),
    "share above one": ("canary", {"share": 1.5}, 422),
    "empty reason": ("activate", {"override": ""}, 422),
    "unknown version": ("activate", {"version": "0" * 16, "override": "x"}, 404),
}


@pytest.mark.parametrize("name", BAD_CALLS)
async def test_bad_calls_are_told_what_to_do(service: Service, tmp_path: Path, name: str) -> None:
    await upload(service, tmp_path, GOOD)
    call, body, status = BAD_CALLS[name]
    response = await service.acme.post(f"/api/v1/adapters/style/{call}", json=body)
    assert response.status_code == status, response.text
    assert response.json()["error"]["message"]


@pytest.mark.parametrize(
    "content",
    [b"{", b"[]", b'{"question": "x"}', b"\xff\xfe", b'{"question": "When?", "answerable": true, "context": "c"}'],
)
async def test_cases_that_cannot_be_used_are_refused_before_anything_is_queued(
    service: Service, tmp_path: Path, content: bytes
) -> None:
    await upload(service, tmp_path, GOOD)
    files = {"cases": ("cases.jsonl", content)}
    response = await service.acme.post("/api/v1/adapters/style/evaluations", files=files)
    assert response.status_code == 422, response.text
    assert (await service.acme.get("/api/v1/adapters/style/evaluations")).json()["data"] == []


async def test_evaluation_of_an_adapter_whose_files_are_gone_fails_with_a_reason(
    service: Service, rambling: RamblingGenerator, tmp_path: Path
) -> None:
    import shutil

    version = await upload(service, tmp_path, GOOD)
    shutil.rmtree(service.runtime.storage.adapters_dir)
    found = await evaluate(service, version)
    assert (found["status"], found["verdict"], found["error"]["code"]) == ("failed", None, "not_found")
    assert (await activate(service, version)).status_code == 409
    report = await service.acme.get("/api/v1/adapters/style/report")
    assert "No such adapter: its files are gone." in report.raise_for_status().text


async def test_evaluation_against_itself_is_refused(service: Service, tmp_path: Path) -> None:
    version = await upload(service, tmp_path, GOOD)
    await activate(service, version, override="a test")
    response = await service.acme.post(
        "/api/v1/adapters/style/evaluations", files={"cases": ("cases.jsonl", cases())}, data={"version": version}
    )
    assert response.status_code == 422


async def test_evaluation_on_another_engine_opens_no_gate(
    service: Service, rambling: RamblingGenerator, tmp_path: Path
) -> None:
    version = await upload(service, tmp_path, GOOD)
    found = await evaluate(service, version)
    registry = service.runtime.adapters
    here = registry._base
    assert (found["verdict"], found["base_fingerprint"]) == ("better", here.fingerprint)
    registry._base = replace(here, fingerprint="vllm in fp8", elsewhere=frozenset({here.fingerprint}))
    closed = await activate(service, version)
    assert closed.status_code == 409
    assert "evaluated, on another engine or quantisation than answers now" in closed.json()["error"]["message"]
    again = await evaluate(service, version)
    assert again["base_fingerprint"] == "vllm in fp8"
    assert (await activate(service, version)).json()["active"]
    assert registry.warnings() == ()
    registry._base = replace(here, elsewhere=frozenset({"vllm in fp8"}))
    assert "evaluated on another engine or quantisation" in registry.warnings()[0]


async def test_half_an_evaluation_on_another_engine_does_not_count(
    service: Service, rambling: RamblingGenerator, tmp_path: Path
) -> None:
    version = await upload(service, tmp_path, GOOD)
    db = service.runtime.storage.db
    with db.write_tenant(service.acme_id) as store:
        made = store.adapter_evaluations.create("style", version, "base", "")
        store.adapter_evaluations.cancel(made.id)  # no worker takes it
        store.adapter_evaluations.begin(made.id, "engine")
        store.adapter_evaluations.add_observation(made.id, EvaluationSide.CANDIDATE, "1", "0" * 64, {}, 0.5)
        kept = {}
        for served in ("engine", "vllm"):
            store.adapter_evaluations.begin(made.id, served)
            kept[served] = len(store.adapter_evaluations.observations(made.id, EvaluationSide.CANDIDATE))
    assert kept == {"engine": 1, "vllm": 0}


async def test_generator_without_adapters_refuses_them_with_the_reason(service: Service, tmp_path: Path) -> None:
    version = await upload(service, tmp_path, GOOD)
    registry = service.runtime.adapters
    registry._base = replace(registry._base, no_adapters="LORACLE_GENERATOR=openai knows no adapters")
    for refused in (
        await activate(service, version, override="in haste"),
        await service.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path, BAD), data={"name": "style"}),
        await service.acme.post("/api/v1/chat", json={"message": "When?", "adapter": f"style@{version}"}),
    ):
        assert refused.status_code == 409, refused.text
        assert refused.json()["error"]["code"] == "adapters_not_served"
        assert "LORACLE_GENERATOR=openai knows no adapters" in refused.json()["error"]["message"]
