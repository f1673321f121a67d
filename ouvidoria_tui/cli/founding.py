"""Making a store, and the profiles one can be made from: init, profiles."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.policy_words import amount_words, choice_words, clock_record, hours_text, hours_words
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, clock_name, say
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.domain.policy import Policy

_TITLES: Final[Mapping[str, Text]] = {
    "path": N_("Store"),
    "profile": N_("Profile"),
    "name": N_("Name"),
    "administrator": N_("Administrator"),
    "policy_version": N_("Policy version"),
    "holidays": N_("Holidays"),
}


def init(
    ctx: typer.Context,
    profile: Annotated[
        str, typer.Option("--profile", metavar="NAME|FILE", help=_("The rules to begin with"))
    ] = "hospedagem",
    group: Annotated[
        str | None, typer.Option("--group", metavar="G", help=_("Share the store with a system group"))
    ] = None,
    fmt: FormatOption = None,
) -> None:
    from ouvidoria_tui.bootstrap import system_user
    from ouvidoria_tui.founding import found_desk

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    admin = given.agent or os.environ.get("OUVIDORIA_AGENT") or system_user()
    store = found_desk(given.path, profile=profile, group=group, admin=admin)
    try:
        in_force = store.policy()
    finally:
        store.close()
    record = {
        "path": str(given.path.absolute()),
        "profile": in_force.policy.key,
        "name": in_force.policy.name,
        "administrator": admin.strip(),
        "policy_version": in_force.version,
        "holidays": len(in_force.closed),
    }
    if chosen == "table":
        for key, title in _TITLES.items():
            given.out.write(f"{say(title)}: {clean(str(record[key]))}\n")
    else:
        emit(given, chosen, [record], [Column(key, title) for key, title in _TITLES.items()])
    _next_steps(given)


def _next_steps(given: Globals) -> None:
    from shlex import quote

    call = f"ouvidoria --db {quote(given.db)}" if given.db else "ouvidoria"
    given.narrate(_("The desk is ready. What comes next:"))
    for command, purpose in (
        (f"{call} policy check", _("what the profile leaves open, to be filled in")),
        (f"{call} agent add ana --role agent", _("who works here")),
        (f"{call} new --subject '…' --text -", _("the first manifestation; or `import` for many")),
        (call, _("the console")),
    ):
        given.narrate(f"  {command}  # {purpose}")


def profiles(ctx: typer.Context, fmt: FormatOption = None) -> None:
    from ouvidoria_tui.founding import policy_of, profile_names

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    human = chosen in ("table", "md")
    records = [_profile_record(name, policy_of(name)[0], human=human) for name in profile_names()]
    emit(given, chosen, records, _profile_columns())


def _profile_record(name: str, policy: Policy, *, human: bool) -> Record:
    desk = policy.calendars["desk"]
    clocks: object = [
        {key: value for key, value in clock_record(rule).items() if key in ("name", "amount", "unit")}
        for rule in policy.clocks
    ]
    if human:
        clocks = "; ".join(
            f"{clock_name(rule.name)}: {amount_words(rule.amount, rule.unit)}" for rule in policy.clocks
        )
    return {
        "name": name,
        "title": policy.name,
        "source": policy.source,
        "prior_ticket": policy.triage.prior_ticket.value,
        "hours": hours_words(desk) if human else hours_text(desk),
        "clocks": clocks,
    }


def _profile_columns() -> tuple[Column, ...]:
    def prior(record: Record) -> str:
        return choice_words(record.get("prior_ticket"))

    return (
        Column("name", N_("Profile")),
        Column("title", N_("Name"), flex=True),
        Column("source", N_("Source"), flex=True, priority=4),
        Column("prior_ticket", N_("Prior ticket"), priority=1, render=prior),
        Column("hours", N_("Hours"), priority=2),
        Column("clocks", N_("Clocks"), flex=True, priority=3),
    )


vars(init)["example"] = (
    "ouvidoria init --profile organizacional\nouvidoria --db /srv/ouvidoria/desk.db init --group ouvidoria"
)
vars(profiles)["example"] = "ouvidoria profiles --format json"
