"""The proof and the care of the store: verify, db check, db rebuild, db stats; copies and SQL stand beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.backups import backup, restore
from ouvidoria_tui.cli.care_output import emit_one, holdings, stage
from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.sql import sql
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.errors import StoreError
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, plural, say
from ouvidoria_tui.text import N_, NN_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ouvidoria_tui.report.care import Compared, Figure, Finding, Proof

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT,
)


@app.callback(invoke_without_command=True, help=_("Care of the store: check it, copy it, look into it."))
def db(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def verify(
    ctx: typer.Context,
    head: Annotated[
        str | None,
        typer.Option("--head", metavar="HEX", help=_("A head kept outside: it must be known here")),
    ] = None,
    fmt: FormatOption = None,
) -> None:
    from ouvidoria_tui.report.care import newest
    from ouvidoria_tui.report.care import verify as prove
    from ouvidoria_tui.report.reading import connection

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        conn = connection(desk.store)
        with stage(given, N_("Reading the ledger"), newest(conn)) as work:
            proof = prove(conn, expected_head=head, progress=work.advance)
    if chosen == "table":
        _say_proof(given, proof)
    else:
        emit_one(given, chosen, proof_record(proof))
    if not proof.ok:
        raise StoreError(
            "LEDGER_BROKEN",
            NN_(
                "the ledger does not pass its proof: {count} problem",
                "the ledger does not pass its proof: {count} problems",
                len(proof.problems),
            ),
            N_("keep a copy of the file as it is; restore the newest backup that passes"),
        )


def proof_record(proof: Proof) -> dict[str, object]:
    """The proof under the keys of the machine formats: a contract."""
    return {
        "ok": proof.ok,
        "events": proof.events,
        "tickets": proof.tickets,
        "head": proof.head,
        "problems": [
            {
                "event": problem.event,
                "ticket": problem.ticket,
                "kind": problem.kind,
                "message": say(problem.message),
            }
            for problem in proof.problems
        ],
    }


def _say_proof(given: Globals, proof: Proof) -> None:
    for problem in proof.problems:
        where = problem.ticket or _("the desk")
        number = "" if problem.event is None else f" [{problem.event}]"
        given.out.write(clean(f"{where}: {say(problem.message)} ({problem.kind}){number}") + "\n")
    if proof.ok:
        given.out.write(_("The ledger is as it was recorded.") + "\n")
    given.out.write(holdings(proof.events, proof.tickets) + "\n" + _("Head: {head}", head=proof.head) + "\n")


@app.command(
    help=_("Whether the store is whole: the file, its links, the search index, the rows against the ledger.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria db check"
)
def check(ctx: typer.Context, fmt: FormatOption = None) -> None:
    from ouvidoria_tui.report.care import check_store
    from ouvidoria_tui.report.reading import connection

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk, stage(given, N_("Checking the store")) as work:
        found = list(check_store(connection(desk.store), progress=work.advance))
    emit(given, chosen, map(_finding_record, found), _finding_columns())
    wrong = [finding for finding in found if not finding.ok]
    if wrong:
        raise StoreError(
            "STORE_NOT_WHOLE",
            N_("the store did not pass: {checks}", checks=", ".join(finding.check for finding in wrong)),
            wrong[0].hint,
        )


def _finding_record(finding: Finding) -> Record:
    return {
        "check": finding.check,
        "ok": finding.ok,
        "faults": [say(fault) for fault in finding.faults],
        "hint": None if finding.hint is None else say(finding.hint),
    }


def _finding_columns() -> list[Column]:
    return [
        Column("check", N_("Check")),
        Column("ok", N_("Well")),
        Column("faults", N_("What was found"), flex=True),
        Column("hint", N_("What to do"), flex=True, priority=1),
    ]


@app.command(
    help=_("Write tickets, clocks, escalations and attachments anew from the ledger.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria db rebuild"
)
def rebuild(ctx: typer.Context, fmt: FormatOption = None) -> None:
    from ouvidoria_tui.domain.permission import Verb
    from ouvidoria_tui.report.care import rebuild as write_anew

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        desk.allow(Verb.REBUILD)
        with stage(given, N_("Following the ledger")) as work:
            compared = write_anew(desk.store, progress=work.advance)
    if chosen == "table":
        _say_compared(given, compared)
    else:
        emit_one(given, chosen, _compared_record(compared))
    if compared.beyond_healing:
        raise StoreError(
            "STORE_NOT_WHOLE",
            N_("some records differ from the ledger, and records are never written anew"),
            N_("compare with a backup; `ouvidoria verify` says whether the ledger itself is whole"),
        )


def _compared_record(compared: Compared) -> Record:
    beyond = set(compared.beyond_healing)
    return {
        "tickets": compared.tickets,
        "events": compared.events,
        "healed": len(compared.differences) - len(beyond),
        "differences": [
            {
                "ticket": item.ticket,
                "table": item.table,
                "kind": item.kind,
                "columns": list(item.columns),
                "healed": item not in beyond,
            }
            for item in compared.differences
        ],
    }


def _say_compared(given: Globals, compared: Compared) -> None:
    from ouvidoria_tui.report.care import said

    for item in compared.differences:
        given.out.write(clean(say(said(item))) + "\n")
    healed = len(compared.differences) - len(compared.beyond_healing)
    given.out.write(
        _("Followed: {holdings}", holdings=holdings(compared.events, compared.tickets))
        + "\n"
        + plural("{count} difference healed", "{count} differences healed", healed)
        + "\n"
    )


@app.command(
    help=_("How large the store is and what it holds.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria db stats --format csv"
)
def stats(ctx: typer.Context, fmt: FormatOption = None) -> None:
    from ouvidoria_tui.report.care import figures
    from ouvidoria_tui.report.reading import connection, snapshot

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        conn = connection(desk.store)
        with snapshot(conn):
            found = figures(conn, given.path, desk.policy.policy.zone)
            emit(given, chosen, _figure_records(found), _figure_columns())


def _figure_records(found: Iterator[Figure]) -> Iterator[Record]:
    for figure in found:
        yield {
            "section": figure.section,
            "name": figure.name,
            "count": figure.count,
            "bytes": figure.bytes,
        }


def _figure_columns() -> list[Column]:
    return [
        Column("section", N_("Section")),
        Column("name", N_("Name"), flex=True),
        Column("count", N_("Count"), align="right"),
        Column("bytes", N_("Bytes"), align="right"),
    ]


app.command(
    "backup",
    help=_("Copy the store into a new file, while others go on working.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria db backup desk-2026-11-20.db",
)(backup)
app.command(
    "restore",
    help=_("Make a store from a backup; one that exists is never touched.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria --db new.db db restore desk-2026-11-20.db",
)(restore)
app.command(
    "sql",
    help=_("Ask the store with one SELECT; nothing confidential is read.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria db sql 'SELECT status, count(*) FROM ticket GROUP BY 1'",
)(sql)

vars(verify)["example"] = "ouvidoria verify\nouvidoria verify --head 2f8b05d843bb20fc… --format json"
