"""The chart renders for every example, passes Helm's lint and Kubernetes' schemas, and keeps the rules of security."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytest.importorskip("helm_python", reason="needs the extra deploy: pip install -e '.[deploy]'")

import helm_python as helm
import kubernetes_validate
import yaml

from app.settings import Settings
from tests.support.chart import CHART, EXAMPLES, Object, example, find, notes, pods, render, values_of

VERSIONS = ("1.27", kubernetes_validate.latest_version())
CASES = [pytest.param({}, id="default"), *(pytest.param(values_of(one), id=one.stem) for one in EXAMPLES)]
SAVING_S = 10  # for what is left when the time for answers is over
SECRET = {"secrets": {"LORACLE_DATABASE_URL": "postgresql://a:b@db/c"}}
SCALE: Object = {"mode": "scale", "s3": {"bucket": "files"}, **SECRET}


@pytest.fixture(params=CASES)
def values(request: pytest.FixtureRequest) -> Object:
    return request.param


@pytest.fixture
def objects(values: Object) -> list[Object]:
    return render(values)


def test_lint_finds_nothing_but_the_missing_icon(values: Object) -> None:
    found = helm.lint(CHART, values, strict=True)
    assert found["errors"] == []
    assert [one["error"] for one in found["messages"]] == ["icon is recommended"]


@pytest.mark.parametrize("version", VERSIONS)
def test_objects_fit_the_schemas_of_kubernetes(objects: list[Object], version: str) -> None:
    for one in objects:
        kubernetes_validate.validate(one, version, strict=True)


def test_names_are_unique(objects: list[Object]) -> None:
    names = [(one["kind"], one["metadata"]["name"]) for one in objects]
    assert len(names) == len(set(names))


def test_containers_run_with_nothing_they_do_not_need(objects: list[Object]) -> None:
    for name, pod in pods(objects):
        assert pod["automountServiceAccountToken"] is False, name
        assert pod["enableServiceLinks"] is False, name  # else Kubernetes sets LORACLE_PORT itself
        assert pod["securityContext"]["runAsNonRoot"], name
        assert pod["securityContext"]["runAsUser"] >= 10_000, name
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        assert not {"hostNetwork", "hostPID", "hostIPC"} & set(pod), name
        for container in [*pod["containers"], *pod.get("initContainers", [])]:
            security = container["securityContext"]
            assert security["readOnlyRootFilesystem"], name
            assert security["allowPrivilegeEscalation"] is False, name
            assert security["capabilities"] == {"drop": ["ALL"]}, name
            assert {"cpu", "memory"} <= set(container["resources"]["requests"]), name
            assert "memory" in container["resources"]["limits"], name


def test_mounts_and_references_lead_somewhere(objects: list[Object], values: Object) -> None:
    there = {(one["kind"], one["metadata"]["name"]) for one in objects}
    there.add(("Secret", values.get("existingSecret", "")))
    there |= {("PersistentVolumeClaim", one) for one in _existing_claims(values)}
    for name, pod in pods(objects):
        claims = {one["metadata"]["name"] for one in _claim_templates(objects, name)}
        volumes = {one["name"] for one in pod.get("volumes", [])} | claims
        for one in pod.get("volumes", []):
            if "persistentVolumeClaim" in one:
                assert ("PersistentVolumeClaim", one["persistentVolumeClaim"]["claimName"]) in there, name
        for container in pod["containers"]:
            assert {mount["name"] for mount in container.get("volumeMounts", [])} <= volumes, name
            for source in container.get("envFrom", []):
                kind, key = ("ConfigMap", "configMapRef") if "configMapRef" in source else ("Secret", "secretRef")
                assert (kind, source[key]["name"]) in there, name


def test_settings_are_settings_of_the_service(objects: list[Object]) -> None:
    known = {f"LORACLE_{name.upper()}" for name in Settings.model_fields}
    for one in objects:
        if one["kind"] == "ConfigMap":
            assert set(one["data"]) <= known
    documented = re.findall(r"LORACLE_[A-Z0-9_]+", (CHART / "values.yaml").read_text(encoding="utf-8"))
    assert set(documented) <= known


def test_every_workload_is_bounded_by_a_network_policy(objects: list[Object]) -> None:
    selected = [one["spec"]["podSelector"]["matchLabels"] for one in objects if one["kind"] == "NetworkPolicy"]
    for one in objects:
        if one["kind"] in {"Deployment", "StatefulSet", "Job"}:
            labels = one["spec"]["template"]["metadata"]["labels"].items()
            assert any(selector.items() <= labels for selector in selected), one["metadata"]["name"]


def test_vllm_is_reached_by_what_generates_alone() -> None:
    policy = find(render(example("gpu")), "NetworkPolicy", "acme-loracle-vllm")
    peers = policy["spec"]["ingress"][0]["from"]
    components = [peer["podSelector"]["matchLabels"]["app.kubernetes.io/component"] for peer in peers]
    assert components == ["api", "trainer"]


def test_vllm_gets_its_own_key_and_no_other_secret() -> None:
    pod = find(render(example("gpu")), "StatefulSet", "acme-loracle-vllm")["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert "envFrom" not in container
    keys = [one["valueFrom"]["secretKeyRef"]["key"] for one in container["env"] if "valueFrom" in one]
    assert keys == ["LORACLE_VLLM_KEY"]


def test_vllm_reads_adapters_where_the_service_has_them() -> None:
    objects = render(example("gpu"))
    mounts = {}
    for name, pod in pods(objects):
        claims = {
            one["name"]: one["persistentVolumeClaim"]
            for one in pod.get("volumes", [])
            if "persistentVolumeClaim" in one
        }
        for mount in pod["containers"][0].get("volumeMounts", []):
            if mount["mountPath"] == "/data/adapters":
                mounts[name] = claims[mount["name"]]["claimName"], mount.get("readOnly", False)
    volume = "acme-loracle-adapters"
    assert mounts == {
        "acme-loracle-api": (volume, False),
        "acme-loracle-trainer": (volume, False),
        "acme-loracle-vllm": (volume, True),
    }
    assert find(objects, "PersistentVolumeClaim", volume)["spec"]["accessModes"] == ["ReadWriteMany"]


def test_context_of_vllm_is_longer_than_that_of_the_service() -> None:
    longest = helm.Chart.load(CHART).values["vllm"]["maxModelLen"]
    assert longest > Settings.model_fields["context_tokens"].default


def test_service_knows_every_replica_of_vllm() -> None:
    urls = find(render(example("gpu")), "ConfigMap", "acme-loracle")["data"]["LORACLE_VLLM_URLS"].split(",")
    assert urls == [f"http://acme-loracle-vllm-{number}.acme-loracle-vllm:8000" for number in (0, 1)]


def test_pod_leaves_the_service_before_it_stops() -> None:
    spec = find(render(SCALE), "Deployment", "acme-loracle-api")["spec"]
    assert spec["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    pod = spec["template"]["spec"]
    (container,) = pod["containers"]
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    waited = int(container["lifecycle"]["preStop"]["exec"]["command"][1])
    assert waited + Settings.model_fields["drain_s"].default + SAVING_S <= pod["terminationGracePeriodSeconds"] == 45


def test_database_is_migrated_before_pods_are_replaced() -> None:
    assert _hook(render(SCALE)) == "pre-upgrade"
    assert _hook(render(example("scale"))) == "pre-install,pre-upgrade"  # whose Secret is there already


def test_settings_change_replaces_the_pods() -> None:
    def checksum(**settings: str) -> str:
        deployment = find(render({**SCALE, "settings": settings}), "Deployment", "acme-loracle-worker")
        return deployment["spec"]["template"]["metadata"]["annotations"]["checksum/settings"]

    assert checksum(LORACLE_TOP_K="4") == checksum(LORACLE_TOP_K="4") != checksum(LORACLE_TOP_K="5")


def test_setting_of_the_user_comes_before_that_of_the_chart() -> None:
    chosen = find(render({"settings": {"LORACLE_MODELS_DIR": "/data/models"}}), "ConfigMap", "acme-loracle")
    assert chosen["data"]["LORACLE_MODELS_DIR"] == "/data/models"


def test_ingress_holds_no_streamed_answer_back() -> None:
    ingress = find(render(example("embedded")), "Ingress", "acme-loracle")
    assert ingress["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-buffering"] == "off"


def test_notes_say_how_to_begin() -> None:
    assert "https://answers.example.org/" in notes(example("embedded"))
    assert "exec deploy/acme-loracle-api -- loracle tenants create" in notes(SCALE)


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"mode": "scale", "s3": {"bucket": "files"}}, "put LORACLE_DATABASE_URL into existingSecret"),
        ({"mode": "scale", "existingSecret": "mine"}, "set s3.bucket"),
        ({**SCALE, "secrets": {"LORACLE_DATABASE_URL": "sqlite:///x"}}, "must be postgresql://"),
        ({**SCALE, "existingSecret": "mine"}, "not both"),
        ({**SCALE, "api": {"variant": "gateway"}}, "set embeddings.url"),
        (
            {**SCALE, "api": {"variant": "gateway"}, "embeddings": {"url": "http://e", "model": "m"}},
            "set generation.backend",
        ),
        ({**SCALE, "generation": {"backend": "vllm"}}, "set vllm.enabled, or generation.urls"),
        ({**SCALE, "vllm": {"enabled": True}}, "needs generation.backend vllm"),
        ({**SCALE, "generation": {"backend": "vllm"}, "vllm": {"enabled": True}}, "needs vllm.model"),
        ({"generation": {"backend": "vllm"}, "vllm": {"enabled": True}}, "needs mode scale"),
        (
            {
                **SCALE,
                "api": {"variant": "gateway"},
                "generation": {"backend": "vllm", "urls": ["http://v"]},
                "embeddings": {"url": "http://e", "model": "m"},
            },
            "set models.existingClaim",
        ),
        ({**SCALE, "generation": {"backend": "openai"}}, "needs generation.openaiUrl"),
        ({**SCALE, "embeddings": {"url": "http://e"}}, "needs embeddings.model"),
        ({"ingress": {"enabled": True}}, "needs ingress.host"),
        ({"api": {"autoscaling": {"enabled": True}}}, "runs one pod"),
        # by the schema
        ({"mode": "cluster"}, "mode"),
        ({"replicas": 3}, "replicas"),
        ({"settings": {"LORACLE_TOP_K": 6}}, "LORACLE_TOP_K"),
        ({"settings": {"TOP_K": "6"}}, "TOP_K"),
        ({"data": {"size": "20 GB"}}, "size"),
        ({"vllm": {"maxLoraRank": 48}}, "maxLoraRank"),
        ({"vllm": {"extraArgs": ["--api-server-count=4"]}}, "extraArgs"),
        ({"s3": {"bucket": "My_Bucket"}}, "bucket"),
    ],
)
def test_values_that_cannot_work_are_refused(values: Object, line: str) -> None:
    with pytest.raises(helm.HelmError) as found:
        render(values)
    assert line in str(found.value)


def test_schema_has_every_value() -> None:
    """So that a misspelt value is refused, and no value that the chart reads is."""
    schema = helm.Chart.load(CHART).schema
    assert schema is not None

    def check(values: Any, part: dict[str, Any], path: str) -> None:
        part = schema["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        if part.get("additionalProperties") is not False:
            return
        assert set(values) <= set(part["properties"]), path
        for name, value in values.items():
            if isinstance(value, dict):
                check(value, part["properties"][name], f"{path}.{name}")

    check(yaml.safe_load((CHART / "values.yaml").read_text(encoding="utf-8")), schema, "values")


def test_chart_has_the_version_of_the_service() -> None:
    import app

    assert helm.Chart.load(CHART).metadata["appVersion"] == app.__version__


def _existing_claims(values: Object) -> set[str]:
    return {values[name].get("existingClaim", "") for name in ("data", "models", "adapters") if name in values}


def _claim_templates(objects: list[Object], name: str) -> list[Object]:
    found = next((one for one in objects if one["kind"] == "StatefulSet" and one["metadata"]["name"] == name), None)
    return found["spec"]["volumeClaimTemplates"] if found else []


def _hook(objects: list[Object]) -> str:
    return find(objects, "Job", "acme-loracle-migrate")["metadata"]["annotations"]["helm.sh/hook"]
