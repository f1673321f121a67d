"""JSON for the machine formats: keys as given, any value, always valid UTF-8 that acts on no terminal."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from ouvidoria_tui.present.escapes import json_safe
from ouvidoria_tui.present.words import say
from ouvidoria_tui.text import Text


def json_text(value: object) -> str:
    r"""``value`` as JSON in one line: accents as they are; what acts on a terminal, hides or is no UTF-8 as ``\uNNNN``.

    A :class:`~ouvidoria_tui.text.Text` is said in the language in force, bytes are hex, NaN and infinities
    are ``null`` (JSON has none), anything unknown is its ``str``.
    """
    try:
        encoded = _encode(value)
    except (ValueError, TypeError):
        encoded = json.dumps(_plain(value), ensure_ascii=False, default=_default)
    return json_safe(encoded)


def _default(value: object) -> object:
    if isinstance(value, Text):
        return say(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    return str(value)


def _plain(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


# Made once: `json.dumps` with options makes an encoder a call, and an export has several of them a row.
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_default).encode
