"""Templates in the machine formats and as columns for people."""

from __future__ import annotations

from collections.abc import Mapping

from ouvidoria_tui.domain.template import Template, places_of
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.columns import epoch
from ouvidoria_tui.present.dates import moment, rfc3339
from ouvidoria_tui.text import N_


def template_record(one: Template, zone: str, logins: Mapping[int, str]) -> Record:
    """A version of a template; ``changed_by`` is a login."""
    return {
        "template": one.name,
        "language": one.language,
        "version": one.version,
        "reset": one.reset,
        "changed_at": None if one.changed_at is None else rfc3339(one.changed_at, zone),
        "changed_by": None if one.changed_by is None else logins.get(one.changed_by),
        "subject": one.text.partition("\n")[0].strip(),
        "places": list(places_of(one.text)),
        "text": one.text,
    }


def template_columns(zone: str) -> tuple[Column, ...]:
    """The columns of ``template list`` and ``template history`` for people."""

    def when(record: Record) -> str:
        at = epoch(record["changed_at"])
        return "" if at is None else moment(at, zone)

    return (
        Column("template", N_("Template")),
        Column("language", N_("Language"), priority=2),
        Column("version", N_("Version"), align="right"),
        Column("changed_at", N_("Changed"), render=when, priority=1),
        Column("changed_by", N_("By"), priority=1),
        Column("subject", N_("Subject"), flex=True),
    )
