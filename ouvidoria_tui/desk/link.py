"""Tickets that have to do with each other and stay two: link and unlink, the same event on both."""

from __future__ import annotations

from ouvidoria_tui.desk.act import NOW, check_revision, moment_of, note_of
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.domain.ledger import Act, Draft
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.domain.ties import links_of
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_


def link(
    desk: Desk, ref: str, other: str, *, reason: str | None = None, revision: int | None = None
) -> Outcome:
    """Both tickets linked; linked already: ``unchanged``. Raises ``Refused`` ``LINK_TO_ITSELF``."""
    return _tie(desk, ref, other, Verb.LINK, Act.LINKED, reason, revision)


def unlink(
    desk: Desk, ref: str, other: str, *, reason: str | None = None, revision: int | None = None
) -> Outcome:
    """Both tickets without the link; not linked: ``unchanged``. Raises ``Refused`` ``LINK_TO_ITSELF``."""
    return _tie(desk, ref, other, Verb.UNLINK, Act.UNLINKED, reason, revision)


def take_link_back(desk: Desk, ticket: Ticket, type_: Act, other: int) -> Outcome:
    """Undoes a link, or its removal, on both tickets; to be called inside a transaction."""
    back = Act.UNLINKED if type_ is Act.LINKED else Act.LINKED
    return _record(desk, ticket, desk.store.get(other), Verb.UNDO, back, None)


def _tie(
    desk: Desk, ref: str, other: str, verb: Verb, type_: Act, reason: str | None, revision: int | None
) -> Outcome:
    desk.allow(verb)
    with desk.store.transaction():
        one, two = desk.store.find(ref), desk.store.find(other)
        if one.id == two.id:
            raise Refused(
                "LINK_TO_ITSELF",
                N_("{protocol} cannot be linked to itself", protocol=one.protocol),
                N_("name two different tickets"),
            )
        linked = two.id in links_of(desk.store.events(one.id))
        if linked is (type_ is Act.LINKED):
            return Outcome(one.protocol, verb.value, Result.UNCHANGED, one.status, one.revision)
        check_revision(desk, one, revision)
        return _record(desk, one, two, verb, type_, reason)


def _record(desk: Desk, one: Ticket, two: Ticket, verb: Verb, type_: Act, reason: str | None) -> Outcome:
    after = one
    for ticket, other in ((two, one), (one, two)):
        moment = moment_of(desk, ticket, NOW)
        draft = Draft(type_, moment, {}, {"with": other.id}, note_of(reason))
        after, _clocks = record(desk, ticket, [draft])
    message = N_("with {protocol}", protocol=two.protocol)
    return Outcome(after.protocol, verb.value, Result.DONE, after.status, after.revision, None, message)
