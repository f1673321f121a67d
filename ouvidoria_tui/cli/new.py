"""Registering a manifestation from flags, from prompts on a terminal, or with its text from standard input."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import ComplainedOption, FormatOption, OccurredOption, choice, epoch, written_in
from ouvidoria_tui.cli.conversations import ConductOption, MinutesOption, kept_points, show_card
from ouvidoria_tui.cli.session import Globals, text_from
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _, term
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.conversations import Call
    from ouvidoria_tui.desk.receive import Manifestation
    from ouvidoria_tui.domain.ticket import Channel


def new(
    ctx: typer.Context,
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="TEXT", help=_("What it is about, in one line"))
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help=_("The customer's own words; - reads them"))
    ] = None,
    type_: Annotated[
        str, typer.Option("--type", metavar="TYPE", help=_("complaint, criticism, suggestion …"))
    ] = "complaint",
    channel: Annotated[
        str, typer.Option("--channel", metavar="CHANNEL", help=_("portal, email, phone, chat, whatsapp …"))
    ] = "portal",
    department: Annotated[
        str | None, typer.Option("--department", metavar="NAME", help=_("The department chosen"))
    ] = None,
    prior_ticket: Annotated[
        str | None,
        typer.Option("--prior-ticket", metavar="NUMBER", help=_("The number of the first-instance ticket")),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help=_("The customer's name"))] = None,
    email: Annotated[
        str | None, typer.Option("--email", metavar="ADDRESS", help=_("The customer's address"))
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="NUMBER", help=_("CPF or CNPJ"))
    ] = None,
    plan: Annotated[str | None, typer.Option("--plan", metavar="NAME", help=_("The customer's plan"))] = None,
    confidential: Annotated[
        bool, typer.Option("--confidential", help=_("Keep out of search and lists"))
    ] = False,
    complained: ComplainedOption = None,
    occurred: OccurredOption = None,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help=_("Without a name, where the policy allows it"))
    ] = False,
    requester: Annotated[
        str | None,
        typer.Option(
            "--requester",
            metavar="KIND",
            help=_("What who writes is to the company: user, consumer, third-party-affected …"),
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language", metavar="LANG", help=_("Written to in pt-BR or en, where the customer is new")
        ),
    ] = None,
    difficulty: Annotated[
        str | None, typer.Option("--difficulty", metavar="DIFFICULTY", help=_("simple, medium, complex"))
    ] = None,
    escalation_reason: Annotated[
        str | None,
        typer.Option(
            "--escalation-reason",
            metavar="REASON",
            help=_("What brought it to the desk: speed, quality, other"),
        ),
    ] = None,
    at_request: Annotated[
        bool, typer.Option("--at-request", help=_("The customer asked for the desk"))
    ] = False,
    minutes: MinutesOption = None,
    conduct: ConductOption = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="DATE", help=_("When it arrived, where that is past"))
    ] = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.cli.output import choose
    from ouvidoria_tui.cli.show import emit_receipt
    from ouvidoria_tui.desk.receive import Manifestation, check_reason, nobody_known, receive, requester_marks
    from ouvidoria_tui.domain.customer import Customer, Requester
    from ouvidoria_tui.domain.ticket import Channel, Difficulty, EscalationReason, Type

    given: Globals = ctx.obj
    choose(given, fmt)
    words = text_from(text)
    if subject is None and words is None and sys.stdin.isatty():
        subject, words = _ask_for_it()
    kind, way = choice(Type, type_, "--type"), choice(Channel, channel, "--channel")
    assert kind is not None
    assert way is not None
    who_is = choice(Requester, requester, "--requester")
    tongue = written_in(language)
    who = None
    if name or email or document:
        who = Customer(0, name, email, document, plan, kind=who_is, language=tongue)
    elif tongue is not None:
        raise nobody_known(N_("nobody is known whose language --language says"))
    with given.desk() as desk:
        what = Manifestation(
            subject or "",
            words or "",
            kind,
            way,
            department,
            who,
            prior_ticket,
            plan,
            confidential or None,
            complained,
            epoch(desk, occurred),
            anonymous,
            requester_marks(who_is, who),
            difficulty=choice(Difficulty, difficulty, "--difficulty"),
            escalation_reason=choice(EscalationReason, escalation_reason, "--escalation-reason"),
            at_request=at_request,
            call=_call(given, way, minutes, conduct),
        )
        check_reason(desk, what)
        outcome = receive(desk, what, at=epoch(desk, at))
        _warn(given, what, outcome.details)
        emit_receipt(given, fmt, desk, outcome.protocol, str(outcome.details["access_code"]))
    return 0


def _call(given: Globals, way: Channel, minutes: int | None, conduct: str | None) -> Call | None:
    """The call in which it was brought, where something is told of it; else the card, on the telephone (S4-02)."""
    from ouvidoria_tui.desk.conversations import Call, check_minutes
    from ouvidoria_tui.domain.policy_access import REAL_TIME

    check_minutes(minutes)
    kept = kept_points(conduct)
    if minutes is None and kept is None:
        if way == "phone":
            show_card(given)
        return None
    if way not in REAL_TIME:
        raise UsageError(
            "NOT_A_CONVERSATION",
            N_("--minutes and --conduct tell of a conversation, and {channel} is none", channel=way.value),
            N_("leave them out, or give --channel phone"),
        )
    return Call(minutes=minutes, channel=way, conduct=kept)


def _ask_for_it() -> tuple[str, str]:
    subject = typer.prompt(_("Subject"), err=True)
    sys.stderr.write(_("The customer's own words; end with an empty line:") + "\n")
    lines: list[str] = []
    for line in sys.stdin:
        if not line.strip():
            break
        lines.append(line)
    return subject, "".join(lines)


def _warn(given: Globals, what: Manifestation, details: object) -> None:
    """What triage will look at, said at once; nothing of it refuses the registration."""
    if isinstance(details, dict) and "converted" in details:
        given.narrate(
            _(
                "{channel}: complex matters are worked on as a ticket; it goes on by {to}, linked to this contact",
                channel=term(what.channel),
                to=term(details["converted"]),
            )
        )
    if isinstance(details, dict) and "duplicate_of" in details:
        given.narrate(
            _(
                "note: {protocol} of the same customer and subject is open; it keeps its place (S3-47)",
                protocol=str(details["duplicate_of"]),
            )
        )


vars(new)["example"] = (
    "ouvidoria new --subject 'Cobrança em duplicidade' --text - --channel email --name 'Maria' <relato.txt\n"
    "ouvidoria new --type report --anonymous --subject 'Desvio de verba' --text -\n"
    "ouvidoria new --subject 'Site fora do ar' --text 'Ligou às 9h' --channel phone --difficulty complex"
)
