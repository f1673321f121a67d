"""What the compose screen reads of letters by template and of articles: begun, filled further, ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ouvidoria_tui.desk import letter_draft
from ouvidoria_tui.desk.articles import with_articles
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.letter_draft import LetterDraft
from ouvidoria_tui.domain.answer import Wanted


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer as it would leave: its text, and whether it is ``kept`` to its template (``None``: it has none)."""

    text: str
    kept: bool | None = None


def begin(ref: str, wanted: Wanted) -> Callable[[Desk], LetterDraft]:
    """The letter as the case fills it now; raises what :func:`letter_draft.begun` does."""
    return lambda desk: letter_draft.begun(desk, ref, wanted)


def complete(ref: str, wanted: Wanted, text: str) -> Callable[[Desk], str]:
    """The text with the open places that the case fills by now."""
    return lambda desk: letter_draft.completed(desk, ref, wanted, text)


def ready(ref: str, wanted: Wanted | None, text: str, articles: Sequence[str]) -> Callable[[Desk], Ready]:
    """The answer as it would leave; refused as sending it would be."""

    def job(desk: Desk) -> Ready:
        if wanted is not None:
            return Ready(text, letter_draft.as_template(desk, ref, wanted, text) is not None)
        return Ready(with_articles(desk, text, articles)[0])

    return job
