"""Any of a few, in a line: ``[x] spoke clearly   [ ] was courteous``. Arrows go from one to the next, space ticks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from ouvidoria_tui.tui.widgets.radio import Option, Radio


class Ticks(Radio):
    """The line; ``value`` is the one under the cursor, ``ticked`` those that are ticked. Posts ``Chosen`` at each."""

    DEFAULT_CSS = """
    Ticks { height: auto; padding: 0 1; }
    Ticks:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "tick", show=False)]

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(title, options, bullet="x", id=id)
        self.ticked: frozenset[str] = frozenset()

    def tick(self, some: Iterable[str]) -> None:
        """Exactly these are ticked."""
        self.ticked = frozenset(some) & {one.id for one in self.options}
        self.refresh(layout=True)

    def action_tick(self) -> None:
        """The one under the cursor, ticked or not."""
        self.tick(self.ticked ^ {self.value})
        self.post_message(self.Chosen(self.value))

    def clicked(self, id_: str) -> None:
        """A click goes there and ticks."""
        super().clicked(id_)
        self.action_tick()

    def shown(self, one: Option) -> tuple[str, str]:
        """Its sign and its style."""
        sign = f"[{self.bullet if one.id in self.ticked else ' '}]"
        return sign, "bold" if one.id == self.value and self.has_focus else ""
