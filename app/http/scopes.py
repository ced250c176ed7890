"""What the ASGI scope of a request tells: its client and its path."""

from __future__ import annotations

from starlette.types import Scope


def client_address(scope: Scope) -> str:
    """The address of the client; of one behind a trusted proxy the one that the proxy names. Empty: not known."""
    return str(scope["client"][0]) if scope.get("client") else ""


def path_of(scope: Scope) -> str:
    """The path below the service's root path, which some proxies pass on and others remove."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path[len(root) :] if root and path.startswith(f"{root}/") else path
