"""A backup put back in the database's place: nothing is lost, mixed, or given out twice."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.domain.community import Platform
from bot.ports.storage import StorageFault, UnitOfWork
from bot.storage import migrate
from bot.storage import restore as restoring
from bot.storage.backup import backup
from bot.storage.faults import CannotOpen, Damaged, ForeignLog, NewerSchema, StorageInUse
from bot.storage.restore import Restored, restore
from bot.storage.storage import Storage
from tests.storage import world
from tests.storage.conftest import MIGRATIONS, NOW


def ask(day: int) -> Callable[[UnitOfWork], int]:
    """Ask a question on a day and answer it; the round's id."""

    def work(unit: UnitOfWork) -> int:
        track = next(iter(unit.tracks.running(Platform.DISCORD)), None) or world.track(unit)
        round = world.opened(unit, track, day)
        world.press(unit, round, f"user {day}")
        return int(round.id)

    return work


class Bot:
    """A database in a folder, as an operator has it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.file = folder / "studybot.db"
        self.url = f"sqlite:///{self.file}"

    @classmethod
    def of(cls, file: Path) -> Bot:
        """The bot of a database under another name."""
        bot = cls(file.parent)
        bot.file = file
        bot.url = f"sqlite:///{file}"
        return bot

    @contextmanager
    def running(self) -> Iterator[Callable[[int], int]]:
        storage = Storage(self.url, MIGRATIONS)
        storage.open(NOW)
        try:
            yield lambda day: asyncio.run(storage.write(ask(day)))
        finally:
            storage.close()

    def lives(self, *days: int) -> list[int]:
        with self.running() as asks:
            return [asks(day) for day in days]

    def killed(self, folder: Path, *days: int) -> Bot:
        """The bot as a kill leaves it on the disk after these days."""
        with self.running() as asks:
            for day in days:
                asks(day)
            shutil.copytree(self.folder, folder)
        left = Bot(folder)
        assert (folder / "studybot.db-wal").stat().st_size > 10_000
        return left

    def rounds(self) -> list[int]:
        with closing(sqlite3.connect(self.file)) as database:
            return [id for (id,) in database.execute("SELECT id FROM rounds ORDER BY id")]

    def backup(self, name: str = "copy.db") -> Path:
        copy = self.folder / name
        backup(self.url, copy)
        return copy

    def restore(self, copy: Path, *, rehearse: bool = False) -> Restored:
        return restore(self.url, copy, MIGRATIONS, now=NOW, rehearse=rehearse)

    def files(self) -> dict[str, bytes]:
        """Everything but SQLite's shared memory, which the first to open it makes again."""
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.suffix != ".db-shm"}


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    return Bot(tmp_path / "bot")


SET_ASIDE = "studybot.db.set-aside-20260302T090000Z"


def test_what_was_backed_up_is_there_and_what_stood_is_kept(bot: Bot) -> None:
    bot.lives(1, 2)
    copy = bot.backup()
    bot.lives(3)
    done = bot.restore(copy)
    assert bot.rounds() == [1, 2]
    assert (done.rounds, done.newest, done.older_schema) == (2, "2026-03-04", False)
    assert done.set_aside == bot.folder / SET_ASIDE
    assert copy.exists()
    back = bot.restore(done.set_aside)
    assert bot.rounds() == [1, 2, 3]
    assert back.set_aside == bot.folder / f"{SET_ASIDE}-2"


def test_ids_go_on_above_every_one_given_out_before(bot: Bot) -> None:
    bot.lives(1)
    copy = bot.backup()
    given = bot.lives(2, 3, 4)
    bot.restore(copy)
    assert bot.lives(5)[0] > max(given)


@pytest.mark.parametrize("lost", ["gone", "damaged"])
def test_ids_go_on_far_above_where_nobody_can_tell(bot: Bot, lost: str) -> None:
    bot.lives(1)
    copy = bot.backup()
    bot.lives(2)
    if lost == "gone":
        bot.file.unlink()
    else:
        bot.file.write_bytes(b"no database, only words " * 500)
    done = bot.restore(copy)
    assert not done.read_what_stood
    assert (done.set_aside is None) == (lost == "gone")
    assert bot.lives(3)[0] > 1_000_000


def test_a_date_that_was_dealt_with_since_is_not_asked_for_again(bot: Bot) -> None:
    def next_is(date: str, moment: int) -> None:
        with closing(sqlite3.connect(bot.file)) as database, database:
            database.execute("UPDATE tracks SET next_local_date = ?, next_due_at = ?", (date, moment))

    bot.lives(1)
    next_is("2026-03-04", 1772614800)
    copy = bot.backup()
    next_is("2026-03-09", 1773046800)
    bot.restore(copy)
    with closing(sqlite3.connect(bot.file)) as database:
        kept = database.execute("SELECT next_local_date, next_due_at FROM tracks").fetchall()
    assert kept == [("2026-03-09", 1773046800)]


def test_a_killed_bots_log_is_read_for_its_ids_and_set_aside_with_it(bot: Bot, tmp_path: Path) -> None:
    bot.lives(1)
    bot.backup()
    left = bot.killed(tmp_path / "left", 2, 3)
    done = left.restore(left.folder / "copy.db")
    assert done.read_what_stood
    assert left.rounds() == [1]
    assert not (left.folder / "studybot.db-wal").exists()
    assert left.lives(4)[0] > 3
    assert done.set_aside is not None
    left.restore(done.set_aside)
    assert left.rounds() == [1, 2, 3], "what the log held came along"


def by_hand(left: Bot) -> None:
    """Copy the backup over the database, which keeps the file and the log beside it."""
    shutil.copyfile(left.folder / "copy.db", left.file)


def by_move(left: Bot) -> None:
    (left.folder / "copy.db").replace(left.file)


def by_older_copy(left: Bot) -> None:
    """Copy a file that was copied while the bot was stopped, before its last start."""
    shutil.copyfile(left.folder / "plain-copy.db", left.file)


@pytest.mark.parametrize("put", [by_hand, by_move, by_older_copy])
@pytest.mark.parametrize("days", [(2,), (2, 3, 4, 5, 6, 7, 8, 9)], ids=["few", "many"])
def test_a_start_beside_a_foreign_log_is_refused(
    bot: Bot, tmp_path: Path, put: Callable[[Bot], None], days: tuple[int, ...]
) -> None:
    bot.lives(1)
    backed_up = bot.backup()
    shutil.copyfile(bot.file, bot.folder / "plain-copy.db")
    left = bot.killed(tmp_path / "left", *days)
    put(left)
    before = left.files()
    for opens in (left.lives, lambda: left.backup("another.db"), lambda: migrate.current(left.url)):
        with pytest.raises(ForeignLog, match=r"nothing was opened or changed.*`studybot restore --database"):
            opens()
    assert left.files() == before, "not a byte was changed"
    done = left.restore(backed_up)
    assert left.rounds() == [1]
    assert not done.read_what_stood
    assert left.lives(20)[0] > 1_000_000


def test_a_killed_bots_own_log_is_taken_in(bot: Bot, tmp_path: Path) -> None:
    left = bot.killed(tmp_path / "left", 1, 2)
    left.lives(3)
    again = left.killed(tmp_path / "again", 4)
    assert again.lives(5)
    assert again.rounds() == [1, 2, 3, 4, 5]


def test_a_log_from_before_starts_were_numbered_is_taken_in(bot: Bot, tmp_path: Path) -> None:
    left = bot.killed(tmp_path / "left", 1, 2)
    (left.folder / "studybot.db.lock").write_bytes(b"")
    left.lives()
    assert left.rounds() == [1, 2]


def test_looking_beside_a_running_bot_is_no_foreign_log(bot: Bot) -> None:
    with bot.running() as asks:
        asks(1)
        assert migrate.current(bot.url) == migrate.HEAD
        bot.backup()


def test_a_rehearsal_changes_nothing(bot: Bot, tmp_path: Path) -> None:
    bot.lives(1)
    bot.backup()
    left = bot.killed(tmp_path / "left", 2)
    before = left.files()
    done = left.restore(left.folder / "copy.db", rehearse=True)
    assert (done.rounds, done.set_aside) == (1, left.folder / SET_ASIDE)
    assert left.files() == before
    fresh = Bot(tmp_path / "fresh")
    assert fresh.restore(left.folder / "copy.db", rehearse=True).set_aside is None
    assert fresh.files() == {}


@pytest.mark.parametrize("rehearse", [False, True])
def test_a_running_bot_is_never_pulled_from_under(bot: Bot, rehearse: bool) -> None:
    bot.lives(1)
    copy = bot.backup()
    with bot.running(), pytest.raises(StorageInUse, match="Stop that one first"):
        bot.restore(copy, rehearse=rehearse)
    assert bot.rounds() == [1]


def test_a_bot_that_runs_under_another_name_is_not_pulled_from_under(bot: Bot, tmp_path: Path) -> None:
    bot.lives(1)
    copy = bot.backup()
    link = tmp_path / "link.db"
    link.symlink_to(bot.file)
    with Bot.of(link).running(), pytest.raises(StorageInUse, match="Stop that one first"):
        bot.restore(copy)


def test_a_link_to_the_database_stays_a_link(bot: Bot, tmp_path: Path) -> None:
    bot.lives(1)
    copy = bot.backup()
    left = bot.killed(tmp_path / "left", 2)
    link = tmp_path / "link.db"
    link.symlink_to(left.file)
    shutil.copyfile(copy, left.file)
    linked = Bot.of(link)
    with pytest.raises(ForeignLog):
        linked.lives()
    linked.restore(copy)
    assert link.is_symlink()
    assert left.rounds() == [1]
    assert linked.lives(3)
    assert left.lives(4)


def test_another_bots_running_database_is_no_backup(bot: Bot, tmp_path: Path) -> None:
    other = Bot(tmp_path / "other")
    bot.lives(1)
    with other.running(), pytest.raises(StorageInUse, match="`studybot backup` first"):
        bot.restore(other.file)
    assert bot.rounds() == [1]


def newer(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


def orphaned(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as database, database:
        database.execute("DELETE FROM rounds")


def somebody_elses(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as database, database:
        database.execute("CREATE TABLE songs (title)")


def damaged(copy: Path) -> None:
    content = copy.read_bytes()
    copy.write_bytes(content[:8192] + b"\xff" * 8192 + content[16384:])


SPOILT: dict[Callable[[Path], object], tuple[type[StorageFault], str]] = {
    newer: (NewerSchema, "was written by a newer Studybot"),
    orphaned: (Damaged, "does not hold together"),
    somebody_elses: (Damaged, "not one of Studybot's"),
    damaged: (Damaged, "is damaged"),
    lambda copy: copy.write_bytes(b""): (Damaged, "is empty"),
    lambda copy: copy.write_bytes(b"only some words"): (Damaged, "is damaged or is no database"),
    lambda copy: copy.write_bytes(copy.read_bytes()[:9000]): (Damaged, "is damaged"),
    lambda copy: copy.unlink(): (CannotOpen, "There is no backup"),
}


@pytest.mark.parametrize("rehearse", [False, True])
@pytest.mark.parametrize(("spoil", "fault"), SPOILT.items())
def test_a_useless_backup_is_refused_and_nothing_changed(
    bot: Bot, spoil: Callable[[Path], object], fault: tuple[type[StorageFault], str], rehearse: bool
) -> None:
    bot.lives(1)
    copy = bot.backup()
    spoil(copy)
    before = bot.files()
    with pytest.raises(fault[0], match=fault[1]) as told:
        bot.restore(copy, rehearse=rehearse)
    assert "othing was changed" in told.value.sentence
    assert bot.files() == before


def test_the_database_is_no_backup_of_itself(bot: Bot) -> None:
    bot.lives(1)
    with pytest.raises(CannotOpen, match="is the database itself"):
        bot.restore(bot.file)


def test_a_backup_of_an_older_version_is_brought_up_to_date_with_its_ids(bot: Bot, tmp_path: Path) -> None:
    given = bot.lives(1, 2)
    older = tmp_path / "older.db"
    migrate.upgrade(f"sqlite:///{older}", MIGRATIONS, now=NOW, head="0001")
    assert bot.restore(older).older_schema
    assert bot.lives(3)[0] > max(given)


class Cut(Exception):
    """The process ended here."""


@pytest.mark.parametrize("at", ["_copy", "_checked", "_set_aside", "_put", "flush_folder", "note_fresh"])
def test_cut_off_anywhere_it_can_be_done_again(
    bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    bot.lives(1)
    copy = bot.backup()
    left = bot.killed(tmp_path / "left", 2)

    def cut(*_: object, **__: object) -> None:
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(restoring, at, cut)
        with pytest.raises(Cut):
            left.restore(copy)
    assert left.file.exists(), "there is a database at every moment"
    try:
        left.lives()
    except ForeignLog:
        pass
    else:
        assert left.rounds() in ([1], [1, 2]), "the one or the other, never a mixture"
    left.restore(copy)
    left.lives()
    assert left.rounds() == [1]


def test_a_server_is_restored_with_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="pg_restore"):
        restore("postgresql://localhost/studybot", tmp_path / "copy.db", MIGRATIONS, now=NOW)


def test_all_of_it_is_for_its_owner_alone(bot: Bot, tmp_path: Path) -> None:
    bot.lives(1)
    bot.backup()
    left = bot.killed(tmp_path / "left", 2)
    left.restore(left.folder / "copy.db")
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in left.folder.iterdir()} == dict.fromkeys(
        (path.name for path in left.folder.iterdir()), "0o600"
    )
