"""`loracle adapters`: compress, merge and export adapter folders on disk."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from app.cli.serve import settings_with
from app.cli.terminal import print
from app.errors import Conflict, InvalidRequest

adapters = typer.Typer(help="Compress, merge and export adapter folders.", no_args_is_help=True)
Folder = Annotated[Path, typer.Argument(help="A folder as PEFT's save_pretrained writes it.")]
Out = Annotated[Path, typer.Option(help="The folder or file to write; it must not exist yet.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@adapters.command("compress")
def compress(
    folder: Folder,
    out: Out,
    rank: Annotated[int | None, typer.Option(help="The rank to come down to.")] = None,
    energy: Annotated[
        float | None, typer.Option(help="Instead: the share of the energy to keep, such as 0.99.")
    ] = None,
    half: Annotated[bool, typer.Option("--half", help="Store 16-bit floats: half the bytes.")] = False,
    page: Annotated[Path | None, typer.Option(help="Write a page with the singular values here.")] = None,
    as_json: AsJson = False,
) -> None:
    """Lower an adapter's rank by truncated SVD of its updates, exactly, without the base model."""
    from app.adapters.compress import compress_adapter
    from app.adapters.compress_page import compression_page

    _check_new(out)
    done = compress_adapter(folder, out, rank=rank, energy=energy, half=half)
    if page is not None:
        page.write_text(compression_page(done, folder.name), encoding="utf-8")
    if as_json:
        print(json.dumps(asdict(done)))
    else:
        print(
            f"rank {done.rank_before} -> {done.rank}, {done.energy_kept:.2%} of the energy kept (worst layer changes "
            f"by {done.largest_relative_error:.2%}), {done.bytes_before:,} -> {done.bytes_after:,} bytes, "
            f"{done.seconds:.2f} s"
        )


@adapters.command("merge")
def merge(
    parts: Annotated[list[str], typer.Argument(help="Folders with their weights: FOLDER or FOLDER=WEIGHT.")],
    out: Out,
    rank: Annotated[int | None, typer.Option(help="Approximate at this rank; else the sum is exact.")] = None,
) -> None:
    """Write the weighted sum of several adapters as one."""
    from app.adapters.merge import merge_adapters

    _check_new(out)
    done = merge_adapters([_part(part) for part in parts], out, rank=rank)
    print(f"rank {done.rank} (exact at {done.exact_rank}), {done.energy_kept:.2%} of the energy kept")


@adapters.command("export")
def export(
    folder: Folder,
    out: Out,
    to: Annotated[str, typer.Option(help="gguf (an adapter for llama.cpp) or merged (a whole model).")] = "gguf",
    base: Annotated[
        str | None, typer.Option(help="The unquantised base; the model of the settings if left out.")
    ] = None,
) -> None:
    """Turn an adapter into a GGUF adapter, or merge it into the unquantised base model."""
    from app.adapters.export_gguf import export_gguf
    from app.adapters.export_merged import export_merged
    from app.weights.catalog import resolve

    kind = _kind(to)
    _check_new(out)
    settings = settings_with()
    base_folder = resolve(base or settings.base_model, settings.models_dir)
    written = (export_gguf if kind == "gguf" else export_merged)(folder, base_folder, out)
    print(f"{written} is written.")


def _kind(to: str) -> Literal["gguf", "merged"]:
    if to == "gguf" or to == "merged":  # noqa: PLR1714 - narrows the type
        return to  # type: ignore[return-value]
    raise InvalidRequest("Export --to gguf or merged; the folder itself is PEFT's format already.")


def _part(text: str) -> tuple[Path, float]:
    folder, _, weight = text.partition("=")
    try:
        return Path(folder), float(weight or 1)
    except ValueError:
        raise InvalidRequest(f"{text}: the weight after '=' must be a number.") from None


def _check_new(out: Path) -> None:
    if out.exists():
        raise Conflict(f"{out} exists; choose a new place.")
