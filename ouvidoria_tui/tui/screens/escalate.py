"""Taking tickets to the next level: to whom, why, and what will happen; F2 does it, esc keeps the text."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.desk import escalate as escalating
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy import Level
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, plural
from ouvidoria_tui.tui.messages import Target
from ouvidoria_tui.tui.reads_ticket import drop_draft
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.writing import Writing
from ouvidoria_tui.tui.service import Act
from ouvidoria_tui.tui.title_words import addressee, overdue_words
from ouvidoria_tui.tui.widgets.radio import Option, Radio
from ouvidoria_tui.tui.widgets.text_box import TextBox

#: A reason shorter than this says nothing to the one who has to decide.
LEAST = 20


def reason_missing(text: str) -> int:
    """How many characters the reason still needs, white space counted once."""
    return max(0, LEAST - len(" ".join(text.split())))


class EscalateScreen(Writing):
    """The form for ``targets``; a draft is kept where there is one."""

    CSS_PATH = "compose.tcss"

    def __init__(self, targets: tuple[Target, ...]) -> None:
        super().__init__()
        self.targets = targets
        self.kind = "escalate"
        self.target = targets[0] if len(targets) == 1 else None

    def body(self) -> ComposeResult:
        """Level, addressee, reason, consequences, what is missing."""
        yield Radio(_("Level"), self._options(), bullet=self.glyphs.bullet, id="level")
        yield Static("", id="to", markup=False)
        yield Static(Content(_("Reason (F4 opens the editor)")).stylize("$secondary"), id="form")
        yield TextBox(id="text")
        yield Static("", id="missing", markup=False)
        yield Static("", id="effects", markup=False)
        yield Static("", id="note", markup=False)

    @property
    def ladder(self) -> tuple[Level, ...]:
        """The rungs of the policy, or the usual three."""
        usual = (
            Level(1, _("Responsible area"), "area"),
            Level(2, _("Ombudsman"), "ombudsman"),
            Level(3, _("Board"), "board"),
        )
        return tuple(sorted(self.facts.policy.levels or usual, key=lambda rung: rung.level))

    def _options(self) -> list[Option]:
        at = 0 if self.page is None else self.page.ticket.level
        return [
            Option(
                str(rung.level), f"N{rung.level} {rung.name}", _("already there") if rung.level <= at else ""
            )
            for rung in self.ladder
        ]

    @property
    def radio(self) -> Radio:
        """The level."""
        return self.query_one("#level", Radio)

    @property
    def choice(self) -> str:
        """The level that is chosen."""
        return self.radio.value

    def choose(self, choice: str) -> None:
        """The level that was chosen earlier, where one can still go there."""
        self.radio.choose(choice)

    def on_radio_chosen(self) -> None:
        """Another level is told to another addressee."""
        self.later()
        self.told()

    def say_title(self) -> None:
        """Where one is, and how late it is."""
        one = self.targets[0].protocol if self.target is not None else str(len(self.targets))
        into = f" {self.glyphs.into} "
        right = "" if self.page is None else overdue_words(self.page)
        self.title_bar.show(f"{_('Queue')}{into}{one}{into}{_('Escalate')}", right)

    def told(self) -> None:
        """Addressee, consequences, what is missing."""
        self.radio.options = tuple(self._options())
        if not any(one.id == self.radio.value and not one.why_not for one in self.radio.options):
            self.radio.value = next((one.id for one in self.radio.options if not one.why_not), "")
        self.radio.refresh(layout=True)
        rung = next((rung for rung in self.ladder if str(rung.level) == self.choice), None)
        to = _("To: {who}", who=addressee(self.facts.policy, rung.to)) if rung is not None else ""
        self.query_one("#to", Static).update(Content(to))
        effects = Content(_("What will happen")).stylize("bold $primary")
        for words in self._effects(rung):
            effects += Content(f"\n {self.glyphs.bullet} {clean(words)}")
        self.query_one("#effects", Static).update(effects)
        missing = self.missing()
        self.query_one("#missing", Static).update(Content(f"{self.glyphs.late} {missing}" if missing else ""))
        self.query_one("#note", Static).update(Content(self.kept_words()))

    def _effects(self, rung: Level | None) -> list[str]:
        if rung is None:
            return [_("nothing: there is no level above")]
        arrow = "->" if self.console_app.ascii_only else "→"
        at = 0 if self.page is None else self.page.ticket.level
        before = f"N{at}" if at else self.glyphs.nothing
        return [
            _("level: {before} {arrow} N{level}", before=before, arrow=arrow, level=rung.level)
            if self.target is not None
            else plural(
                "{count} ticket goes to N{level}",
                "{count} tickets go to N{level}",
                len(self.targets),
                level=rung.level,
            ),
            _("recorded in the history with your name; the deadlines go on running"),
            _("the customer is not written to, and their name is NOT sent"),
        ]

    def missing(self) -> str:
        """What is missing, in a sentence; empty where nothing is."""
        if not self.choice:
            return _("Missing: a level above the present one")
        left = reason_missing(self.box.text)
        if not left:
            return ""
        return plural(
            "Missing: a detailed reason (at least {least} characters, {count} more)",
            "Missing: a detailed reason (at least {least} characters, {count} more)",
            left,
            least=LEAST,
        )

    def action_send(self) -> None:
        """``F2``: does it; many tickets are asked for once more."""
        missing = self.missing()
        if missing:
            self.app.bell()
            self.toast(missing, "warning")
            (self.box if self.choice else self.radio).focus()
            return
        if self.target is not None:
            self.send()
            return
        ask = plural(
            "Take {count} ticket to N{level}?",
            "Take {count} tickets to N{level}?",
            len(self.targets),
            level=self.choice,
        )
        self.app.push_screen(Confirm(ask), lambda wanted: self.send() if wanted else None)

    def act(self) -> Act:
        """The escalation, and the draft gone with it."""
        level, reason, target = int(self.choice), self.box.text, self.target

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            outcome = escalating.escalate(desk, ref, level, reason, revision=seen)
            if target is not None:
                drop_draft(desk, target.id, "escalate")
            return outcome

        targets = self.targets
        if target is not None:
            targets = (Target(target.id, target.protocol, self.seen),)
        return Act(_("Escalated to N{level}", level=level), Verb.ESCALATE, targets, one)
