"""What is done with the one ticket on the screen, beyond the verbs of every screen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from ouvidoria_tui.desk import triage as triaging
from ouvidoria_tui.desk.classify import transfer
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.file_kind import kind_of
from ouvidoria_tui.domain.foresight import foresee
from ouvidoria_tui.domain.ledger import Act as Event
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Admission, Status
from ouvidoria_tui.domain.ticket_file import Attachment
from ouvidoria_tui.errors import OuvidoriaError, Refused
from ouvidoria_tui.present.file_names import safe_name
from ouvidoria_tui.present.record_files import size_words
from ouvidoria_tui.present.safe import one_line
from ouvidoria_tui.present.saved_files import check_opens, open_copy, save_file
from ouvidoria_tui.present.words import _, clock_name, clock_state, say, status_label, term
from ouvidoria_tui.tui import reads_ticket
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.screens.acting import One
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.choose import Choice, Choose
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.incidents import LinksIncidents
from ouvidoria_tui.tui.screens.review import Intent, Review
from ouvidoria_tui.tui.screens.ticket_parts import FILES
from ouvidoria_tui.tui.screens.ticket_work import TicketWork
from ouvidoria_tui.tui.service import Act

_ENDS = {Verb.CLOSE: (Event.CLOSED, Status.CLOSED), Verb.REOPEN: (Event.REOPENED, Status.OPEN)}


@dataclass(eq=False)
class FileRead(Message):
    """The bytes of a file that somebody asked for."""

    name: str
    data: bytes

    bubble = False


@dataclass(eq=False)
class FileToOpen(Message):
    """The bytes of a file that somebody wants to see."""

    item: Attachment
    data: bytes

    bubble = False


class TicketActs(LinksIncidents, TicketWork):
    """Review before the end of a ticket, triage of this one, files, transfer, copying."""

    def perform(self, label: str, verb: Verb, one: One, *, ask: str = "") -> None:
        """As everywhere; closing and reopening show what they change before they do it."""
        if verb not in _ENDS or self.page is None:
            super().perform(label, verb, one, ask=ask)
            return
        act = Act(label, verb, self.targets(), one)
        review = Review(
            self._ending(self.page, label, verb), late=self.glyphs.late, bullet=self.glyphs.bullet
        )
        self.app.push_screen(review, lambda wanted: self.service.act(self, act) if wanted else None)

    def _ending(self, page: TicketPage, label: str, verb: Verb) -> Intent:
        event, to = _ENDS[verb]
        arrow = "->" if self.console_app.ascii_only else "→"
        facts = [(_("Ticket"), page.ticket.protocol)]
        if not self.hidden:
            facts.append((_("Subject"), page.ticket.subject))
        blocks: list[str] = []
        try:
            ahead = foresee(page.ticket, page.detail.record.clocks, page.clocks, event, to, page.now)
            labels = page.policy.labels
            status = f"{status_label(ahead.before, labels)} {arrow} {status_label(ahead.after, labels)}"
            moved = [
                f"{clock_name(old.name)}: {clock_state(old.state)} {arrow} {clock_state(new.state)}"
                for old, new in ahead.clocks
            ]
            facts += [(_("Status"), status), (_("Deadlines"), ", ".join(moved) or _("none changes"))]
        except Refused as error:
            blocks.append(say(error.message))
        letter = self.tells(verb) or _("the customer is not written to by this")
        effects = [_("recorded in the history with your name"), letter]
        warnings = [_("A draft on this ticket has not been sent.")] if page.drafts else []
        return Intent(label, _("Do it"), facts, None, blocks, warnings, effects)

    # --- triage

    def action_triage(self) -> None:
        """``t``: the plan that the tab shows; what writes to the customer is looked at first."""
        page = self.page
        if page is None:
            return
        if page.plan is None:
            decided = term(page.ticket.admission)
            self.toast(_("Triage has been decided: {decision}", decision=decided), "warning")
            return
        plan = page.plan

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            ((_plan, outcome),) = triaging.apply(desk, [plan])
            return outcome

        label = _("Triage: {decision}", decision=term(plan.decision))
        act = Act(label, Verb.TRIAGE, self.targets(), one)
        if plan.decision is Admission.ADMITTED:
            self.service.act(self, act)
            return
        effects = [_("the letter {name} goes to the customer", name=name) for name in plan.messages]
        if plan.decision is Admission.DUPLICATE:
            effects.append(_("the ticket is closed as a duplicate of {protocol}", protocol=plan.duplicate_of))
        reasons = [(reason.requirement or "", say(reason.text)) for reason in plan.reasons]
        intent = Intent(label, _("Carry it out"), reasons, effects=effects)
        review = Review(intent, late=self.glyphs.late, bullet=self.glyphs.bullet)
        self.app.push_screen(review, lambda wanted: self.service.act(self, act) if wanted else None)

    # --- another department

    def action_transfer(self) -> None:
        """``D``: to another department, with why."""
        choices = [Choice(named.slug, named.name, named.slug) for named in self.facts.policy.departments]

        def chosen(slug: str | None) -> None:
            if slug is not None:
                self.app.push_screen(Ask(_("Why does it go there?")), lambda words: said(slug, words))

        def said(slug: str, words: str | None) -> None:
            if words is not None:
                label = _("Moved to {department}", department=slug)
                self.perform(
                    label,
                    Verb.TRANSFER,
                    lambda desk, ref, seen: transfer(desk, ref, slug, words, revision=seen),
                )

        if self.targets():
            self.app.push_screen(Choose(_("Move to department"), choices), chosen)

    # --- files

    def save_attachment(self, seq: int) -> None:
        """Asks where to; then the bytes are read and written, never opened."""
        item = self._file(seq)
        if item is None:
            return
        name = safe_name(item.name, _("file"))
        question = _("Save {name} ({size}) as", name=one_line(item.name, 40), size=size_words(item.size))

        def said(path: str | None) -> None:
            if path is not None:
                job = reads_ticket.file_bytes(item.sha256)
                self.service.read(self, job, lambda data: FileRead(path, data), group="file")

        self.app.push_screen(Ask(question, str(Path.cwd() / name)), said)

    def on_file_read(self, message: FileRead) -> None:
        """Written where it was wanted, over nothing."""
        path = Path(message.name).expanduser()
        try:
            save_file(path, message.data)
        except OuvidoriaError as error:
            self.tell_error(error)
            return
        self.toast(_("Saved: {path}", path=str(path)))

    def _file(self, seq: int) -> Attachment | None:
        """The file of that number, where its name may be seen."""
        if self.page is None or self.hidden:
            return None
        return next((one for one in self.page.detail.attachments if one.seq == seq), None)

    def action_open_file(self) -> None:
        """``O``: reads the file under the cursor of the files' tab, to ask whether it shall be opened."""
        item = self._file(int(self.main.cursor)) if self.tab == FILES and self.main.cursor else None
        if item is None:
            self.toast(_("Choose a file on the tab of files first"), "warning")
            return
        job = reads_ticket.file_bytes(item.sha256)
        self.service.read(self, job, lambda data: FileToOpen(item, data), group="file")

    def on_file_to_open(self, message: FileToOpen) -> None:
        """Asks, with what the file is; then a private copy is opened."""
        item, data = message.item, message.data
        try:
            check_opens(item.name, data)
        except OuvidoriaError as error:
            self.tell_error(error)
            return
        lines = [
            f"{kind_of(data)}, {size_words(item.size)}",
            _("It comes from outside: open it only where you expected it."),
        ]
        question = Confirm(_("Open {name}?", name=one_line(item.name, 60)), lines)
        self.app.push_screen(question, lambda wanted: self._open_copy(item, data) if wanted else None)

    def _open_copy(self, item: Attachment, data: bytes) -> None:
        try:
            open_copy(item.name, data, _("file"))
        except OuvidoriaError as error:
            self.tell_error(error)
            return
        self.toast(_("Opened a copy: {name}", name=one_line(item.name, 60)))

    # --- copying

    def action_copy(self) -> None:
        """``y``: the protocol."""
        if self.page is not None:
            self.app.copy_to_clipboard(self.page.ticket.protocol)
            self.toast(_("Copied: {what}", what=self.page.ticket.protocol))

    def action_copy_summary(self) -> None:
        """``Y``: what it is and how it stands; what is masked stays masked."""
        page = self.page
        if page is None:
            return
        from ouvidoria_tui.tui.title_words import overdue_words, what_words

        subject = _("[confidential]") if self.hidden else one_line(page.ticket.subject, 200)
        parts = [f"{page.ticket.protocol}  {what_words(page, self.glyphs)}", subject, overdue_words(page)]
        self.app.copy_to_clipboard("\n".join(part for part in parts if part))
        self.toast(_("Copied: {what}", what=page.ticket.protocol))
