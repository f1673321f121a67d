"""Profiles that ask for no work before a case ends and tell nobody of it, for tests of other things."""

from __future__ import annotations

import re

from ouvidoria_tui.founding import profile_text


def plain(name: str) -> str:
    """The text of a profile without its ``[work]`` and ``[telling]``."""
    return without_work(profile_text(name)[1])


def without_work(text: str) -> str:
    """A text of a profile without its ``[work]`` and ``[telling]``."""
    return re.sub(r"^\[(?:work|telling)\]\n(?:[^\[\n].*\n)*", "", text, flags=re.MULTILINE)
