"""The command line: `loracle COMMAND`."""

from __future__ import annotations

import sys

import httpx
import typer

from app.cli import (
    adapters,
    client,
    comparison,
    data,
    evaluation,
    folders,
    models,
    operations,
    queue,
    serve,
    training,
)
from app.errors import AppError

app = typer.Typer(
    name="loracle",
    help="Questions answered from your documents, with citations, by one 4-bit model and an adapter per tenant.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(serve.serve)
app.command()(serve.worker)
app.add_typer(operations.tenants, name="tenants")
app.add_typer(operations.keys, name="keys")
app.add_typer(models.models, name="models")
app.add_typer(adapters.adapters, name="adapters")
app.command()(folders.ingest)
app.command()(folders.watch)
app.command()(client.ask)
app.command()(training.train)
app.command("eval")(evaluation.evaluate)
app.command()(evaluation.calibrate)
app.command()(operations.doctor)
app.command()(comparison.compare)
app.command(hidden=True)(comparison.compare_task)
app.command()(data.backup)
app.command()(data.restore)
app.add_typer(data.index, name="index")
app.add_typer(queue.queue, name="queue")


def main() -> None:
    """Entry point: what a user can act on is one line, not a traceback."""
    try:
        app()
    except AppError as fault:
        print(f"loracle: {fault.message}", file=sys.stderr)
        sys.exit(1)
    except httpx.TransportError as fault:
        print(f"loracle: the service cannot be reached ({fault}); is it running, and is --url right?", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
