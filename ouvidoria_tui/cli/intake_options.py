"""Options that every way into the intake has."""

from __future__ import annotations

from typing import Annotated

import typer

from ouvidoria_tui.present.words import _

HistoricOption = Annotated[
    bool,
    typer.Option("--historic", help=_("Believe the messages' own dates, and write no letters: old mail")),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help=_("Do everything, and take it back: what would happen"))
]


def examples(help_: str, *lines: str) -> str:
    """A command's help with its examples."""
    return help_ + f"\n\n\b\n{_('Examples')}:\n" + "\n".join(lines)
