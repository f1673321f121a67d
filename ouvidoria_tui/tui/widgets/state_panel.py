"""What stands in the place of a list that has no rows to show: loading, empty, empty by the filter, or failed."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, say


class StatePanel(Static):
    """One of the four states, in words; a failure never looks like an empty list."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)

    def waiting(self) -> None:
        """Nothing has come yet."""
        self._say(_("Loading…"))

    def empty(self) -> None:
        """There is nothing, and no filter hides anything."""
        self._say(_("Nothing here"), _("[ and ] show the other views; : goes anywhere"))

    def filtered(self, query: str) -> None:
        """The filter finds nothing."""
        self._say(_("The filter finds nothing: {query}", query=clean(query)), _("esc clears the filter"))

    def failed(self, error: OuvidoriaError) -> None:
        """It could not be read."""
        hint = f"{say(error.hint)}" if error.hint is not None else ""
        self._say(f"! {say(error.message)}", f"{hint}\n{_('F5 tries again')}", failure=True)

    def _say(self, what: str, then: str = "", *, failure: bool = False) -> None:
        self.set_class(failure, "-failed")
        words = Content(clean(what)).stylize("bold")
        if then:
            words += Content("\n\n" + clean(then, newlines=True))
        self.update(words)
