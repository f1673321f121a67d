"""Departments, areas and plans as the desk edits them, what a new policy leaves of that, and an agent's own views."""

from __future__ import annotations

import json

import pytest

from ouvidoria_tui.desk.apply_policy import Proposal, apply_policy
from ouvidoria_tui.desk.classify import transfer
from ouvidoria_tui.desk.register import register_named
from ouvidoria_tui.desk.register_entries import add_entry, edit_entry, set_entry_active
from ouvidoria_tui.desk.saved_views import own, remove, save
from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.domain.register_entry import Entry
from ouvidoria_tui.domain.views import view_of
from ouvidoria_tui.errors import NotAllowed, NotFound, Refused, UsageError
from ouvidoria_tui.store.policy_versions import PolicyVersions
from tests.desk.bench import Bench

AREA = {"name": "Infraestrutura", "email": "Infra@Example.com", "head": "bia", "due_days": "3"}


def entry(bench: Bench, kind: str, slug: str) -> Entry:
    return next(one for one in bench.store.entries(kind) if one.slug == slug)


def last(bench: Bench) -> dict[str, object]:
    row = bench.store.conn.execute("SELECT payload FROM event ORDER BY id DESC LIMIT 1").fetchone()
    found: dict[str, object] = json.loads(row[0])
    return found


def test_an_area_has_an_address_a_head_and_days(bench: Bench) -> None:
    add_entry(bench.desk, "area", "infra", AREA)
    assert entry(bench, "area", "infra") == Entry(
        "infra", "Infraestrutura", email="infra@example.com", head="bia", due_days=3
    )


def test_an_edit_names_fields_and_keeps_no_address_in_the_ledger(bench: Bench) -> None:
    add_entry(bench.desk, "area", "infra", AREA)
    edit_entry(bench.desk, "area", "infra", {"email": "outra@example.com", "due_days": "5"})
    assert last(bench) == {
        "register": "area",
        "slug": "infra",
        "change": "edited",
        "fields": ["email", "due_days"],
        "changes": {"due_days": [3, 5]},
    }


def test_a_new_policy_does_not_undo_what_the_desk_edited(bench: Bench) -> None:
    versions = PolicyVersions(bench.store)
    slug = sorted(bench.store.known_slugs("department"))[0]
    edit_entry(bench.desk, "department", slug, {"name": "Como a mesa o chama"})
    text = versions.text().replace("\nsource = ", "\n# other words, the same rules\nsource = ", 1)
    apply_policy(bench.desk, versions, Proposal(parse(text, name="x"), text, dict, "test"))
    assert entry(bench, "department", slug).name == "Como a mesa o chama"


def test_what_is_not_active_is_chosen_no_more_and_not_made_anew_by_an_import(bench: Bench) -> None:
    add_entry(bench.desk, "department", "velho", {"name": "Velho"})
    set_entry_active(bench.desk, "department", "velho", active=False)
    with bench.store.transaction():
        register_named(bench.desk, "department", "Velho")
    assert entry(bench, "department", "velho").active is False
    with pytest.raises(NotFound):
        transfer(bench.desk, bench.new(), "velho", "motivo")
    set_entry_active(bench.desk, "department", "velho", active=True)
    assert transfer(bench.desk, bench.new(), "velho", "motivo").result == "done"


def test_a_department_with_open_tickets_stays_active(bench: Bench) -> None:
    add_entry(bench.desk, "department", "novo", {})
    transfer(bench.desk, bench.new(), "novo", "motivo")
    with pytest.raises(Refused, match="REGISTER_IN_USE"):
        set_entry_active(bench.desk, "department", "novo", active=False)


def test_an_entry_is_there_once(bench: Bench) -> None:
    add_entry(bench.desk, "plan", "ouro", {"rank": "3"})
    with pytest.raises(Refused, match="ENTRY_EXISTS"):
        add_entry(bench.desk, "plan", "ouro", {})


@pytest.mark.parametrize("slug", ["Novo Setor", "", "-", "ação", "a" * 61])
def test_a_slug_is_plain(bench: Bench, slug: str) -> None:
    with pytest.raises(UsageError, match="BAD_SLUG"):
        add_entry(bench.desk, "plan", slug, {})


@pytest.mark.parametrize("number", ["-1", "x", "99999999", "1.5"])
def test_days_are_a_whole_number(bench: Bench, number: str) -> None:
    with pytest.raises(UsageError, match="BAD_NUMBER"):
        add_entry(bench.desk, "area", "infra", {"due_days": number})


def test_an_entry_that_is_not_there_is_said(bench: Bench) -> None:
    with pytest.raises(NotFound, match="ENTRY_NOT_FOUND"):
        edit_entry(bench.desk, "plan", "nenhum", {"name": "x"})


def test_a_supervisor_edits_no_register(bench: Bench) -> None:
    with pytest.raises(NotAllowed, match="ROLE_MAY_NOT"):
        add_entry(bench.of("bia"), "plan", "ouro", {})


def test_a_view_is_its_agents_own(bench: Bench) -> None:
    save(bench.of("caio"), "Boletos", "owner:me boleto", "due")
    assert [(one.name, one.query, one.order) for one in own(bench.of("caio"))] == [
        ("boletos", "owner:me boleto", "due")
    ]
    assert own(bench.desk) == []
    assert view_of("boletos", own(bench.of("caio"))).query == "owner:me boleto"
    with pytest.raises(UsageError, match="UNKNOWN_VIEW"):
        view_of("boletos", own(bench.desk))


def test_a_view_saved_again_keeps_its_place(bench: Bench) -> None:
    for name in ("um", "dois"):
        save(bench.desk, name, "owner:me")
        bench.clock.at += 1
    save(bench.desk, "um", "owner:none")
    assert [(one.name, one.query) for one in own(bench.desk)] == [("um", "owner:none"), ("dois", "owner:me")]


@pytest.mark.parametrize(
    ("name", "query", "code"),
    [
        ("mine", "x", "VIEW_NAME_TAKEN"),
        ("Sem dono", "x", "VIEW_NAME_TAKEN"),
        ("!!", "x", "BAD_NAME"),
        ("a", "due<<2", "BAD_QUERY"),
        ("a", "x" * 1001, "TEXT_TOO_LONG"),
    ],
)
def test_a_view_that_cannot_be_is_not_kept(bench: Bench, name: str, query: str, code: str) -> None:
    with pytest.raises((Refused, UsageError), match=code):
        save(bench.desk, name, query)
    assert own(bench.desk) == []


def test_an_agent_keeps_so_many_views(bench: Bench) -> None:
    for number in range(50):
        save(bench.desk, f"v{number}", "owner:me")
    with pytest.raises(Refused, match="TOO_MANY_VIEWS"):
        save(bench.desk, "um-a-mais", "owner:me")
    save(bench.desk, "v0", "owner:none")


def test_a_view_is_removed(bench: Bench) -> None:
    save(bench.desk, "um", "owner:me")
    remove(bench.desk, "Um")
    with pytest.raises(NotFound, match="VIEW_NOT_FOUND"):
        remove(bench.desk, "um")
