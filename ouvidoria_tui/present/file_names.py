"""A name under which a file from outside may be kept in a folder: theirs is only ever shown."""

from __future__ import annotations

import os
import re
from typing import Final

from ouvidoria_tui.present.safe import clean

#: Bytes of UTF-8; file systems allow 255, and a number may still come behind.
LONGEST: Final = 150
_SUFFIX: Final = 20
_UNSAFE: Final = re.compile(r"[^\w.() -]+")
#: Names that mean a device to some systems, whatever comes after the dot.
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d) *(\.|$)", re.IGNORECASE)


def safe_name(name: str, otherwise: str = "file") -> str:
    """A name of one folder's file: no path, no dot at its front, no control or bidi signs, no device.

    At most :data:`LONGEST` bytes, the extension kept; ``otherwise`` where nothing is left.
    """
    last = re.split(r"[/\\]", clean(name))[-1]
    kept = _UNSAFE.sub("_", last).strip(" .")
    if not kept.strip("_. ") or _DEVICES.match(kept):
        kept = f"{otherwise}-{kept}".strip("-_. ")
    stem, suffix = os.path.splitext(kept)
    suffix = _cut(suffix, _SUFFIX)
    return (_cut(stem, LONGEST - len(suffix.encode())).rstrip(" .") + suffix).rstrip(" .")


def _cut(text: str, size: int) -> str:
    """At most ``size`` bytes of ``text``, whole characters only."""
    return text.encode()[:size].decode("utf-8", "ignore")


def numbered(name: str, number: int) -> str:
    """``fatura.pdf`` as ``fatura (2).pdf``."""
    stem, suffix = os.path.splitext(name)
    return f"{stem} ({number}){suffix}"
