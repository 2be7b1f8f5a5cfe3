"""The machine the figures are of."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from pathlib import Path

from bench.figures import middle, took


def described(folder: Path) -> str:
    """Cores, system, Python, SQLite, what the disk takes to make a page last, and whether it had other things to do."""
    busy = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, a durable write of one page {took(_durable_write(folder))}."
    ) + (f" Something else was running (load {busy:.1f}): take the ratios only." if busy > 0.7 else "")


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
