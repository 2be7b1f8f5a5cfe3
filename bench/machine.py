"""The machine the figures are of, and what else it did meanwhile."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from pathlib import Path

from bench.figures import middle, took

BUSY = 0.15
"""From this share of the machine on, absolute figures are worth little. The system's own share counts too."""


def described(folder: Path) -> str:
    """Cores, system, Python, SQLite and what the disk takes to make a page last, in one line."""
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, a durable write of one page {took(_durable_write(folder))}."
    )


class Others:
    """The use everyone else makes of the machine from now on."""

    def __init__(self) -> None:
        self._begun, self._used = time.perf_counter(), _used_by_others()

    def told(self) -> str:
        """A warning if it was much, else nothing."""
        used = _used_by_others() - self._used
        share = used / (time.perf_counter() - self._begun) / (os.cpu_count() or 1)
        return f" Others used {share:.0%} of it meanwhile: run it again when it is quiet." if share > BUSY else ""


def _used_by_others() -> float:
    """Seconds of processor time; 0 where the system does not say."""
    try:
        kinds = Path("/proc/stat").read_text(encoding="ascii").split(None, 8)[1:8]
    except OSError:
        return 0.0
    user, nice, system, _idle, _waiting, interrupts, soft = map(int, kinds)
    everyone = (user + nice + system + interrupts + soft) / os.sysconf("SC_CLK_TCK")
    return everyone - sum(os.times()[:4])


def _durable_write(folder: Path) -> float:
    page = b"\1" * 4096
    taken = []
    with (folder / "durable").open("wb", buffering=0) as file:
        file.write(page * 16)
        for number in range(200):
            file.seek(number % 16 * len(page))
            begun = time.perf_counter()
            file.write(page)
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - begun)
    return middle(taken)
