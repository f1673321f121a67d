"""The register of customers: list, show, add, edit, verify, merge, deactivate, activate, history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import choice, written_in
from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.present.column import Column
from ouvidoria_tui.present.words import _, plural
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.customer import Customer

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT,
    help=_("The customers: who they are, what they have open, who speaks for them.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria customer list silva\nouvidoria customer show 12",
)

#: Lines of a list that people read at once.
PAGE = 20

CustomerArgument = Annotated[
    str, typer.Argument(metavar="CUSTOMER", help=_("Number, e-mail, document or external id"))
]
NameOption = Annotated[str | None, typer.Option("--name", metavar="NAME", help=_("The name"))]
EmailOption = Annotated[str | None, typer.Option("--email", metavar="ADDRESS", help=_("The e-mail address"))]
DocumentOption = Annotated[
    str | None, typer.Option("--document", metavar="NUMBER", help=_("CPF, CNPJ or another document"))
]
PlanOption = Annotated[str | None, typer.Option("--plan", metavar="SLUG", help=_("The plan"))]
KindOption = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help=_("customer, customer-no-access, non-customer, third-party-affected, user or consumer"),
    ),
]
LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language", metavar="LANG", help=_("Written to in pt-BR or en; empty: as the desk writes")
    ),
]
ExternalOption = Annotated[
    str | None, typer.Option("--external-id", metavar="ID", help=_("What the other system calls it"))
]
SourceOption = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help=_("Which system that external id is of"))
]


@app.command(
    "list",
    help=_("Customers by name; WORDS look in names, addresses, documents, external ids, and in contacts.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria customer list joão silva\nouvidoria customer list --stale",
)
def list_(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="WORDS", help=_("What to look for"))] = None,
    stale: Annotated[
        bool, typer.Option("--stale", help=_("Only those whose registration is old or incomplete"))
    ] = False,
    kind: KindOption = None,
    inactive: Annotated[bool, typer.Option("--inactive", help=_("Those that were put aside, too"))] = False,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help=_("At most so many (default: 20 for people)")),
    ] = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.domain.customer import Requester
    from ouvidoria_tui.domain.customer_list import Wanted
    from ouvidoria_tui.errors import Refused
    from ouvidoria_tui.present.record_customer import customer_columns, row_record
    from ouvidoria_tui.report.registers import connection, customers, snapshot

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    wanted_kind = choice(Requester, kind, "--kind")
    people = chosen in ("table", "md")
    most = limit or (PAGE if people else None)
    with given.desk(read_only=True) as desk:
        policy = desk.policy.policy
        months = policy.gates.stale_months
        if stale and not months:
            raise Refused(
                "STALENESS_UNDEFINED",
                N_("the policy does not say how often a registration is verified"),
                N_("write stale_months = 12 (or another number) under [gates] and apply the policy"),
            )
        wanted = Wanted(" ".join(words or []), wanted_kind, inactive, stale, months, desk.clock.now())
        conn = connection(desk.store)
        with snapshot(conn):
            rows = customers(conn, wanted, None if most is None else most + 1)
            shown = list(rows) if most is not None else None
            records = (row_record(row, policy.zone) for row in (rows if shown is None else shown[:most]))
            count = emit(given, chosen, records, customer_columns(chosen))
    if shown is not None and most is not None and len(shown) > most:
        given.narrate(_("there are more: say more of the name, or --limit N"))
    elif people and not count:
        given.narrate(_("no customer matches") if words or stale else _("no customer yet"))
    return 0


@app.command(
    help=_("One customer: plan, contacts, what is wanting, and all tickets, open and closed.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria customer show maria@example.com"
)
def show(ctx: typer.Context, customer: CustomerArgument, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.cli.customers_page import page, whole
    from ouvidoria_tui.desk.customers import find_customer

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        record = whole(desk, find_customer(desk, customer))
        if chosen == "table":
            page(given, desk, record)
        else:
            emit(given, chosen, [record], [Column(key, Text(key)) for key in record])
    return 0


@app.command(
    help=_("Register a customer.")
    + f"\n\n\b\n{_('Examples')}:\n"
    + "ouvidoria customer add --name 'Padaria Aurora' --email contato@example.com --kind customer"
)
def add(
    ctx: typer.Context,
    name: NameOption = None,
    email: EmailOption = None,
    document: DocumentOption = None,
    plan: PlanOption = None,
    kind: KindOption = None,
    language: LanguageOption = None,
    external_id: ExternalOption = None,
    source: SourceOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.customers import add_customer

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    fields = _given(name, email, document, plan, kind, language, external_id, source)
    with given.desk() as desk:
        return _told(given, chosen, desk, add_customer(desk, fields), changed=True)


@app.command(
    help=_("Change what is known of a customer; an empty value takes it away.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria customer edit 12 --plan ouro --document ''"
)
def edit(
    ctx: typer.Context,
    customer: CustomerArgument,
    name: NameOption = None,
    email: EmailOption = None,
    document: DocumentOption = None,
    plan: PlanOption = None,
    kind: KindOption = None,
    language: LanguageOption = None,
    external_id: ExternalOption = None,
    source: SourceOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.customers import edit_customer

    fields = _given(name, email, document, plan, kind, language, external_id, source)
    return _done(ctx.obj, fmt, lambda desk: edit_customer(desk, customer, fields))


@app.command(
    help=_("Say that the data of a customer and its contacts were made sure of now.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria customer verify 12"
)
def verify(ctx: typer.Context, customer: CustomerArgument, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.desk.customers import verify_customer

    return _done(ctx.obj, fmt, lambda desk: verify_customer(desk, customer))


@app.command(
    help=_("Put a customer aside: it is listed no more; tickets and contacts stay as they are.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria customer deactivate 12"
)
def deactivate(ctx: typer.Context, customer: CustomerArgument, fmt: FormatOption = None) -> int:
    return _set_active(ctx.obj, customer, fmt, active=False)


@app.command(
    help=_("Bring a customer that was put aside back.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria customer activate 12"
)
def activate(ctx: typer.Context, customer: CustomerArgument, fmt: FormatOption = None) -> int:
    return _set_active(ctx.obj, customer, fmt, active=True)


@app.command(
    help=_("Join two entries that are one customer: what follows is shown, and done with --apply.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria customer merge 12 57\nouvidoria customer merge 12 57 --apply"
)
def merge(
    ctx: typer.Context,
    stays: Annotated[str, typer.Argument(metavar="STAYS", help=_("The customer that stays"))],
    goes: Annotated[str, typer.Argument(metavar="GOES", help=_("The entry that is joined to it"))],
    apply: Annotated[bool, typer.Option("--apply", help=_("Do it; it cannot be taken back"))] = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.customer_merge import merge as verb

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        done = verb(desk, stays, goes, apply=apply)
    record: dict[str, object] = {
        "stays": done.stays.id,
        "goes": done.goes.id,
        "fields": list(done.fields),
        "tickets": list(done.tickets),
        "contacts": list(done.contacts),
        "result": "done" if apply else "planned",
    }
    titles = (N_("Stays"), N_("Goes"), N_("Taken over"), N_("Tickets"), N_("Contacts"), N_("Result"))
    emit(given, chosen, [record], [Column(key, title) for key, title in zip(record, titles, strict=True)])
    if not apply:
        given.narrate(_("nothing was done; it cannot be taken back: repeat with --apply"))
    else:
        given.narrate(plural("{count} ticket moved", "{count} tickets moved", len(done.tickets)))
    return 0


@app.command(
    help=_("Who changed what of a customer and its contacts, and when; old personal data are not kept.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria customer history 12"
)
def history(ctx: typer.Context, customer: CustomerArgument, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.desk.customers import find_customer
    from ouvidoria_tui.present.record_customer import history_record
    from ouvidoria_tui.report.registers import connection, customer_events, logins

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        zone, conn = desk.policy.policy.zone, connection(desk.store)
        names = logins(conn)
        events = customer_events(conn, find_customer(desk, customer).id)
        notices: dict[object, str] = {one.number: one.subject for one in desk.store.notices.all()}
        rows = [history_record(event, names, zone, notices) for event in events]
        emit(given, chosen, rows, _history(chosen, zone))
    return 0


def _history(fmt: str, zone: str) -> tuple[Column, ...]:
    from ouvidoria_tui.present.record_customer import history_columns

    columns = history_columns(zone)
    extra = (
        Column("customer", N_("Customer")),
        Column("changes", N_("Changes")),
        Column("notice", N_("Notice")),
        Column("subject", N_("Subject")),
    )
    return columns if fmt in ("table", "md") else (*columns, *extra)


def _given(
    name: str | None,
    email: str | None,
    document: str | None,
    plan: str | None,
    kind: str | None,
    language: str | None,
    external_id: str | None,
    source: str | None,
) -> Mapping[str, str]:
    from ouvidoria_tui.domain.customer import Requester

    if kind:
        choice(Requester, kind, "--kind")
        kind = kind.strip().lower()
    fields = {
        "name": name,
        "email": email,
        "document": document,
        "plan": plan,
        "kind": kind,
        "language": None if language is None else written_in(language) or "",
        "external_id": external_id,
        "source": source,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _set_active(given: Globals, customer: str, fmt: str | None, *, active: bool) -> int:
    from ouvidoria_tui.desk.customers import set_customer_active

    return _done(given, fmt, lambda desk: set_customer_active(desk, customer, active=active))


def _done(given: Globals, fmt: str | None, act: Callable[[Desk], tuple[Customer, bool]]) -> int:
    """Does ``act`` and shows the entry as it is then."""
    chosen = choose(given, fmt)
    with given.desk() as desk:
        after, changed = act(desk)
        return _told(given, chosen, desk, after, changed=changed)


def _told(given: Globals, fmt: str, desk: Desk, customer: Customer, *, changed: bool) -> int:
    from ouvidoria_tui.present.record_customer import customer_record

    record = {
        **customer_record(customer, desk.policy.policy.zone),
        "result": "done" if changed else "unchanged",
    }
    shown = ("id", "name", "email", "document", "plan", "kind", "active", "result")
    titles = {"id": N_("No."), "name": N_("Name"), "email": N_("E-mail"), "document": N_("Document")}
    titles |= {"plan": N_("Plan"), "kind": N_("Kind"), "active": N_("Active"), "result": N_("Result")}
    columns = [
        Column(key, titles[key], flex=key in ("name", "email"), render=None if key != "result" else _result)
        for key in shown
    ]
    if fmt not in ("table", "md"):
        columns[6:6] = [
            Column(key, Text(key)) for key in ("language", "source", "external_id", "verified_at")
        ]
    emit(given, fmt, [record], columns)
    return 0


def _result(record: Mapping[str, object]) -> str:
    return _("done") if record["result"] == "done" else _("unchanged")
