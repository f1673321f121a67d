"""Whole files of many tickets in one walk are those that each ticket gives alone."""

from __future__ import annotations

from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.escalate import escalate
from ouvidoria_tui.desk.reply import note
from ouvidoria_tui.store.reading_file import detail, details
from tests.desk.bench import Bench


def test_a_walk_gives_each_ticket_its_own_and_nothing_of_its_neighbours(bench: Bench) -> None:
    refs = [bench.new() for _number in range(5)]
    note(bench.desk, refs[1], "uma nota")
    attach(bench.desk, refs[2], "a.txt", b"a")
    attach(bench.desk, refs[4], "b.txt", b"b")
    escalate(bench.desk, refs[3], 1, "sem resposta da área")
    conn = bench.store.conn
    ids = [bench.ticket(ref).id for ref in refs]
    found = list(details(conn, ids))
    assert found == [detail(conn, id_) for id_ in ids]
    assert [len(one.entries) for one in found] == [1, 2, 2, 2, 2]
    assert [[item.name for item in one.attachments] for one in found] == [[], [], ["a.txt"], [], ["b.txt"]]
    assert [len(one.escalations) for one in found] == [0, 0, 0, 1, 0]
    assert list(details(conn, [ids[0], ids[4]])) == [found[0], found[4]]
