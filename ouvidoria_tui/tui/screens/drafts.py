"""The agent's own drafts as a view: the newest first; choosing one goes on writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.message import Message

from ouvidoria_tui.domain.draft import NO_TICKET, Draft
from ouvidoria_tui.present.safe import one_line
from ouvidoria_tui.present.words import _, clock_name
from ouvidoria_tui.tui import reads_new, reads_ticket
from ouvidoria_tui.tui.messages import Failed, Target
from ouvidoria_tui.tui.reads_areas import Asking
from ouvidoria_tui.tui.rule_words import act_words
from ouvidoria_tui.tui.screens.compose import Kind
from ouvidoria_tui.tui.screens.deadline_form import act_of
from ouvidoria_tui.tui.screens.picker import Choice, Picker
from ouvidoria_tui.tui.service import Service


@dataclass(eq=False)
class DraftsRead(Message):
    """The drafts as they are kept."""

    rows: tuple[Draft, ...]

    bubble = False


_KINDS: Mapping[str, Kind] = {"reply": "reply", "note": "note", "call": "call"}


def kind_words(kind: str) -> str:
    """What a draft will be."""
    on_clock = act_of(kind)
    if on_clock is not None:
        return f"{act_words(on_clock[0])}, {clock_name(on_clock[1])}"
    what, _colon, area = kind.partition(":")
    if what in ("forward", "area-answer") and area:
        return _("to {area}", area=area) if what == "forward" else _("answer of {area}", area=area)
    names = {
        "reply": _("reply"),
        "note": _("note"),
        "call": _("call"),
        "escalate": _("escalation"),
        "survey": _("satisfaction"),
        reads_new.KIND: _("registration"),
    }
    return names.get(kind, kind)


class DraftsScreen(Picker):
    """Dismissed with the id of a draft; opens it by itself."""

    def __init__(self, service: Service) -> None:
        super().__init__(_("Drafts"), hint=_("type to filter"), lead=13)
        self.service = service
        self.rows: tuple[Draft, ...] = ()

    def on_mount(self) -> None:
        """Reads them."""
        self.service.read(self, reads_ticket.own_drafts, DraftsRead, group="drafts")

    def on_drafts_read(self, message: DraftsRead) -> None:
        """Lists them: ticket, kind, first words."""
        self.rows = message.rows
        self.choices = tuple(
            Choice(str(row.id), f"{kind_words(row.kind)}: {one_line(row.text, 50)}", row.protocol)
            for row in message.rows
        )
        self.offer(self.choices)

    def on_failed(self, message: Failed) -> None:
        """They cannot be read: nothing to offer."""
        self.offer(())

    def dismiss(self, result: str | None = None) -> None:  # type: ignore[override]
        """Goes on writing what was chosen."""
        from ouvidoria_tui.tui.app import Console

        app = self.app
        assert isinstance(app, Console)
        super().dismiss(result)
        row = next((row for row in self.rows if str(row.id) == result), None)
        if row is None:
            return
        if row.ticket_id == NO_TICKET:
            app.go(row.kind)
            return
        target = Target(row.ticket_id, row.protocol, row.revision)
        on_clock = act_of(row.kind)
        if on_clock is not None:
            app.open_deadline_act(target, *on_clock)
        elif row.kind == "escalate":
            app.open_escalate((target,))
        elif row.kind == "survey":
            app.open_survey(target)
        elif row.kind.startswith(("forward:", "area-answer:")):
            what, _colon, area = row.kind.partition(":")
            app.open_forward((Asking(target, area, area),), answer=what == "area-answer")
        else:
            app.open_compose(target, _KINDS.get(row.kind, "note"))
