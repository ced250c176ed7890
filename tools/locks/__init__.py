"""The locked dependencies in locks/: writes them (`python -m tools.locks`), installs them (`tools.locks.install`).

A lock is a file of pip's hash-checking mode, for every system and every Python that pyproject.toml allows.
"""
