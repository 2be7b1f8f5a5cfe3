"""Failures of storage that a person can do something about: an exception type and a sentence for each.

Everything else passes unchanged and is ours to mend.
"""

from __future__ import annotations

import errno
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import sqlalchemy as sa

from bot.domain.plain_text import shortened
from bot.ports.storage import StorageFault


class ForAPerson(StorageFault):
    """Waiting and starting again cannot help."""

    needs_person = True


class CannotOpen(StorageFault):
    """The database could not be opened or reached."""


class NotLetIn(CannotOpen, ForAPerson):
    """The server refuses user, password, database or the way to connect."""


class NoFolder(CannotOpen, ForAPerson):
    """The folder that the file should be in is not there."""


class Locked(StorageFault):
    """Another program holds the database."""


class DiskFull(StorageFault):
    """There is no room to write, or none that this user may take."""


class DiskFailing(StorageFault):
    """The disk gives errors."""


class ReadOnly(ForAPerson):
    """The database may be read but not written."""


class Damaged(ForAPerson):
    """The file is corrupt, or no database at all."""


class EmptyFile(ForAPerson):
    """The file is empty where a database was."""


class WrongAddress(CannotOpen, ForAPerson):
    """The address or file named as the database cannot be one."""


class ForeignLog(ForAPerson):
    """The write-ahead log beside the file belongs to another file."""


class Displaced(ForAPerson):
    """The file was deleted, moved, replaced or emptied while it was worked on."""


class NewerSchema(ForAPerson):
    """The database was written by a newer version."""


class StorageInUse(ForAPerson):
    """Another Studybot has the file or the same token."""


class Stopped(StorageFault):
    """Writer and readers have ended and take no more work."""

    ended = True


NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the operating system calls a full disk, a used-up quota and a limit to the size of files."""

_SENTENCES: dict[type[StorageFault], str] = {
    CannotOpen: (
        "The database {name} could not be opened. Check that the folder exists and that this user may write there."
    ),
    Locked: (
        "The database {name} is held by another program. Nothing was written; close that program, "
        "such as a database browser or a backup, and try again."
    ),
    DiskFull: (
        "There is no room left to write to the database {name}: the disk is full, or this user's share of it is. "
        "Nothing was lost; free some space and try again."
    ),
    DiskFailing: (
        "The disk gives errors where the database {name} is kept. Nothing more was written; look at the disk, and keep "
        "the backups there are."
    ),
    ReadOnly: (
        "The database {name} may not be written. Nothing was changed; give this user the right to write "
        "there (to a file and its folder), and try again."
    ),
    Damaged: (
        "{name} is damaged or is not a database. `studybot restore --database {name} BACKUP` goes back to a backup "
        "(the latest may be a file beside it with .backup- in its name) and keeps what is there; or name another file."
    ),
}

_NOT_REACHED = (
    "The database {name} could not be reached. Check that the server runs and takes connections, and that host and "
    "port are right."
)
_ANSWERED = (
    "The database {name} could not be opened: its server answered, and did not let Studybot in. It says: {words} If "
    "that is about the user, the password, the database or this computer, correct STUDYBOT_DATABASE_URL or the server; "
    "if it is starting, stopping or full, it may let Studybot in later."
)

_SQLITE: dict[int, type[StorageFault]] = {
    sqlite3.SQLITE_BUSY: Locked,
    sqlite3.SQLITE_LOCKED: Locked,
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_READONLY: ReadOnly,
    sqlite3.SQLITE_CORRUPT: Damaged,
    sqlite3.SQLITE_NOTADB: Damaged,
    sqlite3.SQLITE_CANTOPEN: CannotOpen,
    sqlite3.SQLITE_PERM: CannotOpen,
}
# A disk that is full has a code of its own; a quota has none, and is what SQLite's errors in writing almost always are.
_WRITING = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_DIR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_CLOSE,
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMMAP,
}
_POSTGRES: dict[str, type[StorageFault]] = {
    "53100": DiskFull,
    "25006": ReadOnly,
    "42501": ReadOnly,
    "55P03": Locked,
    "XX001": Damaged,
    "XX002": Damaged,
    "53300": CannotOpen,
    "57P01": CannotOpen,
    "57P02": CannotOpen,
    "57P03": CannotOpen,
}
# Why a PostgreSQL server does not let us in, as it says itself: such a refusal comes without a code. Only what is
# certain to be refused next time too is recognised; other words, and those of a server that speaks another language,
# count as trouble that may pass, and are quoted.
_FOR_GOOD = (
    (
        r"no password supplied|authentication failed for user",
        "The server does not accept the user or the password. Correct them in STUDYBOT_DATABASE_URL; what has other "
        "signs than letters and digits in it is written in percent form, such as %40 for @.",
    ),
    (
        r'database ".*" does not exist',
        "The server has no such database. Make it, as with `createdb`, or correct the name in STUDYBOT_DATABASE_URL.",
    ),
    (
        r'role ".*" does not exist|is not permitted to log in|permission denied for database',
        "The server does not let this user in. Make the role and let it log in, or correct the user in "
        "STUDYBOT_DATABASE_URL.",
    ),
    (
        r"no pg_hba\.conf entry|pg_hba\.conf rejects",
        "The server lets nobody in from here to this database as this user. Allow it in its pg_hba.conf; where it says "
        "`no encryption`, add ?sslmode=require to STUDYBOT_DATABASE_URL.",
    ),
    (
        r"does not support SSL|certificate|requires SSL",
        "The server and sslmode in STUDYBOT_DATABASE_URL do not agree on TLS. Correct sslmode, sslrootcert or the "
        "server's certificate.",
    ),
    (
        r"connection is bad: invalid |invalid connection option|bad value for|unrecognized configuration parameter"
        r"|invalid value for parameter|invalid \w+ value",
        "An option in STUDYBOT_DATABASE_URL is wrong, after the question mark. Correct it.",
    ),
)
# Before a server's words stand how bad it is, in its language, a colon and two spaces.
_IN_ITS_WORDS = re.compile(r"failed: [^\s:]+:  (.+)")


def fault_of(error: BaseException, name: str) -> StorageFault | None:
    """The fault behind a driver's error, about the database of that name; None if it is ours to mend."""
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    kind: type[StorageFault] | None = None
    if isinstance(cause, sqlite3.Error):
        # The lower byte is the kind of error, the upper one its circumstances.
        code = getattr(cause, "sqlite_errorcode", None) or 0
        kind = _SQLITE.get(code & 0xFF)
        if code & 0xFF == sqlite3.SQLITE_IOERR:
            kind = DiskFull if code in _WRITING else DiskFailing
    elif (psycopg := _psycopg()) is not None and isinstance(cause, psycopg.Error):
        if cause.sqlstate is None and (why := _refused_for_good(str(cause))):
            return NotLetIn(f"The database {name} could not be opened. {why}")
        # Without a state the error is not the server's answer: the line to it is down.
        down = cause.sqlstate is None and isinstance(cause, psycopg.OperationalError)
        kind = CannotOpen if down else _POSTGRES.get(cause.sqlstate or "")
        if down and (found := _IN_ITS_WORDS.search(str(cause))):
            return CannotOpen(_ANSWERED.format(name=name, words=shortened(found[1], 200).rstrip(".") + "."))
        if kind is CannotOpen:
            return CannotOpen(_NOT_REACHED.format(name=name))
    return None if kind is None else kind(_SENTENCES[kind].format(name=name))


def _refused_for_good(said: str) -> str | None:
    """Say what to do about a connection that is refused for good; None if it may be let in next time."""
    return next((told for pattern, told in _FOR_GOOD if re.search(pattern, said)), None)


def concerns_everyone(error: BaseException) -> bool:
    """Return whether the database itself fails, rather than what was asked of it."""
    if isinstance(error, StorageFault | MemoryError) or fault_of(error, "") is not None:
        return True
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    psycopg = _psycopg()
    # Also two transactions in each other's way: the server has ended this one, and it is run again.
    return psycopg is not None and isinstance(cause, psycopg.OperationalError)


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Raise what a person can mend as a fault with its sentence, everything else as it is."""
    try:
        yield
    except Exception as error:
        fault = fault_of(error, name)
        if fault is None:
            raise
        raise fault from error


def in_words_or_as_is(error: BaseException, name: str) -> BaseException:
    """Choose what to hand to who waits for the work that failed: the fault, caused by the error, or the error."""
    fault = fault_of(error, name)
    if fault is None:
        return error
    fault.__cause__ = error
    return fault


def _psycopg() -> ModuleType | None:
    # The driver is not imported for a SQLite file only to learn that the error is not its own.
    return sys.modules.get("psycopg")
