"""An outage of the database in the log: once when it begins, with what to do, and once when it is over."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bot.kit import reference_code
from bot.ports.storage import StorageFault
from bot.replies.said import Refusal
from bot.storage.faults import DiskFailing, DiskFull, ReadOnly

log = logging.getLogger(__name__)


class Outage:
    """Keeps whether the database fails just now. Reading and writing fail each for themselves, and are one outage."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._failing: set[str] = set()
        self._no_room = False
        """Something could not be put on the disk; what puts nothing there says nothing about it."""
        self._since = 0.0
        self._reference = ""

    @contextmanager
    def noticed(self, doing: str) -> Iterator[None]:
        """Note what comes of work that fails; a ``Refusal`` comes from a database that answers."""
        try:
            yield
        except StorageFault as fault:
            self.met(fault, doing)
            raise
        except Refusal:
            self.answered(doing)
            raise

    def met(self, fault: StorageFault, doing: str) -> None:
        """Something failed; everyone who meets the same outage reads the same reference."""
        if not self._failing:
            self._since = time.monotonic()
            self._reference = reference_code()
            log.error(
                "%s%s People read an apology with the reference %s until it is over.",
                fault.sentence,
                _cause(fault),
                self._reference,
                extra={"reference": self._reference},
            )
        self._failing.add(doing)
        self._no_room = self._no_room or isinstance(fault, DiskFull | DiskFailing | ReadOnly)
        fault.reference = self._reference

    def answered(self, doing: str, *, wrote: bool = False) -> None:
        """Something worked; ``wrote`` says whether it put anything on the disk."""
        if doing not in self._failing or (self._no_room and doing == "write" and not wrote):
            return
        self._failing.discard(doing)
        if not self._failing:
            self._no_room = False
            log.warning(
                "The database %s works again, after %.0f s (reference %s).",
                self._name,
                time.monotonic() - self._since,
                self._reference,
                extra={"reference": self._reference},
            )


def _cause(fault: StorageFault) -> str:
    cause = getattr(fault.__cause__, "orig", fault.__cause__)
    said = str(cause).strip() if cause is not None else ""
    return f" ({said.splitlines()[0]})" if said else ""
