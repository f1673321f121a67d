"""Writing to the customer, or a note to the desk: the complaint above where there is room, else on F3."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.desk.answers import declared as declared_by
from ouvidoria_tui.desk.conversations import Call, record_call
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.answer import NOTHING, Concluding
from ouvidoria_tui.domain.conduct import Conduct, in_order, ticks
from ouvidoria_tui.domain.foresight import foresee
from ouvidoria_tui.domain.ledger import Act as Event
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Channel, Status
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.present.safe import clean, one_line
from ouvidoria_tui.present.words import _, clock_name, clock_state, plural, say, status_label, term, term_of
from ouvidoria_tui.tui.letter_check import blocks_of, held_for, warnings_of
from ouvidoria_tui.tui.messages import Target
from ouvidoria_tui.tui.reads_ticket import TicketPage, drop_draft
from ouvidoria_tui.tui.screens.compose_letters import ComposesLetters, ReadyRead
from ouvidoria_tui.tui.screens.declaring import declared
from ouvidoria_tui.tui.screens.review import Intent
from ouvidoria_tui.tui.service import Act
from ouvidoria_tui.tui.spoken import Said, spoken
from ouvidoria_tui.tui.widgets.complaint import complaint_lines
from ouvidoria_tui.tui.widgets.lines import Line
from ouvidoria_tui.tui.widgets.pane import Pane
from ouvidoria_tui.tui.widgets.radio import Option, Radio
from ouvidoria_tui.tui.widgets.text_box import TextBox
from ouvidoria_tui.tui.widgets.ticks import Ticks

_EVENTS: Final = {
    "interim": Event.REPLIED,
    "conclusive": Event.REPLIED,
    "ask": Event.ASKED,
    "inform": Event.INFORMED,
}
#: What can be written here.
Kind = Literal["reply", "note", "call"]


class ComposeScreen(ComposesLetters):
    """A reply (interim, conclusive, or a request for information), an internal note, or a call, on ``target``."""

    CSS_PATH = "compose.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012

    def __init__(self, target: Target, kind: Kind, named: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.named = named
        self.target = target
        self.kind = kind
        #: What a conclusive answer declares beside its words.
        self.said = NOTHING

    def body(self) -> ComposeResult:
        """Complaint, what is written and to whom, the text, what is to be known of it."""
        yield Pane(id="complaint")
        yield Static("", id="to", markup=False)
        if self.kind == "reply":
            options = [
                Option("interim", _("interim answer")),
                Option("conclusive", _("conclusive answer")),
                Option("ask", _("request for information")),
            ]
            yield Radio(_("Kind"), options, bullet=self.glyphs.bullet, id="kind")
            yield Static("", id="letter", markup=False)
            yield Static("", id="card", markup=False)
        elif self.kind == "call":
            yield Ticks(_("Card"), [Option(one.value, term(one)) for one in Conduct], id="ticks")
        yield TextBox(id="text")
        yield Static("", id="note", markup=False)

    @property
    def choice(self) -> str:
        """The kind of answer; of a call the points of the card that are ticked."""
        if self.kind == "call":
            return ",".join(
                one.value for one in in_order(map(Conduct, self.query_one("#ticks", Ticks).ticked))
            )
        return self.answer_choice if self.kind == "reply" else ""

    def choose(self, choice: str) -> None:
        """The kind, or the points, that were chosen earlier."""
        if self.kind == "call":
            self.query_one("#ticks", Ticks).tick(choice.split(","))
        elif self.kind == "reply":
            self.choose_answer(choice)

    def on_mount(self) -> None:
        """Articles that it was opened with are looked up."""
        if self.named:
            self._read_named()

    def on_radio_chosen(self) -> None:
        """Another kind of answer is another draft."""
        self.later()
        self.told()

    # --- what is said around it

    def say_title(self) -> None:
        """Where one is, and what the clocks say."""
        assert self.target is not None
        what = {"reply": _("Reply"), "note": _("Internal note"), "call": _("Call")}[self.kind]
        status = "" if self.page is None else status_label(self.page.ticket.status, self.facts.policy.labels)
        into = f" {self.glyphs.into} "
        self.title_bar.show(f"{_('Queue')}{into}{self.target.protocol}{into}{what}", clean(status))

    def told(self) -> None:
        """Recipient, complaint, what is new, when the draft was kept."""
        page = self.page
        state = self.query_one("#note", Static)
        new = 0 if page is None or self.seen is None else page.ticket.revision - self.seen
        left = plural(
            "{count} act is new here since you began", "{count} acts are new here since you began", new
        )
        words = [f"{self.glyphs.late} {left}" if new > 0 else "", self.kept_words()]
        state.update(Content(f"  {self.glyphs.dot}  ".join(word for word in words if word)))
        if page is None:
            return
        self.query_one("#to", Static).update(Content(one_line(self._to(page), 200)))
        if self.kind == "reply":
            self.tell_letter()
        if self.kind == "reply" and page.ticket.channel is Channel.PHONE:
            points = ", ".join(term(one) for one in Conduct)
            card = self.query_one("#card", Static)
            card.update(Content(_("On the telephone: {points}.", points=points)))
            card.display = True
        self.query_one("#complaint", Pane).fill(self._complaint, key=page.ticket.id)

    def _complaint(self, width: int) -> list[Line]:
        return [] if self.page is None else complaint_lines(self.page, width, hidden=self.hidden)

    def _to(self, page: TicketPage) -> str:
        if self.kind != "reply":
            return _("For the desk only: the customer never sees it.")
        return _("To: {who}", who=recipient(page, hidden=self.hidden))

    def action_complaint(self) -> None:
        """``F3``: the complaint in the place of the text, and back, where both have no room."""
        reading = not self.has_class("-reading")
        self.set_class(reading, "-reading")
        (self.query_one("#complaint", Pane) if reading else self.box).focus()

    def action_out(self) -> None:
        """``esc``: from the complaint back to the text, else out."""
        if self.has_class("-reading"):
            self.action_complaint()
        else:
            super().action_out()

    # --- sending

    def action_send(self) -> None:
        """``F2``: a look at it first."""
        if self.page is None:
            self.toast(_("The ticket is still being read"), "warning")
            return
        self.ready = None
        if self.kind != "reply" or self.letter_blocks():
            self._review(NOTHING)
        elif self.letter is not None or self.articles:
            self.look()
        else:
            self._declare()

    def on_ready_read(self, message: ReadyRead) -> None:
        """The answer as it would leave; what it must declare is asked for, then it is looked at."""
        self.ready = message.ready
        self._declare()

    def _declare(self) -> None:
        if self.page is None or self.way != "conclusive":
            self._review(NOTHING)
            return
        said = NOTHING if self.letter is None else declared_by(self.letter)
        declared(self.console_app, self.page, self._review, said)

    def _review(self, said: Concluding) -> None:
        if self.page is None:
            return
        self.said = said
        self.reviewed(self.intent(self.page))

    def intent(self, page: TicketPage) -> Intent:
        """What is about to happen."""
        public = self.kind == "reply"
        text = self.box.text if self.ready is None else self.ready.text
        blocks = self.letter_blocks() or blocks_of(text, public=public)
        warnings = warnings_of(text)
        facts = [(_("Ticket"), page.ticket.protocol)]
        if not public:
            facts.append((_("Who sees it"), _("the desk only")))
        if self.kind == "call":
            facts.append((_("Card"), self._card_words()))
            return Intent(_("Call"), _("Keep the call"), facts, text, blocks, warnings)
        if not public:
            return Intent(_("Internal note"), _("Keep the note"), facts, text, blocks, warnings)
        facts.append((_("To"), recipient(page, hidden=self.hidden)))
        facts += [(_("Kind"), self._kind_words()), *self.letter_facts()]
        if self.said.wish is not None:
            facts.append((_("That wish was"), term(self.said.wish)))
        try:
            facts += self._foreseen(page)
        except Refused as error:
            blocks.append(say(error.message))
        if page.ticket.customer is None:
            warnings.append(_("No customer is known: the answer is recorded and nobody is written to."))
        if self.seen is not None and page.ticket.revision > self.seen:
            warnings.append(_("The ticket changed since you began; what is new is shown before it is sent."))
        title = _("Review before sending")
        held = held_for(text, page.policy.tone)
        return Intent(title, _("Send"), facts, text, blocks, warnings, held=held)

    def _card_words(self) -> str:
        kept = [term(one) for one in ticks(self.choice or "none")]
        return _("{kept} of {all}", kept=len(kept), all=len(Conduct)) + (
            f": {', '.join(kept)}" if kept else ""
        )

    def _kind_words(self) -> str:
        if self.way == "inform":
            return _("tells, answers nothing")
        kind = self.query_one("#kind", Radio)
        return next(option.text for option in kind.options if option.id == self.way)

    def _foreseen(self, page: TicketPage) -> list[tuple[str, str]]:
        ahead = foresee(
            page.ticket,
            page.detail.record.clocks,
            page.clocks,
            _EVENTS[self.way],
            page.ticket.status if self.way == "inform" else Status.ANSWERED,
            page.now,
            conclusive=self.way == "conclusive",
        )
        arrow = "->" if self.console_app.ascii_only else "→"
        labels = page.policy.labels
        status = f"{status_label(ahead.before, labels)} {arrow} {status_label(ahead.after, labels)}"
        clocks = [
            f"{clock_name(before.name)}: {clock_state(before.state)} {arrow} {clock_state(after.state)}"
            for before, after in ahead.clocks
        ]
        turn = _("then it is the turn of: {who}", who=term(ahead.turn))
        return [(_("Status"), f"{status}; {turn}"), (_("Deadlines"), ", ".join(clocks) or _("none changes"))]

    def act(self) -> Act:
        """The reply, the request or the note, and the draft gone with it."""
        assert self.target is not None
        choice, kind, ticket_id = self.choice, self.kind, self.target.id
        letter = self.letter
        if letter is not None and self.said.wish is not None:
            letter = replace(letter, concluding=self.said)
        way = self.way if kind == "reply" else ""
        articles = self.articles if kind == "reply" else ()
        said = Said(self.box.text, way, self.said, letter, articles)

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            outcome = (
                record_call(desk, ref, Call(conduct=ticks(choice or "none")), said.text)
                if kind == "call"
                else spoken(desk, ref, seen, said)
            )
            drop_draft(desk, ticket_id, kind)
            return outcome

        label, verb = {
            "": (_("Note kept"), Verb.NOTE),
            "ask": (_("Request sent"), Verb.ASK),
            "interim": (_("Answer sent"), Verb.REPLY),
            "conclusive": (_("Conclusive answer sent"), Verb.REPLY),
            "inform": (_("Customer told how it stands"), Verb.REPLY),
        }[way]
        if kind == "call":
            label, verb = _("Call kept"), Verb.CALL
        # A note moves nothing, so it cannot collide with what others did.
        revision = self.seen if kind == "reply" else None
        return Act(label, verb, [Target(ticket_id, self.target.protocol, revision)], one)


def recipient(page: TicketPage, *, hidden: bool) -> str:
    """Who is written to and by which way they came in; masked where the ticket's words are."""
    who = page.detail.record.customer
    way = term_of(Channel, page.ticket.channel)
    if hidden:
        return _("[confidential]")
    if page.detail.record.kept:
        return f"{_('[identity kept]')} ({way})"
    if who is None:
        return _("nobody is known ({way})", way=way)
    named = " · ".join(part for part in (who.name, who.email) if part) or who.external_id or "?"
    return f"{clean(named)} ({way})"
