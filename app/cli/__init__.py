"""The command line: `loracle COMMAND`.

A module of this package imports at its top only what its `--help` needs: typer and modules of ours as light as it.
Everything else is imported in the command that uses it, so that every help and every call over HTTP starts at once.
"""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from app import __version__
from app.cli import (
    adapters,
    audit,
    client,
    comparison,
    data,
    evaluation,
    folders,
    models,
    operations,
    queue,
    rereading,
    serve,
    training,
)
from app.cli.platforms import prepare_platform
from app.cli.terminal import print
from app.errors import AppError

app = typer.Typer(
    name="loracle",
    help="Questions answered from your documents, with citations, by one 4-bit model and an adapter per tenant.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def print_version(value: bool) -> None:
    """Print the version and exit."""
    if value:
        print(f"loracle {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback acts
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Accept the options that stand before a command, and prepare the system for it."""
    prepare_platform(context.invoked_subcommand)


app.command()(serve.serve)
app.command()(serve.worker)
app.command()(serve.trainer)
app.add_typer(operations.tenants, name="tenants")
app.add_typer(operations.keys, name="keys")
app.add_typer(models.models, name="models")
app.add_typer(adapters.adapters, name="adapters")
app.command()(folders.ingest)
app.command()(folders.watch)
app.command()(rereading.reparse)
app.command()(client.ask)
app.command()(training.train)
app.command("eval")(evaluation.evaluate)
app.command()(evaluation.calibrate)
app.command()(operations.doctor)
app.command()(operations.processes)
app.command()(comparison.compare)
app.command(hidden=True)(comparison.compare_task)
app.command()(data.migrate)
app.command()(data.backup)
app.command("copy-files")(data.copy_files)
app.command()(data.copy)
app.command()(data.restore)
app.add_typer(data.index, name="index")
app.add_typer(queue.queue, name="queue")
app.command()(audit.audit)


def main() -> None:
    """Entry point: what a user can act on is one line, not a traceback.

    Exit status: 0 done; 1 something was found wrong, or the service refused or did not answer; 2 the command could not
    run with these arguments, settings, files or database; 130 interrupted.
    """
    try:
        app()
    except (client.ServiceAnswered, client.ServiceUnreachable) as fault:
        _end(fault.message, 1)
    except AppError as fault:
        _end(fault.message, 2)
    except OSError as fault:
        if fault.errno is None:
            raise
        _end(": ".join(str(part) for part in (fault.filename, fault.strerror) if part), 2)
    except KeyboardInterrupt:
        sys.exit(130)


def _end(message: str, status: int) -> NoReturn:
    for line in message.splitlines():
        print(f"loracle: {line}", file=sys.stderr)
    sys.exit(status)
