"""A new version of the policy: what it would change, and putting it in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _, plural
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.apply_policy import Applied, Tally
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.policy import Policy
    from ouvidoria_tui.report.policies import PolicyVersions

APPLY_HELP = (
    _(
        "Put a policy in force as the next version, and re-assess the open tickets under it. Paused time stays"
        " paused, recorded breaches stay recorded, closed tickets are left alone."
    )
    + f"\n\n\b\n{_('Examples')}:\n"
    + "ouvidoria policy show --toml >perfil.toml   # edit, then:\n"
    + "ouvidoria policy apply perfil.toml --dry-run\n"
    + "ouvidoria policy apply perfil.toml"
)
DIFF_HELP = (
    _("What a policy would change; without one, what the newest version changed.")
    + f"\n\n\b\n{_('Examples')}:\n"
    + "ouvidoria policy diff perfil.toml\nouvidoria policy diff --format json"
)
#: The keys of an application in the machine formats: a contract.
APPLY_KEYS = ("version", "result", "tickets", "changed", "due_times", "waiting", "registers")


def apply(
    ctx: typer.Context,
    profile: Annotated[
        str | None, typer.Argument(metavar="[FILE|NAME]", help=_("A profile: a file, or its name"))
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Show what would change, change nothing"))
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help=_("Go on with a re-assessment that was interrupted"))
    ] = False,
    fmt: FormatOption = None,
) -> None:
    """Prints what differs, then what was done."""
    from ouvidoria_tui.report.policies import PolicyVersions

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    if (profile is None) != resume or (resume and dry_run):
        raise UsageError(
            "USAGE",
            N_("name a profile, or go on with --resume"),
            N_("for example: ouvidoria policy apply perfil.toml --dry-run"),
        )
    with given.desk(read_only=dry_run) as desk:
        versions = PolicyVersions(desk.store)  # type: ignore[arg-type]
        if profile is None:
            from ouvidoria_tui.desk.apply_policy import Applied

            done = Applied(desk.policy.version, False, {})
        else:
            found = _proposed(given, desk, chosen, versions, profile, dry_run=dry_run)
            if found is None:
                return
            done = found
        _finish(given, desk, chosen, versions, done)


def diff(
    ctx: typer.Context,
    profile: Annotated[
        str | None,
        typer.Argument(metavar="[FILE|NAME]", help=_("A profile (default: the version before the newest)")),
    ] = None,
    fmt: FormatOption = None,
) -> None:
    """Prints what differs, setting by setting."""
    from ouvidoria_tui.report.policies import policy_in_force
    from ouvidoria_tui.report.reading import connection

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        now = desk.policy
        if profile is not None:
            from ouvidoria_tui.founding import policy_of

            before, after = now.policy, policy_of(profile)[0]
        else:
            before, after = now.policy, now.policy
            if now.version > 1:
                before = policy_in_force(connection(desk.store), now.version - 1).policy
    if not _show_differences(given, chosen, before, after):
        given.narrate(_("nothing differs"))


def _proposed(
    given: Globals, desk: Desk, fmt: str, versions: PolicyVersions, profile: str, *, dry_run: bool
) -> Applied | None:
    """The version in force afterwards; ``None`` where it was only to be shown."""
    from ouvidoria_tui.desk.apply_policy import Proposal, apply_policy, check_proposal
    from ouvidoria_tui.domain.permission import Verb
    from ouvidoria_tui.founding import closed_days, policy_of
    from ouvidoria_tui.intake import holidays

    policy, text = policy_of(profile)
    desk.allow(Verb.POLICY)
    check_proposal(policy)
    now = desk.clock.now()
    if dry_run:
        if not _show_differences(given, fmt, desk.policy.policy, policy):
            given.narrate(_("nothing differs"))
        open_tickets = versions.left(0)
        given.narrate(
            plural(
                "{count} open ticket would be re-assessed; nothing was changed",
                "{count} open tickets would be re-assessed; nothing was changed",
                open_tickets,
            )
        )
        return None
    source = f"{holidays.SOURCE} {holidays.version()}"
    if fmt == "table":
        _show_differences(given, fmt, desk.policy.policy, policy)
    proposal = Proposal(policy, text, lambda: closed_days(policy, now), source)
    return apply_policy(desk, versions, proposal)


def _finish(given: Globals, desk: Desk, fmt: str, versions: PolicyVersions, done: Applied) -> None:
    """The tickets that wait, re-assessed, with progress; then one record of what was done."""
    from ouvidoria_tui.cli.care_output import emit_one, stage
    from ouvidoria_tui.desk.apply_policy import Tally, reassess_open, waiting

    left, tally = waiting(versions), Tally()
    if left or versions.unfinished() is not None:
        with stage(given, N_("Re-assessing open tickets"), left) as work:
            tally = reassess_open(desk, versions, work.advance)
    if fmt == "table":
        _say(given, done, tally)
        return
    result = "done" if done.new or tally.tickets else "unchanged"
    values = (done.version, result, tally.tickets, tally.changed, tally.due_times, waiting(versions))
    registers = {kind: list(slugs) for kind, slugs in done.registers.items()}
    emit_one(given, choose(given, fmt), dict(zip(APPLY_KEYS, (*values, registers), strict=True)))


def _say(given: Globals, done: Applied, tally: Tally) -> None:
    if not done.new and not tally.tickets:
        given.out.write(_("policy version {version}: unchanged", version=done.version) + "\n")
        return
    line = _("policy version {version} is in force", version=done.version)
    tickets = plural("{count} open ticket re-assessed", "{count} open tickets re-assessed", tally.tickets)
    moved = plural("{count} due time moved", "{count} due times moved", tally.due_times)
    given.out.write(f"{line}; {tickets}, {moved}\n")


def _show_differences(given: Globals, fmt: str, before: Policy, after: Policy) -> int:
    from ouvidoria_tui.cli.policy_diff import diff_columns, differences

    rows = list(differences(before, after))
    if rows or fmt in ("json", "jsonl", "csv", "tsv"):
        emit(given, fmt, rows, diff_columns(human=fmt in ("table", "md")))
    return len(rows)
