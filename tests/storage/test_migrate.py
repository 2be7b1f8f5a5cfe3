"""The schema is brought up to date, nothing is lost on the way, and what is newer is left alone."""

from __future__ import annotations

import re
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.storage import engine, migrate, tables
from bot.storage.faults import NewerSchema
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import MIGRATIONS, NOW, ON_POSTGRES, Database
from tests.storage.world import at, closed, due_round, press, track

AFTER = f"{int(migrate.HEAD) + 1:04}"
NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "{after}"
down_revision = "{head}"


def upgrade() -> None:
    {change}
"""
REMAKES_ROUNDS = """kept = {"sqlite_autoincrement": True}
    with op.batch_alter_table("rounds", recreate="always", table_kwargs=kept) as batch:
        batch.add_column(sa.Column("mood", sa.Text))"""


@pytest.fixture
def filled(sqlite_url: str) -> str:
    """A database with something in every table an answer touches."""

    def live(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        for number in range(3):
            round = closed(unit, on, number)
            for user in ("ann", "bob"):
                press(unit, round, user)
        unit.members.set_hidden(unit.members.of(on.community, "ann").id, True)
        unit.tracks.set_next({on.id: None})
        unit.health.notify(on.community, "boss", "key", "text", at(0))

    database = Database(sqlite_url)
    database.write(live)
    database.close()
    return sqlite_url


def following(tmp_path: Path, change: str) -> Path:
    """Our migrations and one that follows them."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "next.py").write_text(NEXT.format(change=change, head=migrate.HEAD, after=AFTER))
    return folder


def content(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything in our tables."""
    made = engine.reading(url)
    with made.connect() as connection:
        found = {
            table.name: sorted(map(tuple, connection.execute(sa.select(*table.columns))), key=repr)
            for table in tables.metadata.sorted_tables
        }
    made.dispose()
    return found


def test_the_head_is_the_latest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [migrate.HEAD]


def test_the_migrations_make_the_tables_the_code_reads(url: str) -> None:
    made = engine.migrating(url)
    with made.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
    made.dispose()


def test_the_migrations_make_what_a_comparison_overlooks(sqlite_url: str, tmp_path: Path) -> None:
    directly = sa.create_engine(f"sqlite:///{tmp_path}/directly.db")
    tables.metadata.create_all(directly)
    migrated = engine.reading(sqlite_url)
    schemas = []
    for made in (directly, migrated):
        with made.connect() as connection:
            indexes = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'index'")
            kinds = connection.exec_driver_sql("SELECT name, wr FROM pragma_table_list WHERE schema = 'main'")
            schemas.append(
                (
                    {row[0] for row in indexes},
                    {tuple(row) for row in kinds if row[0] not in ("alembic_version", "sqlite_sequence")},
                )
            )
        made.dispose()
    assert schemas[0] == schemas[1]


def test_an_empty_database_is_brought_to_the_head(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    assert migrate.current(url) is None
    assert not (tmp_path / "new.db").exists()
    assert migrate.upgrade(url, MIGRATIONS, now=NOW) is None
    assert migrate.current(url) == migrate.HEAD
    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name] == []


def test_nothing_is_done_to_a_database_that_is_up_to_date(filled: str, tmp_path: Path) -> None:
    before = content(filled)
    assert migrate.upgrade(filled, MIGRATIONS, now=NOW) is None
    assert content(filled) == before
    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name] == []


def test_remaking_a_table_keeps_every_answer(filled: str, tmp_path: Path) -> None:
    before = content(filled)
    assert len(before["answers"]) == 6
    kept = migrate.upgrade(filled, following(tmp_path, REMAKES_ROUNDS), now=NOW, head=AFTER)
    assert migrate.current(filled) == AFTER
    assert content(filled) == before
    assert kept is not None
    assert kept.name == f"studybot.db.backup-{migrate.HEAD}-20260302T090000Z.db"
    assert content(f"sqlite:///{kept}") == before
    assert migrate.current(f"sqlite:///{kept}") == migrate.HEAD


def test_remaking_a_table_gives_no_id_out_again(filled: str, tmp_path: Path) -> None:
    database = Database(filled)
    with database.connect() as connection, connection.begin():
        highest = connection.execute(sa.select(sa.func.max(tables.rounds.c.id))).scalar_one()
        connection.execute(sa.delete(tables.answers))
        connection.execute(sa.delete(tables.rounds))
    database.close()
    migrate.upgrade(filled, following(tmp_path, REMAKES_ROUNDS), now=NOW, head=AFTER)
    database = Database(filled)
    on = database.write(track)
    assert database.write(lambda unit: due_round(unit, on, 9)).id > highest
    database.close()


def test_a_migration_that_would_give_ids_out_again_changes_nothing(filled: str, tmp_path: Path) -> None:
    before = content(filled)
    forgetful = REMAKES_ROUNDS.replace("True", "False")
    with pytest.raises(RuntimeError, match="remade rounds without sqlite_autoincrement"):
        migrate.upgrade(filled, following(tmp_path, forgetful), now=NOW, head=AFTER)
    assert migrate.current(filled) == migrate.HEAD
    assert content(filled) == before


def test_foreign_keys_hold_again_after_a_migration(filled: str, tmp_path: Path) -> None:
    migrate.upgrade(filled, following(tmp_path, REMAKES_ROUNDS), now=NOW, head=AFTER)
    database = Database(filled)
    with pytest.raises(sa.exc.IntegrityError), database.connect() as connection:
        connection.exec_driver_sql("INSERT INTO answers VALUES (99, 1, 'a', 0, 1)")
    database.close()


def test_a_start_in_the_second_of_one_that_was_killed_makes_a_backup_of_its_own(filled: str, tmp_path: Path) -> None:
    """The killed one had made its backup, and not begun to migrate."""
    migrations = following(tmp_path, REMAKES_ROUNDS)
    first = migrate.upgrade(filled, migrations, now=NOW, head=AFTER)
    assert first is not None
    file = engine.sqlite_file(filled)
    assert file is not None
    for log in ("-wal", "-shm"):
        file.with_name(f"{file.name}{log}").unlink(missing_ok=True)
    shutil.copy(first, file)
    second = migrate.upgrade(filled, migrations, now=NOW, head=AFTER)
    assert second is not None
    assert first.exists()
    assert second.exists()
    assert second != first


def test_no_backup_is_made_when_none_is_wanted(filled: str, tmp_path: Path) -> None:
    scripts = following(tmp_path, REMAKES_ROUNDS)
    assert migrate.upgrade(filled, scripts, now=NOW, keep_backup=False, head=AFTER) is None
    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name] == []


def test_a_migration_that_would_orphan_rows_changes_nothing(filled: str, tmp_path: Path) -> None:
    before = content(filled)
    scripts = following(tmp_path, 'op.execute("DELETE FROM rounds WHERE id = 1")')
    with pytest.raises(RuntimeError, match="would leave rows of answers without their rounds"):
        migrate.upgrade(filled, scripts, now=NOW, head=AFTER)
    assert (migrate.current(filled), content(filled)) == (migrate.HEAD, before)


def test_a_migration_that_fails_halfway_changes_nothing(filled: str, tmp_path: Path) -> None:
    before = content(filled)
    change = 'op.drop_table("points"); op.execute("DELETE FROM answers"); raise ArithmeticError'
    with pytest.raises(ArithmeticError):
        migrate.upgrade(filled, following(tmp_path, change), now=NOW, head=AFTER)
    assert (migrate.current(filled), content(filled)) == (migrate.HEAD, before)


def test_an_older_version_leaves_a_newer_schema_alone(filled: str, tmp_path: Path) -> None:
    migrate.upgrade(filled, following(tmp_path, REMAKES_ROUNDS), now=NOW, head=AFTER)
    path = engine.sqlite_file(filled)
    assert path is not None
    before = path.read_bytes()
    with pytest.raises(NewerSchema, match=f"its schema is {AFTER}, this version knows {migrate.HEAD}"):
        migrate.upgrade(filled, MIGRATIONS, now=NOW)
    assert path.read_bytes() == before


@ON_POSTGRES
def test_two_processes_may_start_on_an_empty_server(empty_postgres_url: str) -> None:
    with ThreadPoolExecutor(3) as threads:
        for done in [threads.submit(migrate.upgrade, empty_postgres_url, MIGRATIONS, now=NOW) for _ in range(3)]:
            assert done.result() is None
    assert migrate.current(empty_postgres_url) == migrate.HEAD


def test_developers_are_told_how_migrations_run(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with pytest.raises(SystemExit, match="db upgrade"):
        command.upgrade(config, "head")


def test_the_format_of_a_file_is_as_wished_for(sqlite_url: str) -> None:
    path = engine.sqlite_file(sqlite_url)
    connection = sqlite3.connect(str(path))
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    for made, expected in (
        (
            engine.writing(sqlite_url),
            {"synchronous": 2, "foreign_keys": 1, "query_only": 0, "busy_timeout": 15000},
        ),
        (engine.reading(sqlite_url), {"query_only": 1, "wal_autocheckpoint": 0, "busy_timeout": 5000}),
        (engine.migrating(sqlite_url), {"synchronous": 2, "foreign_keys": 0}),
    ):
        with made.connect() as kept:
            got = {name: kept.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected}
        made.dispose()
        assert got == expected


def test_a_pause_without_an_end_is_given_one_and_all_else_stays(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    migrate.upgrade(url, MIGRATIONS, now=NOW, head="0004")
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as old:
        old.execute("INSERT INTO communities VALUES (1, 'discord', 'G1', 1, 0, NULL)")
        old.execute("INSERT INTO members VALUES (1, 1, 'ann', 0, NULL)")
        old.execute("INSERT INTO aways VALUES (1, 100, 200), (1, 300, NULL)")
        old.execute("INSERT INTO attempts VALUES (1, 1, 'tokens', 1, 'a', 2, 0)")
        began = int(old.execute("SELECT unixepoch('now')").fetchone()[0])
    old.close()
    migrate.upgrade(url, MIGRATIONS, now=NOW)
    with sqlite3.connect(path) as new:
        ((_, _, ended), (_, since, until)) = new.execute("SELECT * FROM aways ORDER BY since").fetchall()
        assert (ended, since) == (200, 300)
        assert 0 <= until - began - 30 * 24 * 3600 < 600, "thirty days from the upgrade on"
        assert new.execute("SELECT * FROM attempts").fetchall() == [(1, 1, "tokens", 1, "a", 2, 0, None)]
        assert new.execute("SELECT external_id FROM members").fetchall() == [("ann",)]
    new.close()


BACK_TO_0010 = (
    "DROP TABLE review_log",
    "DROP TABLE memories",
    "UPDATE alembic_version SET version_num = '0010'",
)
BACK_TO_0009 = (
    *BACK_TO_0010,
    "DROP TABLE own_questions",
    "DROP TABLE own_banks",
    "UPDATE alembic_version SET version_num = '0009'",
)
BACK_TO_0008 = (
    *BACK_TO_0009,
    "ALTER TABLE communities DROP COLUMN board_right_since",
    "ALTER TABLE communities ADD COLUMN board_by_right_answers BOOLEAN NOT NULL DEFAULT 0",
    "UPDATE alembic_version SET version_num = '0008'",
)
BACK_TO_0007 = (
    *BACK_TO_0008,
    "ALTER TABLE tracks DROP COLUMN tag",
    "CREATE INDEX ix_points_board ON points (track_id, week, points DESC)",
    "UPDATE alembic_version SET version_num = '0007'",
)
BACK_TO_0006 = (
    *BACK_TO_0007,
    "ALTER TABLE rounds DROP COLUMN tag",
    "UPDATE alembic_version SET version_num = '0006'",
)


def back_and_on(url: str, back: tuple[str, ...]) -> dict[str, list[tuple[object, ...]]]:
    """Go back to what an installation of before has, and on again; return what is there then."""
    made = sa.create_engine(url)
    with made.begin() as connection:
        for statement in back:
            connection.execute(sa.text(statement))
    made.dispose()
    migrate.upgrade(url, MIGRATIONS, now=at(0), keep_backup=False)
    return content(url)


def without(column: sa.Column[Any], rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """The rows with nothing in a column."""
    at = [each.name for each in column.table.columns].index(column.name)
    return [(*row[:at], None, *row[at + 1 :]) for row in rows]


def test_rounds_from_before_tags_keep_everything_and_have_none(filled: str) -> None:
    kept = content(filled)
    after = back_and_on(filled, BACK_TO_0006)
    tag = tables.tracks.c.tag
    assert after["rounds"] == without(tables.rounds.c.tag, kept["rounds"])
    assert len(after["rounds"]) == 3
    rest: dict[str, list[tuple[object, ...]]] = {"rounds": [], "tracks": []}
    assert after | rest == kept | rest
    assert without(tag, after["tracks"]) == without(tag, kept["tracks"])


def test_tracks_from_before_tags_keep_everything_and_are_given_one_each(filled: str) -> None:
    """Of their own, so that no button from before passes for theirs, whatever backup they come from."""
    database = Database(filled)
    for _ in range(3):
        database.write(track)
    database.close()
    kept, tag = content(filled), tables.tracks.c.tag
    once, again = (back_and_on(filled, BACK_TO_0007) for _ in range(2))
    at = [each.name for each in tables.tracks.columns].index("tag")
    drawn = [row[at] for row in (*kept["tracks"], *once["tracks"], *again["tracks"])]
    assert len(set(drawn)) == 12
    assert all(re.fullmatch(r"[a-z2-7]{8}", str(each)) for each in drawn)
    assert without(tag, once["tracks"]) == without(tag, kept["tracks"])
    assert once | {"tracks": []} == kept | {"tracks": []}


def test_boards_that_count_right_answers_go_on_from_now(filled: str) -> None:
    """Votes of the weeks before were shown, so that no board may count those."""
    kept = content(filled)
    began = int(datetime.now(UTC).timestamp())
    switched_on = "UPDATE communities SET board_by_right_answers = 1"
    after = back_and_on(filled, (*BACK_TO_0008[:-1], switched_on, BACK_TO_0008[-1]))
    at = [each.name for each in tables.communities.columns].index("board_right_since")
    (since,) = (row[at] for row in after["communities"])
    assert isinstance(since, datetime)
    assert 0 <= since.timestamp() - began < 600
    assert without(tables.communities.c.board_right_since, after["communities"]) == kept["communities"]
    assert after | {"communities": []} == kept | {"communities": []}


def test_what_was_missed_before_there_were_memories_is_due_the_day_after(filled: str) -> None:
    missed = "INSERT INTO review SELECT id, 'tokens', 'wrong' FROM members WHERE external_id = 'ann'"
    after = back_and_on(filled, (missed, *BACK_TO_0010))
    ((member, question, stability, difficulty, due, last, key, asked),) = after["memories"]
    assert (question, stability, difficulty, key, asked) == ("tokens", 0.212, 6.4133, "", None)
    assert isinstance(last, date)
    assert due == last + timedelta(days=1)
    assert after["review_log"] == [(member, question, last, False, "", None)]
