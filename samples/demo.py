"""The demo: what a newcomer does, over HTTP alone. Run by `make demo`.

Starts the service, creates a tenant, uploads the samples, and asks every question twice: without an adapter and with
the starter adapter. Prints the answers with their citations, scores both by the evaluation's F1, and checks them: what
has no answer is refused, every other one carries a quote that stands in its file (the adapter may refuse instead: that
costs its score), and the adapter's score is the better one.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from app.cli.client import print_answer, wait_until_final
from app.evaluations.metrics import token_f1

HERE = Path(__file__).parent
DOCUMENTS = sorted((HERE / "documents").iterdir())
WITHOUT, WITH = "base", "grounded-qa"  # values of a request's `adapter`
START_TIMEOUT_S = 240


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    language: str
    answers: tuple[str, ...]  # none: to be refused
    scored: bool = True  # False: the adapter was trained on passages of this document


OPENING = (  # what the page proposes
    "How long does a guided tour take, and what does it cost?",
    "Quantos livros pode levar cada leitor?",
    "What is harbour-museum-handbook.md about?",
)
QUESTIONS = (
    Question("How much does a ticket to the Harbour Museum cost for adults?", "en", ("12 euros",)),
    Question("How long does a guided tour of the museum take?", "en", ("75 minutes",)),
    Question("When was the steam tug built?", "en", ("1911", "in 1911")),
    Question("What is the boiling point of mercury?", "en", ()),
    Question("Quantos livros pode levar cada leitor?", "pt", ("até seis", "seis", "até seis livros")),
    Question("Por quanto tempo são emprestados os filmes?", "pt", ("cinco dias", "por cinco dias")),
    Question("Onde fica a sala de leitura?", "pt", ("no segundo andar", "segundo andar")),
    Question("O que é a teoria da computação?", "pt", ("um subcampo da ciência da computação",), scored=False),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--once", action="store_true", help="stop the service at the end")
    parser.add_argument("--data-dir", type=Path, default=Path("data/demo"))
    arguments = parser.parse_args()
    arguments.data_dir.mkdir(parents=True, exist_ok=True)
    port = free_port(8000)
    url = f"http://127.0.0.1:{port}"
    service = start_service(arguments.data_dir, port)
    passed = False
    try:
        wait_until_ready(url, service)
        key = tenant_key(arguments.data_dir)
        with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=300) as http:
            upload_all(http)
            http.patch("/api/v1/answering", json={"questions": OPENING}).raise_for_status()
            passed = ask_all(http)
    finally:
        if arguments.once or not passed:
            service.send_signal(signal.SIGTERM)
            service.wait(60)
    if passed and not arguments.once:
        print(f"\nAsk in the browser, already signed in: {url}/#key={key}")
        print(f"API page: {url}/docs. Log: {arguments.data_dir / 'service.log'}. Stop it with: kill {service.pid}")
        print("\nTo go on with README, or with the command line, paste these lines:")
        print(f'export PATH="{Path(sys.executable).parent}:$PATH"')
        print(f"export LORACLE_URL={url}\nexport LORACLE_API_KEY={key}")
    print("\nDemo passed." if passed else "\nDemo FAILED: see above.")
    return 0 if passed else 1


def free_port(wanted: int) -> int:
    """`wanted` if nothing listens there, else any free port."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port")


def start_service(data_dir: Path, port: int) -> subprocess.Popen[bytes]:
    log = (data_dir / "service.log").open("wb")
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port), "--data-dir", str(data_dir)]
    print(f"Starting the service on port {port} ...")
    return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)


def wait_until_ready(url: str, service: subprocess.Popen[bytes]) -> None:
    started = time.monotonic()
    while time.monotonic() - started < START_TIMEOUT_S:
        if service.poll() is not None:
            sys.exit("The service did not start; its log says why.")
        try:
            if httpx.get(f"{url}/readyz", timeout=5).status_code == 200:
                print(f"Ready after {time.monotonic() - started:.1f} s.")
                return
        except httpx.TransportError:
            pass
        time.sleep(0.3)
    sys.exit("The service did not become ready; its log says why.")


def tenant_key(data_dir: Path) -> str:
    """The key of the tenant `demo`; made once per data folder and kept beside it."""
    kept = data_dir / "demo-key.txt"
    if not kept.is_file():
        command = [sys.executable, "-m", "app.cli", "tenants", "create", "demo", "--json", "--data-dir", str(data_dir)]
        made = subprocess.run(command, check=True, capture_output=True, text=True)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(json.loads(made.stdout)["key"])
    return kept.read_text()


def upload_all(http: httpx.Client) -> None:
    for path in DOCUMENTS:
        with path.open("rb") as file:
            response = http.post("/api/v1/documents", files={"file": (path.name, file)})
        response.raise_for_status()
        body = wait_until_final(http, response.json()["id"])
        if body["status"] != "ready":
            sys.exit(f"{path.name} {body['status']}: {body['error']}")
        pages = f"{body['pages']} page{'' if body['pages'] == 1 else 's'}, " if body["pages"] else ""
        print(f"Ready: {path.name}, {pages}{body['chunks']} chunks")


def ask_all(http: httpx.Client) -> bool:
    """Whether every answer is as it should be, and those with the adapter score better on average."""
    scores: dict[str, list[float]] = {WITHOUT: [], WITH: []}
    good = True
    for question in QUESTIONS:
        print(f"\n> {question.text}")
        for adapter, kept in scores.items():
            answer = ask(http, question.text, adapter)
            if question.scored and question.answers:
                kept.append(
                    0.0 if answer["refused"] else token_f1(answer["answer"], question.answers, question.language)
                )
            good = as_expected(http, question, answer, may_refuse=adapter == WITH) and good
    means = {adapter: sum(kept) / len(kept) for adapter, kept in scores.items()}
    print(f"\nF1 of {len(scores[WITH])} answers: {means[WITHOUT]:.2f} without, {means[WITH]:.2f} with {WITH}.")
    return good and means[WITH] > means[WITHOUT]  # a refusal of what a document answers counts as 0


def ask(http: httpx.Client, text: str, adapter: str) -> dict[str, Any]:
    response = http.post("/api/v1/chat", json={"message": text, "max_tokens": 48, "adapter": adapter})
    response.raise_for_status()
    answer: dict[str, Any] = response.json()
    print(f"{'without' if adapter == WITHOUT else f'with {adapter}'}: ", end="")
    print_answer(answer)
    return answer


def as_expected(http: httpx.Client, question: Question, answer: dict[str, Any], *, may_refuse: bool) -> bool:
    if answer["refused"] and (may_refuse or not question.answers):
        if question.answers:
            print("  Refused, although a document answers it.")
        return not answer["citations"]
    good = bool(question.answers) and not answer["refused"] and is_cited(http, answer)
    if not good:
        print(f"  UNEXPECTED: this is to be {'answered with a citation' if question.answers else 'refused'}.")
    return good


def is_cited(http: httpx.Client, answer: dict[str, Any]) -> bool:
    """At least one citation, and every quote stands where it says in its document."""
    if answer["refused"] or not answer["citations"]:
        return False
    for citation in answer["citations"]:
        content = http.get(f"/api/v1/documents/{citation['document_id']}/content").json()
        if content["text"][citation["char_start"] : citation["char_end"]] != citation["quote"]:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
