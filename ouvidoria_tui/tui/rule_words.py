"""The rule of an act on a clock in sentences: the norm, how often, how much, what it asks, what it does. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ouvidoria_tui.domain.clock_acts import informing
from ouvidoria_tui.domain.explain import Explanation
from ouvidoria_tui.domain.extension import allowance
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy import ClockStop, Party
from ouvidoria_tui.domain.policy_law import Extension, Mark, Origin
from ouvidoria_tui.present.record_clocks import due_moment
from ouvidoria_tui.present.record_explain import amount_words
from ouvidoria_tui.present.words import _, clock_name, plural, say, term
from ouvidoria_tui.tui.reads_deadline import Possible


def act_words(verb: Verb) -> str:
    """What an act is called on its button and in the title of its form."""
    return {
        Verb.EXTEND: _("Extend"),
        Verb.DELAY_NOTICE: _("Tell of the delay"),
        Verb.SUSPEND: _("Suspend"),
        Verb.RESUME: _("Resume"),
        Verb.INTERRUPT: _("Interrupt"),
    }[verb]


def refusal(possible: Possible) -> str:
    """``CODE: why it is not possible now. What to do instead``; empty where it is possible."""
    if possible.why_not is None:
        return ""
    code = f"{possible.code}: " if possible.code else ""
    hint = f". {say(possible.hint)}" if possible.hint is not None else ""
    return f"{code}{say(possible.why_not)}{hint}"


def state_of(possible: Possible, zone: str) -> str:
    """In a few words: until when at most, that it can be done, or why not now."""
    if possible.why_not is not None:
        return say(possible.why_not)
    if possible.last is not None:
        return _("until {date} at most", date=due_moment(possible.last, zone))
    return _("possible now")


def rule_sentences(
    verb: Verb, one: Explanation, possible: Possible, zone: str, *, promise: bool
) -> list[str]:
    """The rule by which the act is done to the clock, a sentence each."""
    words = {
        Verb.EXTEND: _extension,
        Verb.SUSPEND: _suspension,
        Verb.RESUME: _resumption,
        Verb.INTERRUPT: _interruption,
    }
    if verb is Verb.DELAY_NOTICE:
        return list(_notice(one, zone, promise=promise))
    return list(words[verb](one, possible, zone))


def _extension(one: Explanation, possible: Possible, zone: str) -> Iterator[str]:
    allowed = allowance(one.clock)
    if allowed is None:
        yield _("No extension: {norm} gives none for this clock.", norm=_norm(one, None))
        return
    yield f"{_norm(one, allowed.origin)}: {_how_often(allowed)}, {_how_much(one, allowed)}."
    used = one.state.extensions or 0
    if used:
        yield plural("Extended {count} time so far.", "Extended {count} times so far.", used)
    if possible.last is not None:
        yield _("The last possible date is {date}.", date=due_moment(possible.last, zone))
    if allowed.types:
        yield _("Only for: {types}.", types=", ".join(sorted(map(term, allowed.types))))
    if allowed.consent:
        yield _("Only by agreement with the customer, which is recorded.")
    share = possible.share
    if share is not None:
        yield _(
            "This month {extensions} of {demands} cases were extended; the norm allows {cap}%.",
            extensions=share.extensions,
            demands=share.demands,
            cap=share.cap,
        )
    elif allowed.monthly_cap_off is not None:
        yield _("The monthly cap of {cap}% is switched off in the policy.", cap=allowed.monthly_cap_off)
    if one.clock.rule.party is Party.AREA:
        yield _("Needs the reason and what was done so far; the customer is not written to.")
    else:
        yield _("Needs the reason and what was done so far; a notice with both goes to the customer.")


def _how_often(allowed: Extension) -> str:
    return plural("once", "at most {count} times", allowed.times)


def _how_much(one: Explanation, allowed: Extension) -> str:
    unit = one.clock.rule.unit
    if allowed.amount is not None:
        return _("by at most {amount}", amount=amount_words(allowed.amount, unit))
    if allowed.most is not None:
        return _("up to {amount} in all", amount=amount_words(allowed.most, unit))
    if one.state.amount is None:
        return _("by at most its own figure again")
    return _("by at most its own figure again ({amount})", amount=amount_words(one.state.amount, unit))


def _suspension(one: Explanation, possible: Possible, zone: str) -> Iterator[str]:
    rule = one.clock.rule
    if rule.suspension is not None:
        times = plural("once", "at most {count} times", rule.suspension.times)
        yield f"{_norm(one, rule.suspension.origin)}: {times}."
        used = one.state.suspensions or 0
        if used:
            yield plural("Suspended {count} time so far.", "Suspended {count} times so far.", used)
    elif rule.stop is ClockStop.CONCLUSION and not rule.statutory:
        yield _("A contract's own clock up to the solution may be suspended, with a reason.")
    else:
        yield _("No norm or contract lets this clock be suspended.")
    yield _("What has run is kept; nothing runs until it is resumed. The customer is not written to.")


def _resumption(one: Explanation, possible: Possible, zone: str) -> Iterator[str]:
    if one.state.suspended_at is not None:
        yield _("Suspended since {date}.", date=due_moment(one.state.suspended_at, zone))
    yield _("What was left when it was suspended runs on from now.")


def _interruption(one: Explanation, possible: Possible, zone: str) -> Iterator[str]:
    yield _("Only a contract's own clock up to the solution starts again; a norm's never does.")
    yield _("What has run counts no more; a breach and an extension that was used stay recorded.")


def _notice(one: Explanation, zone: str, *, promise: bool) -> Iterator[str]:
    if not promise:
        yield _("This desk promises no date, so no message may name one.")
        return
    yield _("Before the due time the customer is told why it takes longer, and a new date (S4-22).")
    rule = one.clock.rule
    if informing(rule):
        yield _("This clock is satisfied by it: the customer has been kept informed.")
    elif rule.stop is ClockStop.PUBLIC_ANSWER:
        yield _("It answers nothing: this clock runs on and counts as told in time.")
    else:
        yield _("It moves no due time: this clock runs on.")
    if one.state.promised_at is not None:
        promised = due_moment(one.state.promised_at, zone)
        yield _("The customer was told {date} already.", date=promised)


def _norm(one: Explanation, origin: Origin | None) -> str:
    rule = one.clock.rule
    norm = (origin.norm if origin is not None else "") or rule.origin.norm
    if not norm:
        norm = _("The law") if rule.statutory else _("Contract")
    unsure = origin is not None and origin.mark == Mark.TO_CONFIRM.value
    return f"{norm} ({_('to be confirmed')})" if unsure else norm


def clock_now(one: Explanation, zone: str) -> str:
    """``resolution: due 15/12/2026 24h00`` or what else it is doing."""
    name = clock_name(one.state.name)
    if one.state.due_at is not None:
        return _("{clock}: due {date}", clock=name, date=due_moment(one.state.due_at, zone))
    return _("{clock}: no due time now", clock=name)
