"""What others commit shows by itself: a look at ``PRAGMA data_version``, at least once a second.

A change is told to every screen of the console as ``StoreChanged``; each reads again what it shows and merges it
by id. A look that fails is told as ``Failed("watch", …)``, once, until one succeeds.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App
from textual.message import Message

from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.tui.messages import Failed, StoreChanged
from ouvidoria_tui.tui.service import Service, Superseded

#: Seconds between two looks.
INTERVAL = 0.8


class Live:
    """The look, on a timer of ``app``; ``interval`` 0 starts none, so that a test can look when it wants."""

    def __init__(self, app: App[int], service: Service, interval: float = INTERVAL) -> None:
        self.app = app
        self.service = service
        self.failing = False
        self.interval = interval

    def start(self) -> None:
        """Looks from now on."""
        if self.interval:
            self.app.set_interval(self.interval, self._tick)

    def _tick(self) -> None:
        self.app.run_worker(self.look(), group="watch", exclusive=True)

    async def look(self) -> None:
        """One look."""
        try:
            changed = await self.service.changed()
        except Superseded:
            return
        except OuvidoriaError as error:
            failed = error
            if not self.failing:
                self._tell(lambda: Failed("watch", failed, self._tick))
            self.failing = True
            return
        if changed or self.failing:
            self.failing = False
            self._tell(StoreChanged)

    def _tell(self, make: Callable[[], Message]) -> None:
        for screen in self.app.screen_stack:
            screen.post_message(make())
