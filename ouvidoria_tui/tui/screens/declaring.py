"""What a conclusive answer must declare is asked for before it is reviewed: what became of the customer's wish."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App

from ouvidoria_tui.domain.answer import NOTHING, Concluding, Wish, undeclared
from ouvidoria_tui.present.words import _, term
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.screens.choose import Choice, Choose


def declared(
    app: App[int], page: TicketPage, then: Callable[[Concluding], None], said: Concluding = NOTHING
) -> None:
    """Asks for what the policy wants declared and is not yet ``said``; then goes on with it."""
    if next(undeclared(page.ticket, page.detail.work, page.policy.work, said), None) is None:
        then(said)
        return

    def chosen(slug: str | None) -> None:
        if slug is not None:
            then(Concluding(Wish(slug)))

    choices = [Choice(one.value, term(one)) for one in Wish]
    app.push_screen(Choose(_("The customer's wish was"), choices), chosen)
