"""A refusal on a form: its code, why, and what to do instead."""

from __future__ import annotations

from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.words import say


def error_words(error: OuvidoriaError) -> str:
    """``CODE: why it is refused. What to do instead``, still to be cleaned."""
    why = say(error.message)
    end = "" if why.endswith(("?", ".")) else "."
    return f"{error.code}: {why}" + ("" if error.hint is None else f"{end} {say(error.hint)}")
