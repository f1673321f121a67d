"""Whom the desk brings in: forward, area-answer, consent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import (
    FormatOption,
    PastOption,
    Protocols,
    RevisionOption,
    ToneOption,
    each,
    moment,
    perform,
)
from ouvidoria_tui.cli.output import choose, emit, judge
from ouvidoria_tui.cli.session import Globals, text_from
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.present.columns import machine_columns
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.area_letter import Redaction
    from ouvidoria_tui.domain.area_letter import AreaLetter


def forward(
    ctx: typer.Context,
    protocols: Protocols,
    area: Annotated[str, typer.Option("--area", metavar="NAME", help=_("The area that is asked"))],
    text: Annotated[
        str,
        typer.Option(
            "--text", metavar="TEXT", help=_("What the area is asked; - reads it from the standard input")
        ),
    ],
    preview: Annotated[
        bool, typer.Option("--preview", help=_("Show what the area would get; nothing is done"))
    ] = False,
    redact: Annotated[
        bool,
        typer.Option("--redact", help=_("Remove personal data also where the policy does not ask for it")),
    ] = False,
    remove: Annotated[
        list[str] | None,
        typer.Option("--remove", metavar="WORDS", help=_("Remove these words, too; may be repeated")),
    ] = None,
    restore: Annotated[
        list[str] | None,
        typer.Option(
            "--restore",
            metavar="WORDS",
            help=_("Leave in what was removed by its form alone; needs --reason; may be repeated"),
        ),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help=_("Why those words may be seen"))
    ] = None,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.area_letter import Redaction
    from ouvidoria_tui.desk.forward import forward as verb
    from ouvidoria_tui.domain.permission import Verb
    from ouvidoria_tui.domain.redaction import Wish

    words = text_from(text) or ""
    wish = Redaction(Wish(tuple(remove or ()), tuple(restore or ())), reason, redact)
    if preview:
        return _preview(ctx.obj, fmt, protocols, area, words, wish)
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.FORWARD,
        lambda desk, ref: verb(
            desk, ref, area, words, redaction=wish, when=moment(desk, at), revision=revision
        ),
    )


def _preview(
    given: Globals, fmt: str | None, protocols: Sequence[str], area: str, words: str, wish: Redaction
) -> int:
    """Prints what the area would get, ticket by ticket; what is refused is said with why, and the others are shown."""
    from ouvidoria_tui.desk.act import refused
    from ouvidoria_tui.desk.forward import preview
    from ouvidoria_tui.desk.outcome import Outcome, Result
    from ouvidoria_tui.domain.permission import Verb
    from ouvidoria_tui.present.area_words import LETTER_KEYS, letter_lines, letter_record

    chosen = choose(given, fmt)
    made: list[tuple[str, AreaLetter]] = []
    outcomes: list[Outcome] = []
    with given.desk(read_only=True) as desk:
        zone = desk.policy.policy.zone
        for ref in each(protocols):
            try:
                protocol = desk.store.find(ref).protocol
                made.append((protocol, preview(desk, ref, area, words, redaction=wish)))
                outcomes.append(Outcome(protocol, Verb.FORWARD.value, Result.DONE))
            except (Refused, NotFound, UsageError) as error:
                outcomes.append(refused(ref, Verb.FORWARD, error))
    if chosen == "table":
        given.out.write(
            "\n".join(line for one in made for line in letter_lines(*one, zone)) + "\n" * bool(made)
        )
    else:
        emit(
            given,
            chosen,
            [letter_record(protocol, letter, zone) for protocol, letter in made],
            machine_columns(LETTER_KEYS),
        )
    return judge(given, chosen, outcomes)


def area_answer(
    ctx: typer.Context,
    protocols: Protocols,
    text: Annotated[
        str,
        typer.Option(
            "--text", metavar="TEXT", help=_("What the area answered; - reads it from the standard input")
        ),
    ],
    area: Annotated[
        str | None, typer.Option("--area", metavar="NAME", help=_("Which area, where several were asked"))
    ] = None,
    none: Annotated[
        bool,
        typer.Option(
            "--none",
            help=_("It never answered: go on without it; --text says why (overdue and reminded only)"),
        ),
    ] = False,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk import forward as forwarding
    from ouvidoria_tui.domain.permission import Verb

    words = text_from(text) or ""
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.AREA_ANSWER,
        lambda desk, ref: (forwarding.waive if none else forwarding.area_answer)(
            desk, ref, words, area=area, when=moment(desk, at), revision=revision
        ),
    )


def consent(
    ctx: typer.Context,
    protocols: Protocols,
    ask: Annotated[bool, typer.Option("--ask", help=_("Ask the customer, in the words of --text"))] = False,
    given: Annotated[bool, typer.Option("--given", help=_("The customer agreed"))] = False,
    refused: Annotated[bool, typer.Option("--refused", help=_("The customer did not agree"))] = False,
    text: Annotated[
        str | None,
        typer.Option(
            "--text", metavar="TEXT", help=_("The question, or the customer's own words; - reads them")
        ),
    ] = None,
    at: PastOption = None,
    confirm_tone: ToneOption = False,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.consent import answer_consent, ask_consent
    from ouvidoria_tui.domain.permission import Verb

    if [ask, given, refused].count(True) != 1:
        raise UsageError(
            "ONE_OF_THREE",
            N_("say one of --ask, --given, --refused"),
            N_("--ask writes to the customer, the other two record the answer"),
        )
    words = text_from(text)
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.CONSENT,
        lambda desk, ref: (
            ask_consent(desk, ref, words or "", when=moment(desk, at), revision=revision)
            if ask
            else answer_consent(desk, ref, given=given, text=words, when=moment(desk, at), revision=revision)
        ),
        confirm_tone=confirm_tone,
    )


vars(forward)["example"] = (
    "ouvidoria forward 2026-000123-8 --area financeiro --text 'O estorno foi feito?'\n"
    "ouvidoria forward 2026-000123-8 --area corregedoria --text 'O que houve?' --remove 'carro azul' --preview"
)
vars(area_answer)["example"] = (
    "ouvidoria area-answer 2026-000123-8 --text 'Feito em 12/11.'\n"
    "ouvidoria area-answer 2026-000123-8 --none --area financeiro --text 'Três pedidos sem resposta.'"
)
vars(consent)["example"] = (
    "ouvidoria consent 2026-000123-8 --ask --text 'Podemos informar seu nome à área?'\n"
    "ouvidoria consent 2026-000123-8 --given --text 'Podem.'"
)
