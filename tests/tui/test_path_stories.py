"""The paths of suggestions, praise and reports, the second reader and the identity, from the ticket's own screen."""

from __future__ import annotations

from textual.pilot import Pilot

from ouvidoria_tui.desk.assess import position
from ouvidoria_tui.desk.case import work_of
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.drafts import keep
from ouvidoria_tui.domain.case_work import CaseWork, Side
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.paths import Decision, Element, Mediation, Told
from ouvidoria_tui.domain.ticket import Type
from ouvidoria_tui.present.words import _, term
from tests.tui.conftest import Place, play, press, settle, type_in
from tests.tui.test_work_stories import choose, say
from tests.tui.ticket_desk import page, three, toasts


def work(place: Place, ref: str) -> CaseWork:
    desk = place.desk("ana")
    return work_of(desk, desk.store.find(ref))


async def pick(pilot: Pilot[int], words: str) -> None:
    await type_in(pilot, words)
    await press(pilot, "enter")


def test_a_suggestion_is_decided_with_grounds(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)
    classify(empty_place.desk("ana"), ref, Classification(Type.SUGGESTION))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await choose(pilot, "Decision on the suggestion")
        await pick(pilot, term(Decision.UNDER_STUDY))
        await say(pilot, "A área estuda.")
        await press(pilot, "6")
        assert "A área estuda." in page(pilot)

    play(empty_place.console(), story)
    assert work(empty_place, ref).decision is Decision.UNDER_STUDY


def test_praise_is_handed_on(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)
    classify(empty_place.desk("ana"), ref, Classification(Type.PRAISE))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await choose(pilot, "Whom the praise is for")
        await say(pilot, "Rita")
        for whom in ("The praise has reached the person", "The praise has reached the head"):
            await choose(pilot, whom)
            await settle(pilot)

    play(empty_place.console(), story)
    assert work(empty_place, ref).told == tuple(Told)


def test_what_a_report_holds_is_chosen_from_what_it_may_hold(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)
    classify(empty_place.desk("ana"), ref, Classification(Type.REPORT))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await choose(pilot, "What the report holds")
        await press(pilot, "enter")
        await say(pilot, "Diz quem, o quê e quando.")

    play(empty_place.console(), story)
    elements = work(empty_place, ref).elements
    assert elements is not None
    assert elements.found == frozenset(Element)


def test_a_mediation_ends_in_an_outcome(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)
    for side in Side:
        position(empty_place.desk("ana"), ref, side, "Diz isto")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await choose(pilot, "Outcome of the mediation")
        await pick(pilot, term(Mediation.PARTIAL))
        await say(pilot, "Metade do valor.")

    play(empty_place.console(), story)
    mediated = work(empty_place, ref).mediated
    assert mediated is not None
    assert mediated.outcome is Mediation.PARTIAL


def test_a_draft_is_put_before_a_second_reader_who_approves_it(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)
    desk = empty_place.desk("ana")

    async def propose(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await choose(pilot, "Put my draft before a second reader")
        await settle(pilot)

    play(empty_place.console(), propose)
    assert work(empty_place, ref).proposed is None

    keep(desk, desk.store.find(ref).id, "reply", "Será feito\nem abril.", choice="conclusive")
    play(empty_place.console(), propose)

    async def approve(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "6")
        assert "em abril." in page(pilot)
        await choose(pilot, "Second reader: the answer may leave")
        await settle(pilot)

    play(empty_place.console("bia"), approve)
    proposed = work(empty_place, ref).proposed
    assert proposed is not None
    assert proposed.approved is not None


def test_who_is_behind_it_is_said_once_and_stands_nowhere(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)
    classify(empty_place.desk("ana"), ref, Classification(confidential=True))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "enter")
        assert _("[identity kept]") in page(pilot)
        assert "Cliente Exemplo" not in page(pilot)
        await choose(pilot, "Who is behind it, with a reason")
        await say(pilot, "Pedir documento")
        assert any("Cliente Exemplo" in note for note in toasts(pilot))
        pilot.app.clear_notifications()
        for tab in "123456":
            await press(pilot, tab)
            assert "cliente@example.com" not in page(pilot)

    play(empty_place.console(), story, size=(120, 40))
    desk = empty_place.desk("ana")
    last = desk.store.events(desk.store.find(ref).id)[-1]
    assert last.type is Act.IDENTITY_SHOWN


def test_an_agent_is_not_told_and_hears_why(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)
    classify(empty_place.desk("ana"), ref, Classification(confidential=True))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await choose(pilot, "Who is behind it, with a reason")
        await say(pilot, "Curiosidade")
        assert not any("Cliente Exemplo" in note for note in toasts(pilot))

    play(empty_place.console("bia"), story)
    desk = empty_place.desk("ana")
    assert desk.store.events(desk.store.find(ref).id)[-1].type is Act.CLASSIFIED


def test_a_ticket_is_kept_and_with_a_reason_no_longer(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)
    desk = empty_place.desk("ana")

    async def keep_it(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await choose(pilot, "Confidential: keep its words and who is behind it")
        await settle(pilot)

    async def lift_it(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await choose(pilot, "No longer confidential, because")
        await say(pilot, "Pediu por escrito")

    play(empty_place.console(), keep_it)
    assert empty_place.desk("ana").store.find(ref).confidential
    play(empty_place.console("ana"), lift_it)
    after = empty_place.desk("ana").store.find(ref)
    assert not after.confidential
    assert desk.store.messages(after.id)[after.revision].text == "Pediu por escrito"


def test_only_what_its_kind_needs_is_offered(empty_place: Place) -> None:
    three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "W")
        await type_in(pilot, _("The praise has reached the head"))
        assert _("The praise has reached the person") not in page(pilot)

    play(empty_place.console(), story)
