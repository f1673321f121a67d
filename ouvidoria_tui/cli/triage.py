"""`ouvidoria triage`: what should become of the tickets that wait, why, and then exactly that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import FormatOption, choice
from ouvidoria_tui.cli.output import choose, emit, emit_outcomes
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from typing import BinaryIO

    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.desk.outcome import Outcome
    from ouvidoria_tui.domain.query_terms import Query
    from ouvidoria_tui.domain.triage_plan import Plan
    from ouvidoria_tui.present.progress import Stage
    from ouvidoria_tui.report.batch import Context


def triage(
    ctx: typer.Context,
    query: Annotated[
        list[str] | None, typer.Argument(metavar="[QUERY]...", help=_("Which of the waiting tickets"))
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help=_("Carry out the plan that is shown"))] = False,
    plan: Annotated[
        str | None,
        typer.Option(
            "--plan", metavar="FILE", help=_("With --apply: a plan saved with --format jsonl (- reads stdin)")
        ),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="P", help=_("The plan for one ticket, every reason of it")),
    ] = None,
    override: Annotated[
        tuple[str, str] | None,
        typer.Option("--override", metavar="P DECISION", help=_("Decide otherwise for one ticket")),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help=_("For --override: why"))
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help=_("At most so many tickets"))
    ] = None,
    fmt: FormatOption = None,
) -> int:
    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    _check(apply, plan, explain, override, reason, query, limit)
    with given.desk() as desk:
        if override is not None:
            return _override(given, desk, chosen, override, reason or "")
        if explain is not None:
            return _explain(given, desk, chosen, explain)
        if plan is not None:
            with _saved(plan) as file:
                return _apply_saved(given, desk, chosen, file, plan)
        from ouvidoria_tui.domain.query import parse

        return _waiting(given, desk, chosen, parse(" ".join(query or [])), limit, apply=apply)


triage.example = (  # type: ignore[attr-defined]
    "ouvidoria triage 'channel:email'\n"
    "ouvidoria triage --format jsonl > plan.jsonl\n"
    "ouvidoria triage --apply --plan plan.jsonl\n"
    "ouvidoria triage --override 2026-000123-8 admitted --reason 'the number came by phone'"
)


def _check(
    apply: bool,
    plan: str | None,
    explain: str | None,
    override: tuple[str, str] | None,
    reason: str | None,
    query: list[str] | None,
    limit: int | None,
) -> None:
    """Nothing, where the options fit together."""
    if (override is None) != (reason is None):
        raise UsageError(
            "USAGE",
            N_("--override and --reason go together"),
            N_("for example: ouvidoria triage --override 2026-000123-8 admitted --reason TEXT"),
        )
    if plan is not None and not apply:
        raise UsageError(
            "USAGE", N_("--plan is for --apply"), N_("write: ouvidoria triage --apply --plan FILE")
        )
    alone = [
        name for name, value in (("--plan", plan), ("--explain", explain), ("--override", override)) if value
    ]
    among = [name for name, value in (("QUERY", query), ("--limit", limit)) if value]
    if explain is not None or override is not None:
        among += ["--apply"] if apply else []
    if len(alone) > 1 or (alone and among):
        raise UsageError(
            "USAGE",
            N_("{names} do not go together", names=", ".join([*alone, *among])),
            N_("name the tickets in one way: a QUERY, a plan, or one protocol"),
        )


def _waiting(given: Globals, desk: Desk, fmt: str, query: Query, limit: int | None, *, apply: bool) -> int:
    """The plan for the tickets that wait, shown or carried out."""
    from ouvidoria_tui.desk.triage import plan
    from ouvidoria_tui.report.batch import Context, Originals, Priors, connection, count_pending, pending

    conn = connection(desk.store)
    context: Context = Context(desk.clock.now(), desk.agent.id, desk.policy.policy.zone)
    total = count_pending(conn, query, context)
    total = total if limit is None else min(total, limit)
    plans = plan(
        desk, pending(conn, query, context, limit=limit), original=Originals(conn), prior=Priors.of(conn)
    )
    with _stage(given, total, apply=apply) as stage:
        if apply:
            return _carry_out(given, desk, fmt, plans, stage)
        from ouvidoria_tui.cli.triage_record import plan_record
        from ouvidoria_tui.cli.triage_view import columns

        shown = (plan_record(one) for one in _advanced(plans, stage))
        count = emit(given, fmt, shown, columns(fmt, applied=False))
    if fmt == "table" and count == 0:
        given.narrate(_("No ticket waits for triage."))
    return 0


def _apply_saved(given: Globals, desk: Desk, fmt: str, file: BinaryIO, name: str) -> int:
    """A plan of a file carried out; the whole file is read first, so that a broken one changes nothing."""
    from ouvidoria_tui.cli.triage_record import read_plans

    total = sum(1 for _plan in read_plans(file, name))
    file.seek(0)
    with _stage(given, total, apply=True) as stage:
        return _carry_out(given, desk, fmt, read_plans(file, name), stage)


def _carry_out(given: Globals, desk: Desk, fmt: str, plans: Iterable[Plan], stage: Stage) -> int:
    from ouvidoria_tui.cli.triage_record import applied_record
    from ouvidoria_tui.cli.triage_view import Endings, columns
    from ouvidoria_tui.desk.triage import apply

    endings = Endings(given, fmt)

    def records() -> Iterator[dict[str, object]]:
        for one, outcome in apply(desk, plans):
            stage.advance()
            endings.add(outcome)
            yield applied_record(one, outcome)

    carried_out = records()
    try:
        emit(given, fmt, carried_out, columns(fmt, applied=True))
    except typer.Exit:
        # Nobody listens any more; what was asked for is done all the same.
        for _record in carried_out:
            pass
    return endings.exit_code()


def _explain(given: Globals, desk: Desk, fmt: str, ref: str) -> int:
    from ouvidoria_tui.cli.suggest import suggested
    from ouvidoria_tui.cli.triage_record import plan_record
    from ouvidoria_tui.cli.triage_view import columns, explanation
    from ouvidoria_tui.desk.triage import plan
    from ouvidoria_tui.present.record_suggestions import suggestion_lines, suggestion_records
    from ouvidoria_tui.report.batch import Originals, Priors, case_of, connection

    conn = connection(desk.store)
    (one,) = plan(desk, [case_of(conn, ref)], original=Originals(conn), prior=Priors.of(conn))
    _protocol, found = suggested(desk, one.protocol)
    if fmt != "table":
        said = [] if found is None else suggestion_records(one.protocol, found)
        emit(
            given,
            fmt,
            [{**plan_record(one), "suggestions": said}],
            columns(fmt, applied=False, explained=True),
        )
        return 0
    admission = desk.store.find(one.protocol).admission
    lines = explanation(one, admission)
    lines += ["  " + _("Similar tickets of the past suggest (nothing of it is applied):")]
    given.out.write("\n".join([*lines, *(f"    {line}" for line in suggestion_lines(found))]) + "\n")
    return 0


def _override(given: Globals, desk: Desk, fmt: str, wanted: tuple[str, str], reason: str) -> int:
    from ouvidoria_tui.desk.act import refused
    from ouvidoria_tui.desk.override import override
    from ouvidoria_tui.domain.permission import Verb
    from ouvidoria_tui.domain.ticket import Admission
    from ouvidoria_tui.errors import Conflict, NotFound, Refused

    protocol, written = wanted
    decision = choice(Admission, written, "DECISION")
    assert decision is not None
    outcome: Outcome
    try:
        outcome = override(desk, protocol, decision, reason)
    except (Refused, Conflict, NotFound) as error:
        outcome = refused(protocol, Verb.TRIAGE, error)
    return emit_outcomes(given, fmt, [outcome])


@contextmanager
def _saved(path: str) -> Iterator[BinaryIO]:
    """The file of a plan; standard input is kept aside, because it is read twice."""
    if path != "-":
        with open(path, "rb") as file:
            yield file
        return
    import shutil
    import sys
    import tempfile

    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.seek(0)
        yield kept


@contextmanager
def _stage(given: Globals, total: int, *, apply: bool) -> Iterator[Stage]:
    """Progress on stderr; where a person sees the rows themselves come, no bar comes between them."""
    from ouvidoria_tui.present.progress import stage

    label = N_("Triage carried out") if apply else N_("Triage planned")
    quiet = given.quiet or given.terminal
    with stage(label, total, given.err, quiet=quiet, colour=given.colour, ascii_only=given.ascii) as one:
        yield one


def _advanced(plans: Iterable[Plan], stage: Stage) -> Iterator[Plan]:
    for one in plans:
        stage.advance()
        yield one
