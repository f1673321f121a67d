"""What each kind of manifestation goes through on its own path: decide, hand-on, elements, review, mediate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import (
    FormatOption,
    PastOption,
    Protocols,
    RevisionOption,
    choice,
    moment,
    perform,
)
from ouvidoria_tui.cli.session import text_from
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.desk.outcome import Outcome

GroundsOption = Annotated[
    str, typer.Option("--grounds", metavar="TEXT", help=_("Why; - reads it from the standard input"))
]


def decide(
    ctx: typer.Context,
    protocols: Protocols,
    decision: Annotated[
        str, typer.Option("--decision", metavar="WHAT", help=_("accepted, under-study or not-accepted"))
    ],
    grounds: GroundsOption,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.paths import decide as verb
    from ouvidoria_tui.domain.paths import Decision
    from ouvidoria_tui.domain.permission import Verb

    what, words = choice(Decision, decision, "--decision"), text_from(grounds) or ""
    assert what is not None
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.DECIDE,
        lambda desk, ref: verb(desk, ref, what, words, when=moment(desk, at), revision=revision),
    )


def hand_on(
    ctx: typer.Context,
    protocols: Protocols,
    whom: Annotated[
        str | None, typer.Option("--for", metavar="TEXT", help=_("Whom the praise is for; - reads it"))
    ] = None,
    area: Annotated[
        str | None, typer.Option("--area", metavar="NAME", help=_("That person's area, with --for"))
    ] = None,
    told: Annotated[
        str | None, typer.Option("--told", metavar="WHO", help=_("person or head: it has reached them"))
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help=_("How, with --told; - reads it"))
    ] = None,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk import paths
    from ouvidoria_tui.domain.paths import Told
    from ouvidoria_tui.domain.permission import Verb

    if (whom is None) == (told is None):
        raise UsageError(
            "FOR_OR_TOLD",
            N_("say one of --for, --told"),
            N_("--for says whom the praise is for, --told that it has reached the person or the head"),
        )
    who, words = choice(Told, told, "--told"), text_from(whom) or ""

    def one(desk: Desk, ref: str) -> Outcome:
        when = moment(desk, at)
        if who is None:
            return paths.praise_for(desk, ref, words, area=area, when=when, revision=revision)
        return paths.hand_on(desk, ref, who, text=text_from(text), when=when, revision=revision)

    return perform(ctx.obj, fmt, protocols, Verb.HAND_ON, one)


def elements(
    ctx: typer.Context,
    protocols: Protocols,
    grounds: GroundsOption,
    relevance: Annotated[
        bool, typer.Option("--relevance", help=_("It matters: it is about something that is forbidden"))
    ] = False,
    authorship: Annotated[
        bool, typer.Option("--authorship", help=_("It says who did it, or how that can be found out"))
    ] = False,
    materiality: Annotated[
        bool, typer.Option("--materiality", help=_("It says what was done, or what shows it"))
    ] = False,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.paths import check_elements
    from ouvidoria_tui.domain.paths import Element
    from ouvidoria_tui.domain.permission import Verb

    ticked = (
        (Element.RELEVANCE, relevance),
        (Element.AUTHORSHIP, authorship),
        (Element.MATERIALITY, materiality),
    )
    found, words = [one for one, tick in ticked if tick], text_from(grounds) or ""
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.ELEMENTS,
        lambda desk, ref: check_elements(desk, ref, found, words, when=moment(desk, at), revision=revision),
    )


def review(
    ctx: typer.Context,
    protocols: Protocols,
    propose: Annotated[
        str | None,
        typer.Option(
            "--propose", metavar="TEXT", help=_("The answer to be read by somebody else; - reads it")
        ),
    ] = None,
    approve: Annotated[bool, typer.Option("--approve", help=_("It may leave, word for word"))] = False,
    give_back: Annotated[
        bool, typer.Option("--return", help=_("It may not leave as it is; --text says why"))
    ] = False,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help=_("What the reader says; - reads it"))
    ] = None,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk import review as reading
    from ouvidoria_tui.domain.permission import Verb

    if [propose is not None, approve, give_back].count(True) != 1:
        raise UsageError(
            "ONE_OF_THREE",
            N_("say one of --propose, --approve, --return"),
            N_("the author proposes the answer; another agent approves it or returns it with --text"),
        )
    answer, words = text_from(propose) or "", text_from(text)

    def one(desk: Desk, ref: str) -> Outcome:
        when = moment(desk, at)
        if approve:
            return reading.approve(desk, ref, text=words, when=when, revision=revision)
        if give_back:
            return reading.give_back(desk, ref, words or "", when=when, revision=revision)
        return reading.propose(desk, ref, answer, when=when, revision=revision)

    return perform(ctx.obj, fmt, protocols, Verb.REVIEW, one)


def mediate(
    ctx: typer.Context,
    protocols: Protocols,
    outcome: Annotated[str, typer.Option("--outcome", metavar="HOW", help=_("agreement, partial or none"))],
    text: Annotated[
        str, typer.Option("--text", metavar="TEXT", help=_("What was agreed, or why nothing was; - reads it"))
    ],
    area: Annotated[
        str | None,
        typer.Option("--area", metavar="NAME", help=_("The area that spoke for the company")),
    ] = None,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.mediate import mediate as verb
    from ouvidoria_tui.domain.paths import Mediation
    from ouvidoria_tui.domain.permission import Verb

    how, words = choice(Mediation, outcome, "--outcome"), text_from(text) or ""
    assert how is not None
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.MEDIATE,
        lambda desk, ref: verb(desk, ref, how, words, area=area, when=moment(desk, at), revision=revision),
    )


vars(decide)["example"] = (
    "ouvidoria decide 2026-000123-8 --decision accepted --grounds 'Entra na versão de março.'"
)
vars(hand_on)["example"] = (
    "ouvidoria hand-on 2026-000123-8 --for 'Rita, do balcão' --area atendimento\n"
    "ouvidoria hand-on 2026-000123-8 --told person --text 'Lido em reunião'\n"
    "ouvidoria hand-on 2026-000123-8 --told head"
)
vars(elements)["example"] = (
    "ouvidoria elements 2026-000123-8 --relevance --materiality --grounds 'Não diz quem foi.'"
)
vars(review)["example"] = (
    "ouvidoria review 2026-000123-8 --propose - <resposta.txt\n"
    "ouvidoria --as bia review 2026-000123-8 --approve\n"
    "ouvidoria --as bia review 2026-000123-8 --return --text 'Falta o motivo.'"
)
vars(mediate)["example"] = (
    "ouvidoria mediate 2026-000123-8 --outcome agreement --area financeiro --text 'Estorno em três dias.'"
)
