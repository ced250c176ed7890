"""`python -m tools.images` writes today's digest of each image into docker/Dockerfile and docker-compose.yml.

Asks the registries through `docker buildx imagetools`, which downloads no image. Nothing is written if one fails.
"""

from __future__ import annotations

from tools.images.digests import FILES, pinned

texts = {path: pinned(path.read_text(encoding="utf-8")) for path in FILES}
for path, text in texts.items():
    path.write_text(text, encoding="utf-8")
