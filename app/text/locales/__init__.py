"""The languages of the service. Each module of this package is one: a further language is one new file.

A module defines `LOCALE`, a `Locale`. Its name is of no importance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from app.text.locale import Locale

DEFAULT_CODE = "en"  # of texts that show no language
IN_OTHERS = "Answer in the language of the question."  # told to the model where that language has no locale


def _found(names: Iterable[str]) -> Mapping[str, Locale]:
    """Locales by code: the default one first, the others in order of their codes."""
    locales: list[Locale] = [import_module(f"{__name__}.{name}").LOCALE for name in names]
    locales.sort(key=lambda locale: (locale.code != DEFAULT_CODE, locale.code))
    return MappingProxyType({locale.code: locale for locale in locales})


LOCALES = _found(module.name for module in iter_modules(__path__))


@cache
def get_locale(code: str) -> Locale:
    """The locale of a language. One that has none borrows the default one's, and the model answers in its own words."""
    if code in LOCALES:
        return LOCALES[code]
    usual = LOCALES[DEFAULT_CODE]
    return replace(usual, code=code, name=code, instructions=f"{usual.instructions} {IN_OTHERS}")
