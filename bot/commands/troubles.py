"""What nobody foresaw, in the log: once an hour for each thing it happens with, since loops come by every minute."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable

from bot.domain.reference import reference_code
from bot.kit import Latest

log = logging.getLogger(__name__)

SAID_AGAIN_AFTER = 3600.0
AT_MOST = 1024


class Troubles:
    """Remembers what was logged of late."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._said = Latest[str, tuple[float, str]](AT_MOST)

    def noted(self, doing: str, error: BaseException | None) -> str:
        """Log it, unless that was done lately; the reference it is logged under."""
        now = self._seconds()
        said = self._said.get(doing)
        if said is not None and now < said[0] + SAID_AGAIN_AFTER:
            return said[1]
        reference = reference_code(random.SystemRandom().randrange(2**31))
        self._said[doing] = (now, reference)
        log.error(
            "unexpected error %s in %s; everything else goes on",
            reference,
            doing,
            exc_info=error,
            extra={"reference": reference},
        )
        return reference
