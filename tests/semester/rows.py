"""Standings as they are in the file, read without any code of the product."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.semester.story import Ending


def ending(file: Path, names: dict[str, str]) -> Ending:
    """Read the ending from a database; members are called by ``names``."""
    with closing(sqlite3.connect(file)) as connection:
        (track,) = connection.execute("SELECT id FROM tracks WHERE state = 'running'").fetchone()
        rounds = connection.execute(
            "SELECT seq, local_date, state, excused, n_a + n_b + n_c + n_d, n_unsure, asked_before "
            "FROM rounds WHERE track_id = ? ORDER BY local_date",
            (track,),
        ).fetchall()
        standings = connection.execute(
            "SELECT external_id, streak, best, last_seq, freezes, answered FROM standings "
            "JOIN members ON members.id = member_id WHERE track_id = ?",
            (track,),
        ).fetchall()
        weeks = connection.execute(
            "SELECT external_id, week, points, answered FROM points JOIN members ON members.id = member_id "
            "WHERE track_id = ?",
            (track,),
        ).fetchall()
    return Ending(
        rounds,
        {names[id]: tuple(kept) for id, *kept in standings},
        {(names[id], week): (points, answered) for id, week, points, answered in weeks},
    )
