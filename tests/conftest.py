"""What every test stands on: a home of its own, the same words everywhere, the corpus where there is one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A property is searched along the same path in every run: a red check is a change, not luck. To search
# further: HYPOTHESIS_PROFILE=explore. No deadline: a machine under load is not a failure.
settings.register_profile("house", max_examples=100, deadline=None, derandomize=True)
settings.register_profile("explore", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

_OURS = (
    "OUVIDORIA_DB",
    "OUVIDORIA_AGENT",
    "NO_COLOR",
    "FORCE_COLOR",
    "COLUMNS",
    "LINES",
    "LANGUAGE",
    "LC_ALL",
)


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the settings and the store of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in _OURS:
            patch.delenv(name, raising=False)
        patch.setenv("HOME", str(home))
        for name in ("DATA", "CONFIG", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        patch.setenv("LANG", "C.UTF-8")
        patch.setenv("TZ", "UTC")
        yield


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real material named by ``OUVIDORIA_CORPUS``; the test is skipped without it."""
    named = os.environ.get("OUVIDORIA_CORPUS", "")
    if not named:
        pytest.skip("OUVIDORIA_CORPUS names no folder of real material")
    folder = Path(named)
    assert folder.is_dir(), f"OUVIDORIA_CORPUS={named} is not a folder"
    return folder
