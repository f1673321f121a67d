"""What the places of an answer's template hold, taken from the case: who was heard, merit, grounds, measures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from ouvidoria_tui.desk.case import work_of
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.letter_words import DATE
from ouvidoria_tui.desk.letters import about, language_of, told
from ouvidoria_tui.domain import area_request
from ouvidoria_tui.domain.answer import Wanted, Wish
from ouvidoria_tui.domain.case_work import CaseWork, Measure
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Message
from ouvidoria_tui.domain.paths import Decision
from ouvidoria_tui.domain.ticket import Merit, Ticket

_MERIT: Final[Mapping[Language, Mapping[Merit, str]]] = {
    Language.PORTUGUESE: {
        Merit.FOUNDED: "a reclamação é procedente",
        Merit.PARTLY: "a reclamação é procedente em parte",
        Merit.UNFOUNDED: "a reclamação é improcedente",
    },
    Language.ENGLISH: {
        Merit.FOUNDED: "the complaint is founded",
        Merit.PARTLY: "the complaint is founded in part",
        Merit.UNFOUNDED: "the complaint is unfounded",
    },
}
_WISH: Final[Mapping[Language, Mapping[Wish, str]]] = {
    Language.PORTUGUESE: {
        Wish.MET: "O que você pediu foi atendido.",
        Wish.PARTLY: "O que você pediu foi atendido em parte.",
        Wish.NOT: "O que você pediu não foi atendido.",
    },
    Language.ENGLISH: {
        Wish.MET: "What you asked for was done.",
        Wish.PARTLY: "What you asked for was done in part.",
        Wish.NOT: "What you asked for was not done.",
    },
}
_DECISION: Final[Mapping[Language, Mapping[Decision, str]]] = {
    Language.PORTUGUESE: {
        Decision.ACCEPTED: "acatada",
        Decision.UNDER_STUDY: "em estudo",
        Decision.NOT_ACCEPTED: "não acatada",
    },
    Language.ENGLISH: {
        Decision.ACCEPTED: "accepted",
        Decision.UNDER_STUDY: "under study",
        Decision.NOT_ACCEPTED: "not accepted",
    },
}
_WORDS: Final = {
    Language.PORTUGUESE: {
        "area": "a área {names}",
        "areas": "as áreas {names}",
        "and": " e ",
        "company": "a empresa",
        "none": "nenhuma, porque {why}",
        "done": "feito em {when}",
        "due": "até {when}",
        "until": "Voltaremos a escrever até {when}.",
        "later": "Voltaremos a escrever quando houver novidade.",
        "forecast": "Previsão: {when}.",
        "decided": "Voltaremos a escrever quando houver uma decisão.",
        "no_forecast": "Não há outro passo previsto.",
        "next": "a análise continua",
        "desk": "a Ouvidoria",
    },
    Language.ENGLISH: {
        "area": "the area {names}",
        "areas": "the areas {names}",
        "and": " and ",
        "company": "the company",
        "none": "none, because {why}",
        "done": "done on {when}",
        "due": "by {when}",
        "until": "We will write again by {when}.",
        "later": "We will write again as soon as there is news.",
        "forecast": "Forecast: {when}.",
        "decided": "We will write again as soon as it is decided.",
        "no_forecast": "No other step is planned.",
        "next": "the analysis goes on",
        "desk": "the ombudsman's desk",
    },
}


def places_of(desk: Desk, ticket: Ticket, wanted: Wanted) -> dict[str, object]:
    """The value of each place of an answer's template; what the agent gave wins, what nobody knows is empty."""
    work, texts = work_of(desk, ticket), desk.store.messages(ticket.id)
    now, language = desk.clock.now(), language_of(desk, ticket)
    places: dict[str, object] = {
        **about(desk, ticket),
        "data": told(desk, now, language, day=True),
        "area": _heard(desk, ticket, language)
        if wanted.template != "T3"
        else _waiting(desk, ticket, language),
        "resultado": _result(ticket, work, wanted, language),
        "fundamento": wanted.text.strip() or _text(texts, _grounds(work, wanted)),
        "medidas": _measures(desk, work, texts, language),
        "desejo": _WISH[language].get(wanted.concluding.wish) if wanted.concluding.wish else "",
        "motivo": _WORDS[language]["next"],
    }
    given = {name: value.strip() for name, value in wanted.values.items() if value.strip()}
    return {**places, **given, "previsao": _forecast(work, wanted, given.get("previsao"), language)}


def _grounds(work: CaseWork, wanted: Wanted) -> int | None:
    """The event that says why: of a suggestion the decision (S4-31), of anything else the assessment."""
    return work.decided if wanted.template == "C3" else work.assessed


def _result(ticket: Ticket, work: CaseWork, wanted: Wanted, language: Language) -> str:
    if wanted.template == "T3":
        return wanted.text.strip()
    if wanted.template == "C3":
        return "" if work.decision is None else _DECISION[language][work.decision]
    return _MERIT[language].get(ticket.merit, "")


def _forecast(work: CaseWork, wanted: Wanted, given: str | None, language: Language) -> str:
    """When the customer hears again; of an accepted suggestion it must be said, else nobody is promised a date."""
    words = _WORDS[language]
    if wanted.template == "T3":
        return words["later"] if given is None else words["until"].format(when=given)
    if given is not None:
        return words["forecast"].format(when=given)
    if work.decision is Decision.ACCEPTED:
        return ""
    return words["decided" if work.decision is Decision.UNDER_STUDY else "no_forecast"]


def _heard(desk: Desk, ticket: Ticket, language: Language) -> str:
    """The areas that answered; the company where none was asked."""
    asked = area_request.fold(desk.store.events(ticket.id))
    return (
        _named(desk, [one.area for one in asked if one.answered_at is not None], language)
        or _WORDS[language]["company"]
    )


def _waiting(desk: Desk, ticket: Ticket, language: Language) -> str:
    """Who has the case now: the areas that are asked, else the desk."""
    asked = area_request.fold(desk.store.events(ticket.id))
    return (
        _named(desk, [one.area for one in asked if one.answered_at is None], language)
        or _WORDS[language]["desk"]
    )


def _named(desk: Desk, slugs: list[str], language: Language) -> str:
    known, words = desk.store.known_slugs("area"), _WORDS[language]
    names = [known.get(slug, slug) for slug in dict.fromkeys(slugs)]
    if not names:
        return ""
    said = ", ".join(names[:-1]) + words["and"] + names[-1] if len(names) > 1 else names[0]
    return words["areas" if len(names) > 1 else "area"].format(names=said)


def _measures(desk: Desk, work: CaseWork, texts: Mapping[int, Message], language: Language) -> str:
    """The measures, a line each, or why there is none (S4-23)."""
    if work.measures:
        lines = [_measure(desk, one, _text(texts, one.seq), language) for one in work.measures]
        return lines[0] if len(lines) == 1 else "\n" + "\n".join(f"- {line}" for line in lines)
    why = _text(texts, work.no_measures)
    return _WORDS[language]["none"].format(why=why) if why else ""


def _measure(desk: Desk, one: Measure, text: str, language: Language) -> str:
    words = _WORDS[language]
    facts = [] if one.area is None else [desk.store.known_slugs("area").get(one.area, one.area)]
    if one.done_at is not None:
        facts.append(words["done"].format(when=told(desk, one.done_at, language, day=True)))
    elif one.due is not None:
        facts.append(words["due"].format(when=date.fromisoformat(one.due).strftime(DATE[language])))
    said = " ".join(text.split())
    return f"{said} ({', '.join(facts)})" if facts else said


def _text(texts: Mapping[int, Message], seq: int | None) -> str:
    message = None if seq is None else texts.get(seq)
    return "" if message is None else message.text.strip()
