"""Who may do what."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.permission import MAY, Agent, Role, Verb, check_permission
from ouvidoria_tui.domain.permission_words import DEEDS, ROLES
from ouvidoria_tui.errors import NotAllowed


def agent(role: Role, *, active: bool = True) -> Agent:
    return Agent(1, "ana", "Ana", role, active)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("verb", Verb)
def test_an_agent_may_do_what_the_table_says(role: Role, verb: Verb) -> None:
    if verb in MAY[role]:
        check_permission(agent(role), verb)
        return
    with pytest.raises(NotAllowed) as caught:
        check_permission(agent(role), verb)
    assert (caught.value.code, caught.value.exit_code) == ("ROLE_MAY_NOT", 8)
    assert str(caught.value.message) == f"ana has the role {ROLES[role]} and may not {DEEDS[verb]}"
    assert caught.value.details == {"verb": verb.value, "role": role.value}


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_can_be_done_by_somebody(verb: Verb) -> None:
    assert any(verb in verbs for verbs in MAY.values())


def test_every_verb_and_role_has_words_of_its_own_that_are_no_slug() -> None:
    assert (set(DEEDS), set(ROLES)) == (set(Verb), set(Role))
    assert len({str(words) for words in DEEDS.values()}) == len(Verb)
    assert all(" " in str(words) for words in DEEDS.values())


def test_an_auditor_changes_nothing() -> None:
    assert MAY[Role.AUDITOR] == frozenset()


def test_more_responsibility_takes_nothing_away() -> None:
    assert MAY[Role.AGENT] < MAY[Role.SUPERVISOR] < MAY[Role.OMBUDSMAN] < MAY[Role.ADMINISTRATOR]


@pytest.mark.parametrize("role", Role)
def test_who_is_not_active_may_do_nothing(role: Role) -> None:
    for verb in Verb:
        with pytest.raises(NotAllowed) as caught:
            check_permission(agent(role, active=False), verb)
        assert caught.value.code == "AGENT_INACTIVE"
