"""The templates of letters: list, show, edit, history, reset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import written_in
from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals, text_from
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.template import Template

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=CONTEXT
)
#: The keys of a template in the machine formats.
KEYS = ("template", "language", "version", "reset", "changed_at", "changed_by", "subject", "places", "text")
_LISTED = tuple(key for key in KEYS if key != "text")
Name = Annotated[str, typer.Argument(metavar="NAME", help=_("The template: A1, C1, F1 …"))]
Language = Annotated[
    str | None,
    typer.Option("--language", metavar="LANG", help=_("pt-BR or en (default: the desk's own)")),
]


def _help(text: str, example: str) -> str:
    return f"{text}\n\n\b\n{_('Examples')}:\n{example}"


@app.callback(
    invoke_without_command=True,
    help=_help(
        _("The templates of letters; without a command it lists them."),
        "ouvidoria template\nouvidoria template show C1",
    ),
)
def template(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        list_(ctx)


@app.command("list", help=_help(_("The templates in force."), "ouvidoria template list --format json"))
def list_(ctx: typer.Context, fmt: FormatOption = None) -> None:
    from ouvidoria_tui.desk.templates import templates

    given: Globals = ctx.obj
    with given.desk(read_only=True) as desk:
        _emit(given, fmt, desk, templates(desk), _LISTED)


@app.command(
    "show",
    help=_help(
        _("A template as it can be edited: subject, empty line, text."),
        "ouvidoria template show C1 >c1.txt\nouvidoria template show C1 --version 0",
    ),
)
def show(
    ctx: typer.Context,
    name: Name,
    language: Language = None,
    version: Annotated[
        int | None,
        typer.Option("--version", metavar="N", min=0, help=_("That version; 0 is the one shipped")),
    ] = None,
    fmt: FormatOption = None,
) -> None:
    """Prints the text alone, also into a pipe; a record where a machine format is asked for."""
    from ouvidoria_tui.present.safe import clean

    given: Globals = ctx.obj
    with given.desk(read_only=True) as desk:
        found = _version(desk, name, _tag(desk, language), version)
        if fmt is None:
            given.out.write(clean(found.text.rstrip("\n") + "\n", newlines=True))
            return
        _emit(given, fmt, desk, [found], KEYS)


@app.command(
    "edit",
    help=_help(
        _("A new version of a template; the old ones stay."),
        "ouvidoria template edit C1 --text - <c1.txt",
    ),
)
def edit(
    ctx: typer.Context,
    name: Name,
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help=_("The whole template; - reads it"))],
    language: Language = None,
    fmt: FormatOption = None,
) -> None:
    from ouvidoria_tui.desk.templates import edit_template

    given: Globals = ctx.obj
    written = text_from(text) or ""
    with given.desk() as desk:
        _changed(given, fmt, desk, *edit_template(desk, name, _tag(desk, language), written))


@app.command(
    "history",
    help=_help(_("Every version of a template, the newest first."), "ouvidoria template history C1"),
)
def history(ctx: typer.Context, name: Name, language: Language = None, fmt: FormatOption = None) -> None:
    from ouvidoria_tui.desk.templates import template_history

    given: Globals = ctx.obj
    with given.desk(read_only=True) as desk:
        _emit(given, fmt, desk, template_history(desk, name, _tag(desk, language)), KEYS)


@app.command(
    "reset", help=_help(_("A template as it was shipped, as a new version."), "ouvidoria template reset C1")
)
def reset(ctx: typer.Context, name: Name, language: Language = None, fmt: FormatOption = None) -> None:
    from ouvidoria_tui.desk.templates import reset_template

    given: Globals = ctx.obj
    with given.desk() as desk:
        _changed(given, fmt, desk, *reset_template(desk, name, _tag(desk, language)))


def _tag(desk: Desk, written: str | None) -> str:
    from ouvidoria_tui.desk.desk import desk_language

    return written_in(written) or desk_language(desk)


def _version(desk: Desk, name: str, language: str, version: int | None) -> Template:
    from ouvidoria_tui.desk.templates import template_history
    from ouvidoria_tui.errors import NotFound

    versions = template_history(desk, name, language)
    for one in versions:
        if version is None or one.version == version:
            return one
    raise NotFound(
        "TEMPLATE_NOT_FOUND",
        N_("the template {template} has no version {number}", template=name, number=version),
        N_("`ouvidoria template history {template}` lists them", template=name),
    )


def _changed(given: Globals, fmt: str | None, desk: Desk, now: Template, changed: bool) -> None:
    if not changed:
        given.narrate(_("unchanged"))
    _emit(given, fmt, desk, [now], _LISTED)


def _emit(
    given: Globals, fmt: str | None, desk: Desk, found: Iterable[Template], keys: tuple[str, ...]
) -> None:
    from ouvidoria_tui.present.columns import machine_columns
    from ouvidoria_tui.present.record_template import template_columns, template_record

    chosen = choose(given, fmt)
    logins = {agent.id: agent.login for agent in desk.store.agents()}
    zone = desk.policy.policy.zone
    rows = [template_record(one, zone, logins) for one in found]
    emit(given, chosen, rows, template_columns(zone) if chosen in ("table", "md") else machine_columns(keys))
