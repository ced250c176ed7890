"""`make pictures`: the recording and the screenshot of the README; with `--views FOLDER` every view, to be looked at.

Starts the service over a folder of its own with the starter models, and the samples in it.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

from app.cli.client import wait_until_final
from samples.demo import free_port, start_service, tenant_key, upload_all, wait_until_ready
from tools.pictures.browser import browser
from tools.pictures.handbook import NAME, SOURCE, printed
from tools.pictures.recording import record
from tools.pictures.views import take_all

ASSETS = Path(__file__).parents[2] / "docs" / "assets"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--views", type=Path, help="take every view into this folder instead")
    parser.add_argument("--locale", default="en-GB", help="the language of the views, such as pt-PT")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data_dir, port = Path(folder), free_port(8000)
        url = f"http://127.0.0.1:{port}"
        service = start_service(data_dir, port)
        try:
            wait_until_ready(url, service)
            key = tenant_key(data_dir)
            with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=300) as http:
                upload_all(http)
                with browser() as chromium:
                    replace_handbook(http, printed(chromium))
                    if arguments.views is not None:
                        link = f"{url}/#key={operator_key(data_dir)}"
                        take_all(chromium, http, link, arguments.views, arguments.locale)
                    else:
                        record(chromium, f"{url}/#key={key}", ASSETS)
        finally:
            service.send_signal(signal.SIGTERM)
            service.wait(60)


def operator_key(data_dir: Path) -> str:
    """A further key of the demo's tenant, which also administers the service."""
    command = [sys.executable, "-m", "app.cli", "keys", "create", "demo", "--scopes", "read,write,admin"]
    made = subprocess.run([*command, "--data-dir", str(data_dir)], check=True, capture_output=True, text=True)  # noqa: S603
    return made.stdout.strip()


def replace_handbook(http: httpx.Client, pdf: bytes) -> None:
    """Put the handbook's PDF in the place of its Markdown."""
    for document in http.get("/api/v1/documents", params={"q": SOURCE.name}).json()["data"]:
        http.delete(f"/api/v1/documents/{document['id']}").raise_for_status()
    made = http.post("/api/v1/documents", files={"file": (NAME, pdf)}).raise_for_status().json()
    wait_until_final(http, made["id"])


if __name__ == "__main__":
    main()
