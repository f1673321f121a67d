"""What a conclusive answer must declare is asked for before it is reviewed: the wish, the suggestion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from textual.app import App

from ouvidoria_tui.domain.answer import NOTHING, Concluding, Decision, Wish, undeclared
from ouvidoria_tui.present.words import _, term
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.screens.choose import Choice, Choose

#: The refusal that each declaration answers, and what may be declared.
_ASKED: dict[str, type[Wish | Decision]] = {"WISH_UNANSWERED": Wish, "SUGGESTION_UNDECIDED": Decision}


def declared(
    app: App[int], page: TicketPage, then: Callable[[Concluding], None], said: Concluding = NOTHING
) -> None:
    """Asks for what the policy wants declared and is not yet ``said``, one after the other; then goes on with it."""
    missing = next(undeclared(page.ticket, page.detail.work, page.policy.work, said), None)
    if missing is None:
        then(said)
        return
    kind = _ASKED[missing.code]

    def chosen(slug: str | None) -> None:
        if slug is not None:
            declared(app, page, then, _with(said, kind(slug)))

    app.push_screen(Choose(_title(kind), [_choice(one) for one in kind]), chosen)


def _with(said: Concluding, value: StrEnum) -> Concluding:
    return replace(said, wish=value) if isinstance(value, Wish) else replace(said, decision=Decision(value))


def _title(kind: type[StrEnum]) -> str:
    return _("The customer's wish was") if kind is Wish else _("The suggestion is")


def _choice(value: StrEnum) -> Choice:
    return Choice(value.value, term(value))
