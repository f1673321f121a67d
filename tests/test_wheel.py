from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow


def call(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """``python`` with these arguments, in a folder that is not the project's; it must succeed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with what is installed: no network."""
    folder = tmp_path_factory.mktemp("dist")
    call("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT), cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel unpacked by pip; put before the editable install, it is what is imported."""
    folder = tmp_path_factory.mktemp("site")
    call(
        *("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"),
        *("--target", str(folder), str(wheel)),
        cwd=folder,
    )
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_every_file_of_data(wheel: Path) -> None:
    ours = {
        f"ouvidoria_tui/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "data").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert ours - names(wheel) == set()


@pytest.mark.parametrize("folder", ["profiles", "mappings", "sample"])
def test_the_wheel_carries(folder: str, wheel: Path) -> None:
    assert [name for name in names(wheel) if name.startswith(f"ouvidoria_tui/data/{folder}/")]


def test_the_wheel_carries_what_stands_beside_the_code(wheel: Path) -> None:
    beside = {
        path.relative_to(ROOT).as_posix()
        for pattern in ("*.mo", "*.tcss", "py.typed")
        for path in (ROOT / "ouvidoria_tui").rglob(pattern)
    }
    assert "ouvidoria_tui/py.typed" in beside
    assert beside - names(wheel) == set()


@pytest.mark.parametrize("language", ["pt_BR"])
def test_the_wheel_carries_the_compiled_words(language: str, wheel: Path) -> None:
    assert f"ouvidoria_tui/locale/{language}/LC_MESSAGES/ouvidoria.mo" in names(wheel)


def test_the_wheel_carries_no_test_and_no_store(wheel: Path) -> None:
    strays = [
        name
        for name in names(wheel)
        if name.startswith("tests/") or PurePosixPath(name).suffix in {".db", ".pyc"}
    ]
    assert strays == []


def test_the_installed_package_is_the_wheel(installed: Path, elsewhere: Path) -> None:
    code = "import ouvidoria_tui; print(ouvidoria_tui.__file__)"
    assert call("-c", code, cwd=elsewhere, PYTHONPATH=str(installed)).stdout.startswith(str(installed))


def test_the_installed_program_finds_its_profiles(installed: Path, elsewhere: Path) -> None:
    done = call(
        "-m", "ouvidoria_tui", "profiles", "--format", "json", cwd=elsewhere, PYTHONPATH=str(installed)
    )
    text = json.dumps(json.loads(done.stdout))
    assert all(path.stem in text for path in (ROOT / "data" / "profiles").glob("*.toml"))


def test_the_installed_program_shows_the_sample_desk(installed: Path, elsewhere: Path) -> None:
    done = call("-m", "ouvidoria_tui", "demo", cwd=elsewhere, PYTHONPATH=str(installed))
    assert done.stdout.strip()


def test_the_demonstration_leaves_nothing_behind(installed: Path, elsewhere: Path) -> None:
    call("-m", "ouvidoria_tui", "demo", cwd=elsewhere, PYTHONPATH=str(installed))
    assert list(elsewhere.iterdir()) == []
