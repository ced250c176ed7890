"""Checks that a model's chat template renders the conversations that the service sends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.errors import WeightsUnavailable
from app.weights.folder import generates_text

CONVERSATION = [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}]


def check_chat_template(tokenizer: Any, name: str) -> None:
    """Raise WeightsUnavailable if the tokenizer of the model `name` has no chat template, or one that fails."""
    if not tokenizer.chat_template:
        raise WeightsUnavailable(
            f"{name} has no chat template, so it cannot be asked anything. Use an instruct or chat version of the "
            "model, or add chat_template.jinja to a folder of it and use path:<folder>."
        )
    try:
        tokenizer.apply_chat_template(CONVERSATION, tokenize=False, add_generation_prompt=True)
    except Exception as fault:
        raise WeightsUnavailable(
            f"The chat template of {name} cannot be rendered ({type(fault).__name__}: {str(fault)[:200]}). Correct "
            "chat_template.jinja in a folder of the model and use path:<folder>, or choose another model."
        ) from fault


def check_folder_template(folder: Path, name: str) -> None:
    """As `check_chat_template`, for a folder that holds a generating model; other models need no template."""
    from transformers import AutoTokenizer

    if not generates_text(folder):
        return
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    except Exception as fault:
        raise WeightsUnavailable(
            f"The tokenizer of {name} cannot be loaded ({type(fault).__name__}: {str(fault)[:200]})."
        ) from fault
    check_chat_template(tokenizer, name)
