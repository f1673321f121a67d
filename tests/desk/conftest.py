"""A desk to act at, founded once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.register import deactivate_agent, register_agent
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.store import SqliteStore
from tests.desk.bench import AGENTS, NOW, Bench
from tests.plain_profile import plain


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "d.db"
    store = found_desk(
        path, profile="organizacional", text=plain("organizacional"), clock=FixedClock(NOW), admin="ana"
    )
    desk = desk_over(store, agent="ana", clock=FixedClock(NOW))
    for login, role in AGENTS.items():
        if login != "ana":
            register_agent(desk, login, login.title(), role)
    register_agent(desk, "ina", "Ina", Role.AGENT)
    deactivate_agent(desk, "ina")
    store.close()
    return path


@pytest.fixture
def bench(founded: Path, tmp_path: Path) -> Iterator[Bench]:
    path = tmp_path / "d.db"
    shutil.copyfile(founded, path)
    store = SqliteStore.open(path)
    yield Bench(store, FixedClock(NOW))
    store.close()
