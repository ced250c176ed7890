"""The list of commands, from the Typer application."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

from typer.main import get_command

from app.cli import app
from tools.docs.markdown import code, paragraphs, table

PROGRAM = "loracle"
TYPES = {int: "integer", float: "number", bool: "flag", str: "text", Path: "path", datetime: "date or time"}


def commands_reference() -> str:
    """Markdown for every command that `loracle --help` shows: usage, arguments, options, defaults."""
    return paragraphs(
        *(block for names, command in _commands(get_command(app), ()) for block in _command(names, command))
    )


def _commands(group: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        if not command.hidden:
            yield (*path, name), command
            if hasattr(command, "commands"):
                yield from _commands(command, (*path, name))


def _command(names: tuple[str, ...], command: Any) -> Iterator[str]:
    yield f"{'#' * (len(names) + 1)} {PROGRAM} {' '.join(names)} {{ #{'-'.join(names)} }}"
    yield command.help or ""
    if hasattr(command, "commands"):
        return
    parameters = [parameter for parameter in command.params if parameter.name != "help"]
    arguments = [parameter for parameter in parameters if parameter.param_type_name == "argument"]
    options = [parameter for parameter in parameters if parameter.param_type_name == "option"]
    yield f"```text\n{_usage(names, arguments, options)}\n```"
    yield table(
        ("Argument", "Type", "Description"), [(code(p.name.upper()), _type(p), p.help or "") for p in arguments]
    )
    yield table(("Option", "Type", "Default", "Description"), [_option(parameter) for parameter in options])


def _usage(names: tuple[str, ...], arguments: list[Any], options: list[Any]) -> str:
    required = [f"{option.opts[0]} {option.name.upper()}" for option in options if option.required]
    others = ["[OPTIONS]"] if len(required) < len(options) else []
    positional = [_positional(argument) for argument in arguments]
    return " ".join([PROGRAM, *names, *positional, *required, *others])


def _positional(argument: Any) -> str:
    name = argument.name.upper() + ("..." if argument.nargs == -1 else "")
    return str(name if argument.required else f"[{name}]")


def _option(option: Any) -> tuple[str, str, str, str]:
    names = " or ".join(code(name) for name in [*option.opts, *option.secondary_opts])
    repeated = " May be repeated." if option.multiple and "repeated" not in (option.help or "") else ""
    variable = f" Also read from {code(option.envvar)}." if option.envvar else ""
    return names, _type(option), _default(option), (option.help or "") + repeated + variable


def _default(option: Any) -> str:
    if option.required:
        return "required"
    if isinstance(option.default, bool):
        return "on" if option.default else "off"
    if isinstance(option.default, Enum):
        return code(option.default.value)
    return "" if option.default in (None, "", [], ()) or callable(option.default) else code(option.default)


def _type(parameter: Any) -> str:
    annotation = parameter.type_descriptor.annotation
    if get_origin(annotation) is list:
        annotation = get_args(annotation)[0]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return ", ".join(code(member.value) for member in annotation)
    if get_args(annotation):
        return ", ".join(code(value) for value in get_args(annotation))
    bounds = [f"at least {parameter.min}"] if getattr(parameter, "min", None) is not None else []
    bounds += [f"at most {parameter.max}"] if getattr(parameter, "max", None) is not None else []
    return ", ".join([TYPES[annotation], *bounds])
