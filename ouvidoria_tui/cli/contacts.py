"""The contacts of customers: list, add, edit, verify, authorise, revoke, link what a contact wrote before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import choice
from ouvidoria_tui.cli.customers import CustomerArgument, EmailOption, NameOption
from ouvidoria_tui.cli.output import FormatOption, choose, emit, emit_outcomes
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.present.column import Column
from ouvidoria_tui.present.words import _, plural
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.customer import Contact

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT,
    help=_("Who writes for a customer, and who speaks for it.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria contact list 12\nouvidoria contact authorise 34 --link",
)

ContactArgument = Annotated[
    int, typer.Argument(metavar="CONTACT", help=_("The number that `contact list` shows"))
]
MobileOption = Annotated[str | None, typer.Option("--mobile", metavar="NUMBER", help=_("The mobile number"))]
LandlineOption = Annotated[
    str | None, typer.Option("--landline", metavar="NUMBER", help=_("The landline number"))
]
RoleOption = Annotated[
    str | None, typer.Option("--role", metavar="ROLE", help=_("primary, secondary or other"))
]


@app.command(
    "list",
    help=_("The contacts of a customer: the primary one first.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria contact list maria@example.com",
)
def list_(ctx: typer.Context, customer: CustomerArgument, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.desk.customers import find_customer
    from ouvidoria_tui.present.record_customer import contact_columns, contact_record
    from ouvidoria_tui.report.registers import connection, contacts_of

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        zone = desk.policy.policy.zone
        found = contacts_of(connection(desk.store), find_customer(desk, customer).id)
        emit(given, chosen, [contact_record(one, zone) for one in found], contact_columns(chosen, zone))
    return 0


@app.command(
    help=_("Register a contact; with --authorised one who speaks for the customer.")
    + f"\n\n\b\n{_('Examples')}:\n"
    + "ouvidoria contact add 12 --name Rui --email rui@example.com --mobile '(11) 91234-5678' --role secondary"
)
def add(
    ctx: typer.Context,
    customer: CustomerArgument,
    name: NameOption = None,
    email: EmailOption = None,
    mobile: MobileOption = None,
    landline: LandlineOption = None,
    role: RoleOption = None,
    authorised: Annotated[bool, typer.Option("--authorised", help=_("Who speaks for the customer"))] = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.contacts import add_contact, authorise

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    fields = _given(name, email, mobile, landline, role)
    with given.desk() as desk:
        with desk.store.transaction():
            new = add_contact(desk, customer, fields)
            if authorised:
                new, _changed = authorise(desk, new.id)
        _hint_waiting(given, desk, new)
        return _told(given, chosen, desk, new, changed=True)


@app.command(
    help=_("Change what is known of a contact; an empty value takes it away.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria contact edit 34 --landline '(11) 3123-4567' --role primary"
)
def edit(
    ctx: typer.Context,
    contact: ContactArgument,
    name: NameOption = None,
    email: EmailOption = None,
    mobile: MobileOption = None,
    landline: LandlineOption = None,
    role: RoleOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.contacts import edit_contact

    fields = _given(name, email, mobile, landline, role)
    return _done(ctx.obj, fmt, lambda desk: edit_contact(desk, contact, fields))


@app.command(
    help=_("Say that the data of a contact were made sure of now; its address is well again.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria contact verify 34"
)
def verify(ctx: typer.Context, contact: ContactArgument, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.desk.contacts import verify_contact

    return _done(ctx.obj, fmt, lambda desk: verify_contact(desk, contact))


@app.command(
    "authorise",
    help=_("Let a contact speak for its customer; --link gives the customer what the contact wrote before.")
    + f"\n\n\b\n{_('Examples')}:\n"
    + "ouvidoria contact authorise 34 --by 33\nouvidoria contact authorise 34 --link",
)
def authorise_(
    ctx: typer.Context,
    contact: ContactArgument,
    by: Annotated[
        int | None, typer.Option("--by", metavar="CONTACT", help=_("The authorised contact who asked for it"))
    ] = None,
    link: Annotated[bool, typer.Option("--link", help=_("Link the tickets that wait for it, too"))] = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.contacts import authorise
    from ouvidoria_tui.desk.link_sender import link as verb

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        after, changed = authorise(desk, contact, by=by)
        if link:
            return emit_outcomes(given, chosen, verb(desk, contact))
        _hint_waiting(given, desk, after)
        return _told(given, chosen, desk, after, changed=changed)


@app.command(
    help=_("Deprive a contact of its voice from now on; what it wrote stays (--left: the person is gone).")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria contact revoke 34 --left"
)
def revoke(
    ctx: typer.Context,
    contact: ContactArgument,
    left: Annotated[bool, typer.Option("--left", help=_("The person left the customer"))] = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.contacts import revoke as verb

    return _done(ctx.obj, fmt, lambda desk: verb(desk, contact, left=left))


@app.command(
    help=_(
        "Link tickets that an authorised contact opened before to its customer: contractual clocks begin now."
    )
    + f"\n\n\b\n{_('Examples')}:\nouvidoria contact link 34\nouvidoria contact link 34 2026-000123-8"
)
def link(
    ctx: typer.Context,
    contact: ContactArgument,
    protocols: Annotated[
        list[str] | None,
        typer.Argument(metavar="P...", help=_("Only these tickets (default: all that wait)")),
    ] = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.link_sender import link as verb

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        outcomes = verb(desk, contact, protocols or ())
    if not outcomes:
        given.narrate(_("no ticket waits for this contact"))
    return emit_outcomes(given, chosen, outcomes)


def _given(
    name: str | None, email: str | None, mobile: str | None, landline: str | None, role: str | None
) -> Mapping[str, str]:
    from ouvidoria_tui.domain.customer import ContactRole

    if role is not None:
        choice(ContactRole, role, "--role")
        role = role.strip().lower()
    fields = {"name": name, "email": email, "mobile": mobile, "landline": landline, "role": role}
    return {key: value for key, value in fields.items() if value is not None}


def _hint_waiting(given: Globals, desk: Desk, contact: Contact) -> None:
    from ouvidoria_tui.desk.link_sender import waiting

    found = waiting(desk, contact) if contact.authorised else []
    if found:
        given.narrate(
            plural(
                "{count} ticket of this contact waits: {protocols}",
                "{count} tickets of this contact wait: {protocols}",
                len(found),
                protocols=", ".join(found[:5]),
            )
        )
        given.narrate(_("    give the customer what it wrote: ouvidoria contact link {id}", id=contact.id))


def _done(given: Globals, fmt: str | None, act: Callable[[Desk], tuple[Contact, bool]]) -> int:
    """Does ``act`` and shows the entry as it is then."""
    chosen = choose(given, fmt)
    with given.desk() as desk:
        after, changed = act(desk)
        return _told(given, chosen, desk, after, changed=changed)


def _told(given: Globals, fmt: str, desk: Desk, contact: Contact, *, changed: bool) -> int:
    from ouvidoria_tui.present.record_customer import contact_columns, contact_record

    zone = desk.policy.policy.zone
    record = {**contact_record(contact, zone), "result": "done" if changed else "unchanged"}
    result = Column("result", N_("Result"), render=lambda _record: _("done") if changed else _("unchanged"))
    emit(given, fmt, [record], (*contact_columns(fmt, zone), result))
    return 0
