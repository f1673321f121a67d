"""Finding who it is from: the register is searched while typing, by any of a customer's data."""

from __future__ import annotations

from textual.widgets import Input

from ouvidoria_tui.domain.customer_list import CustomerRow
from ouvidoria_tui.domain.registration import GAPS
from ouvidoria_tui.present.safe import clean, one_line
from ouvidoria_tui.present.words import _, plural, say
from ouvidoria_tui.tui import reads_new
from ouvidoria_tui.tui.messages import Failed
from ouvidoria_tui.tui.screens.new_messages import CustomersFound
from ouvidoria_tui.tui.screens.picker import Choice, Picker
from ouvidoria_tui.tui.service import Service

#: The choice that takes what was typed as somebody new.
NEW = "new"


def customer_words(row: CustomerRow, *, short: bool = False) -> str:
    """A customer in a line: name, address, document, plan, what is open; ``short`` is what one line holds."""
    who = row.customer
    parts = [who.name, who.email or who.document] if short else [who.email, who.document, who.plan]
    said = [one_line(clean(part), 24 if short else 60) for part in parts if part]
    return " · ".join([*said, plural("{count} open", "{count} open", row.open)])


def gap_words(row: CustomerRow) -> str:
    """What is wanting in the registration."""
    return "; ".join(say(GAPS[gap][0]) for gap in row.gaps)


class FindCustomer(Picker):
    """Dismissed with a customer's number, ``new`` for whoever is typed and not known, or ``None``."""

    def __init__(self, service: Service, typed: str = "") -> None:
        super().__init__(_("Who is it from?"), hint=_("name, e-mail, document"), lead=6)
        self.service = service
        self.typed = typed
        self.rows: dict[str, CustomerRow] = {}

    def on_mount(self) -> None:
        """Looks for what is typed already."""
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = self.typed
            field.cursor_position = len(field.value)
        self.search(self.typed)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Looks again."""
        event.prevent_default()
        self.typed = event.value
        self.search(event.value)

    def search(self, words: str) -> None:
        """Asks the register."""
        job = reads_new.found(words)
        self.service.read(self, job, lambda rows: CustomersFound(words, rows), group="customers")

    def on_customers_found(self, message: CustomersFound) -> None:
        """Lists them, and last whoever is typed as somebody new."""
        if message.words != self.typed:
            return
        self.rows = {str(row.customer.id): row for row in message.rows}
        choices = [Choice(id_, customer_words(row, short=True), id_) for id_, row in self.rows.items()]
        if self.typed.strip():
            choices.append(Choice(NEW, _("not in the register: {name}", name=one_line(self.typed, 50)), "+"))
        self.offer(choices)

    def on_desk_failed(self, message: Failed) -> None:
        """The register cannot be read: there is nobody to offer."""
        self.offer(())
