"""The table of contents of the command line: every command, where it lives, and one line of help.

A command's module is loaded when that command runs. `ouvidoria --help` reads only this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_, Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: the module under ``cli`` and the name of its function, or of its Typer group."""

    module: str
    name: str
    help: Text
    panel: Text


_DESK = N_("The desk")
_ACTS = N_("Acts on tickets")
_REGISTERS = N_("Registers")
_DATA = N_("Data in and out")
_CARE = N_("Store and policy")

COMMANDS: dict[str, Entry] = {
    "queue": Entry(
        "queue", "queue", N_("The tickets that are not closed, in order, or what a QUERY finds"), _DESK
    ),
    "next": Entry("acts", "next_", N_("Take the first ticket of the queue that nobody has"), _DESK),
    "new": Entry("new", "new", N_("Register a manifestation; prints protocol and receipt"), _DESK),
    "show": Entry("show", "show", N_("One ticket with everything that is known of it"), _DESK),
    "history": Entry("show", "history", N_("The timeline of a ticket"), _DESK),
    "identity": Entry(
        "identity",
        "identity",
        N_("Who is behind a confidential ticket, with a reason; who has looked"),
        _DESK,
    ),
    "receipt": Entry("show", "receipt", N_("The receipt of a ticket"), _DESK),
    "track": Entry("tracking", "track", N_("What a customer may see of a ticket, by its access code"), _DESK),
    "triage": Entry(
        "triage", "triage", N_("Batch triage: a plan with reasons, then the same plan applied"), _DESK
    ),
    "duplicates": Entry(
        "duplicates", "duplicates", N_("Tickets that may be the same matter, with scores"), _DESK
    ),
    "incident": Entry("incidents", "app", N_("Incidents that trouble many customers"), _DESK),
    "notice": Entry("notices", "app", N_("Notices to many customers: maintenance, incidents"), _DESK),
    "suggest": Entry(
        "suggest", "suggest", N_("What similar tickets of the past suggest, with the evidence"), _DESK
    ),
    "escalations": Entry("queue", "escalations", N_("Escalated tickets by level and time to breach"), _DESK),
    "watch": Entry(
        "watch",
        "watch",
        N_("The clock's round: warnings, breaches, escalations, who must be told today"),
        _DESK,
    ),
    "status": Entry("acts", "status", N_("Move tickets to a status"), _ACTS),
    "assign": Entry("acts", "assign", N_("Give tickets to an agent"), _ACTS),
    "take": Entry("acts", "take", N_("Take tickets yourself"), _ACTS),
    "start": Entry("acts", "start", N_("Begin to work on tickets"), _ACTS),
    "reply": Entry("words", "reply", N_("Answer the customer"), _ACTS),
    "ask": Entry("words", "ask", N_("Ask the customer for information"), _ACTS),
    "note": Entry("words", "note", N_("Write an internal note"), _ACTS),
    "customer-reply": Entry("words", "customer_reply", N_("Record what the customer wrote or said"), _ACTS),
    "close": Entry("acts", "close", N_("Close tickets with a reason"), _ACTS),
    "reopen": Entry("acts", "reopen", N_("Reopen closed tickets"), _ACTS),
    "classify": Entry("handling", "classify", N_("Set type, severity, difficulty and cause"), _ACTS),
    "transfer": Entry("handling", "transfer", N_("Move tickets to another department"), _ACTS),
    "escalate": Entry("handling", "escalate", N_("Take tickets up: N1 area, N2 ombudsman, N3 board"), _ACTS),
    "ack": Entry("handling", "ack", N_("Acknowledge an escalation"), _ACTS),
    "hand-back": Entry(
        "handling", "hand_back", N_("Hand an escalated ticket back with an instruction"), _ACTS
    ),
    "forward": Entry("areas", "forward", N_("Ask an area, or remind it"), _ACTS),
    "call": Entry(
        "conversations", "call", N_("Record a call about tickets, with the card of conduct"), _ACTS
    ),
    "meeting": Entry(
        "conversations", "meeting", N_("Record a meeting: who was there, what was agreed"), _ACTS
    ),
    "convert": Entry(
        "conversations",
        "convert",
        N_("Let a chat, call or e-mail that proves complex go on as a ticket"),
        _ACTS,
    ),
    "area-answer": Entry("areas", "area_answer", N_("Record what an area answered"), _ACTS),
    "consent": Entry("areas", "consent", N_("Ask for consent, or record it given or refused"), _ACTS),
    "prior-records": Entry(
        "prior_records", "prior_records", N_("Keep the records of the earlier attendance"), _ACTS
    ),
    "position": Entry("case_work", "position", N_("Record what the customer or the company says"), _ACTS),
    "assess": Entry("case_work", "assess", N_("Assess the merit of a complaint, with grounds"), _ACTS),
    "conflict": Entry("case_work", "conflict", N_("Keep a ticket from an agent whom it concerns"), _ACTS),
    "customer-view": Entry(
        "case_work", "customer_view", N_("Record whether the customer is satisfied with the result"), _ACTS
    ),
    "team": Entry("case_work", "team", N_("Name the team of a complex case"), _ACTS),
    "measure": Entry("measures", "measure", N_("Record measures, done or not, or why there is none"), _ACTS),
    "improvement": Entry("improvements", "app", N_("What shall be better after complaints"), _ACTS),
    "quality": Entry("case_work", "quality", N_("Tick the quality check before a conclusive answer"), _ACTS),
    "reproduce": Entry("case_work", "reproduce", N_("Record whether a fault could be reproduced"), _ACTS),
    "confirm-written": Entry(
        "case_work", "confirm_written", N_("Record the written confirmation of a change"), _ACTS
    ),
    "access-code": Entry(
        "tracking", "access_code", N_("Issue a new access code, which voids the old one"), _ACTS
    ),
    "remind": Entry("case_work", "remind", N_("Remind the customer before closing for silence"), _ACTS),
    "decide": Entry("paths", "decide", N_("Decide what becomes of a suggestion"), _ACTS),
    "hand-on": Entry("paths", "hand_on", N_("Say whom praise is for, and that it has reached them"), _ACTS),
    "elements": Entry("paths", "elements", N_("Check what a report of wrongdoing holds"), _ACTS),
    "review": Entry("paths", "review", N_("Have a conclusive answer read by somebody else"), _ACTS),
    "mediate": Entry("paths", "mediate", N_("Record how a mediation ended"), _ACTS),
    "extend": Entry(
        "clocks",
        "extend",
        N_("Extend a deadline once, with reason, measures and notice to the customer"),
        _ACTS,
    ),
    "delay-notice": Entry(
        "clocks", "delay_notice", N_("Tell the customer, before the limit, that more time is needed"), _ACTS
    ),
    "suspend": Entry("clocks", "suspend", N_("Suspend clocks: what has run is kept"), _ACTS),
    "resume": Entry("clocks", "resume", N_("Let suspended clocks run again"), _ACTS),
    "interrupt": Entry("clocks", "interrupt", N_("Interrupt clocks: they start again"), _ACTS),
    "attach": Entry("words", "attach", N_("Attach a file to a ticket"), _ACTS),
    "attachments": Entry("attachments", "attachments", N_("The files of a ticket: list, save, open"), _DESK),
    "merge": Entry("duplicates", "merge", N_("Merge tickets into the one that goes on"), _ACTS),
    "unmerge": Entry("duplicates", "unmerge", N_("Take a merge back: the ticket as it stood before"), _ACTS),
    "link": Entry("links", "link", N_("Link two tickets that have to do with each other"), _ACTS),
    "unlink": Entry("links", "unlink", N_("Remove the link between two tickets"), _ACTS),
    "undo": Entry("handling", "undo", N_("Take back your last act on tickets"), _ACTS),
    "agent": Entry("agents_staff", "app", N_("The agents of the desk"), _REGISTERS),
    "customer": Entry("customers", "app", N_("The customers"), _REGISTERS),
    "contact": Entry("contacts", "app", N_("Who writes for customers, and who speaks for them"), _REGISTERS),
    "plan": Entry(
        "register_entries", "plan", N_("Plans, and which channels and departments each has"), _REGISTERS
    ),
    "department": Entry("register_entries", "department", N_("The departments of the desk"), _REGISTERS),
    "area": Entry("area_work", "area", N_("The areas that the desk asks"), _REGISTERS),
    "template": Entry("templates", "app", N_("The templates of letters, with their versions"), _REGISTERS),
    "article": Entry("articles", "app", N_("Articles of the knowledge base"), _REGISTERS),
    "view": Entry("views", "app", N_("Your own views of the queue"), _REGISTERS),
    "import": Entry("importing", "import_", N_("Bring tickets in from csv, tsv, xlsx, json or jsonl"), _DATA),
    "intake": Entry("intake", "app", N_("Mail to tickets and replies"), _DATA),
    "export": Entry("exporting", "export", N_("Write tickets, messages or events out"), _DATA),
    "survey": Entry("surveys", "app", N_("Satisfaction: answers recorded, given by code, listed"), _DESK),
    "outbox": Entry("outbox", "app", N_("Mail that leaves: what waits, sending it, settings"), _DATA),
    "report": Entry(
        "reporting", "report", N_("Figures: sla, backlog, volume, areas, satisfaction, first-line"), _DATA
    ),
    "analysis": Entry("analyses", "app", N_("Analyses of what was recorded, by period"), _DATA),
    "init": Entry("founding", "init", N_("Create a store"), _CARE),
    "demo": Entry("demo", "demo", N_("A sample desk in a temporary store"), _CARE),
    "doctor": Entry("doctor", "doctor", N_("Check this machine, the store and the policy"), _CARE),
    "profiles": Entry("founding", "profiles", N_("The profiles that come with ouvidoria"), _CARE),
    "policy": Entry("policy", "app", N_("The policy in force"), _CARE),
    "calendar": Entry("calendar", "app", N_("Business-time arithmetic"), _CARE),
    "deadline": Entry("deadline", "app", N_("Deadlines"), _CARE),
    "verify": Entry("care", "verify", N_("Prove that the ledger was not changed"), _CARE),
    "db": Entry("care", "app", N_("Care of the store"), _CARE),
}


def load(name: str) -> Any:
    """The parsed command of ``name``: only its own module is loaded."""
    from importlib import import_module

    import typer

    from ouvidoria_tui.cli.parser_words import speaking

    entry = COMMANDS[name]
    found = getattr(import_module(f"ouvidoria_tui.cli.{entry.module}"), entry.name)
    if isinstance(found, typer.Typer):
        group = found
    else:
        group = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        group.command(name=name, help=_help(entry, found), context_settings=CONTEXT)(found)
    return speaking(typer.main.get_command(group))


#: For every command: `-h` helps too, and help is as wide as 100 columns.
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _help(entry: Entry, function: object) -> str:
    example = getattr(function, "example", "")
    shown = f"\n\n\b\n{_('Examples')}:\n{example}" if example else ""
    return say(entry.help) + "." + shown


def unknown(name: str) -> UsageError:
    """The error for a command that does not exist."""
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=3)
    hint = (
        N_("did you mean: {names}?", names=", ".join(near))
        if near
        else N_("`ouvidoria --help` lists the commands")
    )
    return UsageError("UNKNOWN_COMMAND", N_("there is no command {name}", name=name[:40]), hint)


def print_help() -> None:
    """The commands by panel, and the global options."""
    lines = [
        _("Usage: ouvidoria [OPTIONS] COMMAND [ARGS]..."),
        "",
        _("The console of an ombudsman desk. Without a command, on a terminal, it opens the console."),
        "",
    ]
    for panel in (_DESK, _ACTS, _REGISTERS, _DATA, _CARE):
        lines.append(say(panel) + ":")
        lines += [
            f"  {name:<15} {say(entry.help)}" for name, entry in COMMANDS.items() if entry.panel is panel
        ]
        lines.append("")
    lines += [
        _("Options (before the command):"),
        "  --db PATH       " + _("the store (or OUVIDORIA_DB)"),
        "  --as AGENT      " + _("who acts (or OUVIDORIA_AGENT; default: the system user)"),
        "  --lang LANG     " + _("pt-BR or en (default: the locale)"),
        "  --no-color      " + _("no colours (or NO_COLOR)"),
        "  --ascii         " + _("only ASCII signs"),
        "  -q, --quiet     " + _("no narration on stderr"),
        "  -v, --verbose   " + _("say more when something fails"),
        "  -h, --help      " + _("this help; behind a command, that command's"),
        "  --version       " + _("the version"),
        "",
        _("Example: ouvidoria queue 'due<2d owner:me' --format json"),
    ]
    print("\n".join(lines))
