"""Templates as the desk has them: edited, put back, each version an act of the desk with its author."""

from __future__ import annotations

from dataclasses import replace

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.ports import Templates
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.domain.ledger import Act, Message, Part, storable
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.template import Template, checked
from ouvidoria_tui.errors import NotFound
from ouvidoria_tui.text import N_


def template_in_force(desk: Desk, name: str, language: str) -> Template:
    """The newest version of a template; ``NotFound`` ``TEMPLATE_NOT_FOUND``."""
    shipped = _shipped(desk, name, language)
    newest = desk.store.telling.template(name, language)
    if newest is None:
        return shipped
    return replace(newest, text=shipped.text) if newest.reset else newest


def template_history(desk: Desk, name: str, language: str) -> tuple[Template, ...]:
    """Every version, the newest first; version 0 is the file. ``NotFound`` ``TEMPLATE_NOT_FOUND``."""
    shipped = _shipped(desk, name, language)
    versions = desk.store.telling.template_versions(name, language)
    return (*(replace(one, text=shipped.text) if one.reset else one for one in versions), shipped)


def templates(desk: Desk) -> tuple[Template, ...]:
    """All templates in force, by name and language."""
    return tuple(template_in_force(desk, *one) for one in (desk.templates.names() if desk.templates else ()))


def edit_template(desk: Desk, name: str, language: str, text: str) -> tuple[Template, bool]:
    """The template with a new text, and whether that is a new version: the same text is none.

    Raises ``NotFound``; ``UsageError`` ``BAD_TEMPLATE``; ``Refused`` ``TEMPLATE_PLACE_UNKNOWN``,
    ``TEMPLATE_PLACE_MISSING``.
    """
    desk.allow(Verb.TEMPLATE)
    written = checked(name, storable(text), _shipped(desk, name, language).text)
    with desk.store.transaction():
        now = template_in_force(desk, name, language)
        if written == checked(name, now.text, now.text):
            return now, False
        _record(desk, Act.TEMPLATE_CHANGED, now, Message(Part.NOTE, written))
        return template_in_force(desk, name, language), True


def reset_template(desk: Desk, name: str, language: str) -> tuple[Template, bool]:
    """The template as version 0 has it, and whether that changed anything; raises ``NotFound``."""
    desk.allow(Verb.TEMPLATE)
    with desk.store.transaction():
        now = template_in_force(desk, name, language)
        if now.version == 0 or now.reset:
            return now, False
        _record(desk, Act.TEMPLATE_RESET, now, None)
        return template_in_force(desk, name, language), True


def _record(desk: Desk, type_: Act, now: Template, words: Message | None) -> None:
    facts = {"template": now.name, "language": now.language, "version": now.version + 1}
    record_desk_act(desk, type_, facts, words)


def _shipped(desk: Desk, name: str, language: str) -> Template:
    if desk.templates is None:
        raise NotFound(
            "TEMPLATE_NOT_FOUND",
            N_("there is no template {template} in {language}", template=name[:20], language=language[:20]),
            N_("give this desk the folder of its templates"),
        )
    source: Templates = desk.templates
    return Template(name, language, 0, source(name, language))
