"""Bringing in areas: what they are asked, or what one answered; F2 does it, esc keeps the text.

What leaves for an area by mail or without personal data is shown first, as it would leave: one letter after the other.
"""

from __future__ import annotations

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
from ouvidoria_tui.present.words import _, plural, say
from ouvidoria_tui.tui.messages import Target
from ouvidoria_tui.tui.reads_areas import Asking
from ouvidoria_tui.tui.reads_ticket import drop_draft
from ouvidoria_tui.tui.screens.area_preview import AreaPreview, Choice, PreviewRead
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.forward_walk import Walk
from ouvidoria_tui.tui.screens.review import Intent
from ouvidoria_tui.tui.screens.writing import Writing
from ouvidoria_tui.tui.service import Act
from ouvidoria_tui.tui.widgets.text_box import TextBox

#: Wishes about the words of a letter that cannot be met.
_WISHES = frozenset({"WORD_NOT_FOUND", "KNOWN_VALUE_STAYS"})
#: So many letters are named before they leave.
_MOST = 12


class ForwardScreen(Writing):
    """The form for ``asks``, tickets with their areas; with ``answer`` what an area answered is written down."""

    CSS_PATH = "compose.tcss"

    def __init__(self, asks: tuple[Asking, ...], *, answer: bool = False) -> None:
        super().__init__()
        first = asks[0]
        self.asks = asks
        self.area = first.area
        self.area_name = _named(asks)
        self.answer = answer
        self.kind = f"{'area-answer' if answer else 'forward'}:{self.area}"
        self.target = first.target if len(asks) == 1 else None
        self.walk = Walk(asks)

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
        one = str(len(self.asks)) if self.target is None else self.target.protocol
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
            *self._shown_first(),
        ]

    def _shown_first(self) -> list[str]:
        """Of several letters: which are looked at before they leave."""
        if not self.walk.many:
            return []
        return [_("a letter that leaves, or loses words, is shown first; one that would leak stays here")]

    def action_send(self) -> None:
        """``F2``: does it; each letter, and what an area answered, is looked at first."""
        if not self.box.text.strip():
            self.app.bell()
            self.toast(_("Missing: the words"), "warning")
            self.box.focus()
            return
        if not self.walk.many:
            self.walk.again()
        if self.answer:
            self.reviewed(self.intent())
        elif self.walk.begin(self.box.text):
            self.look()
        else:
            self.settle()

    def intent(self) -> Intent:
        """The answer as it will be recorded; it cannot be taken back."""
        refs = ", ".join(asking.target.protocol for asking in self.asks[:_MOST])
        more = len(self.asks) - _MOST
        facts = [
            (_("Ticket"), f"{refs} {self.glyphs.ellipsis} +{more}" if more > 0 else refs),
            (_("Area"), self.area_name),
        ]
        return Intent(
            _("Area's answer"), _("Record the answer"), facts, self.box.text, effects=self._effects()
        )

    def look(self) -> None:
        """Reads what the area would get, to be looked at."""
        self.service.read(self, self.walk.look(), PreviewRead, group="preview")

    def on_preview_read(self, message: PreviewRead) -> None:
        """Shows it; where nothing leaves by mail and nothing is withheld there is nothing to look at."""
        looked, walk = message.looked, self.walk
        walk.looked[walk.at] = looked
        error = looked.error
        if error is not None and (error.code in _WISHES or not walk.many):
            # The words that were wished for are forgotten, the text stays.
            walk.forget()
            self.tell_error(error)
        elif looked.plain:
            self.decided(leaves=True)
        else:
            asking = walk.asking
            place = ""
            if walk.many:
                place = _("{number} of {total}", number=walk.at + 1, total=len(walk.asks))
                place += f" {self.glyphs.dot} {asking.target.protocol}"
            self.app.push_screen(AreaPreview(asking.name, looked, self.facts.zone, place), self._looked)

    def decided(self, *, leaves: bool) -> None:
        """The next letter, or what follows from all of them."""
        if self.walk.decide(leaves=leaves):
            self.look()
        else:
            self.settle()

    def settle(self) -> None:
        """Sends what was approved; of several it is said once more which, and what stays here and why."""
        leaving = self.walk.leaving()
        if not self.walk.many:
            self.send()
        elif not leaving:
            self.toast(_("Nothing was approved: nothing leaves"), "warning")
            self.walk.again()
        else:
            mailed = any(one.letter is not None and not one.plain for one in self.walk.looked.values())
            ask = (
                plural("Send {count} letter?", "Send {count} letters?", len(leaving))
                if mailed
                else plural(
                    "Record {count} request? No letter leaves.",
                    "Record {count} requests? No letter leaves.",
                    len(leaving),
                )
            )
            self.app.push_screen(Confirm(ask, self._settled_lines()), self._confirmed)

    def _settled_lines(self) -> list[str]:
        lines = [
            f"{self.glyphs.ok} {asking.target.protocol}  {asking.name}"
            for asking, _wish in self.walk.leaving()
        ]
        for asking, error in self.walk.staying():
            why = _("left out") if error is None else f"{say(error.message)} [{error.code}]"
            lines.append(f"{self.glyphs.late} {asking.target.protocol}  {why}")
        return (
            [*lines[:_MOST], f"{self.glyphs.ellipsis} +{len(lines) - _MOST}"] if len(lines) > _MOST else lines
        )

    def _confirmed(self, wanted: bool | None) -> None:
        if wanted:
            self.send()
        else:
            self.walk.again()

    def _looked(self, choice: Choice | None) -> None:
        if choice is Choice.SEND or choice is Choice.LEAVE_OUT:
            self.decided(leaves=choice is Choice.SEND)
        elif choice is Choice.BEFORE:
            self.walk.back()
            self.look()
        elif choice is Choice.REMOVE:
            self.app.push_screen(Ask(_("Which words shall be removed, too?"), settled=True), self._remove)
        elif choice is Choice.RESTORE:
            self.app.push_screen(Ask(_("Which removed words may the area see?"), settled=True), self._restore)

    def _remove(self, words: str | None) -> None:
        if words is not None:
            self.walk.remove(words)
        self.look()

    def _restore(self, words: str | None) -> None:
        if words is None:
            self.look()
            return

        def answered(reason: str | None) -> None:
            if reason is not None:
                self.walk.restore(words, reason)
            self.look()

        self.app.push_screen(Ask(_("Why may the area see them?"), settled=True), answered)

    def act(self) -> Act:
        """The requests or the answer, and the draft gone with it."""
        if self.answer:
            return self._answering()
        words, target, kind = self.box.text, self.target, self.kind
        leaving: dict[str, list[tuple[str, Redaction]]] = {}
        for asking, redaction in self.walk.leaving():
            leaving.setdefault(asking.target.protocol, []).append((asking.area, redaction))

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            for area, redaction in leaving[ref]:
                outcome = forwarding.forward(desk, ref, area, words, redaction=redaction, revision=seen)
                seen = outcome.revision
            if target is not None:
                drop_draft(desk, target.id, kind)
            return outcome

        targets = {asking.target.id: asking.target for asking, _wish in self.walk.leaving()}
        label = _("Sent to {area}", area=self.area_name)
        return Act(label, Verb.FORWARD, self._seen(tuple(targets.values())), one)

    def _answering(self) -> Act:
        area, words, target, kind = self.area, self.box.text, self.target, self.kind

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            outcome = forwarding.area_answer(desk, ref, words, area=area, revision=seen)
            if target is not None:
                drop_draft(desk, target.id, kind)
            return outcome

        targets = self._seen(tuple(asking.target for asking in self.asks))
        return Act(_("{area} answered", area=self.area_name), Verb.AREA_ANSWER, targets, one)

    def _seen(self, targets: tuple[Target, ...]) -> tuple[Target, ...]:
        """The one ticket at the revision that this form has read; several as they were marked."""
        if self.target is None:
            return targets
        return (Target(self.target.id, self.target.protocol, self.seen),)


def _named(asks: tuple[Asking, ...]) -> str:
    """The area's name, or how many areas they are."""
    names = dict.fromkeys(asking.area for asking in asks)
    if len(names) == 1:
        return clean(asks[0].name)
    return plural("{count} area", "{count} areas", len(names))
