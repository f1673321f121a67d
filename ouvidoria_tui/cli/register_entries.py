"""The registers that the profile seeds: `ouvidoria department`, `area`, `plan`, each with the same verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.present.column import Column
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.domain.register_entry import Entry

SlugArgument = Annotated[str, typer.Argument(metavar="SLUG", help=_("Its short name: financeiro"))]
NameOption = Annotated[str | None, typer.Option("--name", metavar="NAME", help=_("How it is called"))]
ScopeOption = Annotated[str | None, typer.Option("--scope", metavar="TEXT", help=_("What it is for"))]
EmailOption = Annotated[
    str | None, typer.Option("--email", metavar="ADDRESS", help=_("The address at which an area is asked"))
]
HeadOption = Annotated[
    str | None, typer.Option("--head", metavar="LOGIN|NAME", help=_("Who answers for an area"))
]
DueOption = Annotated[
    str | None, typer.Option("--due-days", metavar="N", help=_("Days an area has where nothing else is said"))
]
RankOption = Annotated[
    str | None,
    typer.Option("--rank", metavar="N", help=_("The place of a plan among the plans: 1 is the lowest")),
]
LevelOption = Annotated[
    str | None, typer.Option("--support-level", metavar="TEXT", help=_("The support that a plan has"))
]


def _group(kind: str, said: str) -> typer.Typer:
    """The commands of one register."""
    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=CONTEXT,
        help=f"{said}\n\n\b\n{_('Examples')}:\nouvidoria {kind} list\nouvidoria {kind} edit {_EXAMPLE[kind]}",
    )

    @app.command("list", help=_("Its entries.") + _example(f"ouvidoria {kind} list --format json"))
    def list_(ctx: typer.Context, fmt: FormatOption = None) -> int:
        given: Globals = ctx.obj
        chosen = choose(given, fmt)
        with given.desk(read_only=True) as desk:
            emit(given, chosen, [_record(kind, one) for one in desk.store.entries(kind)], _columns(kind))
        return 0

    @app.command(help=_("Add an entry.") + _example(f"ouvidoria {kind} add {_EXAMPLE[kind]}"))
    def add(
        ctx: typer.Context,
        slug: SlugArgument,
        name: NameOption = None,
        scope: ScopeOption = None,
        email: EmailOption = None,
        head: HeadOption = None,
        due_days: DueOption = None,
        rank: RankOption = None,
        support_level: LevelOption = None,
        fmt: FormatOption = None,
    ) -> int:
        from ouvidoria_tui.desk.register_entries import add_entry

        given: Globals = ctx.obj
        chosen = choose(given, fmt)
        fields = _given(kind, name, scope, email, head, due_days, rank, support_level)
        with given.desk() as desk:
            return _told(given, chosen, kind, add_entry(desk, kind, slug, fields), changed=True)

    @app.command(
        help=_("Change an entry; an empty value takes it away.")
        + _example(f"ouvidoria {kind} edit {_EXAMPLE[kind]}")
    )
    def edit(
        ctx: typer.Context,
        slug: SlugArgument,
        name: NameOption = None,
        scope: ScopeOption = None,
        email: EmailOption = None,
        head: HeadOption = None,
        due_days: DueOption = None,
        rank: RankOption = None,
        support_level: LevelOption = None,
        fmt: FormatOption = None,
    ) -> int:
        from ouvidoria_tui.desk.register_entries import edit_entry

        given: Globals = ctx.obj
        chosen = choose(given, fmt)
        fields = _given(kind, name, scope, email, head, due_days, rank, support_level)
        with given.desk() as desk:
            after, changed = edit_entry(desk, kind, slug, fields)
            return _told(given, chosen, kind, after, changed=changed)

    @app.command(
        help=_("Let an entry be chosen no more; what has it keeps it.")
        + _example(f"ouvidoria {kind} deactivate {_EXAMPLE[kind].split()[0]}")
    )
    def deactivate(ctx: typer.Context, slug: SlugArgument, fmt: FormatOption = None) -> int:
        return _set_active(ctx.obj, kind, slug, fmt, active=False)

    @app.command(
        help=_("Let an entry be chosen again.")
        + _example(f"ouvidoria {kind} activate {_EXAMPLE[kind].split()[0]}")
    )
    def activate(ctx: typer.Context, slug: SlugArgument, fmt: FormatOption = None) -> int:
        return _set_active(ctx.obj, kind, slug, fmt, active=True)

    return app


_EXAMPLE: Mapping[str, str] = {
    "department": "financeiro --name Financeiro",
    "area": "infra --email infra@example.com --head rui --due-days 3",
    "plan": "ouro --name Ouro --rank 3",
}
#: Which fields an entry of each register has.
_HAS: Mapping[str, tuple[str, ...]] = {
    "department": ("name", "scope"),
    "area": ("name", "scope", "email", "head", "due_days"),
    "plan": ("name", "rank", "support_level"),
}
_TITLES: Mapping[str, Text] = {
    "name": N_("Name"),
    "scope": N_("For"),
    "email": N_("E-mail"),
    "head": N_("Head"),
    "due_days": N_("Days"),
    "rank": N_("Rank"),
    "support_level": N_("Support"),
}


def _example(shown: str) -> str:
    return f"\n\n\b\n{_('Examples')}:\n{shown}"


def _given(
    kind: str,
    name: str | None,
    scope: str | None,
    email: str | None,
    head: str | None,
    due_days: str | None,
    rank: str | None,
    support_level: str | None,
) -> Mapping[str, str]:
    from ouvidoria_tui.errors import UsageError

    fields = {"name": name, "scope": scope, "email": email, "head": head, "due_days": due_days}
    fields |= {"rank": rank, "support_level": support_level}
    found = {key: value for key, value in fields.items() if value is not None}
    foreign = [key for key in found if key not in _HAS[kind]]
    if foreign:
        raise UsageError(
            "FIELD_OF_ANOTHER_REGISTER",
            N_("an entry of {kind} has no --{field}", kind=kind, field=foreign[0].replace("_", "-")),
            N_("it has: {names}", names=", ".join(f"--{key.replace('_', '-')}" for key in _HAS[kind])),
        )
    return found


def _set_active(given: Globals, kind: str, slug: str, fmt: str | None, *, active: bool) -> int:
    from ouvidoria_tui.desk.register_entries import set_entry_active

    chosen = choose(given, fmt)
    with given.desk() as desk:
        after, changed = set_entry_active(desk, kind, slug, active=active)
        return _told(given, chosen, kind, after, changed=changed)


def _record(kind: str, entry: Entry) -> dict[str, object]:
    fields = {name: getattr(entry, name) for name in _HAS[kind]}
    return {"slug": entry.slug, **fields, "active": entry.active}


def _columns(kind: str) -> tuple[Column, ...]:
    fields = (Column(name, _TITLES[name], flex=name in ("name", "scope", "email")) for name in _HAS[kind])
    return (Column("slug", N_("Slug")), *fields, Column("active", N_("Active")))


def _told(given: Globals, fmt: str, kind: str, entry: Entry, *, changed: bool) -> int:
    record = {**_record(kind, entry), "result": "done" if changed else "unchanged"}
    result = Column("result", N_("Result"), render=lambda _record: _("done") if changed else _("unchanged"))
    emit(given, fmt, [record], (*_columns(kind), result))
    return 0


department = _group("department", _("The departments of the desk."))
area = _group("area", _("The areas that the desk asks: where, whom, and how long they have."))
plan = _group("plan", _("The plans that customers have; without a command it prints what each plan has."))


@plan.callback(invoke_without_command=True)
def plan_matrix(ctx: typer.Context) -> int | None:
    """The matrix of channels and departments, where no command is named (S2-01)."""
    if ctx.invoked_subcommand is not None:
        return None
    return _matrix(ctx.obj)


@plan.command(
    "matrix",
    help=_("Which channels and departments each plan has.") + _example("ouvidoria plan matrix --format json"),
)
def matrix_(ctx: typer.Context, fmt: FormatOption = None) -> int:
    return _matrix(ctx.obj, fmt)


def _matrix(given: Globals, fmt: str | None = None) -> int:
    from ouvidoria_tui.domain.plan_matrix import Served, matrix
    from ouvidoria_tui.domain.ticket import Channel
    from ouvidoria_tui.present.words import term_of

    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        plans = [one for one in desk.store.entries("plan") if one.active]
        departments = desk.store.known_slugs("department")
        gates = desk.policy.policy.gates
        rows = matrix(gates, plans, departments)
    if not plans:
        given.narrate(_("this desk has no plans: every channel and department is for everybody"))
        return 0
    titles = {topic.name: topic.title for topic in gates.topics}

    def cell(served: Served) -> dict[str, object]:
        return {"open": served.open, "topics": list(served.topics), "conditions": list(served.conditions)}

    def words(value: object) -> str:
        assert isinstance(value, dict)
        only = [*(titles.get(one, one) for one in value["topics"]), *value["conditions"]]
        return _("no") if not value["open"] else ", ".join(only) or _("yes")

    def name(record: Mapping[str, object]) -> str:
        slug = str(record["slug"])
        return departments.get(slug, slug) if record["kind"] == "department" else term_of(Channel, slug)

    def column(slug: str, title: str) -> Column:
        return Column(
            slug, Text("{name}", {"name": title}), flex=True, render=lambda record: words(record[slug])
        )

    records = [
        {"kind": row.kind, "slug": row.slug, **{slug: cell(one) for slug, one in row.plans.items()}}
        for row in rows
    ]
    kinds = {"channel": N_("channel"), "primary": N_("first instance"), "department": N_("department")}
    from ouvidoria_tui.present.words import say

    columns = (
        Column("kind", N_("What"), render=lambda record: say(kinds[str(record["kind"])])),
        Column("slug", N_("Name"), render=name),
        *(column(one.slug, one.name) for one in plans),
    )
    emit(given, chosen, records, columns)
    return 0
