"""Which base model a replica serves: token ids of one model mean nothing to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.llm.base import PromptTokenizer
from app.llm.remote.faults import RequestRefused, ServerFault, UnknownModel
from app.llm.remote.http import ApiServer

PROBE = "Olá, world! 2,048 tokens: naïve 東京 déjà\n\tvu"  # tokenizers of other models split it otherwise


class WrongBase(ServerFault):
    """It serves another base model, or too short a context."""


@dataclass(frozen=True, slots=True)
class ServedBase:
    """The base model of a replica."""

    name: str  # `model` in requests without an adapter
    root: str  # folder or repository that it was loaded from
    adapters: tuple[str, ...]  # that it has loaded


class BaseIdentity:
    """The base model that every replica must serve: `expected`, or else what the first one that answers serves."""

    def __init__(self, tokenizer: PromptTokenizer, context_tokens: int, expected: str = "") -> None:
        """`expected` is a served name or a root; empty: any."""
        self._tokenizer = tokenizer
        self._context_tokens = context_tokens
        self._expected = expected
        self._root = ""

    async def check(self, server: ApiServer, timeout_s: float, *, known: bool) -> ServedBase:
        """What the replica serves, if it is the right base. Raises WrongBase and other ServerFaults.

        The tokenizer of one that is `known`, as it passed its last check, is not looked at again.
        """
        listed = (await server.get("/v1/models", timeout_s)).get("data")
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            raise ServerFault("its list of models is none")
        base = next((one for one in listed if not one.get("parent") and self._is_expected(one)), None)
        if base is None:
            served = ", ".join(str(one.get("root") or one.get("id")) for one in listed if not one.get("parent"))
            raise WrongBase(f"it serves {served or 'no model'}, and {self._expected} is expected")
        name, root = str(base["id"]), str(base.get("root") or base["id"])
        self._check_context(base)
        if self._root and root != self._root:
            raise WrongBase(f"it serves {root}, and the other replicas serve {self._root}")
        if not known:
            await self._check_tokenizer(server, name, timeout_s)
        self._root = root
        return ServedBase(name, root, tuple(str(one.get("id")) for one in listed if one.get("parent")))

    def _is_expected(self, base: Mapping[str, Any]) -> bool:
        return not self._expected or self._expected in {base.get("id"), base.get("root")}

    def _check_context(self, base: Mapping[str, Any]) -> None:
        served = base.get("max_model_len")
        if not isinstance(served, int) or served <= self._context_tokens:
            raise WrongBase(
                f"its context holds {served} tokens, and LORACLE_CONTEXT_TOKENS={self._context_tokens} with one for a "
                f"score needs {self._context_tokens + 1}: start it with --max-model-len {self._context_tokens + 1} or "
                "more"
            )

    async def _check_tokenizer(self, server: ApiServer, name: str, timeout_s: float) -> None:
        body = {"model": name, "prompt": PROBE, "add_special_tokens": False}
        try:
            found: Sequence[int] | None = (await server.post("/tokenize", body, timeout_s)).get("tokens")
        except (UnknownModel, RequestRefused):  # a proxy may let only /v1 through
            return
        if found != self._tokenizer.encode(PROBE):
            raise WrongBase("its tokenizer is another one than that of LORACLE_BASE_MODEL")
