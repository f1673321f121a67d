"""What every full screen has: title bar, body, footer, help, palette, undo, one level out.

    class TicketScreen(Acting):            # or DeskScreen, where no verb is wanted
        where = Where.TICKET
        BINDINGS = bindings(Where.TICKET)
        CSS_PATH = "ticket.tcss"

        def body(self) -> ComposeResult: ...          # between title bar and footer
        def say_title(self) -> None: self.title_bar.show("Fila › 2026-…", "VENCIDO")
        def why_not(self, entry: Key) -> str: ...     # "" where the key can be used now, else the reason
        def on_failed(self, message: Failed) -> None: ...   # its own error state; by default a notice
        def acted(self, message: Acted) -> None: ...        # after it was said; by default reads again
        def reload(self) -> None: ...

``on_failed``, ``on_acted`` and ``on_store_changed`` are ordinary methods: override them, and call ``super()`` where
the base's part is wanted too. Textual's own events are another matter: it calls ``on_mount`` and ``on_resize`` of
every class, the base's too, so a subclass must not call ``super()`` there.

Words from the store go through ``present.safe.clean`` into ``Content(text)``, never into a ``str`` prompt,
``border_title`` or ``notify`` with markup. ``self.toast(text)`` is the safe notify.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, cast

from textual.app import ComposeResult
from textual.keys import key_to_character
from textual.screen import Screen
from textual.widgets import Input, TextArea

from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.domain.permission import MAY, check_permission
from ouvidoria_tui.errors import NotAllowed, OuvidoriaError
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.tui.error_words import error_words
from ouvidoria_tui.tui.keys import BY_ID, HINTS, Key, Where, at, keys_of, shown
from ouvidoria_tui.tui.messages import Acted, Failed, HintChosen, StoreChanged
from ouvidoria_tui.tui.widgets.hints import Hint, Hints
from ouvidoria_tui.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from ouvidoria_tui.tui.app import Console
    from ouvidoria_tui.tui.service import Facts, Service
    from ouvidoria_tui.tui.theme import Glyphs


class DeskScreen(Screen[None]):
    """A full screen of the console; ``where`` says which keys hold."""

    where: ClassVar[Where]

    #: Changed by others while another screen was in front: read again when it comes back.
    stale = False

    @property
    def console_app(self) -> Console:
        """The console itself."""
        return cast("Console", self.app)

    @property
    def service(self) -> Service:
        """The road to the store."""
        return self.console_app.service

    @property
    def facts(self) -> Facts:
        """Agent, policy, zone."""
        return self.service.facts

    @property
    def glyphs(self) -> Glyphs:
        """What this terminal can show."""
        return self.console_app.glyphs

    @property
    def title_bar(self) -> TitleBar:
        """The first line."""
        return self.query_one("#title", TitleBar)

    def compose(self) -> ComposeResult:
        """Title bar, body, footer."""
        yield TitleBar(id="title")
        yield from self.body()
        yield Hints(id="hints")

    def body(self) -> ComposeResult:
        """What stands between title bar and footer."""
        yield from ()

    def on_mount(self) -> None:
        """Says the title and the hints."""
        self.say_title()
        self.show_hints()

    def say_title(self) -> None:
        """Fills the title bar."""

    def about(self) -> frozenset[str]:
        """The protocols that a question asked here is about."""
        return frozenset()

    # --- hints, help, palette

    def counted(self) -> int:
        """On how many tickets a verb would act: 0 where that goes without saying."""
        return 0

    def why_not(self, entry: Key) -> str:
        """Why a key cannot be used now; empty where it can."""
        if not self.may(entry):
            return _("Your role may not do this")
        if not callable(getattr(self, f"action_{entry.action}", None)):
            return _("Does not apply here")
        return ""

    def may(self, entry: Key) -> bool:
        """Whether the agent's role may do what a key does, wherever it is pressed."""
        return entry.verb is None or entry.verb in MAY[self.facts.agent.role]

    def refuses(self, action: str) -> bool:
        """Whether the role keeps the agent from an action of the keys here; says so, before anything is opened."""
        name = action.partition("(")[0]
        entries = [entry for entry in at(self.where) if entry.action == name]
        verb = entries[0].verb if entries else None
        if verb is None or any(self.may(entry) for entry in entries):
            return False
        try:
            check_permission(self.facts.agent, verb)
        except NotAllowed as error:
            self.app.bell()
            self.toast(error_words(error), "warning")
        return True

    def show_hints(self) -> None:
        """The footer as things stand now."""
        hints = [self._hint(BY_ID[id_]) for id_ in HINTS[self.where] if self.hinted(BY_ID[id_])]
        self.query_one("#hints", Hints).show(hints, self._hint(BY_ID["help"]))

    def hinted(self, entry: Key) -> bool:
        """Whether the footer may offer a key of its list now."""
        return not self.why_not(entry)

    def on_descendant_focus(self) -> None:
        """In a text field a letter is written, and does nothing else."""
        self.show_hints()

    def _key(self, entry: Key) -> str:
        """The key that is hinted: where a text field has the focus the first one that writes nothing into it."""
        keys = keys_of(entry, self.console_app.keymap)
        if isinstance(self.focused, Input | TextArea):
            return next((key for key in keys if not _writes(key)), keys[0])
        return keys[0]

    def _hint(self, entry: Key) -> Hint:
        label = say(entry.label)
        if entry.counts and self.counted():
            label += f" ({self.counted()})"
        return Hint(shown(self._key(entry)), label, entry.action)

    async def on_hint_chosen(self, message: HintChosen) -> None:
        """A clicked hint is a pressed key."""
        await self.run_action(message.action)

    def action_help(self) -> None:
        """``?``"""
        from ouvidoria_tui.tui.screens.help import Help

        self.app.push_screen(Help(self.where, self.why_not, self.console_app.keymap), self.chosen)

    def action_palette(self) -> None:
        """``:``"""
        from ouvidoria_tui.tui.screens.help import key_choices
        from ouvidoria_tui.tui.screens.palette import Palette
        from ouvidoria_tui.tui.screens.picker import Choice

        commands = [
            c for c in key_choices(self.where, self.why_not, self.console_app.keymap) if not c.why_not
        ]
        places = [Choice(f"go:{name}", words) for name, words in self.console_app.places()]
        self.app.push_screen(Palette(self.service, [*self.view_choices(), *places, *commands]), self.chosen)

    def action_board(self) -> None:
        """``E``"""
        self.console_app.go("escalations")

    def action_areas(self) -> None:
        """``F``"""
        self.console_app.go("areas")

    def action_drafts(self) -> None:
        """``R``"""
        self.console_app.go("drafts")

    def action_quarantine(self) -> None:
        """``M``"""
        self.console_app.go("quarantine")

    def view_choices(self) -> list[Choice]:
        """Views or tabs as lines of the palette, with ids ``view:NUMBER``."""
        return []

    async def chosen(self, choice: str | None) -> None:
        """Runs what help or palette gave back."""
        kind, _colon, what = (choice or "").partition(":")
        if kind == "key":
            await self.run_action(BY_ID[what].action)
        elif kind == "view":
            await self.run_action(f"tab({int(what)})")
        elif kind == "go":
            self.console_app.go(what)
        elif kind == "ticket":
            self.console_app.open_ticket(int(what))

    # --- out and back

    def action_out(self) -> None:
        """``esc``: one level out; the root stays."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()

    def action_back(self) -> None:
        """``q``: one screen back; at the root leaves, asking only where a draft is unsent."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        else:
            self.console_app.leave()

    def action_next_pane(self) -> None:
        """``tab``"""
        self.focus_next()

    # --- telling

    def toast(self, text: str, severity: Literal["information", "warning", "error"] = "information") -> None:
        """A short notice; ``text`` may hold outside words."""
        self.app.notify(clean(text), severity=severity, markup=False, timeout=6)

    def tell_error(self, error: OuvidoriaError) -> None:
        """An error as a notice: what and the next step."""
        hint = f" {say(error.hint)}." if error.hint is not None else ""
        self.toast(f"{say(error.message)}.{hint}", "error")

    def on_desk_failed(self, message: Failed) -> None:
        """Something could not be read or done."""
        self.on_failed(message)

    def on_desk_acted(self, message: Acted) -> None:
        """A verb ended."""
        self.on_acted(message)

    def on_desk_store_changed(self, message: StoreChanged) -> None:
        """Somebody committed."""
        self.on_store_changed(message)

    def on_failed(self, message: Failed) -> None:
        """What could not be done, as a notice; a screen that reads shows its own error state instead."""
        self.tell_error(message.error)

    def on_acted(self, message: Acted) -> None:
        """Remembers what can be undone, says what was done, reads again."""
        self.console_app.remember(message)
        done = any(one.result in (Result.DONE, Result.UNCHANGED) for one in message.outcomes)
        self.console_app.unsaid.ended(self.about() | {one.protocol for one in message.outcomes}, done=done)
        words, severity = self.console_app.told(message)
        self.toast(words, severity)
        self.acted(message)

    def acted(self, message: Acted) -> None:
        """After a verb of this screen; reads again by default."""
        self.reload()

    # --- freshness

    def reload(self) -> None:
        """Reads again what is shown, merged by id."""

    def on_store_changed(self, message: StoreChanged) -> None:
        """Somebody committed."""
        if self.is_current:
            self.reload()
        else:
            self.stale = True

    def on_screen_resume(self) -> None:
        """In front again."""
        if self.stale:
            self.stale = False
            self.reload()


def _writes(key: str) -> bool:
    """Whether a text field takes the key for a character."""
    character = key_to_character(key)
    return character is not None and character.isprintable()


if TYPE_CHECKING:
    from ouvidoria_tui.tui.screens.picker import Choice
