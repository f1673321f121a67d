"""Bringing in an area: what it is asked, or what it answered; F2 does it, esc keeps the text.

What leaves for an area by mail or without personal data is shown first, as it would leave.
"""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.desk import forward as forwarding
from ouvidoria_tui.desk.area_letter import Redaction
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.area_request import AreaRequest
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, plural
from ouvidoria_tui.tui.messages import Failed, Target
from ouvidoria_tui.tui.reads_ticket import drop_draft
from ouvidoria_tui.tui.screens.area_preview import AreaPreview, Choice, PreviewRead
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.writing import Writing
from ouvidoria_tui.tui.service import Act
from ouvidoria_tui.tui.widgets.text_box import TextBox


class ForwardScreen(Writing):
    """The form for ``targets`` and one area; with ``answer`` what that area answered is written down."""

    CSS_PATH = "compose.tcss"

    def __init__(self, targets: tuple[Target, ...], area: str, name: str, *, answer: bool = False) -> None:
        super().__init__()
        self.targets = targets
        self.area = area
        self.area_name = clean(name)
        self.answer = answer
        self.kind = f"{'area-answer' if answer else 'forward'}:{area}"
        self.target = targets[0] if len(targets) == 1 else None
        self.redaction = Redaction()

    def body(self) -> ComposeResult:
        """Whom, the words, what follows."""
        words = (
            _("What {area} answered (F4 opens the editor)", area=self.area_name)
            if self.answer
            else _("What {area} is asked (F4 opens the editor)", area=self.area_name)
        )
        yield Static(Content(words).stylize("$secondary"), id="form")
        yield TextBox(id="text")
        yield Static("", id="effects", markup=False)
        yield Static("", id="note", markup=False)

    def say_title(self) -> None:
        """Where one is."""
        one = self.targets[0].protocol if self.target is not None else str(len(self.targets))
        into = f" {self.glyphs.into} "
        what = _("Area's answer") if self.answer else _("Forward")
        self.title_bar.show(f"{_('Queue')}{into}{one}{into}{what}", self.area_name)

    def told(self) -> None:
        """Consequences, and when the text was kept."""
        effects = Content(_("What will happen")).stylize("bold $primary")
        for words in self._effects():
            effects += Content(f"\n {self.glyphs.bullet} {clean(words)}")
        self.query_one("#effects", Static).update(effects)
        self.query_one("#note", Static).update(Content(self.kept_words()))

    @property
    def owed(self) -> AreaRequest | None:
        """The request that this area has not answered yet, on the one ticket."""
        requests = () if self.page is None else self.page.detail.requests
        return next((one for one in requests if one.open and one.area == self.area), None)

    def _effects(self) -> list[str]:
        if self.answer:
            return [_("the area's clock stops; once no area owes an answer it is the desk's turn again")]
        owed = self.owed
        if owed is not None:
            since = moment(owed.asked_at, self.facts.zone)
            return [_("a reminder: it was asked on {when}, and its time goes on running", when=since)]
        waits = self.page is not None and self.page.ticket.status is Status.ANSWERED
        return [
            _("the turn stays with the customer")
            if waits
            else _("work is under way, and it is the area's turn"),
            _(
                "the area's own clock begins, where the policy has one; the customer's deadlines go on running"
            ),
            _("the customer is not written to"),
        ]

    def action_send(self) -> None:
        """``F2``: does it; many tickets are asked for once more."""
        if not self.box.text.strip():
            self.app.bell()
            self.toast(_("Missing: the words"), "warning")
            self.box.focus()
            return
        if self.target is not None:
            self.look()
            return
        ask = plural("Ask about {count} ticket?", "Ask about {count} tickets?", len(self.targets))
        self.app.push_screen(Confirm(ask), lambda wanted: self.send() if wanted else None)

    def look(self) -> None:
        """Reads what the area would get, to be looked at; an answer is the area's own word and is not."""
        if self.answer or self.target is None:
            self.send()
            return
        ref, area, words, redaction = self.target.protocol, self.area, self.box.text, self.redaction
        self.service.read(
            self,
            lambda desk: forwarding.preview(desk, ref, area, words, redaction=redaction),
            PreviewRead,
            group="preview",
        )

    def on_preview_read(self, message: PreviewRead) -> None:
        """Shows it; where nothing leaves by mail and nothing is withheld there is nothing to look at."""
        letter = message.letter
        if letter.to is None and not letter.redacted:
            self.send()
            return
        shown = AreaPreview(self.area_name, letter, self.facts.zone)
        self.app.push_screen(shown, self._looked)

    def on_failed(self, message: Failed) -> None:
        """A wish about words that are nowhere, or that stay removed, is forgotten; the text stays."""
        if message.what == "preview":
            self.redaction = Redaction()
        super().on_failed(message)

    def _looked(self, choice: Choice | None) -> None:
        if choice is Choice.SEND:
            self.send()
        elif choice is Choice.REMOVE:
            self.app.push_screen(Ask(_("Which words shall be removed, too?")), self._remove)
        elif choice is Choice.RESTORE:
            self.app.push_screen(Ask(_("Which removed words may the area see?")), self._restore)

    def _remove(self, words: str | None) -> None:
        wish = self.redaction.wish
        if words is not None:
            wish = replace(wish, remove=(*wish.remove, words))
            self.redaction = replace(self.redaction, wish=wish)
        self.look()

    def _restore(self, words: str | None) -> None:
        if words is None:
            self.look()
            return

        def answered(reason: str | None) -> None:
            if reason is not None:
                wish = self.redaction.wish
                wish = replace(wish, restore=(*wish.restore, words))
                why = "; ".join(filter(None, (self.redaction.reason, reason)))
                self.redaction = replace(self.redaction, wish=wish, reason=why)
            self.look()

        self.app.push_screen(Ask(_("Why may the area see them?")), answered)

    def act(self) -> Act:
        """The request or the answer, and the draft gone with it."""
        redaction = self.redaction
        area, words, target, kind, answer = self.area, self.box.text, self.target, self.kind, self.answer

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            if answer:
                outcome = forwarding.area_answer(desk, ref, words, area=area, revision=seen)
            else:
                outcome = forwarding.forward(desk, ref, area, words, redaction=redaction, revision=seen)
            if target is not None:
                drop_draft(desk, target.id, kind)
            return outcome

        targets = self.targets
        if target is not None:
            targets = (Target(target.id, target.protocol, self.seen),)
        label = (
            _("{area} answered", area=self.area_name) if answer else _("Sent to {area}", area=self.area_name)
        )
        return Act(label, Verb.AREA_ANSWER if answer else Verb.FORWARD, targets, one)
