"""Programming and configuration languages by the names of their files, and how their definitions look."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

# How a file is cut: at definitions (functions, classes), at [sections], at keys that begin a line, or not at all.
Cut = Literal["definitions", "sections", "keys", "lines"]


@dataclass(frozen=True, slots=True)
class Language:
    """`endings` are those of file names; `programs` run scripts that name them in their first line."""

    name: str
    media_type: str
    endings: tuple[str, ...]
    cut: Cut = "definitions"
    file_names: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()


def _language(
    name: str, endings: str, cut: Cut = "definitions", *, slug: str = "", files: str = "", programs: str = ""
) -> Language:
    media_type = f"text/x-{slug or name.lower()}"
    return Language(name, media_type, tuple(endings.split()), cut, tuple(files.split()), tuple(programs.split()))


LANGUAGES = (
    _language("Python", ".py .pyw .pyi", programs="python"),
    _language("JavaScript", ".js .mjs .cjs .jsx", programs="node"),
    _language("TypeScript", ".ts .mts .cts .tsx"),
    _language("Vue", ".vue"),
    _language("Svelte", ".svelte"),
    _language("Java", ".java"),
    _language("Kotlin", ".kt .kts"),
    _language("Scala", ".scala .sc"),
    _language("Groovy", ".groovy .gradle", files="jenkinsfile"),
    _language("C", ".c .h"),
    _language("C++", ".cc .cpp .cxx .hh .hpp .hxx .ino", slug="c++"),
    _language("C#", ".cs", slug="csharp"),
    _language("F#", ".fs .fsx", slug="fsharp"),
    _language("Visual Basic", ".vb .vbs .bas", slug="vb"),
    _language("Go", ".go"),
    _language("Rust", ".rs"),
    _language("Swift", ".swift"),
    _language("Dart", ".dart"),
    _language("Zig", ".zig"),
    _language("Solidity", ".sol"),
    _language("PHP", ".php .phtml", programs="php"),
    _language("Ruby", ".rb .rake", files="gemfile rakefile", programs="ruby"),
    _language("Perl", ".pl .pm", programs="perl"),
    _language("Lua", ".lua", programs="lua"),
    _language("R", ".r", programs="Rscript"),
    _language("Julia", ".jl", programs="julia"),
    _language("Elixir", ".ex .exs"),
    _language("Erlang", ".erl .hrl"),
    _language("Haskell", ".hs"),
    _language("OCaml", ".ml .mli"),
    _language("Clojure", ".clj .cljs .edn"),
    _language("Lisp", ".lisp .el .scm"),
    _language("Fortran", ".f .for .f90 .f95"),
    _language("Pascal", ".pas"),
    _language("SQL", ".sql .ddl"),
    _language("GraphQL", ".graphql .gql"),
    _language("Protocol Buffers", ".proto", slug="protobuf"),
    _language("Shell", ".sh .bash .zsh .fish", programs="sh bash zsh dash"),
    _language("PowerShell", ".ps1 .psm1 .psd1"),
    _language("Batch", ".bat .cmd", "lines"),
    _language("Terraform", ".tf .tfvars .hcl"),
    _language("CMake", ".cmake", "lines"),
    _language("Make", ".mk .mak", "keys", slug="makefile", files="makefile gnumakefile"),
    _language("Dockerfile", ".dockerfile", "lines", files="dockerfile containerfile"),
    _language("CSS", ".css .scss .sass .less", "lines"),
    _language("YAML", ".yaml .yml", "keys"),
    _language("TOML", ".toml", "sections"),
    _language("INI", ".ini .cfg .conf .editorconfig .service", "sections"),
    _language("Properties", ".properties .env", "lines"),
    _language("Diff", ".diff .patch", "lines"),
)
BY_MEDIA_TYPE = {language.media_type: language for language in LANGUAGES}
_BY_ENDING = {ending: language for language in LANGUAGES for ending in language.endings}
_BY_FILE_NAME = {name: language for language in LANGUAGES for name in language.file_names}
_BY_PROGRAM = {program: language for language in LANGUAGES for program in language.programs}


def language_of(filename: str, head: bytes) -> Language | None:
    """The language of a file by its name, or by the program that its first line (#!) names."""
    name = PurePosixPath(filename.replace("\\", "/")).name.lower()
    ending = PurePosixPath(name).suffix or name  # ".env" has no suffix
    return _BY_ENDING.get(ending) or _BY_FILE_NAME.get(name) or (_script(head) if "." not in name else None)


def _script(head: bytes) -> Language | None:
    if not head.startswith(b"#!"):
        return None
    words = head[2:200].split(b"\n", 1)[0].decode("latin-1").replace("/", " ").split()
    programs = (word.rstrip("0123456789.") for word in words)
    return next((_BY_PROGRAM[program] for program in programs if program in _BY_PROGRAM), None)
