"""The console put together: a table of contents. Each screen, key, colour and read lives in its own file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, Literal

from textual.actions import ActionParseResult
from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.events import Resize
from textual.geometry import Size

from ouvidoria_tui.domain.permission import MAY, Verb
from ouvidoria_tui.domain.query_terms import Query
from ouvidoria_tui.present.words import _, plural, set_language
from ouvidoria_tui.tui.done import Deeds, Done, told
from ouvidoria_tui.tui.editor import Editor, run_editor
from ouvidoria_tui.tui.live import INTERVAL, Live
from ouvidoria_tui.tui.messages import Acted, Target
from ouvidoria_tui.tui.reads_areas import Asking
from ouvidoria_tui.tui.service import Service, open_service
from ouvidoria_tui.tui.theme import HOUSE, glyphs
from ouvidoria_tui.tui.unsaid import Unsaid


class Console(App[int], inherit_bindings=False):
    """The console over a service. ``interval`` is the seconds between two looks for what others did (0: none)."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "leave", show=False, id="leave")]

    def __init__(
        self,
        service: Service,
        *,
        ascii_only: bool = False,
        colour: bool = True,
        editor: Editor = run_editor,
        interval: float = INTERVAL,
        keymap: Mapping[str, str] | None = None,
    ) -> None:
        with _environment(colour):
            super().__init__()
        self.service = service
        self.ascii_only = ascii_only
        self.glyphs = glyphs(ascii_only)
        self.editor = editor
        self.keymap = dict(keymap or {})
        self.live = Live(self, service, interval)
        #: Texts that were begun and not sent: leaving asks where there are any.
        self.unsent = 0
        #: Confidential tickets whose words this agent has chosen to see, until the console ends.
        self.opened: set[int] = set()
        self.ready = False
        self.deeds = Deeds()
        self.unsaid = Unsaid()

    def on_mount(self) -> None:
        """Theme, keys, the queue, and the look for what others do."""
        from ouvidoria_tui.tui.screens.queue import QueueScreen

        self.register_theme(HOUSE)
        self.theme = HOUSE.name
        if self.keymap:
            self.set_keymap(self.keymap)
        self.push_screen(QueueScreen())
        self.ready = True
        self._fit(self.size)
        self.live.start()

    def on_unmount(self) -> None:
        """Lets go of the store."""
        self.service.close()

    def on_resize(self, event: Resize) -> None:
        """Another size may be too small, or large enough again."""
        if self.ready:
            self._fit(event.size)

    def _fit(self, size: Size) -> None:
        """Below the least size one line stands in the place of everything."""
        from ouvidoria_tui.tui.screens.too_small import TooSmall, too_small

        shown = isinstance(self.screen, TooSmall)
        if too_small(size) and not shown:
            self.push_screen(TooSmall())
        elif shown and not too_small(size):
            self.pop_screen()

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """As Textual does it; what the agent's role may not do is refused by key, click and palette alike."""
        from ouvidoria_tui.tui.screens.desk_screen import DeskScreen

        screen = default_namespace
        if isinstance(screen, DeskScreen) and isinstance(action, str) and screen.refuses(action):
            return True
        return await super().run_action(action, default_namespace, namespaces)

    # --- places

    def places(self) -> list[tuple[str, str]]:
        """The screens one can go to by name: for the palette."""
        found = [
            ("escalations", _("Escalations")),
            ("areas", _("Areas: what they were asked")),
            ("drafts", _("Drafts")),
            ("quarantine", _("Quarantine of mail")),
            ("triage", _("Triage, one ticket after the other")),
            ("notices", _("Notices to many customers")),
            ("articles", _("Articles of the knowledge base")),
        ]
        if Verb.RECEIVE in MAY[self.service.facts.agent.role]:
            found.append(("new", _("Register a manifestation")))
        return found

    def go(self, name: str) -> None:
        """Opens a place by its name."""
        if name == "escalations":
            from ouvidoria_tui.tui.screens.escalations import EscalationsScreen

            self.push_screen(EscalationsScreen())
        elif name == "areas":
            from ouvidoria_tui.tui.screens.areas import AreasScreen

            self.push_screen(AreasScreen())
        elif name == "drafts":
            from ouvidoria_tui.tui.screens.drafts import DraftsScreen

            self.push_screen(DraftsScreen(self.service))
        elif name == "quarantine":
            from ouvidoria_tui.tui.screens.quarantine import QuarantineScreen

            self.push_screen(QuarantineScreen())
        elif name == "triage":
            self.open_triage(None)
        elif name == "notices":
            from ouvidoria_tui.tui.screens.notices import NoticesScreen

            self.push_screen(NoticesScreen())
        elif name == "articles":
            from ouvidoria_tui.tui.screens.articles import ArticlesScreen

            self.push_screen(ArticlesScreen())
        elif name == "new":
            from ouvidoria_tui.tui.screens.new import NewScreen

            self.push_screen(NewScreen())

    def open_triage(self, query: Query | None, first: str | None = None) -> None:
        """The walk through what waits for triage, of ``query`` or of the whole desk; from ``first`` on, if it waits."""
        from ouvidoria_tui.tui.screens.triage import TriageScreen

        self.push_screen(TriageScreen(query, first))

    def open_ticket(self, ticket_id: int) -> None:
        """The screen of a ticket."""
        from ouvidoria_tui.tui.screens.ticket import TicketScreen

        self.push_screen(TicketScreen(ticket_id))

    def open_past(self, ticket_id: int, at: int) -> None:
        """The screen of a ticket as it stood at a moment."""
        from ouvidoria_tui.tui.screens.ticket_past import PastScreen

        self.push_screen(PastScreen(ticket_id, at))

    def open_escalate(self, targets: tuple[Target, ...]) -> None:
        """The screen on which tickets are taken to the next level."""
        from ouvidoria_tui.tui.screens.escalate import EscalateScreen

        self.push_screen(EscalateScreen(targets))

    def open_forward(self, asks: tuple[Asking, ...], *, answer: bool = False) -> None:
        """The screen on which areas are asked, or the answer of one is written down."""
        from ouvidoria_tui.tui.screens.forward import ForwardScreen

        self.push_screen(ForwardScreen(asks, answer=answer))

    def open_compose(
        self, target: Target, kind: Literal["reply", "note", "call"], named: tuple[str, ...] = ()
    ) -> None:
        """The screen on which an answer, a note or a call is written; an answer may name articles."""
        from ouvidoria_tui.tui.screens.compose import ComposeScreen

        self.push_screen(ComposeScreen(target, kind, named))

    def open_survey(self, target: Target) -> None:
        """The form on which a customer's answer about satisfaction is written down."""
        from ouvidoria_tui.tui.screens.survey import SurveyScreen

        self.push_screen(SurveyScreen(target))

    def open_deadline(self, target: Target) -> None:
        """The screen of a ticket's deadlines."""
        from ouvidoria_tui.tui.screens.deadline import DeadlineScreen

        self.push_screen(DeadlineScreen(target))

    def open_deadline_act(self, target: Target, verb: Verb, clock: str) -> None:
        """The form of an act on one clock of a ticket."""
        from ouvidoria_tui.tui.screens.deadline_forms import form_of

        self.push_screen(form_of(target, verb, clock))

    def open_classify(self, targets: tuple[Target, ...]) -> None:
        """The form on which tickets are classified."""
        from ouvidoria_tui.tui.screens.classify import ClassifyScreen

        self.push_screen(ClassifyScreen(targets))

    # --- what was done

    def remember(self, message: Acted) -> None:
        """Keeps what was done, for ``u``."""
        self.deeds.remember(message)

    def last_done(self) -> Done | None:
        """What ``u`` goes for."""
        return self.deeds.last

    def told(self, message: Acted) -> tuple[str, Literal["information", "warning", "error"]]:
        """The sentence for how an act ended."""
        return told(message)

    # --- the end

    def leave(self) -> None:
        """Ends the console; asks first where a draft is unsent."""
        if not self.unsent:
            self.exit(0)
            return
        from ouvidoria_tui.tui.screens.confirm import Confirm

        ask = plural("{count} draft is unsent. Leave?", "{count} drafts are unsent. Leave?", self.unsent)
        self.push_screen(
            Confirm(ask, [_("Drafts are kept.")]), lambda wanted: self.exit(0) if wanted else None
        )

    def action_leave(self) -> None:
        """``ctrl+c``"""
        self.leave()


@contextmanager
def _environment(colour: bool) -> Iterator[None]:
    """Textual reads ``NO_COLOR`` when an app is made, and nothing else says it; it is not left behind."""
    before = os.environ.get("NO_COLOR")
    if not colour:
        os.environ["NO_COLOR"] = "1"
    try:
        yield
    finally:
        if not colour and before is None:
            del os.environ["NO_COLOR"]


def open_app(
    path: Path,
    *,
    agent: str | None = None,
    lang: str | None = None,
    ascii: bool = False,  # noqa: A002
    colour: bool = True,
) -> int:
    """Opens the console over the store at ``path``; its exit code.

    ``lang`` is left as it is where it is ``None``. Raises ``StoreError`` and ``NotAllowed`` before anything is
    drawn.
    """
    if lang is not None:
        set_language(lang)
    console = Console(open_service(path, agent=agent), ascii_only=ascii, colour=colour)
    return console.run() or 0
