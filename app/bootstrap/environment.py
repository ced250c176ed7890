"""Reads the settings from the environment and `.env`, and says in one line each what is wrong with them."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dotenv.parser import parse_stream
from pydantic import ValidationError

from app.errors import InvalidRequest
from app.settings import Settings

PREFIX = "LORACLE_"
ENV_FILE = Path(".env")
# What other programs of this repository read: clients, kernels, compose, the plugin of vLLM, the tests.
READ_ELSEWHERE = frozenset(
    {
        "API_KEY",
        "KEY",
        "URL",
        "NO_NATIVE_KERNELS",
        "DATABASE_PASSWORD",
        "VLLM_BASE",
        "VLLM_CONTEXT",
    }
)
PREFIXES_ELSEWHERE = ("ADAPTERS_", "SCHEMATHESIS_", "TEST_")
CLOSE = 0.75  # similarity of names from which on one is proposed
IN_WORDS = {  # types of JSON schema
    "boolean": "true or false",
    "array": 'words between commas, or a JSON list as ["one", "two"]',
    "object": 'a JSON object as {"one": "two"}',
}
LONGEST_VALUE = 40  # characters of a value that is shown


def read_settings(**options: Any) -> Settings:
    """Settings from the environment and `.env` of the working folder, overridden by `options`.

    Raises InvalidRequest whose message has a line for each fault: the variable, what is wrong, what is allowed.
    """
    in_file = _variables_of(ENV_FILE)
    faults = [*_unknown(os.environ, ""), *_unknown(in_file, f" in {ENV_FILE}")]
    try:
        settings = Settings(**options)
    except ValidationError as fault:
        faults += _describe(fault, options, in_file)
        raise InvalidRequest("\n".join(faults)) from None
    if faults:
        raise InvalidRequest("\n".join(faults))
    return settings


def _variables_of(file: Path) -> dict[str, str]:
    """The variables of a file as `.env` is. Raises InvalidRequest naming a line that cannot be read."""
    if not file.is_file():
        return {}
    try:
        with file.open(encoding="utf-8") as lines:
            bindings = list(parse_stream(lines))
    except (OSError, UnicodeDecodeError) as fault:
        raise InvalidRequest(
            f"{file.resolve()} cannot be read: {getattr(fault, 'strerror', 'it is not UTF-8')}."
        ) from None
    for binding in bindings:
        if binding.error:
            raise InvalidRequest(f"Line {binding.original.line} of {file} is no NAME=value; mend or delete it.")
    return {binding.key: binding.value or "" for binding in bindings if binding.key is not None}


def _unknown(variables: Mapping[str, str], where: str) -> Iterator[str]:
    """A line for each variable that nothing reads."""
    known = {name.upper() for name in Settings.model_fields}
    for variable in sorted(variables):
        name = variable.upper().removeprefix(PREFIX)
        if not variable.upper().startswith(PREFIX) or name in known | READ_ELSEWHERE:
            continue
        if name.startswith(PREFIXES_ELSEWHERE):
            continue
        close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=CLOSE)
        advice = f"did you mean {PREFIX}{close[0]}?" if close else "delete it; .env.example lists all settings."
        yield f"{variable}{where} is no setting: {advice}"


def _describe(fault: ValidationError, options: Mapping[str, Any], in_file: Mapping[str, str]) -> Iterator[str]:
    """A line for each setting that is wrong."""
    properties = Settings.model_json_schema()["properties"]
    texts = {variable.upper(): text for variable, text in {**in_file, **os.environ}.items()}
    environment = {variable.upper() for variable in os.environ}
    for field in dict.fromkeys(str(error["loc"][0]) for error in fault.errors(include_url=False)):
        variable = f"{PREFIX}{field.upper()}"
        wanted = _allowed(properties[field])
        if field in options:
            yield f"--{field.replace('_', '-')}={options[field]} cannot be used: it must be {wanted}."
            continue
        value = "" if "password" in properties[field].get("format", "") else f"={_shortened(texts.get(variable, ''))}"
        where = "" if variable in environment else f" in {ENV_FILE}"
        yield f"{variable}{value}{where} cannot be used: it must be {wanted}."


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_VALUE else f"{line[:LONGEST_VALUE]}..."


def _allowed(schema: Mapping[str, Any]) -> str:
    """What a JSON schema of a setting allows, in words."""
    if "anyOf" in schema:
        return " or ".join(_allowed(one) for one in schema["anyOf"])
    if "const" in schema:
        return str(schema["const"])
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    return _of_type(schema["type"], schema)


def _of_type(kind: str, schema: Mapping[str, Any]) -> str:
    match kind:
        case "integer" | "number":
            return f"a {'whole ' if kind == 'integer' else ''}number{_bounds(schema)}"
        case "string":
            if "pattern" in schema:
                return f"text that matches {schema['pattern']}"
            return f"text of at most {schema['maxLength']} characters" if "maxLength" in schema else "text"
        case "array" if schema["items"].get("format") == "network":
            return "addresses and networks between commas, as 10.0.0.0/8,::1, or *"
    return IN_WORDS[kind]


def _bounds(schema: Mapping[str, Any]) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return f" from {least:g} to {most:g}" if isinstance(least, float) else f" from {least} to {most}"
    if least is not None:
        return f" of at least {least}"
    above = f" above {schema['exclusiveMinimum']:g}" if "exclusiveMinimum" in schema else ""
    return f"{above} and of at most {most:g}" if most is not None else above
