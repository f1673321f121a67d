"""Registering what comes: who, what, in whose words; F2 looks at it and registers it, esc keeps the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.domain.customer_list import CustomerRow
from ouvidoria_tui.domain.draft import NO_TICKET
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui import reads_new
from ouvidoria_tui.tui.error_words import error_words
from ouvidoria_tui.tui.keys import Where, bindings
from ouvidoria_tui.tui.messages import Acted, Failed
from ouvidoria_tui.tui.new_form import NewForm, choice_of, draft_choice, draft_words, typed_of
from ouvidoria_tui.tui.new_words import intent
from ouvidoria_tui.tui.screens.desk_screen import DeskScreen
from ouvidoria_tui.tui.screens.find_customer import NEW, FindCustomer, customer_words, gap_words
from ouvidoria_tui.tui.screens.new_messages import CustomersFound, Done, LookedAt
from ouvidoria_tui.tui.screens.new_parts import NewParts
from ouvidoria_tui.tui.screens.receipt import ReceiptScreen
from ouvidoria_tui.tui.screens.review import Review
from ouvidoria_tui.tui.service import Lane
from ouvidoria_tui.tui.widgets.field import Field


class NewScreen(NewParts):
    """The form; what was begun earlier and not registered comes back."""

    where = Where.NEW
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.NEW)]

    def __init__(self) -> None:
        super().__init__()
        self.kind = reads_new.KIND
        self.known: CustomerRow | None = None
        #: What was refused, by its line, with what stood in the form then.
        self._problems: Mapping[str, tuple[str, str]] = {}

    def on_mount(self) -> None:
        """Only the lines that apply, from the beginning."""
        self.told()

    # --- the draft: all the lines in one text

    @property
    def drawer(self) -> int | None:
        """Of no ticket yet."""
        return NO_TICKET

    @property
    def words(self) -> str:
        """Every line that is typed in."""
        return draft_words(self.form())

    def put(self, words: str) -> None:
        """The lines as they were kept."""
        self.put_typed(typed_of(words))

    @property
    def choice(self) -> str:
        """What is chosen and ticked."""
        return draft_choice(self.form())

    def choose(self, choice: str) -> None:
        """The same again; whoever was chosen from the register is looked for anew."""
        kept = choice_of(choice)
        self.put_chosen(kept)
        if kept.customer is not None:
            self.customer = kept.customer
            name = self.query_one("#name", Field).value
            job = reads_new.found(name)
            self.service.read(self, job, lambda rows: CustomersFound(name, rows), group="customers")

    def on_customers_found(self, message: CustomersFound) -> None:
        """Who was chosen before; nobody, where the register has no such customer any more."""
        self._choose(next((row for row in message.rows if row.customer.id == self.customer), None))

    # --- what is said around it

    def say_title(self) -> None:
        """Where one is."""
        into = f" {self.glyphs.into} "
        self.title_bar.show(
            f"{_('Queue')}{into}{_('Register a manifestation')}", clean(self.facts.agent.login)
        )

    def told(self) -> None:
        """The lines that apply, who it is from, what was refused, when the draft was kept."""
        form = self.form()
        self.show_lines(form)
        known = self.query_one("#known", Static)
        if self.known is not None:
            gaps = gap_words(self.known)
            known.update(
                Content(clean(customer_words(self.known) + (f" {self.glyphs.late} {gaps}" if gaps else "")))
            )
        known.display = self.known is not None
        said = {
            name: words for name, (words, was) in self._problems.items() if was == self._state(form, name)
        }
        for row in self.rows():
            row.say("  ".join(said[name] for name in row.names if name in said))
        whole = said.get("", "")
        self.query_one("#problem", Static).update(
            Content(f"{self.glyphs.late} {clean(whole)}" if whole else "")
        )
        self.query_one("#note", Static).update(Content(self.kept_words()))

    @staticmethod
    def _state(form: NewForm, name: str) -> str:
        """What a refusal hangs on: its line, or for several lines the whole."""
        if name in form.typed and name != "subject":
            return form.typed[name]
        return draft_words(form) + draft_choice(form)

    def on_radio_chosen(self) -> None:
        """Chosen or ticked."""
        self._touched()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Typed; another name is somebody else."""
        if (
            event.input.id == "name"
            and self.known is not None
            and event.value != (self.known.customer.name or "")
        ):
            self.known = self.customer = None
        self._touched()

    def _touched(self) -> None:
        self.told()
        self.later()

    # --- who

    def action_customer(self) -> None:
        """``F3``: the register, searched while typing."""
        finder = FindCustomer(self.service, self.query_one("#name", Field).value)

        def chosen(id_: str | None) -> None:
            if id_ is None:
                return
            if id_ != NEW:
                self._choose(finder.rows[id_])
                self.query_one("#subject", Field).focus()
                return
            self._choose(None)
            self.query_one("#name", Field).value = finder.typed.strip()
            self.query_one("#email", Field).focus()

        self.app.push_screen(finder, chosen)

    def _choose(self, row: CustomerRow | None) -> None:
        self.known = row
        self.customer = None if row is None else row.customer.id
        if row is not None:
            with self.prevent(Input.Changed):
                self.query_one("#name", Field).value = row.customer.name or ""
        self._touched()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: looks for the customer in the line of the name, else goes to the next line."""
        if event.input.id == "name":
            self.action_customer()
        else:
            self.focus_next()

    # --- looking at it, registering it

    def action_send(self) -> None:
        """``F2``: what would come of it, or what is wrong, each beside its line."""
        if self.sending:
            return
        form = self.form()
        job = reads_new.look(form)
        self.service.read(self, job, lambda looked: LookedAt(form, looked), group="look", lane=Lane.ACTS)

    def on_looked_at(self, message: LookedAt) -> None:
        """Shows it; F2 there registers exactly that."""
        form, looked = message.form, message.looked
        if looked.problems:
            self.refuse(looked.problems)
            return
        shown = intent(form, looked, self.known)
        review = Review(shown, late=self.glyphs.late, bullet=self.glyphs.bullet)
        self.app.push_screen(review, lambda wanted: self._register(form) if wanted else None)

    def _register(self, form: NewForm) -> None:
        self.sending = True
        self.service.read(self, reads_new.register(form), Done, group="register", lane=Lane.ACTS)

    def on_done(self, message: Done) -> None:
        """Away with the form; the receipt in its place."""
        self.sending, self.sent = False, True
        app, one = self.console_app, message.registered
        app.unsent = max(0, app.unsent - (self.kept_at is not None))
        # What `u` means now: it says that this stays, and reaches for nothing before it.
        outcome = Outcome(one.protocol, Verb.RECEIVE.value, Result.DONE)
        app.remember(Acted(_("Registered"), outcome.verb, (outcome,)))
        shown = ReceiptScreen(one, self.facts.policy, ascii_only=app.ascii_only, late=self.glyphs.late)
        self.leave()
        below = app.screen
        if isinstance(below, DeskScreen):
            below.reload()
        # Pushed by the app itself: the answer would never reach a screen that is gone.
        app.call_later(
            app.push_screen, shown, lambda wanted: app.open_ticket(one.ticket_id) if wanted else None
        )

    # --- refusals: each beside its line until that changes

    def refuse(self, problems: Mapping[str, OuvidoriaError]) -> None:
        """Says them, and goes to the first."""
        form = self.form()
        self._problems = {
            name: (error_words(error), self._state(form, name)) for name, error in problems.items()
        }
        self.app.bell()
        self.told()
        order = [name for row in self.rows() for name in row.names if name in problems]
        if order:
            self.query_one(f"#{order[0]}").focus()

    def on_failed(self, message: Failed) -> None:
        """Refused after all, or the store cannot be used: nothing that was typed is lost."""
        if message.what in ("look", "register"):
            self.sending = False
            self.refuse({reads_new.line_of(message.error, self.form()): message.error})
            return
        super().on_failed(message)
