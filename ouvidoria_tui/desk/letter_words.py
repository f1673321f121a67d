"""What a letter says in its own language, whatever the screen's: greetings, ways in, opening hours, dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ticket import Channel

_PT, _EN = Language.PORTUGUESE, Language.ENGLISH
_GREETING: Final = {_PT: ("Olá, {name}.", "Olá."), _EN: ("Hello, {name}.", "Hello.")}
_CHANNELS: Final[Mapping[Language, Mapping[Channel, str]]] = {
    _PT: {
        Channel.PORTAL: "área do cliente",
        Channel.EMAIL: "e-mail",
        Channel.PHONE: "telefone",
        Channel.CHAT: "chat",
        Channel.WHATSAPP: "WhatsApp",
        Channel.LETTER: "carta",
        Channel.IN_PERSON: "atendimento presencial",
        Channel.SOCIAL: "rede social",
        Channel.INTERNAL: "canal interno",
    },
    _EN: {
        Channel.PORTAL: "customer area",
        Channel.EMAIL: "e-mail",
        Channel.PHONE: "telephone",
        Channel.CHAT: "chat",
        Channel.WHATSAPP: "WhatsApp",
        Channel.LETTER: "letter",
        Channel.IN_PERSON: "the counter",
        Channel.SOCIAL: "social network",
        Channel.INTERNAL: "internal channel",
    },
}
_FIRST_LINE: Final = {_PT: ("o atendimento", " ou "), _EN: ("customer service", " or ")}
_DAYS: Final = {
    _PT: ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo", " a "),
    _EN: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", " to "),
}
_WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOUR: Final = {_PT: "%d/%m/%Y às %Hh%M", _EN: "%Y-%m-%d at %H:%M"}
#: How a date is written, for ``strftime``.
DATE: Final[Mapping[Language, str]] = {_PT: "%d/%m/%Y", _EN: "%Y-%m-%d"}


def greeting(name: str | None, language: Language) -> str:
    """How a letter begins, with the person's name where it is known."""
    named, plain = _GREETING[language]
    name = " ".join((name or "").split())
    return named.format(name=name) if name else plain


def channel_name(channel: Channel, language: Language) -> str:
    """A way in as a letter names it."""
    return _CHANNELS[language][channel]


def first_line(channels: Sequence[Channel], language: Language) -> str:
    """The first instance, with the channels by which it is reached where a policy names them (S1-17)."""
    plain, or_ = _FIRST_LINE[language]
    if not channels:
        return plain
    names = [channel_name(one, language) for one in channels]
    said = ", ".join(names[:-1]) + or_ + names[-1] if len(names) > 1 else names[0]
    return f"{plain} ({said})"


def week_words(week: Mapping[str, Sequence[tuple[str, str]]], language: Language) -> str:
    """The hours of a week as a letter says them: ``segunda a sexta, 09:00-17:00``."""
    *days, to = _DAYS[language]
    said = []
    open_days = [(place, tuple(week[day])) for place, day in enumerate(_WEEK) if week.get(day)]
    for _key, group in groupby(enumerate(open_days), lambda one: (one[1][0] - one[0], one[1][1])):
        run = [day for _turn, day in group]
        first, last = days[run[0][0]], days[run[-1][0]]
        hours = ", ".join(f"{start}-{end}" for start, end in run[0][1])
        said.append(f"{first if first == last else first + to + last}, {hours}")
    return "; ".join(said)


def moment_words(moment: int, zone: str, language: Language, *, day: bool = False) -> str:
    """A moment (UTC epoch seconds) in ``zone``; a midnight, or any moment where ``day``, is a date alone."""
    local = datetime.fromtimestamp(moment, ZoneInfo(zone))
    whole = day or (local.hour, local.minute) == (0, 0)
    return local.strftime((DATE if whole else _HOUR)[language])
