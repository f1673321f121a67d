"""One list to choose from, filtered while typing: the base of help, palette and every chooser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.present.safe import clean, fit
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.widgets.field import Field


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: ``lead`` (a key, a number) before ``text``; ``why_not`` says why it cannot be chosen now."""

    id: str
    text: str
    lead: str = ""
    why_not: str = ""


class Picker(ModalScreen[str | None]):
    """Dismissed with the id of the choice, or ``None``. ``lead`` is the width of what stands before the text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss_none", show=False),
        Binding("up", "highlight(-1)", show=False),
        Binding("down", "highlight(1)", show=False),
        Binding("pageup", "highlight(-8)", show=False),
        Binding("pagedown", "highlight(8)", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[Choice] = (), *, hint: str = "", lead: int = 0) -> None:
        super().__init__()
        self.title_text = clean(title)
        self.hint = hint
        self.lead = lead
        self.choices = tuple(choices)
        self.offered: tuple[Choice, ...] = ()

    def compose(self) -> ComposeResult:
        """Title, what is typed, the list, and a line that says why not."""
        with Vertical(id="picker"):
            yield Static(Content(self.title_text), id="picker-title")
            yield Field(placeholder=self.hint, id="picker-input")
            yield OptionList(id="picker-list", markup=False, compact=True)
            yield Static("", id="picker-why", markup=False)

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one("#picker-list", OptionList).can_focus = False
        self.query_one(Input).focus()
        self.offer(self.matching(""))

    def matching(self, typed: str) -> tuple[Choice, ...]:
        """The choices that hold every typed word, accents and case ignored."""
        words = fold(typed).split()
        return tuple(c for c in self.choices if all(word in fold(f"{c.lead} {c.text}") for word in words))

    def offer(self, choices: Sequence[Choice]) -> None:
        """Lists ``choices``."""
        self.offered = tuple(choices)
        listing = self.query_one("#picker-list", OptionList)
        listing.clear_options()
        listing.add_options([Option(self._line(choice)) for choice in self.offered])
        if self.offered:
            listing.highlighted = 0
        self._explain()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filters."""
        self.offer(self.matching(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Chooses what is highlighted."""
        self._choose(self.query_one("#picker-list", OptionList).highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Chooses what was clicked."""
        self._choose(event.option_index)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Says why what is highlighted cannot be chosen."""
        self._explain()

    def action_highlight(self, by: int) -> None:
        """Moves the highlight."""
        listing = self.query_one("#picker-list", OptionList)
        if self.offered:
            listing.highlighted = max(0, min(len(self.offered) - 1, (listing.highlighted or 0) + by))

    def action_dismiss_none(self) -> None:
        """Out, without a choice."""
        self.dismiss(None)

    def _choose(self, index: int | None) -> None:
        if index is None or index >= len(self.offered):
            return
        if self.offered[index].why_not:
            self._explain()
            self.app.bell()
            return
        self.dismiss(self.offered[index].id)

    def _explain(self) -> None:
        index = self.query_one("#picker-list", OptionList).highlighted
        why = self.offered[index].why_not if index is not None and index < len(self.offered) else ""
        if not self.offered:
            why = _("Nothing matches; esc goes back")
        self.query_one("#picker-why", Static).update(Content(clean(why)))

    def _line(self, choice: Choice) -> Content:
        lead = f"{fit(clean(choice.lead), self.lead)} " if self.lead else ""
        line = Content(lead).stylize("bold $accent") + Content(clean(choice.text))
        return line.stylize("dim") if choice.why_not else line
