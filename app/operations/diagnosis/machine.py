"""Diagnoses the machine: Python, processor, kernels, GPU, memory, OCR, and the address to listen on."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from typing import Literal

import psutil

from app import __version__
from app.documents.parsing.ocr_languages import installed_languages
from app.errors import AppError
from app.http.server.listening import address_of, open_listener
from app.numerics.pytorch import pytorch_installed
from app.operations.diagnosis.finding import Finding

LEAST_MEMORY = 2 * 2**30
OLDEST_PYTHON = (3, 11)


def diagnose_machine(*, device: Literal["auto", "cpu", "cuda"], ocr_languages: str) -> Iterator[Finding]:
    """Each as it is now. `device` and `ocr_languages` are what the settings ask for."""
    known = f"{platform.python_version()}, Loracle {__version__}"
    yield Finding("python", known, sys.version_info >= OLDEST_PYTHON)
    yield Finding("processor", f"{os.cpu_count()} cores", ok=True)
    yield _kernels()
    yield _gpu(device)
    memory = psutil.virtual_memory().available
    yield Finding("memory", f"{memory / 2**30:.1f} GiB free (2 GiB wanted)", memory > LEAST_MEMORY)
    yield _ocr(ocr_languages)


def diagnose_port(host: str, port: int) -> Finding:
    """Whether the address can be listened on; the port is free again at once."""
    try:
        open_listener(host, port).close()
    except AppError as fault:
        running = _answers(host, port)
        if running:
            return Finding("port", f"{address_of(host, port)}: a service answers there", ok=True)
        return Finding("port", fault.message, ok=False)
    return Finding("port", f"{address_of(host, port)} is free", ok=True)


def _answers(host: str, port: int) -> bool:
    """Whether a service like this one, on this machine, has the port."""
    import httpx

    nearby = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - all addresses, of which one is asked
    try:
        answer = httpx.get(f"http://{address_of(nearby, port)}/healthz", timeout=2)
        return bool(answer.json() == {"status": "ok"})
    except (httpx.HTTPError, ValueError):
        return False


def _kernels() -> Finding:
    if not pytorch_installed():
        return Finding("kernels", "no PyTorch: models run elsewhere", ok=True)
    from app.engine import native

    if native.available():
        return Finding("kernels", "native kernels are in use", ok=True)
    return Finding("kernels", f"no native kernels: {native.reason()}", ok=True, warning=True)


def _gpu(device: str) -> Finding:
    if not pytorch_installed():
        return Finding("GPU", "no PyTorch: models run elsewhere", ok=True)
    import torch

    if not torch.cuda.is_available():
        text = "none that PyTorch can use: models run on the processor"
        if device == "cuda":
            text = "none that PyTorch can use, and LORACLE_DEVICE=cuda: install a driver and a CUDA build of PyTorch"
        return Finding("GPU", text, device != "cuda")
    found = torch.cuda.get_device_properties(0)
    unused = ", not used: LORACLE_DEVICE=cpu" if device == "cpu" else ""
    return Finding("GPU", f"{found.name}, {found.total_memory / 2**30:.0f} GiB{unused}", ok=True)


def _ocr(wanted: str) -> Finding:
    if not wanted:
        return Finding("OCR", "off (LORACLE_OCR_LANGUAGES is empty): pictures of text are not read", ok=True)
    installed = installed_languages()
    if installed is None:
        text = f"tesseract is not installed: pictures of text are not read; {_packages(wanted)}, or {TURN_OFF}"
        return Finding("OCR", text, ok=True, warning=True)
    missing = [language for language in wanted.split("+") if language not in installed]
    if missing:
        text = f"tesseract lacks {', '.join(missing)}: {_packages('+'.join(missing))}, or change LORACLE_OCR_LANGUAGES"
        return Finding("OCR", text, ok=False)
    return Finding("OCR", f"tesseract with {', '.join(wanted.split('+'))}", ok=True)


TURN_OFF = "leave LORACLE_OCR_LANGUAGES empty"


def _packages(languages: str) -> str:
    names = " ".join(f"tesseract-ocr-{language.replace('_', '-')}" for language in languages.split("+"))
    return f"on Debian `apt install tesseract-ocr {names}`"
