"""Telling a manager: the one who saved the track last, never the channel."""

from __future__ import annotations

from datetime import datetime

from bot.domain.track import Track
from bot.ports.storage import UnitOfWork


def notify(uow: UnitOfWork, track: Track, key: str, text: str, now: datetime) -> None:
    """Keep something to tell the manager who saved the track last; said once while it is untold."""
    uow.health.notify(track.community, track.saved_by, f"{key}:{track.id}", text, now)
