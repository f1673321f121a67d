"""Digests to areas (S4-25, S4-26): what came in and what was done, without personal data; and analyses (S4-24).

Each is an act of the desk as a whole, its words bound to it; a digest for the same area and period leaves once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ouvidoria_tui.desk.act import need_text
from ouvidoria_tui.desk.area_words import cleared, known_of
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.forward import area_entry
from ouvidoria_tui.desk.letters import desk_language, desk_letter
from ouvidoria_tui.desk.outbox import check_sending
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.domain.digest import Analysis, DigestFacts, DigestSent, Span
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Act, Message, Part
from ouvidoria_tui.domain.mail_settings import is_address
from ouvidoria_tui.domain.message_ids import NONCE_BYTES, make
from ouvidoria_tui.domain.outbox import Letter, LetterKind, LetterState
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.promised import day_end
from ouvidoria_tui.domain.reading import may_open
from ouvidoria_tui.domain.redaction import Wish
from ouvidoria_tui.domain.register_entry import Entry
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.text import N_

TEMPLATE = "E3"
BY_LIMIT = 120
_WORDS: Mapping[Language, Mapping[str, str]] = {
    Language.PORTUGUESE: {
        "none": "nenhum",
        "no_measures": "Nenhuma foi registrada no período.",
        "done": "feita",
        "open": "em andamento",
        "read": "Responda a esta mensagem com “ciente”.",
        "read_by": "Responda a esta mensagem com “ciente” até {day}.",
        "day": "%d/%m/%Y",
        "month": "%m/%Y",
        "to": " a ",
    },
    Language.ENGLISH: {
        "none": "none",
        "no_measures": "None was recorded in the period.",
        "done": "done",
        "open": "under way",
        "read": "Please answer this message with “read”.",
        "read_by": "Please answer this message with “read” by {day}.",
        "day": "%Y-%m-%d",
        "month": "%Y-%m",
        "to": " to ",
    },
}


@dataclass(frozen=True, slots=True)
class AreaDigest:
    """A digest as it would leave: for which area, the figures, the letter, and whether it left before."""

    area: str
    period: str
    facts: DigestFacts
    message: Message
    to: str | None
    sent: DigestSent | None = None


def digest(desk: Desk, area: str, period: Span) -> AreaDigest:
    """The digest of an area; nothing is recorded. Raises ``NotFound`` ``AREA_NOT_FOUND``, ``Refused``
    ``REDACTION_LEAKS``, ``TEMPLATE_INCOMPLETE``.
    """
    entry = area_entry(desk, area)
    facts = desk.store.digest_facts(entry.slug, period.start, period.end, desk.clock.now())
    return AreaDigest(
        entry.slug,
        period.name,
        facts,
        _letter(desk, entry, period, facts),
        desk.store.outbox.area_address(entry.slug),
        _sent(desk, entry.slug, period),
    )


def send_digest(desk: Desk, area: str, period: Span) -> tuple[AreaDigest, bool]:
    """The digest queued for the area's address and recorded, and whether that was new: once an area and period.

    Raises ``Refused`` ``PERIOD_NOT_OVER``, ``AREA_WITHOUT_ADDRESS``, ``MAIL_NOT_SET``, ``DEMO_NEVER_SENDS``, and
    what :func:`digest` raises.
    """
    desk.allow(Verb.DIGEST)
    with desk.store.transaction():
        made = digest(desk, area, period)
        if made.sent is not None:
            return made, False
        _check_sendable(desk, made, period)
        seq, now = desk.store.desk_head()[0] + 1, desk.clock.now()
        domain = check_sending(desk).domain
        id_ = make(0, seq, domain=domain, nonce=desk.entropy(NONCE_BYTES), key=desk.store.mail_key())
        facts: dict[str, object] = {
            "area": made.area,
            "period": made.period,
            "mail": id_,
            "template": TEMPLATE,
        }
        facts |= {"received": made.facts.received, "founded": made.facts.founded, "late": made.facts.late}
        event = record_desk_act(desk, Act.DIGEST_SENT, facts, made.message)
        assert made.to is not None
        assert event.seq == seq
        desk.store.outbox.queue(
            Letter(0, 0, seq, id_, made.to, LetterKind.AREA, LetterState.QUEUED, now, next_try_at=now)
        )
    return made, True


def acknowledge_digest(desk: Desk, area: str, period: Span, by: str | None = None) -> tuple[DigestSent, bool]:
    """The digest of an area with its acknowledgement (S4-26), and whether that was new; ``by`` says who said so.

    Raises ``NotFound`` ``AREA_NOT_FOUND``; ``Refused`` ``DIGEST_NOT_SENT``; ``UsageError`` ``TEXT_TOO_LONG``.
    """
    desk.allow(Verb.DIGEST)
    words = _short(by or "")
    with desk.store.transaction():
        slug = area_entry(desk, area).slug
        sent = _sent(desk, slug, period)
        if sent is None:
            raise Refused(
                "DIGEST_NOT_SENT",
                N_("no digest of {period} was sent to {area}", period=period.name, area=slug),
                N_("send it with `ouvidoria area digest --period {period} --send`", period=period.name),
            )
        if sent.acknowledged_at is not None:
            return sent, False
        facts = {"area": slug, "period": period.name}
        record_desk_act(desk, Act.DIGEST_ACKNOWLEDGED, facts, Message(Part.NOTE, words) if words else None)
        after = _sent(desk, slug, period)
        assert after is not None
        return after, True


def record_analysis(desk: Desk, period: Span, by: str, text: str) -> tuple[Analysis, bool]:
    """An analysis of a period with its conclusions and by whom, and whether it is new: the same twice is one.

    Raises ``UsageError`` ``TEXT_REQUIRED``, ``TEXT_TOO_LONG``; ``Refused`` ``PERIOD_NOT_OVER``.
    """
    desk.allow(Verb.ANALYSIS)
    who, words = _short(need_text(by, "--by")), need_text(text, "--text")
    _check_over(desk, period)
    with desk.store.transaction():
        for one in desk.store.analyses():
            if (one.first, one.last, one.by, one.text) == (period.first, period.last, who, words):
                return one, False
        facts = {"first": period.first.isoformat(), "last": period.last.isoformat()}
        record_desk_act(desk, Act.ANALYSIS_RECORDED, facts, Message(Part.NOTE, words, who))
        return desk.store.analyses()[0], True


def _sent(desk: Desk, slug: str, period: Span) -> DigestSent | None:
    return next((one for one in desk.store.digests() if (one.area, one.period) == (slug, period.name)), None)


def _check_sendable(desk: Desk, made: AreaDigest, period: Span) -> None:
    _check_over(desk, period)
    if made.to is None or not is_address(made.to):
        raise Refused(
            "AREA_WITHOUT_ADDRESS",
            N_("{area} has no address to which a digest could go", area=made.area),
            N_("give it one with `ouvidoria area edit {area} --email ADDRESS`", area=made.area),
        )


def _check_over(desk: Desk, period: Span) -> None:
    if desk.clock.now() < period.end:
        raise Refused(
            "PERIOD_NOT_OVER",
            N_("{period} is not over yet", period=period.name),
            N_("choose a period that has ended, like last-month"),
        )


def _letter(desk: Desk, area: Entry, period: Span, facts: DigestFacts) -> Message:
    said = _WORDS[desk_language(desk)]
    days = desk.policy.policy.area_requests.digest_days
    zone = desk.policy.policy.zone
    by = datetime.fromtimestamp(day_end(desk.clock.now(), days, zone) - 1, ZoneInfo(zone))
    places = {
        "area": area.name,
        "periodo": _period_words(desk, period),
        "recebidas": facts.received,
        "reclamacoes": facts.complaints,
        "procedentes": facts.founded,
        "atraso": facts.late,
        "motivos": ", ".join(f"{cause} ({count})" for cause, count in facts.causes) or said["none"],
        "medidas": _measure_words(desk, facts) or said["no_measures"],
        "ciencia": said["read_by"].format(day=by.strftime(said["day"])) if days else said["read"],
    }
    letter = desk_letter(desk, TEMPLATE, places, desk_language(desk))
    return Message(Part.AREA, letter.text, letter.subject)


def _measure_words(desk: Desk, facts: DigestFacts) -> str:
    """The measures line by line; each without personal data, whatever the policy says: a digest is about nobody."""
    said = _WORDS[desk_language(desk)]
    lines = []
    for one in facts.measures:
        ticket = desk.store.get(one.ticket)
        clear = cleared({"measure": one.text}, known_of(desk, ticket), Wish()).texts["measure"]
        # A draft that an agent looks at shows no words of a ticket that this agent may not open.
        words = " ".join(clear.split()) if may_open(desk.agent, ticket) else "…"
        lines.append(f"- {words} ({said['done'] if one.done else said['open']})")
    return "\n".join(dict.fromkeys(lines))


def _period_words(desk: Desk, period: Span) -> str:
    said = _WORDS[desk_language(desk)]
    if period.name == f"{period.first:%Y-%m}":
        return period.first.strftime(said["month"])
    return period.first.strftime(said["day"]) + said["to"] + period.last.strftime(said["day"])


def _short(text: str) -> str:
    words = " ".join(text.split())
    if len(words) > BY_LIMIT:
        raise UsageError(
            "TEXT_TOO_LONG",
            N_("{size} characters are too many, {limit} are allowed", size=len(words), limit=BY_LIMIT),
            N_("name who it was in fewer words"),
        )
    return words
