"""`make clients`: write the generated types and the version of the clients."""

from __future__ import annotations

from tools.clients.generate import generate

if __name__ == "__main__":
    generate()
