"""A path parameter for names that may have slashes: `/{name:slashed}`."""

from __future__ import annotations

from starlette.convertors import PathConvertor, register_url_convertor

SLASHED = "slashed"


class SlashedName(PathConvertor):
    """One or more parts of a path. It does not end with a slash, so that a path with one too many is redirected.

    Nor does it end as the paths of calls do that come behind the name: `PUT /collections/a/reparse` is no collection.
    """

    regex = "reparse|.*[^/](?<!/reparse)"


register_url_convertor(SLASHED, SlashedName())
