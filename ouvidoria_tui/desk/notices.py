"""Notices to an audience: one entry in each customer's history, one copy by mail for each healthy address (S0-38).

The words stand once, beside the event of the desk that made the notice, with the greeting still open: each copy
is greeted when it leaves. Who has a notice never gets it again, so that a run that was interrupted is repeated,
and the same notice can be sent to a further audience.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ouvidoria_tui.desk.act import need_text
from ouvidoria_tui.desk.classify import known_department
from ouvidoria_tui.desk.customers import known_plan
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.letter_words import DATE, greeting
from ouvidoria_tui.desk.letters import check_words, desk_language, desk_letter
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.desk.staff import local_day
from ouvidoria_tui.desk.tone import confirmation
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Act, Message
from ouvidoria_tui.domain.mail_settings import MailSettings
from ouvidoria_tui.domain.message_ids import NONCE_BYTES, make
from ouvidoria_tui.domain.notice import (
    NO_ENTRY,
    Addressee,
    Audience,
    Missing,
    Notice,
    NoticeKind,
    Tally,
    Whom,
)
from ouvidoria_tui.domain.outbox import Letter, LetterKind, LetterState
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_

TEMPLATE = "N7"
SUBJECT_LIMIT = 150
#: So many customers are one transaction.
CHUNK = 500
#: Stays open in the words that are kept; each copy has its own.
_GREETING = "{{ saudacao }}"
_OPENINGS = {
    Language.PORTUGUESE: {
        NoticeKind.MAINTENANCE: ("Este é um aviso de manutenção", ", com data de {date}"),
        NoticeKind.INCIDENT: ("Este é um aviso sobre uma instabilidade", ", com data de {date}"),
        NoticeKind.OTHER: ("Este é um aviso", ", com data de {date}"),
    },
    Language.ENGLISH: {
        NoticeKind.MAINTENANCE: ("This is a notice of maintenance", ", dated {date}"),
        NoticeKind.INCIDENT: ("This is a notice about an incident", ", dated {date}"),
        NoticeKind.OTHER: ("This is a notice", ", dated {date}"),
    },
}


@dataclass(frozen=True, slots=True)
class Told:
    """What shall be told to whom; ``day`` is when what it tells of happens."""

    audience: Audience
    kind: NoticeKind
    subject: str
    text: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """How far a notice is; ``number`` is ``None`` where it is not made yet."""

    number: int | None
    letter: Message
    tally: Tally
    language: Language


def plan_notice(desk: Desk, told: Told) -> Run:
    """What :func:`send_notice` would do now; nothing is written. Raises as it does, but for the tone."""
    desk.allow(Verb.NOTICE)
    letter, told = _letter(desk, told), _resolved(desk, told)
    known = _same(desk, told, letter)
    number, way, tally = None if known is None else known.number, _Way.of(desk, told), Tally()
    for group in _groups(desk, told.audience, number, CHUNK):
        tally = tally.plus([way.taken(one) for one in group], held=way.settings.demo)
    return Run(number, letter, tally, language_told(desk, told))


def send_notice(desk: Desk, told: Told, *, chunk: int = CHUNK) -> Iterator[Run]:
    """The notice given to its audience, told after each chunk, which is one transaction.

    Raises ``NotAllowed``; ``UsageError`` ``TEXT_REQUIRED``, ``TEXT_TOO_LONG``; ``NotFound`` ``PLAN_NOT_FOUND``,
    ``DEPARTMENT_NOT_FOUND``, ``TEMPLATE_NOT_FOUND``; ``Refused`` ``AUDIENCE_EMPTY``, ``TEMPLATE_INCOMPLETE``,
    ``TONE_WARNING``.
    """
    desk.allow(Verb.NOTICE)
    letter, told = _letter(desk, told), _resolved(desk, told)
    said = confirmation(desk.policy.policy, f"{told.subject}\n{told.text}", confirmed=desk.tone_confirmed)
    run, after = Run(None, letter, Tally(), language_told(desk, told)), 0
    while True:
        with desk.store.transaction():
            known = _same(desk, told, letter)
            number = None if known is None else known.number
            group = desk.store.notices.audience(told.audience, number, after, chunk, desk_language(desk))
            if group:
                run = _give(desk, told, known, letter, run.tally, group, dict(said))
        if not group:
            break
        after = group[-1].customer
        yield run
    if not run.tally.found:
        raise Refused(
            "AUDIENCE_EMPTY",
            N_("no customer is of that audience"),
            N_("`ouvidoria customer list` shows the customers, `ouvidoria plan` the plans"),
        )


def find_notice(desk: Desk, number: int) -> Notice:
    """The notice of a number; ``NotFound`` ``NOTICE_NOT_FOUND``."""
    for notice in desk.store.notices.all():
        if notice.number == number:
            return notice
    raise NotFound(
        "NOTICE_NOT_FOUND",
        N_("there is no notice {number}", number=number),
        N_("`ouvidoria notice list` shows them"),
    )


def greeted(words: str, name: str | None, language: Language) -> str:
    """The words of a notice, which are in ``language``, as they leave for somebody of that name."""
    return words.replace(_GREETING, greeting(name, language), 1)


def language_told(desk: Desk, told: Told) -> Language:
    """The language of a notice: that of its audience where one is named, else the desk's."""
    return told.audience.language or desk_language(desk)


@dataclass(frozen=True, slots=True)
class _Way:
    """Whether copies leave, and as what."""

    settings: MailSettings
    past: bool

    @classmethod
    def of(cls, desk: Desk, told: Told) -> _Way:
        today = local_day(desk, desk.clock.now())
        return cls(desk.store.outbox.settings(), told.day is not None and told.day < today)

    def taken(self, one: Addressee) -> Addressee:
        """``one`` without a copy where none leaves: what is dated in the past is not mailed."""
        if one.missing in NO_ENTRY or one.had:
            return one
        if self.past:
            return Addressee(one.customer, None, Missing.PAST_DATED)
        return one if self.settings.ready else Addressee(one.customer, None, Missing.NO_MAIL)


def _give(
    desk: Desk,
    told: Told,
    known: Notice | None,
    letter: Message,
    tally: Tally,
    group: list[Addressee],
    said: dict[str, object],
) -> Run:
    way = _Way.of(desk, told)
    group = [way.taken(one) for one in group]
    new = [one for one in group if not one.had and one.missing not in NO_ENTRY]
    number = _number(desk, told, known, letter, said) if new else (known.number if known else None)
    for one in new:
        _entry(desk, number or 0, one, way.settings)
    return Run(number, letter, tally.plus(group, held=way.settings.demo), language_told(desk, told))


def _number(desk: Desk, told: Told, known: Notice | None, letter: Message, said: dict[str, object]) -> int:
    """The number under which it is given, made or extended where that is new."""
    audience = told.audience.fact
    if known is None:
        number = max((one.number for one in desk.store.notices.all()), default=0) + 1
        facts: dict[str, object] = {"notice": number, "kind": told.kind.value, "audience": audience, **said}
        facts["language"] = language_told(desk, told).value
        if told.day is not None:
            facts["date"] = told.day.isoformat()
        record_desk_act(desk, Act.NOTICE_MADE, facts, letter)
        return number
    if audience not in known.audiences:
        record_desk_act(desk, Act.NOTICE_EXTENDED, {"notice": known.number, "audience": audience, **said})
    return known.number


def _entry(desk: Desk, number: int, one: Addressee, settings: MailSettings) -> None:
    """The entry in a customer's history, and the copy with it."""
    facts: dict[str, object] = {"notice": number, "customer": one.customer}
    if one.address is None:
        record_desk_act(desk, Act.NOTICE_GIVEN, facts)
        return
    store, now = desk.store, desk.clock.now()
    seq = store.desk_head()[0] + 1
    id_ = make(0, seq, domain=settings.domain, nonce=desk.entropy(NONCE_BYTES), key=store.mail_key())
    record_desk_act(desk, Act.NOTICE_GIVEN, {**facts, "mail": id_})
    state = LetterState.HELD if settings.demo else LetterState.QUEUED
    store.outbox.queue(
        Letter(0, 0, seq, id_, one.address, LetterKind.NOTICE, state, created_at=now, next_try_at=now)
    )


def _groups(desk: Desk, audience: Audience, number: int | None, size: int) -> Iterator[list[Addressee]]:
    after = 0
    while group := desk.store.notices.audience(audience, number, after, size, desk_language(desk)):
        yield group
        after = group[-1].customer


def _same(desk: Desk, told: Told, letter: Message) -> Notice | None:
    """The notice that says the same of the same day."""
    day = None if told.day is None else told.day.isoformat()
    wanted = (told.kind, day, letter.subject, letter.text)
    for one in desk.store.notices.all():
        if (one.kind, one.date, one.subject, one.text) == wanted:
            return one
    return None


def _letter(desk: Desk, told: Told) -> Message:
    """The letter, with its greeting open."""
    subject = " ".join(need_text(told.subject, "--subject").split())
    text = need_text(told.text, "--text").strip()
    if len(subject) > SUBJECT_LIMIT:
        raise UsageError(
            "TEXT_TOO_LONG",
            N_("{size} characters are too many, {limit} are allowed", size=len(subject), limit=SUBJECT_LIMIT),
            N_("give a shorter subject"),
        )
    check_words(TEMPLATE, subject, text)
    language = language_told(desk, told)
    opening, dated = _OPENINGS[language][told.kind]
    if told.day is not None:
        opening += dated.format(date=told.day.strftime(DATE[language]))
    places = {"saudacao": _GREETING, "assunto": subject, "aviso": f"{opening}.", "motivo": text}
    return desk_letter(desk, TEMPLATE, places, language)


def _resolved(desk: Desk, told: Told) -> Told:
    """``told`` to a plan or department as the register has it; raises where it has none of that name."""
    audience = told.audience
    find = {Whom.PLAN: known_plan, Whom.DEPARTMENT: known_department}.get(audience.whom)
    if find is None:
        return told
    return replace(told, audience=replace(audience, value=find(desk, audience.value)))
