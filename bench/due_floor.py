"""Every track due at the same moment, by hand: the rows a day's questions leave, and nothing else."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from bench.floors import PRAGMAS
from bench.world import ALL_DUE


def by_hand(path: Path) -> tuple[float, float]:
    """Seconds to write every round down, and to take, post and record them."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for pragma in PRAGMAS:
            database.execute(f"PRAGMA {pragma}")
        begun = time.perf_counter()
        while _write_some(database):
            pass
        written = time.perf_counter()
        while _post_some(database):
            pass
        return written - begun, time.perf_counter() - written


def _write_some(database: sqlite3.Connection) -> bool:
    database.execute("BEGIN IMMEDIATE")
    due = database.execute(
        "SELECT id, next_local_date, next_due_at, place FROM tracks WHERE state = 'running' AND next_due_at <= ?"
        " ORDER BY next_due_at, id LIMIT 500",
        (ALL_DUE.timestamp(),),
    ).fetchall()
    database.executemany(
        "INSERT INTO rounds (track_id, local_date, due_at, state, place, option_order, asked_before, excused,"
        " attempts, n_a, n_b, n_c, n_d, n_unsure) VALUES (?, ?, ?, 'due', ?, '', 0, 0, 0, 0, 0, 0, 0, 0)"
        " ON CONFLICT DO NOTHING",
        due,
    )
    database.executemany(
        "UPDATE tracks SET next_local_date = date(next_local_date, '+1 day'), next_due_at = next_due_at + 86400"
        " WHERE id = ?",
        [(track,) for track, *_ in due],
    )
    database.execute("COMMIT")
    return bool(due)


def _post_some(database: sqlite3.Connection) -> bool:
    now = int(ALL_DUE.timestamp())
    database.execute("BEGIN IMMEDIATE")
    due = database.execute(
        "SELECT id, track_id FROM rounds WHERE state = 'due' ORDER BY due_at, id LIMIT 50"
    ).fetchall()
    database.executemany(
        "UPDATE rounds SET state = 'sending', question_id = 'maths-001', question_version = 1, option_order = 'abcd',"
        " attempts = 1, first_attempt_at = ?, lease_until = ? WHERE id = ?",
        [(now, now + 60, round) for round, _ in due],
    )
    database.execute("COMMIT")
    database.execute("BEGIN IMMEDIATE")
    for round, track in due:
        database.execute(
            "UPDATE rounds SET state = 'closed', closed_at = ?, reveal_at = ? WHERE track_id = ? AND state = 'open'",
            (now, now, track),
        )
        (seq,) = database.execute(
            "UPDATE tracks SET next_seq = next_seq + 1 WHERE id = ? RETURNING next_seq - 1", (track,)
        ).fetchall()[0]
        database.execute(
            "UPDATE rounds SET state = 'open', seq = ?, nth_in_week = 1, message_ref = ?, posted_at = ?,"
            " lease_until = NULL WHERE id = ?",
            (seq, f"m{round}", now, round),
        )
    database.execute("COMMIT")
    return bool(due)
