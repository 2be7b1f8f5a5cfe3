"""How often one member may ask: a bucket of calls that refills."""

from __future__ import annotations

from datetime import datetime

from bot.kit import Latest

BURST = 30
PER_SECOND = 0.5
MEMBERS_KEPT = 10_000


class RateLimit:
    """Thirty calls at once, then one every two seconds, for each member."""

    def __init__(self, burst: int = BURST, per_second: float = PER_SECOND) -> None:
        self._burst = burst
        self._per_second = per_second
        self._buckets = Latest[tuple[str, str, str], tuple[float, datetime]](MEMBERS_KEPT)

    def admits(self, who: tuple[str, str, str], now: datetime) -> bool:
        """Whether the member may ask now; counts the call if so."""
        left, since = self._buckets.get(who, (float(self._burst), now))
        # A clock stepping back must not empty or fill anyone's bucket.
        elapsed = max(0.0, (now - since).total_seconds())
        left = min(float(self._burst), left + elapsed * self._per_second)
        admitted = left >= 1
        self._buckets[who] = (left - 1 if admitted else left, now)
        return admitted
