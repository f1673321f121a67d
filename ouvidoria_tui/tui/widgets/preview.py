"""The preview: who, what and the words of the ticket under the cursor, lines never wider than reads well."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.domain.ticket import Admission
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, plural, say, status_label, term
from ouvidoria_tui.tui.reads import Glance
from ouvidoria_tui.tui.widgets.rows import Look

#: Words of one message that a preview shows: the ticket's screen shows all of them.
LONGEST = 4_000


def words_of(glance: Glance, look: Look) -> Content:
    """A glance as text, clean."""
    ticket, dot = glance.ticket, f" {look.glyphs.dot} "
    head = [ticket.protocol, term(ticket.type), status_label(ticket.status, look.labels)]
    head += [term(ticket.severity)] if ticket.severity is not None else []
    head += [term(ticket.admission)] if ticket.admission is Admission.PENDING else []
    subject = _("[confidential]") if ticket.confidential else " ".join(clean(ticket.subject).split())
    people = [_("owner {login}", login=clean(glance.owner or look.glyphs.nothing))]
    people += [clean(glance.customer)] if glance.customer else []
    people += [clean(ticket.department)] if ticket.department else []
    if glance.attachments:
        people.append(plural("{count} attachment", "{count} attachments", glance.attachments))
    page = Content(dot.join(head)).stylize("bold") + Content(f"\n{subject}\n").stylize("bold $primary")
    page += Content(dot.join(people)).stylize("$secondary")
    if glance.masked:
        return page + Content(
            "\n\n" + _("Confidential: open it to read; who is behind it is asked for with W")
        )
    for who, at, words in glance.said:
        shown = clean(words[:LONGEST], newlines=True).strip("\n")
        more = look.glyphs.ellipsis if len(words) > LONGEST else ""
        name = clean(who) or _("Customer")
        page += Content(f"\n\n{name}{dot}{moment(at, look.zone)}\n").stylize("$secondary")
        page += Content(shown + more)
    return page


class Preview(VerticalScroll):
    """A glance at one ticket."""

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static("", id="preview-text", markup=False)

    def show(self, glance: Glance | None, look: Look) -> None:
        """The glance, from its beginning; ``None`` where there is no ticket."""
        self._say(words_of(glance, look) if glance is not None else Content(""))

    def fail(self, error: OuvidoriaError) -> None:
        """It could not be read."""
        self._say(Content(f"! {clean(say(error.message))}"))

    def _say(self, words: Content) -> None:
        self.query_one("#preview-text", Static).update(words)
        self.scroll_home(animate=False)
