"""The board of incidents where a ticket is looked at: the open ones, the ticket linked to one (S0-29, S1-10)."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.incident import link_incident
from ouvidoria_tui.domain.incident import Incident
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.safe import one_line
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.screens.acting import Acting
from ouvidoria_tui.tui.screens.choose import Choice, Choose


@dataclass(eq=False)
class IncidentsRead(Message):
    """What goes on now."""

    incidents: tuple[Incident, ...]

    bubble = False


class LinksIncidents(Acting):
    """A screen from which its tickets can be linked to an open incident."""

    def action_incident(self) -> None:
        """``I``: the open incidents."""
        if not self.targets():
            self.toast(_("There is no ticket here"), "warning")
            return
        self.service.read(self, _open, IncidentsRead, group="incidents")

    def on_incidents_read(self, message: IncidentsRead) -> None:
        """Offers them, the newest first."""
        if not message.incidents:
            self.toast(_("no incident is open"))
            return
        zone = self.facts.zone
        choices = [
            Choice(
                str(one.number), f"{one_line(one.title, 60)} ({moment(one.opened_at, zone)})", str(one.number)
            )
            for one in message.incidents
        ]

        def chosen(number: str | None) -> None:
            if number is not None:
                self.perform(
                    _("Linked to incident {number}", number=number),
                    Verb.INCIDENT,
                    lambda desk, ref, seen: link_incident(desk, ref, int(number), revision=seen),
                )

        self.app.push_screen(Choose(_("Open incidents"), choices), chosen)


def _open(desk: Desk) -> tuple[Incident, ...]:
    return tuple(one for one in desk.store.incidents() if one.open)
