"""The filter line: what is typed at the left, what it found at the right; under it, what is wrong with it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.domain.query_error import caret
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.tui.widgets.field import Field


class FilterBar(Vertical):
    """Holds the ``Input``; its ``Input.Changed`` and ``Input.Submitted`` go to the screen."""

    def compose(self) -> ComposeResult:
        """The line, and the place for the problem."""
        with Horizontal(id="filter-line"):
            yield Static("/", id="filter-slash", markup=False)
            yield Field(placeholder=_("type / to filter"), id="filter-input")
            yield Static("", id="filter-facts", markup=False)
        yield Static("", id="filter-problem", markup=False)

    @property
    def field(self) -> Field:
        """Where one types."""
        return self.query_one("#filter-input", Field)

    def facts(self, words: str) -> None:
        """What the filter found; already clean."""
        self.query_one("#filter-facts", Static).update(Content(words))

    def problem(self, error: OuvidoriaError | None) -> None:
        """The place of a mistake and what to write instead; ``None`` takes it away."""
        place = self.query_one("#filter-problem", Static)
        place.display = error is not None
        if error is None:
            return
        hint = f". {say(error.hint)}" if error.hint is not None else ""
        words = Content(caret(error, max(20, self.size.width - 4))) + Content(
            "\n" + clean(f"{say(error.message)}{hint}")
        ).stylize("$warning")
        place.update(words)
