"""The files of the one ticket on the screen: saved, opened, attached, named as the records of what went before."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from ouvidoria_tui.desk.attach import attach, read_attachment
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.prepare import prior_records
from ouvidoria_tui.domain.file_kind import kind_of
from ouvidoria_tui.domain.ledger import Act as Event
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Channel
from ouvidoria_tui.domain.ticket_file import Attachment
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.file_names import safe_name
from ouvidoria_tui.present.record_files import size_words
from ouvidoria_tui.present.safe import one_line
from ouvidoria_tui.present.saved_files import check_opens, open_copy, save_file
from ouvidoria_tui.present.words import _, term
from ouvidoria_tui.tui import reads_ticket
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.choose import Choice, Choose
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.ticket_parts import FILES
from ouvidoria_tui.tui.screens.ticket_paths import TicketPaths

_OUT = "out"
_NEW = "new"


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


def typed_path(words: str) -> Path:
    """The path that somebody typed; ``~`` is the own folder."""
    return Path(os.path.expanduser(words))


class TicketFiles(TicketPaths):
    """What comes with a ticket as a file."""

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

        self.app.push_screen(Ask(question, str(Path.cwd() / name), settled=True), said)

    def on_file_read(self, message: FileRead) -> None:
        """Written where it was wanted, over nothing."""
        path = typed_path(message.name)
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

    # --- attaching

    def action_attach(self) -> None:
        """``F``: a file of this computer, then from whom it is."""
        page = self.page
        if page is None or not self.targets():
            return
        ways = sorted(Channel, key=lambda way: way is not page.ticket.channel)
        choices = [Choice(way.value, _("From the customer, by {way}", way=term(way))) for way in ways]
        choices.insert(1, Choice(_OUT, _("For the customer")))

        def said(words: str | None) -> None:
            if words is not None:
                self.app.push_screen(
                    Choose(_("From whom is it?"), choices), lambda way: self._attach_file(words, way)
                )

        self.app.push_screen(self._which_file(), said)

    def _which_file(self) -> Ask:
        return Ask(_("Which file? Its path"), check=lambda words: read_attachment(typed_path(words)))

    def _attach_file(self, words: str, way: str | None) -> None:
        if way is None:
            return
        path, out = typed_path(words), way == _OUT
        channel = None if out else Channel(way)

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            data = read_attachment(path)
            return attach(desk, ref, path.name, data, outgoing=out, channel=channel, revision=seen)

        self.perform(_("Attached: {name}", name=one_line(path.name, 60)), Verb.ATTACH, one)

    # --- the records of the earlier attendance

    def prior_file(self, label: str) -> None:
        """A file of the ticket that holds them, or one of this computer that is attached with it."""
        items = () if self.page is None or self.hidden else self.page.detail.attachments
        choices = [Choice(str(item.seq), one_line(item.name, 60), str(item.seq)) for item in items]
        choices.append(Choice(_NEW, _("Another file, by its path"), "…"))

        def chosen(number: str | None) -> None:
            if number == _NEW:
                self.app.push_screen(self._which_file(), lambda words: self._prior_path(label, words))
            elif number is not None:
                self.perform(
                    label,
                    Verb.PRIOR_RECORDS,
                    lambda desk, ref, seen: prior_records(desk, ref, file=int(number), revision=seen),
                )

        self.app.push_screen(Choose(_("Which file holds the records?"), choices), chosen)

    def _prior_path(self, label: str, words: str | None) -> None:
        if words is None:
            return
        path = typed_path(words)

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            data = read_attachment(path)
            with desk.store.transaction():
                attach(desk, ref, path.name, data, revision=seen)
                kept = [e.seq for e in desk.store.events(desk.store.find(ref).id) if e.type is Event.ATTACHED]
                return prior_records(desk, ref, file=max(kept, default=0))

        self.perform(label, Verb.PRIOR_RECORDS, one)
