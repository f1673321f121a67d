"""What a policy says of the ways to the desk: ``[access]`` and ``[[ways]]`` of a profile, and how they are read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.domain.policy_reader import Section
from ouvidoria_tui.domain.ticket import Channel
from ouvidoria_tui.text import N_

#: Ways in which somebody speaks or types to somebody: nothing of it is worked on there once it proves complex.
REAL_TIME = frozenset({Channel.PHONE, Channel.CHAT, Channel.WHATSAPP, Channel.IN_PERSON})


class WayLevel(StrEnum):
    """The way up: by oneself, by ordinary attendance, by the desk (S0-30)."""

    SELF_SERVICE = "self-service"
    ATTENDANCE = "attendance"
    DESK = "desk"


#: The levels as they are numbered.
LEVELS = {WayLevel.SELF_SERVICE: 0, WayLevel.ATTENDANCE: 1, WayLevel.DESK: 2}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to be helped: what it is for (S0-31), on which level, and whether it is the advised one (S0-13).

    ``name`` is how the daily volumes of the first instance call it. ``channel`` is the desk's own name of it,
    where it leads there.
    """

    name: str
    title: str
    level: WayLevel
    purpose: str = ""
    channel: Channel | None = None
    recommended: bool = False
    requirement: str | None = None


@dataclass(frozen=True, slots=True)
class AccessRule:
    """Who reaches the desk and how; a policy that says nothing asks and promises nothing.

    With ``at_request`` whoever asked for the desk is turned away by no gate (S0-20). With ``escalation_reason``
    a new ticket that names an earlier one says whether it is about speed or quality (S0-40). What proves complex
    in a conversation goes on by ``record_channel`` (S0-22, S0-32, S0-35).
    """

    at_request: bool = False
    escalation_reason: bool = False
    record_channel: Channel | None = None
    ways: tuple[Way, ...] = ()

    def level_of(self, name: str) -> WayLevel:
        """The level of a way by its name; what the policy does not name is ordinary attendance."""
        return next((way.level for way in self.ways if way.name == name), WayLevel.ATTENDANCE)


def read_access(root: Section) -> AccessRule:
    """The rule of ``[access]`` and ``[[ways]]``."""
    ways = _ways(root)
    section = root.section("access")
    if section is None:
        return AccessRule(ways=ways)
    rule = AccessRule(
        at_request=section.flag("at_request", False),
        escalation_reason=section.flag("escalation_reason", False),
        record_channel=section.choice("record_channel", Channel),
        ways=ways,
    )
    if rule.record_channel in REAL_TIME:
        section.note(
            "record_channel", N_("in a conversation nothing is worked on; name a channel in writing")
        )
    section.close()
    return rule


def _ways(root: Section) -> tuple[Way, ...]:
    found: list[Way] = []
    for section in root.sections("ways"):
        way = Way(
            name=section.need_slug("name"),
            title=section.need_text("title"),
            level=section.need_choice("level", WayLevel),
            purpose=section.text("purpose") or "",
            channel=section.choice("channel", Channel),
            recommended=section.flag("recommended", False),
            requirement=section.text("requirement"),
        )
        if any(way.name == other.name for other in found):
            section.note("name", N_("{slug} is already there; every slug may stand only once", slug=way.name))
        if way.recommended and any(other.recommended for other in found):
            section.note("recommended", N_("only one way can be the advised one"))
        section.close()
        found.append(way)
    return tuple(found)
