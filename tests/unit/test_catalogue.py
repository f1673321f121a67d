from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ouvidoria_tui.locale import update

CATALOGUE, PLACES = update.merged()


def test_every_sentence_has_a_portuguese_one_with_the_same_places() -> None:
    assert [f"{PLACES.get(key, '')}: {why}: {key!r}" for key, why in update.faults(CATALOGUE)] == []


def test_the_kept_files_are_what_the_code_says() -> None:
    po, mo = update.rendered(CATALOGUE)
    assert (update.PO.read_bytes() == po, update.MO.read_bytes() == mo) == (True, True)


def test_the_same_sentences_give_the_same_bytes() -> None:
    assert update.rendered(update.merged()[0]) == update.rendered(update.merged()[0])


def package(folder: Path, code: str) -> Path:
    source = folder / "pkg"
    source.mkdir()
    (source / "a.py").write_text(code, encoding="utf-8")
    ast.parse(code)
    return source


def test_nested_and_joined_sentences_are_found(tmp_path: Path) -> None:
    code = 'E("X", N_("a " "b {c}", c=NN_("one", "{count} many", count=f(N_("deep")))))\nwords._("dotted")\n'
    found = {key for key, _place in update.sentences(package(tmp_path, code))}
    assert found == {"a b {c}", ("one", "{count} many"), "deep", "dotted"}


def test_a_sentence_that_is_not_a_literal_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"pkg/a.py:2"):
        list(update.sentences(package(tmp_path, "\nN_(variable)\n")))


def test_a_translation_that_is_there_is_kept_and_a_dead_one_goes(tmp_path: Path) -> None:
    po = tmp_path / "x.po"
    po.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "kept"\nmsgstr "mantida"\n\nmsgid "dead"\nmsgstr "morta"\n',
        encoding="utf-8",
    )
    catalogue, _places = update.merged(po, package(tmp_path, 'N_("kept")\nN_("new {x}")\n'))
    assert {m.id: m.string for m in catalogue if m.id} == {"kept": "mantida", "new {x}": ""}
    assert list(update.faults(catalogue)) == [("new {x}", "not translated")]


def test_a_translation_that_loses_a_place_is_a_fault(tmp_path: Path) -> None:
    po = tmp_path / "x.po"
    po.write_text('msgid "a {b}"\nmsgstr "a {c}"\n', encoding="utf-8")
    catalogue, _places = update.merged(po, package(tmp_path, 'N_("a {b}")\n'))
    assert [why for _key, why in update.faults(catalogue)] == ["places ['b'] became ['c']"]
