"""The key of the desk's own Message-IDs: made once, for one store, and missed where it is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.errors import StoreError
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.signing import put_mail_key


def test_each_new_store_has_a_key_of_its_own(tmp_path: Path) -> None:
    keys = []
    for name in ("a.db", "b.db"):
        store = found_desk(tmp_path / name, admin="ana")
        keys.append(store.mail_key())
        store.close()
    assert len(set(keys)) == 2
    assert {len(key) for key in keys} == {32}


def test_a_key_that_is_there_stays(tmp_path: Path) -> None:
    store = found_desk(tmp_path / "d.db", admin="ana")
    before = store.mail_key()
    put_mail_key(store.conn, bytes(32))
    assert store.mail_key() == before
    store.close()


def test_a_store_without_its_key_says_so(tmp_path: Path) -> None:
    store = found_desk(tmp_path / "d.db", admin="ana")
    store.conn.execute("DELETE FROM signing_key")
    with pytest.raises(StoreError, match="MAIL_KEY_MISSING"):
        store.mail_key()
    store.close()
