"""Following a ticket by its code: told once, kept as a hash, voided by a new one, locked after wrong ones."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.access import issue_code, open_with_code
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.access_code import LOCK, TRIES, plain
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.protocol import make_protocol
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import Bench, code_of

NOBODYS = make_protocol(2026, 999_999)
WRONG = "AAAA-AAAA-AAAA"


def registered(bench: Bench) -> tuple[str, str]:
    done = receive(bench.desk, Manifestation("Assunto", "Relato"))
    return done.protocol, str(done.details["access_code"])


def said(desk: Desk, ref: str, code: str) -> tuple[str, str, str]:
    with pytest.raises(OuvidoriaError) as caught:
        open_with_code(desk, ref, code)
    return caught.value.code, str(caught.value.message), str(caught.value.hint)


def everything(bench: Bench) -> str:
    return "\n".join(bench.store.conn.iterdump())


def test_the_code_opens_its_own_ticket_only(bench: Bench) -> None:
    (mine, code), (other, _code) = registered(bench), registered(bench)
    assert open_with_code(bench.desk, mine, code.lower()).protocol == mine
    assert code_of(lambda: open_with_code(bench.desk, other, code)) == "ACCESS_DENIED"


def test_the_store_has_the_code_nowhere(bench: Bench) -> None:
    ref, code = registered(bench)
    new = str(issue_code(bench.desk, ref, "perdido").details["access_code"])
    kept = everything(bench)
    for one in (code, new):
        assert one not in kept
        assert plain(one) not in kept


def test_a_wrong_code_and_an_unknown_protocol_are_refused_alike(bench: Bench) -> None:
    ref, _code = registered(bench)
    assert said(bench.desk, ref, WRONG) == said(bench.desk, NOBODYS, WRONG)


@pytest.mark.parametrize("known", [True, False])
def test_after_so_many_wrong_codes_a_protocol_is_locked_for_a_while_known_or_not(
    bench: Bench, known: bool
) -> None:
    ref, code = registered(bench) if known else (NOBODYS, WRONG)
    for _try in range(TRIES):
        assert code_of(lambda: open_with_code(bench.desk, ref, WRONG)) == "ACCESS_DENIED"
    assert code_of(lambda: open_with_code(bench.desk, ref, code)) == "ACCESS_LOCKED"
    bench.clock.at += LOCK - 1
    assert code_of(lambda: open_with_code(bench.desk, ref, code)) == "ACCESS_LOCKED"
    bench.clock.at += 1
    if known:
        assert open_with_code(bench.desk, ref, code).protocol == ref
    else:
        assert code_of(lambda: open_with_code(bench.desk, ref, code)) == "ACCESS_DENIED"


def test_one_locked_protocol_locks_no_other(bench: Bench) -> None:
    (mine, code), (other, _code) = registered(bench), registered(bench)
    for _try in range(TRIES + 1):
        code_of(lambda: open_with_code(bench.desk, other, WRONG))
    assert open_with_code(bench.desk, mine, code).protocol == mine


def test_a_new_code_voids_the_old_one_and_lifts_the_lock(bench: Bench) -> None:
    ref, code = registered(bench)
    for _try in range(TRIES):
        code_of(lambda: open_with_code(bench.desk, ref, WRONG))
    new = str(issue_code(bench.of("caio"), ref, "A cliente perdeu o código").details["access_code"])
    assert open_with_code(bench.desk, ref, new).protocol == ref
    assert code_of(lambda: open_with_code(bench.desk, ref, code)) == "ACCESS_DENIED"
    assert (bench.last(ref).type, bench.words(ref)[-1]) == (Act.CODE_ISSUED, "A cliente perdeu o código")
    assert verify(bench.store.conn).ok


def test_a_new_code_needs_a_reason_and_somebody_who_may(bench: Bench) -> None:
    ref, code = registered(bench)
    assert code_of(lambda: issue_code(bench.desk, ref, " ")) == "TEXT_REQUIRED"
    assert code_of(lambda: issue_code(bench.of("aldo"), ref, "x")) == "ROLE_MAY_NOT"
    assert open_with_code(bench.desk, ref, code).protocol == ref


def test_a_mistyped_protocol_is_told_so_and_counts_as_nothing(bench: Bench) -> None:
    assert code_of(lambda: open_with_code(bench.desk, "2026-000001-0", WRONG)) == "BAD_PROTOCOL"
    assert bench.store.conn.execute("SELECT count(*) FROM access_failure").fetchone()[0] == 0


def test_wrong_codes_are_forgotten_after_a_month(bench: Bench) -> None:
    code_of(lambda: open_with_code(bench.desk, NOBODYS, WRONG))
    bench.clock.at += 31 * 86_400
    code_of(lambda: open_with_code(bench.desk, make_protocol(2026, 7), WRONG))
    assert bench.store.conn.execute("SELECT count(*) FROM access_failure").fetchone()[0] == 1
