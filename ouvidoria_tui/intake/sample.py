"""The sample desk: records and acts whose times are told relative to today, so that the queue looks alive.

``tickets.jsonl`` holds one native record a line with two differences: a time is ``"-3d 10:20"`` (three days
before today, 10:20 at the desk), ``"-3d"``, ``"-5h"`` or ``"-90m"`` (before now); and ``acts`` lists what the
native record cannot say, all of it after everything that the record says.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from ouvidoria_tui.domain.permission import Role, Verb
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.intake.maker import RecordMaker
from ouvidoria_tui.intake.record import FieldError, Record
from ouvidoria_tui.intake.sample_times import Story
from ouvidoria_tui.text import N_

#: The verbs that an act may name, and what each cannot do without.
NEEDED: Mapping[Verb, frozenset[str]] = {
    Verb.ASSIGN: frozenset({"to"}),
    Verb.START: frozenset(),
    Verb.REPLY: frozenset({"text"}),
    Verb.ASK: frozenset({"text"}),
    Verb.NOTE: frozenset({"text"}),
    Verb.CUSTOMER_REPLY: frozenset({"text"}),
    Verb.CLOSE: frozenset({"reason"}),
    Verb.REOPEN: frozenset(),
    Verb.TRANSFER: frozenset({"department", "reason"}),
    Verb.CLASSIFY: frozenset(),
    Verb.ESCALATE: frozenset({"level", "reason"}),
    Verb.ACK: frozenset(),
    Verb.HAND_BACK: frozenset({"instruction"}),
    Verb.ATTACH: frozenset({"name"}),
    Verb.POSITION: frozenset({"side", "text"}),
    Verb.ASSESS: frozenset({"merit", "grounds"}),
    Verb.MEASURE: frozenset(),
    Verb.IMPROVEMENT: frozenset({"target", "text"}),
    Verb.FORWARD: frozenset({"area", "text"}),
    Verb.AREA_ANSWER: frozenset({"text"}),
}


@dataclass(frozen=True, slots=True)
class SampleAgent:
    """A person of the sample desk."""

    login: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class SampleAct:
    """One act after the record: ``at`` in UTC epoch seconds, ``by`` a login, ``args`` by the verb's own names."""

    at: int
    by: str
    verb: Verb
    args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SampleTicket:
    """A record to import and, in order, the acts to carry out on it."""

    record: Record
    acts: tuple[SampleAct, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample desk: its profile, the clock figures it writes into it, its agents, its tickets by arrival.

    ``figures`` are amounts by clock name, in the unit that the profile gives that clock.
    """

    profile: str
    figures: Mapping[str, int]
    agents: tuple[SampleAgent, ...]
    tickets: tuple[SampleTicket, ...]


def load(folder: Path, *, now: int, zone: str) -> Sample:
    """The sample desk of ``folder`` (``desk.toml``, ``tickets.jsonl``) as seen at ``now`` from ``zone``.

    No time lies in the future or before its ticket's arrival. Raises ``UsageError`` ``SAMPLE_INVALID`` naming
    file and line.
    """
    desk = tomllib.loads((folder / "desk.toml").read_text(encoding="utf-8"))
    agents = tuple(SampleAgent(one["login"], one["name"], Role(one["role"])) for one in desk["agents"])
    reader = _Reader(now, ZoneInfo(zone), frozenset(agent.login for agent in agents))
    tickets = []
    lines = (folder / "tickets.jsonl").read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            tickets.append(reader.ticket(line, number))
    tickets.sort(key=lambda ticket: ticket.record.received_at)
    return Sample(desk["profile"], desk.get("figures", {}), agents, tuple(tickets))


def with_figures(profile: str, figures: Mapping[str, int]) -> str:
    """The text of a profile with ``figures`` as the amounts of its clocks that have none.

    Only ``amount = "not defined"`` is replaced, so a figure that the source does give stays.
    """
    clock, lines = "", []
    for line in profile.split("\n"):
        if line.startswith("["):
            clock = line.strip().removeprefix("[clocks.").removesuffix("]")
        if clock in figures and line.strip() == 'amount = "not defined"':
            line = f"amount = {figures[clock]}"
        lines.append(line)
    return "\n".join(lines)


class _Reader:
    """Reads lines for one moment, zone and set of agents."""

    def __init__(self, now: int, zone: ZoneInfo, logins: frozenset[str]) -> None:
        self._now = now
        self._zone = zone
        self._logins = logins
        self._maker = RecordMaker(zone, now, {}, "sample")

    def ticket(self, line: str, number: int) -> SampleTicket:
        try:
            raw = json.loads(line)
            acts = raw.pop("acts", [])
            told = [message["at"] for message in raw.get("messages", ())]
            end = [raw["closed_at"]] if "closed_at" in raw else []
            later = [act["at"] for act in acts]
            story = Story([raw["received_at"], *told, *end, *later], now=self._now, zone=self._zone)
            return SampleTicket(
                self._maker.make(_dated(raw, story), number), tuple(self._act(act, story) for act in acts)
            )
        except (ValueError, KeyError, TypeError, FieldError) as error:
            raise UsageError(
                "SAMPLE_INVALID",
                N_("tickets.jsonl, line {line}: {reason}", line=number, reason=str(error)),
                N_("correct that line of the sample desk, or install the program anew"),
            ) from error

    def _act(self, raw: Mapping[str, object], story: Story) -> SampleAct:
        args = {key: value for key, value in raw.items() if key not in ("at", "by", "verb")}
        verb, by = Verb(str(raw["verb"])), str(raw["by"])
        if by not in self._logins:
            raise ValueError(f"no agent {by}")
        if verb not in NEEDED or not NEEDED[verb] <= args.keys():
            raise ValueError(f"{verb.value} lacks what it needs")
        return SampleAct(story.at(str(raw["at"])), by, verb, args)


def _dated(raw: Mapping[str, object], story: Story) -> dict[str, object]:
    """The same record with its relative times as RFC 3339."""
    record = dict(raw)
    for name in ("received_at", "answered_at", "closed_at"):
        if name in record:
            record[name] = story.text(str(record[name]))
    messages = raw.get("messages")
    if isinstance(messages, list):
        record["messages"] = [{**message, "at": story.text(message["at"])} for message in messages]
    return record
