"""Duplicates: candidates with their scores, merge and unmerge."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import FormatOption, Protocols, RevisionOption, each, perform
from ouvidoria_tui.cli.output import choose, emit, emit_outcomes
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.desk.merge_plan import Wanted
    from ouvidoria_tui.desk.outcome import Outcome
    from ouvidoria_tui.domain.duplicates import Candidate
    from ouvidoria_tui.domain.merge_plan import MergePlan

#: So many tickets of a query are looked at where ``--limit`` is not given.
LOOKED_AT = 50
_LOOKS = re.compile(r"\d{4}-\d+-\d", re.ASCII)

IntoOption = Annotated[str, typer.Option("--into", metavar="P", help=_("The ticket that goes on"))]
WhyOption = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help=_("Why; kept as an internal reason"))
]
Protocol = Annotated[str, typer.Argument(metavar="P", help=_("The protocol of a ticket"))]


def duplicates(
    ctx: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="[P|QUERY]...", help=_("One ticket, or which of the open ones")),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", metavar="N", min=1, help=_("Look at so many tickets of the query (default: 50)")
        ),
    ] = None,
    fmt: FormatOption = None,
) -> None:
    """Prints the tickets that may be the same matter, with a score from 0 to 100 and the words they share."""
    from ouvidoria_tui.present.columns import machine_columns
    from ouvidoria_tui.present.duplicates import KEYS, candidate_record, duplicate_columns

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    people = chosen in ("table", "md")
    words = " ".join(query or [])
    with given.desk(read_only=True) as desk:
        zone = desk.policy.policy.zone
        one = _one(words)
        if one is not None and limit is not None:
            raise UsageError("USAGE", N_("--limit is for a QUERY"), N_("leave it out for one ticket"))
        found = _of_one(desk, one) if one is not None else _of_many(desk, words, limit or LOOKED_AT)
        rows = (candidate_record(candidate, zone) for candidate in found)
        columns = duplicate_columns(alone=one is not None) if people else machine_columns(KEYS)
        count = emit(given, chosen, rows, columns)
    if people and count == 0:
        given.narrate(_("nothing reads like it"))


def _one(words: str) -> str | None:
    """The protocol, where it is one that is asked for; a slip of the pen in one is said, not searched for."""
    from ouvidoria_tui.domain.protocol import parse_protocol

    try:
        return parse_protocol(words) if words else None
    except UsageError:
        if _LOOKS.fullmatch(words.strip()):
            raise
        return None


def _of_one(desk: Desk, protocol: str) -> Iterator[Candidate]:
    from ouvidoria_tui.report.duplicates import candidates
    from ouvidoria_tui.report.reading import connection, snapshot

    ticket = desk.store.find(protocol)
    if ticket.confidential:
        raise Refused(
            "CONFIDENTIAL_COMPARED",
            N_("{protocol} is confidential: it is not compared with others", protocol=ticket.protocol),
            N_("where you know the other one, link the two with `ouvidoria link`"),
        )
    conn = connection(desk.store)
    with snapshot(conn):
        yield from candidates(conn, ticket.id, desk.policy.policy.triage.recurrence_days)


def _of_many(desk: Desk, words: str, limit: int) -> Iterator[Candidate]:
    from ouvidoria_tui.domain.query import parse
    from ouvidoria_tui.report.duplicates import candidates_among
    from ouvidoria_tui.report.reading import connection, snapshot

    policy, conn = desk.policy.policy, connection(desk.store)
    with snapshot(conn):
        yield from candidates_among(
            conn,
            parse(words),
            policy.triage.recurrence_days,
            limit=limit,
            now=desk.clock.now(),
            agent_id=desk.agent.id,
            zone=policy.zone,
        )


def merge(
    ctx: typer.Context,
    protocols: Protocols,
    into: IntoOption,
    reason: WhyOption = None,
    different_customers: Annotated[
        bool,
        typer.Option("--different-customers", help=_("They are not of one customer, and belong together")),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Show what would happen; change nothing"))
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask on a terminal"))] = False,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    """On a terminal it shows what will happen and asks first."""
    from ouvidoria_tui.desk.merge import merge as verb
    from ouvidoria_tui.desk.merge_plan import Wanted
    from ouvidoria_tui.domain.permission import Verb

    given: Globals = ctx.obj
    wanted = Wanted(into, reason, different_customers)
    if dry_run:
        return _preview(given, fmt, list(each(protocols)), wanted, revision)
    asks = not yes and sys.stdin.isatty() and given.terminal and "-" not in protocols
    if asks and not _agreed(given, protocols, wanted, revision):
        given.narrate(_("Nothing was changed."))
        return 0
    return perform(
        given, fmt, protocols, Verb.MERGE, lambda desk, ref: verb(desk, ref, wanted, revision=revision)
    )


def _preview(given: Globals, fmt: str | None, refs: list[str], wanted: Wanted, revision: int | None) -> int:
    """What the merges would do; a refusal is told as the merge would tell it."""
    from ouvidoria_tui.desk.act import refused
    from ouvidoria_tui.desk.merge_plan import preview
    from ouvidoria_tui.domain.permission import Verb
    from ouvidoria_tui.errors import Conflict, NotFound
    from ouvidoria_tui.present.column import Column
    from ouvidoria_tui.present.merge_words import KEYS, plan_lines, plan_record
    from ouvidoria_tui.text import Text

    chosen = choose(given, fmt)
    plans: list[MergePlan] = []
    failed: list[Outcome] = []
    with given.desk(read_only=True) as desk:
        for ref in refs:
            try:
                plans.append(preview(desk, ref, wanted, revision=revision))
            except (Refused, Conflict, NotFound, UsageError) as error:
                if len(refs) == 1:
                    raise
                failed.append(refused(ref, Verb.MERGE, error))
    if chosen == "table":
        for plan in plans:
            given.out.write("\n".join(plan_lines(plan)) + "\n")
    else:
        emit(given, chosen, map(plan_record, plans), [Column(key, Text(key)) for key in KEYS])
    code = emit_outcomes(given, "table", failed) if failed else 0
    return 6 if failed and plans else code


def _agreed(given: Globals, protocols: list[str], wanted: Wanted, revision: int | None) -> bool:
    """Whether the person said yes to what was shown. What is refused or done already is left to the verb."""
    from ouvidoria_tui.desk.merge_plan import preview
    from ouvidoria_tui.errors import Conflict, NotFound
    from ouvidoria_tui.present.merge_words import plan_lines

    shown = 0
    with given.desk(read_only=True) as desk:
        for ref in protocols:
            try:
                plan = preview(desk, ref, wanted, revision=revision)
            except (Refused, Conflict, NotFound, UsageError):
                continue
            given.err.write("\n".join(plan_lines(plan)) + "\n")
            shown += 1
    if not shown:
        return True
    given.err.write(f"{_('Merge?')} [{_('y/N')}] ")
    given.err.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", "s", "sim")


def unmerge(
    ctx: typer.Context,
    protocols: Protocols,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=_("Why they are two matters after all"))
    ],
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    """What came to the other ticket meanwhile stays there, and is counted."""
    from ouvidoria_tui.desk.merge import unmerge as verb
    from ouvidoria_tui.domain.permission import Verb

    given: Globals = ctx.obj

    def one(desk: Desk, ref: str) -> Outcome:
        outcome = verb(desk, ref, reason, revision=revision)
        for line in _staying(desk, outcome):
            given.narrate(line)
        return outcome

    return perform(given, fmt, protocols, Verb.UNMERGE, one)


def _staying(desk: Desk, outcome: Outcome) -> Iterator[str]:
    """A line for each message that stays with the other ticket after an unmerge."""
    from ouvidoria_tui.present.dates import moment
    from ouvidoria_tui.present.safe import one_line

    stay = outcome.details.get("stay")
    if not isinstance(stay, list) or not stay:
        return
    other = desk.store.find(str(outcome.details["from"]))
    words = desk.store.messages(other.id)
    for event in desk.store.events(other.id):
        if event.seq in stay:
            said = words.get(event.seq)
            text = "" if said is None or other.confidential else one_line(said.subject or said.text, 60)
            yield f"  {other.protocol} {event.seq}  {moment(event.happened_at, desk.policy.policy.zone)}  {text}"


vars(duplicates)["example"] = (
    "ouvidoria duplicates 2026-000123-8\nouvidoria duplicates dept:cobranca --limit 200 --format tsv"
)
vars(merge)["example"] = (
    "ouvidoria merge 2026-000131-0 --into 2026-000123-8 --dry-run\n"
    "ouvidoria merge 2026-000131-0 --into 2026-000123-8"
)
vars(unmerge)["example"] = "ouvidoria unmerge 2026-000131-0 --reason 'É outra fatura'"
