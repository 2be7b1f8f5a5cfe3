"""Heartbeats: how we know afterwards that a face was down."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.community import Platform
from bot.ports.storage import UnitOfWork

SILENCE_IS_OUTAGE = timedelta(minutes=5)
"""Beats come every minute; a longer silence than this was an outage."""
YET_TO_COME = timedelta(minutes=10)
"""An outage that ends later than so long from now was written by a clock that was ahead: two clocks that are both
believed are no further apart."""


def beat(uow: UnitOfWork, platform: Platform, now: datetime) -> timedelta:
    """Note that the face is alive; a long silence before is kept as an outage, and its length returned."""
    uow.health.drop_outages(platform, now + YET_TO_COME)
    before = uow.health.beat(platform, now)
    if before is None or now - before < SILENCE_IS_OUTAGE:
        return timedelta(0)
    uow.health.add_outage(platform, before, now)
    return now - before
