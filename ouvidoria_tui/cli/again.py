"""Doing something again and again, as a service does it: until Ctrl-C or SIGTERM."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import NoReturn


def again(every: int, turn: Callable[[], object]) -> NoReturn:
    """Calls ``turn`` now and after each pause of ``every`` seconds; ends by ``KeyboardInterrupt`` or what it raises."""
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        while True:
            turn()
            time.sleep(every)
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
