"""Waits in tests, in real seconds: for what must come as long as it takes, and never to see that nothing comes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = float(os.environ.get("STUDYBOT_TEST_PATIENCE", "120"))
"""For what must come. It ends when that comes, so a busy machine costs time and no test. Where promises are broken on
purpose, what is waited for often never comes, and ``make guards`` asks for less."""

MOMENT = 0.05
"""For what cannot come, because there is nothing to bring it or the test holds it back; any length would do."""


class Patient:
    """A platform whose people wait for what the bot says first."""

    patience: float
    """How many real seconds they wait."""

    @contextmanager
    def nobody_waits(self) -> Iterator[None]:
        """Let people give up at once: for what is never answered, or not before the test lets it be."""
        before, self.patience = self.patience, MOMENT
        try:
            yield
        finally:
            self.patience = before
