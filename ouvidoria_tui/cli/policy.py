"""The policy in force, or a profile: show, check. What changes it stands beside: apply, diff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli import policy_apply
from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_, NN_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.domain.policy import Policy
    from ouvidoria_tui.domain.policy_check import Finding

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT,
)

_SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "assumption": N_("assumption")}


@app.callback(
    invoke_without_command=True, help=_("The policy in force: its calendars, clocks, gates and registers.")
)
def policy(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@app.command(
    help=_("Print the policy in force, or a profile.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria policy show --format json\nouvidoria policy show --toml >perfil.toml"
)
def show(
    ctx: typer.Context,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME|FILE", help=_("A profile instead of the policy in force")),
    ] = None,
    toml: Annotated[bool, typer.Option("--toml", help=_("The text as it is kept, to be edited"))] = False,
    rights: Annotated[
        bool, typer.Option("--rights", help=_("Rights and duties in plain words, to be given to customers"))
    ] = False,
    fmt: FormatOption = None,
) -> None:
    from ouvidoria_tui.cli.policy_sheet import sheet, sheet_columns, whole

    if toml and rights:
        raise UsageError(
            "USAGE", N_("--toml and --rights do not go together"), N_("give one of them at a time")
        )
    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    version, found, text = _policy(given, profile)
    if toml:
        _write_text(given, text)
    elif rights:
        _write_rights(given, chosen, found, version)
    elif chosen in ("json", "jsonl"):
        from ouvidoria_tui.present.json_text import json_text

        given.out.write(json_text(whole(found, version)) + "\n")
    else:
        human = chosen in ("table", "md")
        emit(given, chosen, sheet(found, version, human=human), sheet_columns())


@app.command(
    help=_("Look for mistakes, gaps and assumptions. Mistakes: exit 2; errors against the law: exit 4.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria policy check\nouvidoria policy check perfil.toml --format json"
)
def check(
    ctx: typer.Context,
    profile: Annotated[
        str | None,
        typer.Argument(metavar="[FILE|NAME]", help=_("A profile (default: the policy in force)")),
    ] = None,
    fmt: FormatOption = None,
) -> None:
    from ouvidoria_tui.domain.policy_check import FindingKind
    from ouvidoria_tui.domain.policy_check import check as findings_of

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    _version, found, text = _policy(given, profile)
    findings = findings_of(found)
    emit(given, chosen, _finding_records(findings, text), _finding_columns())
    if not findings:
        given.narrate(_("{name}: nothing is left open", name=found.key))
    errors = sum(one.severity is FindingKind.ERROR for one in findings)
    if errors:
        raise Refused(
            "POLICY_HAS_ERRORS",
            NN_(
                "{name} has {count} error that must be corrected before it is used",
                "{name} has {count} errors that must be corrected before it is used",
                errors,
                name=found.key,
            ),
            N_("correct the keys named above and check again"),
        )


app.command(help=policy_apply.APPLY_HELP)(policy_apply.apply)
app.command(help=policy_apply.DIFF_HELP)(policy_apply.diff)


def _policy(given: Globals, profile: str | None) -> tuple[int | None, Policy, str]:
    """Version (where it is the one in force), policy and its text."""
    if profile is not None:
        from ouvidoria_tui.founding import policy_of

        return None, *policy_of(profile)
    from ouvidoria_tui.report.reading import connection, policy_text

    with given.desk(read_only=True) as desk:
        in_force = desk.policy
        return in_force.version, in_force.policy, policy_text(connection(desk.store))


def _write_rights(given: Globals, fmt: str, policy: Policy, version: int | None) -> None:
    """The page of rights and duties: markdown, one object, or text as a person reads it."""
    from ouvidoria_tui.cli.policy_rights import page, rights

    if fmt in ("json", "jsonl"):
        from dataclasses import asdict

        from ouvidoria_tui.present.json_text import json_text
        from ouvidoria_tui.present.words import language

        record = {
            "key": policy.key,
            "version": version,
            "language": language(),
            "sections": [asdict(section) for section in rights(policy)],
        }
        given.out.write(json_text(record) + "\n")
        return
    from ouvidoria_tui.present.safe import clean

    lines = [clean(line) for line in page(policy, version, markdown=fmt == "md")]
    if fmt == "table":
        from textwrap import wrap

        width = min(given.width or 100, 100)
        lines = [part for line in lines for part in wrap(line, width, subsequent_indent="    ") or [""]]
    given.out.write("\n".join(lines) + "\n")


def _write_text(given: Globals, text: str) -> None:
    """The text byte for byte into a file or a pipe; made harmless on a terminal."""
    if given.terminal:
        from ouvidoria_tui.present.safe import clean

        text = clean(text, newlines=True)
    given.out.write(text if text.endswith("\n") else text + "\n")


def _finding_records(findings: list[Finding], text: str) -> Iterator[Record]:
    from ouvidoria_tui.domain.toml_lines import line_of, locate, path_of

    lines = locate(text)
    for one in findings:
        yield {
            "severity": one.severity.value,
            "key": one.key,
            "line": line_of(lines, path_of(one.key)),
            "message": say(one.message),
            "requirement": one.requirement,
        }


def _finding_columns() -> tuple[Column, ...]:
    def severity(record: Record) -> str:
        slug = str(record["severity"])
        return say(_SEVERITIES.get(slug, Text(slug)))

    def tone(record: Record) -> str:
        return {"error": "bad", "warning": "warn"}.get(str(record["severity"]), "")

    return (
        Column("severity", N_("Kind"), render=severity, tone=tone),
        Column("key", N_("Setting")),
        Column("line", N_("Line"), align="right", priority=1),
        Column("message", N_("What"), flex=True),
        Column("requirement", N_("Requirement"), priority=2),
    )
