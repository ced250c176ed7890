"""A model's tokenizer from its files alone, for a process that has no transformers.

It offers what ChatTokenizer uses of transformers' tokenizers, with the same results.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from jinja2 import TemplateError
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment
from tokenizers import AddedToken, Tokenizer, normalizers

from app.errors import WeightsUnavailable

SPECIAL = ("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token")
COMPOSING = frozenset({"Qwen2Tokenizer", "Qwen2TokenizerFast"})  # transformers' classes compose accents, in every file
EXTRA_SPECIAL = ("additional_special_tokens", "extra_special_tokens")


class TokenizerFile:
    """tokenizer.json, tokenizer_config.json and chat_template.jinja of a folder."""

    def __init__(self, folder: Path) -> None:
        """Raises WeightsUnavailable if the folder has none, or one that cannot be read."""
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._config: Mapping[str, Any] = json.loads((folder / "tokenizer_config.json").read_text("utf-8"))
            template = folder / "chat_template.jinja"
            written = template.read_text("utf-8") if template.is_file() else self._config.get("chat_template")
        except Exception as fault:  # tokenizers raises plain exceptions
            raise WeightsUnavailable(f"The tokenizer in {folder} cannot be read: {str(fault)[:200]}") from fault
        if not isinstance(written, str):
            raise WeightsUnavailable(f"{folder} has no chat template; use an instruct or chat version of the model.")
        self.chat_template: str = written
        if self._config.get("tokenizer_class") in COMPOSING:
            self._tokenizer.normalizer = normalizers.NFC()
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def __len__(self) -> int:
        return int(self._tokenizer.get_vocab_size(with_added_tokens=True))

    @cached_property
    def added_tokens_decoder(self) -> Mapping[int, AddedToken]:
        found: Mapping[int, AddedToken] = self._tokenizer.get_added_tokens_decoder()
        return found

    @cached_property
    def special_tokens_map(self) -> Mapping[str, str]:
        """The named special tokens of the configuration."""
        named = ((name, _content(self._config.get(name))) for name in SPECIAL)
        return {name: content for name, content in named if content}

    @property
    def all_special_ids(self) -> list[int]:
        listed = [one for name in EXTRA_SPECIAL for one in _listed(self._config.get(name))]
        ids = (self._tokenizer.token_to_id(one) for one in [*self.special_tokens_map.values(), *listed])
        return [index for index in ids if index is not None]

    @property
    def eos_token_id(self) -> int | None:
        token = self.special_tokens_map.get("eos_token")
        return None if token is None else self._tokenizer.token_to_id(token)

    def encode(self, text: str, *, add_special_tokens: bool = True, split_special_tokens: bool = False) -> list[int]:
        """Token ids; with `split_special_tokens` the text never yields one. Not thread-safe: that is a state."""
        self._tokenizer.encode_special_tokens = split_special_tokens
        return list(self._tokenizer.encode(text, add_special_tokens=add_special_tokens).ids)

    def decode(
        self,
        ids: Sequence[int],
        *,
        skip_special_tokens: bool = False,
        clean_up_tokenization_spaces: Literal[False] = False,  # noqa: ARG002 - transformers' would
    ) -> str:
        return str(self._tokenizer.decode(list(ids), skip_special_tokens=skip_special_tokens))

    def apply_chat_template(
        self,
        messages: Sequence[Mapping[str, str]],
        *,
        tokenize: Literal[False] = False,  # noqa: ARG002 - transformers' would
        add_generation_prompt: bool = False,
    ) -> str:
        """The conversation in the model's template, as text. Raises jinja2.TemplateError."""
        rendered: str = self._template.render(
            messages=list(messages),
            tools=None,
            documents=None,
            add_generation_prompt=add_generation_prompt,
            **self.special_tokens_map,
        )
        return rendered

    @cached_property
    def _template(self) -> Any:
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
        environment.filters["tojson"] = _to_json
        environment.globals.update(raise_exception=_raise, strftime_now=_now)
        return environment.from_string(self.chat_template)


def configured_end(folder: Path) -> int | list[int] | None:
    """The tokens that end an answer by generation_config.json, if there is one: what ChatTokenizer.end_ids takes."""
    try:
        config = json.loads((folder / "generation_config.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    configured: int | list[int] | None = config.get("eos_token_id")
    return configured


def _content(token: Any) -> str | None:
    return token.get("content") if isinstance(token, dict) else token


def _listed(tokens: Any) -> list[str]:
    found = tokens.values() if isinstance(tokens, dict) else tokens or ()
    return [content for content in map(_content, found) if content]


def _to_json(value: Any, *, ensure_ascii: bool = False, indent: int | None = None, **more: Any) -> str:
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, **more)


def _raise(message: str) -> None:
    raise TemplateError(message)


def _now(pattern: str) -> str:
    return datetime.now(UTC).strftime(pattern)
