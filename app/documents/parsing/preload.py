"""The fork server imports this module, which imports every parser before any child is forked."""

from multiprocessing import spawn

from app.documents.parsing.parser_worker import preload

preload()
# A child runs one function of ours. Importing the program that started the service as well (the `loracle` script, and
# with it half the service) would cost a second per document.
spawn._fixup_main_from_path = lambda _path: None  # type: ignore[attr-defined]
