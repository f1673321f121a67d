"""Answers by template: filled from the case, shown before they leave, recorded with the version of the template."""

from __future__ import annotations

from dataclasses import replace

from ouvidoria_tui.desk.act import NOW, When, act, diff
from ouvidoria_tui.desk.answer_places import places_of
from ouvidoria_tui.desk.delay_notice import date_not_promised
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.letters import check_words, desk_letter, language_of
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.reply import concluded
from ouvidoria_tui.desk.templates import template_in_force
from ouvidoria_tui.domain.answer import CONCLUSIVE, POSITION, Concluding, Wanted, Wish, unfitting
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Act, Draft, Message
from ouvidoria_tui.domain.lifecycle import check_not_closed
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.reading import check_may_open
from ouvidoria_tui.domain.template import places_of as template_places
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.text import N_


def answer(desk: Desk, ref: str, wanted: Wanted, *, when: When = NOW, revision: int | None = None) -> Outcome:
    """The customer answered by a template: C1 to C4 conclude, T3 tells how it stands and answers nothing.

    Raises ``UsageError`` ``BAD_CHOICE``; ``Refused`` ``TEMPLATE_NOT_FITTING``, ``TEMPLATE_INCOMPLETE``, and what
    ``reply --conclusive`` raises.
    """

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        message = letter_of(desk, ticket, wanted)
        facts: dict[str, object] = {"template": wanted.template}
        if wanted.template == POSITION:
            check_not_closed(ticket.status)
            told = diff(ticket, public_word_at=moment)
            return [Draft(Act.INFORMED, moment, told, facts, message, to_customer=when.at is None)]
        draft = concluded(desk, ticket, message, moment, declared(wanted))
        return [replace(draft, facts={**draft.facts, **facts}, to_customer=when.at is None)]

    late = When(when.at, when.reason or wanted.text or wanted.template)
    outcome = act(desk, ref, Verb.REPLY, decide, when=late, revision=revision)
    return replace(outcome, verb="inform") if wanted.template == POSITION else outcome


def preview(desk: Desk, ref: str, wanted: Wanted) -> Message:
    """The letter as :func:`answer` would send it now; nothing is recorded. Raises as it does of the letter.

    It shows words of the case: ``NotAllowed`` ``CONFIDENTIAL`` to who may not read them.
    """
    desk.allow(Verb.REPLY)
    ticket = desk.store.find(ref)
    check_may_open(desk.agent, ticket)
    return letter_of(desk, ticket, wanted)


def letter_of(desk: Desk, ticket: Ticket, wanted: Wanted) -> Message:
    """The letter with its places filled from the case."""
    if wanted.template not in (*CONCLUSIVE, POSITION):
        raise UsageError(
            "BAD_CHOICE",
            N_("{option} cannot be {written}", option="--template", written=wanted.template[:40]),
            N_("choose one of: {names}", names=", ".join((*CONCLUSIVE, POSITION))),
        )
    problem = unfitting(ticket, wanted.template)
    if problem is not None:
        raise problem
    check_words(wanted.template, wanted.text, *wanted.values.values())
    language = language_of(desk, ticket)
    _check_values(desk, wanted, language)
    return desk_letter(desk, wanted.template, places_of(desk, ticket, wanted), language)


def _check_values(desk: Desk, wanted: Wanted, language: Language) -> None:
    known = template_places(template_in_force(desk, wanted.template, language).text)
    strange = [name for name in wanted.values if name not in known]
    if strange:
        raise Refused(
            "TEMPLATE_PLACE_UNKNOWN",
            N_(
                "the template {template} has no place {place}",
                template=wanted.template,
                place=strange[0][:40],
            ),
            N_("its places are: {names}", names=", ".join(known)),
        )
    if "protocolo" in wanted.values:
        raise Refused(
            "TEMPLATE_PLACE_UNKNOWN",
            N_("the protocol in a letter is the ticket's own and cannot be given"),
            N_("leave it out: the letter names it by itself"),
        )
    if "previsao" in wanted.values and not desk.policy.policy.promise:
        raise date_not_promised()


def declared(wanted: Wanted) -> Concluding:
    """What the letter declares: an unfounded complaint's wish is not met, whether that is said again or not."""
    said = wanted.concluding
    return replace(said, wish=said.wish or Wish.NOT) if wanted.template == "C2" else said
