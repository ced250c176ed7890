"""A base model as a folder for services whose generator is a double: real files, a token for each byte, no sense."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models

from app.llm.fake import TURN
from tests.support.files import SCRIPTED_LAYERS

END = "<|end|>"


def write_byte_base(folder: Path) -> Path:
    """Write a base that the adapters of `adapter_upload` fit. Returns `folder`.

    A character of ASCII has its code as token, and the chat template separates messages as the fake generator does.
    """
    folder.mkdir(parents=True)
    bytes_only = {f"<0x{byte:02X}>": byte for byte in range(256)}
    tokenizer = Tokenizer(models.BPE(vocab=bytes_only, merges=[], byte_fallback=True))
    tokenizer.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Fuse()])
    tokenizer.add_special_tokens([AddedToken(END, special=True)])
    tokenizer.save(str(folder / "tokenizer.json"))
    template = f"{{% for message in messages %}}{TURN}{{{{ message['content'] }}}}{{% endfor %}}"
    tokens = {"eos_token": END, "chat_template": template, "tokenizer_class": "PreTrainedTokenizerFast"}
    (folder / "tokenizer_config.json").write_text(json.dumps(tokens))
    (folder / "config.json").write_text(json.dumps({"architectures": ["LlamaForCausalLM"], "model_type": "llama"}))
    layers = {f"{name}.weight": np.zeros((written, read), "f4") for name, (read, written) in SCRIPTED_LAYERS.items()}
    save_file(layers, folder / "model.safetensors")
    return folder


def encode_bytes(text: str) -> list[int]:
    """The tokens of a text, as that tokenizer makes them."""
    return [*text.encode()]
