"""The lines of the form of a registration: widgets, what is in them, and back into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static

from ouvidoria_tui.domain.conduct import Conduct
from ouvidoria_tui.domain.customer import Requester
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ticket import Channel, Difficulty, EscalationReason, Type
from ouvidoria_tui.present.safe import clean, fit
from ouvidoria_tui.present.words import _, term
from ouvidoria_tui.tui.new_form import (
    ANONYMOUS,
    AT_REQUEST,
    CHOSEN,
    CONFIDENTIAL,
    TICKED,
    TYPED,
    UNSAID,
    NewForm,
)
from ouvidoria_tui.tui.screens.writing import Writing
from ouvidoria_tui.tui.widgets.field import Field
from ouvidoria_tui.tui.widgets.form_row import FormRow
from ouvidoria_tui.tui.widgets.radio import Option, Radio
from ouvidoria_tui.tui.widgets.text_box import TextBox
from ouvidoria_tui.tui.widgets.ticks import Ticks

#: The widest title of a line.
_TITLE = 16


class NewParts(Writing):
    """The widgets; ``customer`` is the number of whoever was chosen from the register."""

    CSS_PATH = "new.tcss"
    AUTO_FOCUS = "#type"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012

    customer: int | None = None

    def body(self) -> ComposeResult:
        """First what every call has, then what some have."""
        with VerticalScroll(id="fields", can_focus=False):
            yield self._row(("", self._radio("type", _("Type"), Type)))
            yield self._row(("", self._radio("channel", _("Channel"), Channel)))
            yield self._row(("", self._marks()))
            yield self._row(
                (_("Customer"), Field(placeholder=_("name; enter looks in the register"), id="name"))
            )
            yield Static("", id="known", markup=False)
            yield self._row((_("E-mail"), Field(id="email")), (_("Document"), Field(id="document")))
            yield self._row((_("Subject"), Field(id="subject")))
            yield Static(
                Content(_("Report, in the customer's own words (F4 opens the editor)")), id="text-title"
            )
            yield self._row(("", TextBox(id="text")))
            yield self._row((_("Department"), self._departments("department")), (_("Plan"), Field(id="plan")))
            yield self._row((_("Earlier ticket"), Field(placeholder=_("its number"), id="prior")))
            yield self._row(("", self._radio("reason", _("Brought by"), EscalationReason, unsaid=True)))
            yield self._row((_("Its records"), Field(placeholder=_("what they say"), id="records")))
            yield self._row(
                (_("Wish"), Field(placeholder=_("what the customer wants to come of it"), id="wish"))
            )
            yield self._row(
                (_("Happened"), Field(placeholder=_("a date"), id="occurred")),
                (_("Complained of"), self._departments("complained")),
            )
            yield self._row((_("Arrived"), Field(placeholder=_("now; else when, in the past"), id="at")))
            yield self._row(("", self._radio("requester", _("Who writes is"), Requester, unsaid=True)))
            yield self._row(("", self._languages()))
            yield self._row(("", self._radio("difficulty", _("Difficulty"), Difficulty, unsaid=True)))
            yield self._row(
                (_("Minutes"), Field(placeholder=_("how long the conversation was"), id="minutes"))
            )
            yield self._row(("", self._conduct()))
        yield Static("", id="problem", markup=False)
        yield Static("", id="note", markup=False)

    def _row(self, *parts: tuple[str, Widget]) -> FormRow:
        return FormRow(*parts, late=self.glyphs.late)

    def _radio(self, name: str, title: str, kind: type[StrEnum], *, unsaid: bool = False) -> Radio:
        options = [Option(UNSAID, self.glyphs.nothing)] if unsaid else []
        options += [Option(one.value, term(one)) for one in kind]
        radio = Radio(fit(title, _TITLE), options, bullet=self.glyphs.bullet, id=name)
        if kind is Channel:
            radio.value = Channel.PHONE.value
        return radio

    def _languages(self) -> Radio:
        # Each language by its own name, whatever the console speaks.
        named = {Language.PORTUGUESE: "português", Language.ENGLISH: "English"}
        options = [
            Option(UNSAID, self.glyphs.nothing),
            *(Option(one.value, name) for one, name in named.items()),
        ]
        return Radio(fit(_("Letters in"), _TITLE), options, bullet=self.glyphs.bullet, id="language")

    def _marks(self) -> Ticks:
        marks = [
            Option(ANONYMOUS, _("anonymous")),
            Option(CONFIDENTIAL, _("confidential")),
            Option(AT_REQUEST, _("asked for the desk")),
        ]
        return Ticks(fit(_("From"), _TITLE), marks, id="marks")

    def _conduct(self) -> Ticks:
        return Ticks(fit(_("Card"), _TITLE), [Option(one.value, term(one)) for one in Conduct], id="conduct")

    def _departments(self, name: str) -> Field:
        field = Field(id=name)
        names = [clean(one.name) for one in self.facts.policy.departments]
        field.suggester = SuggestFromList(names, case_sensitive=False)
        return field

    # --- what is in them

    def form(self) -> NewForm:
        """Everything as it stands."""
        typed = {name: self._typed(name) for name in TYPED}
        chosen = {name: self.query_one(f"#{name}", Radio).value for name in CHOSEN}
        ticked = {name: self._ticked(name) for name in TICKED}
        return NewForm(typed, chosen, ticked, self.customer)

    def _typed(self, name: str) -> str:
        return self.box.text if name == "text" else self.query_one(f"#{name}", Field).value

    def _ticked(self, name: str) -> tuple[str, ...]:
        ticks = self.query_one(f"#{name}", Ticks)
        return tuple(one.id for one in ticks.options if one.id in ticks.ticked)

    def put_typed(self, typed: Mapping[str, str]) -> None:
        """What was typed earlier, typed again."""
        for name, words in typed.items():
            if name == "text":
                self.box.put(words)
            else:
                with self.prevent(Input.Changed):
                    self.query_one(f"#{name}", Field).value = words

    def put_chosen(self, form: NewForm) -> None:
        """What was chosen and ticked earlier."""
        for name, value in form.chosen.items():
            self.query_one(f"#{name}", Radio).choose(value)
        for name, ticked in form.ticked.items():
            self.query_one(f"#{name}", Ticks).tick(ticked)

    # --- what is shown of them

    def rows(self) -> Iterable[FormRow]:
        """The lines."""
        return self.query(FormRow)

    def show_lines(self, form: NewForm) -> None:
        """Only what can be said of this one: a conversation has minutes, an earlier ticket a reason."""
        known = form.customer is not None
        shown = {
            "email": not known and not form.marked(ANONYMOUS),
            "name": not form.marked(ANONYMOUS) or bool(form["name"]),
            "language": form.somebody_new,
            "reason": bool(form["prior"]),
            "records": bool(form["prior"]) or bool(form["records"]),
            "minutes": form.spoken,
            "conduct": form.spoken,
        }
        for name, wanted in shown.items():
            self.query_one(f"#row-{name}", FormRow).display = wanted
