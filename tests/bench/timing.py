"""How things are timed: in turn, several times, the median of the ratios; whole processes or calls."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what took how long, beside what, and what is allowed."""

    name: str
    size: str
    ours: float
    floor: float
    budget: str
    ratio: float
    note: str = ""


def calls(
    name: str,
    size: str,
    ours: Callable[[], object],
    floor: Callable[[], object],
    *,
    budget: str,
    runs: int = 7,
    note: str = "",
) -> Figure:
    """Two functions, in turn, after one run of each that is not counted."""
    ours(), floor()
    pairs = [(_timed(ours), _timed(floor)) for _ in range(runs)]
    return figure(name, size, pairs, budget, note)


def processes(
    name: str,
    size: str,
    ours: Sequence[str],
    floor: Sequence[str],
    *,
    budget: str,
    runs: int = 7,
    environ: Mapping[str, str] | None = None,
    note: str = "",
) -> Figure:
    """Two commands as whole processes, in turn, after one run of each that is not counted."""
    run_process(ours, environ)
    run_process(floor, environ)
    pairs = [
        (_timed(lambda: run_process(ours, environ)), _timed(lambda: run_process(floor, environ)))
        for _ in range(runs)
    ]
    return figure(name, size, pairs, budget, note)


def run_process(command: Sequence[str], environ: Mapping[str, str] | None = None) -> None:
    """Runs a command to its end; a failure is a failure of the measurement."""
    done = subprocess.run(
        list(command),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**_as_installed(), **(environ or {})},
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.returncode}\n{done.stderr.decode()[-2000:]}")


def _as_installed() -> dict[str, str]:
    """The environment in which compiled modules are kept, as they are wherever the program is installed."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def python(code: str) -> list[str]:
    """The command that runs ``code`` with this Python."""
    return [sys.executable, "-c", code]


def ouvidoria(*args: str) -> list[str]:
    """The installed command with ``args``."""
    return [os.path.join(os.path.dirname(sys.executable), "ouvidoria"), *args]


def once(work: Callable[[], object]) -> float:
    """Seconds of one call: for work that cannot be done twice."""
    return _timed(work)


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| what | size | ours | floor | ratio | budget |  |",
        "|---|---:|---:|---:|---:|---|---|",
    ]
    lines += [
        f"| {f.name} | {f.size} | {_shown(f.ours)} | {_shown(f.floor)} | {f.ratio:.2f} | {f.budget} | {f.note} |"
        for f in figures
    ]
    return "\n".join(lines)


def figure(name: str, size: str, pairs: Sequence[tuple[float, float]], budget: str, note: str = "") -> Figure:
    """The medians of pairs of seconds (ours, floor), and of their ratios."""
    return Figure(
        name,
        size,
        median(ours for ours, _floor in pairs),
        median(floor for _ours, floor in pairs),
        budget,
        median(ours / floor for ours, floor in pairs),
        note,
    )


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _shown(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.2f} s"
    if seconds >= 0.001:
        return f"{seconds * 1000:.1f} ms"
    return f"{seconds * 1e6:.0f} µs"
