"""Satisfaction: the letter at closing that asks how it was, and the answer, one a closing (S0-07, S3-04)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ouvidoria_tui.desk.act import act
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.letters import about, desk_letter, language_of, told
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain import survey
from ouvidoria_tui.domain.access_code import LENGTH, MASK, digest, spell
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part, storable
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.promised import day_end
from ouvidoria_tui.domain.survey import Offer, Scores, Surveys
from ouvidoria_tui.domain.ticket import CloseReason, Ticket
from ouvidoria_tui.errors import NotFound, OuvidoriaError, Refused, UsageError
from ouvidoria_tui.text import N_

TEMPLATE = "F1"
COMMENT_LIMIT = 10_000
#: What is asked, where an answer can find its way back; and what else the letter says there.
_ASKED = {
    Language.PORTUGUESE: (
        "Conte como foi, até {until}: responda a esta mensagem com uma nota de 1 a 5 em cada linha, ou informe as"
        " notas à Ouvidoria com o código de avaliação {code}.\n\n"
        "Solução (1 a 5): \nAtendimento (1 a 5): \nComentário: "
    ),
    Language.ENGLISH: (
        "Tell us how it was, until {until}: answer this message with a score from 1 to 5 in each line, or give the"
        " scores to the ombudsman's desk with the survey code {code}.\n\n"
        "Solution (1 to 5): \nService (1 to 5): \nComment: "
    ),
}
_UNASKED = {
    Language.PORTUGUESE: "Conte à Ouvidoria como foi: de 1 a 5, a solução e o atendimento.",
    Language.ENGLISH: "Tell the ombudsman's desk how it was: from 1 to 5, the solution and the service.",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What a customer answered: two scores, words, and by which channel."""

    scores: Scores
    comment: str = ""
    channel: str = "portal"


def closing_letter(desk: Desk, ticket: Ticket, reason: CloseReason, moment: int) -> list[Draft]:
    """The letter that tells of the closing, with the survey; none where the policy asks for none.

    Of a duplicate the customer is told by the letter of the merge.
    """
    rule = desk.policy.policy.telling
    if not rule.closing_letter or reason is CloseReason.DUPLICATE or desk.templates is None:
        return []
    box = desk.store.outbox
    leaves = box.settings().ready and box.recipient(ticket) is not None
    facts: dict[str, object] = {"automatic": True, "template": TEMPLATE, "closing": ticket.revision + 1}
    language = language_of(desk, ticket)
    asked, token = _UNASKED[language], ""
    if leaves and rule.survey_days:
        token = spell(desk.entropy(LENGTH))
        until = day_end(moment, rule.survey_days, desk.policy.policy.zone)
        facts |= {"survey": digest(token), "until": until}
        asked = _ASKED[language].format(until=told(desk, until - 1, language, day=True), code=MASK)
    places = {
        **about(desk, ticket),
        "encerrada_em": told(desk, moment, language, day=True),
        "pesquisa": asked,
    }
    message = desk_letter(desk, TEMPLATE, places, language)
    return [Draft(Act.SURVEY_OFFERED, moment, {}, facts, message, to_customer=True, code=token)]


def record_survey(desk: Desk, ref: str, given: Given, *, revision: int | None = None) -> Outcome:
    """What the customer of a closed ticket answered, recorded by the desk; once a closing.

    Raises ``UsageError`` ``BAD_SCORE``, ``TEXT_TOO_LONG``; ``Refused`` ``SURVEY_NOT_OPEN``,
    ``SURVEY_DONE``, ``SURVEY_EXPIRED``.
    """

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        return [answered(desk, ticket, given, moment)]

    return act(desk, ref, Verb.SURVEY, decide, revision=revision)


def answer_survey(desk: Desk, token: str, given: Given) -> Outcome:
    """The same by the token of the closing letter; ``NotFound`` ``SURVEY_NOT_FOUND`` for one that is none."""
    desk.allow(Verb.SURVEY)
    with desk.store.transaction():
        found = desk.store.telling.survey(digest(token))
        if found is None:
            raise NotFound(
                "SURVEY_NOT_FOUND",
                N_("no survey has this code"),
                N_("read it again from the closing letter; `ouvidoria survey record` goes by the protocol"),
            )
        ticket = desk.store.get(found[0])
        standing = survey.fold(desk.store.events(ticket.id))
        if standing.offer is None or standing.offer.seq != found[1]:
            raise _not_open(ticket)
        return replace(record_survey(desk, ticket.protocol, given), verb="survey")


def answered(desk: Desk, ticket: Ticket, given: Given, moment: int) -> Draft:
    """The event of an answer; raises as :func:`record_survey`."""
    checked = _checked(given)
    standing = survey.fold(desk.store.events(ticket.id))
    _check_open(desk, ticket, standing, moment)
    scores = checked.scores
    facts: dict[str, object] = {"solution": scores.solution, "service": scores.service}
    facts |= {"channel": checked.channel, "closing": standing.closing}
    asked = standing.offer
    if asked is not None and asked.until is not None:
        facts["offered_at"] = asked.at
    words = Message(Part.SURVEY, checked.comment) if checked.comment else None
    return Draft(Act.SURVEY_ANSWERED, moment, {}, facts, words)


def check_answerable(desk: Desk, ref: str) -> None:
    """Nothing, where :func:`record_survey` would take an answer now; raises as it does, but for the scores."""
    desk.allow(Verb.SURVEY)
    ticket = desk.store.find(ref)
    _check_open(desk, ticket, survey.fold(desk.store.events(ticket.id)), desk.clock.now())


def can_answer(desk: Desk, ticket: Ticket, moment: int) -> bool:
    """Whether a survey of ``ticket`` was sent and waits for its answer."""
    standing = survey.fold(desk.store.events(ticket.id))
    asked: Offer | None = standing.offer
    try:
        _check_open(desk, ticket, standing, moment)
    except Refused:
        return False
    return asked is not None and asked.until is not None


def _checked(given: Given) -> Given:
    scores = (given.scores.solution, given.scores.service)
    if any(score is None or not 1 <= score <= 5 for score in scores):
        raise UsageError(
            "BAD_SCORE",
            N_("a score is a whole number from 1 to 5"),
            N_("give --solution and --service, each from 1 (bad) to 5 (good)"),
        )
    comment = storable(given.comment).strip()
    if len(comment) > COMMENT_LIMIT:
        raise UsageError(
            "TEXT_TOO_LONG",
            N_("{size} characters are too many, {limit} are allowed", size=len(comment), limit=COMMENT_LIMIT),
            N_("give a shorter comment"),
        )
    return replace(given, comment=comment)


def _check_open(desk: Desk, ticket: Ticket, standing: Surveys, moment: int) -> None:
    problem: OuvidoriaError | None = None
    policy = desk.policy.policy
    until = standing.until(policy.telling.survey_days, policy.zone)
    if standing.closing is None:
        problem = _not_open(ticket)
    elif standing.answer is not None:
        problem = Refused(
            "SURVEY_DONE",
            N_("{protocol} has its answer: one is taken for each closing", protocol=ticket.protocol),
            N_("`ouvidoria show {protocol}` has it", protocol=ticket.protocol),
        )
    elif until is not None and moment >= until:
        problem = Refused(
            "SURVEY_EXPIRED",
            N_("the time to answer about {protocol} is over", protocol=ticket.protocol),
            N_("write down what the customer says with `ouvidoria note`"),
            details={"until": until},
        )
    if problem is not None:
        raise problem


def _not_open(ticket: Ticket) -> Refused:
    return Refused(
        "SURVEY_NOT_OPEN",
        N_("{protocol} is not closed: there is nothing to ask about yet", protocol=ticket.protocol),
        N_("the letter at its next closing asks anew"),
    )
