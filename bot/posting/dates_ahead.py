"""Dates that a clock set far ahead used up before they came, and the way back from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.round import Round
from bot.domain.schedule import due_after, local_date
from bot.domain.track import Track
from bot.ports.storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class UsedAhead:
    """Rounds of dates that have not come yet: given up, or posted."""

    given_up: int
    posted: tuple[tuple[Round, date], ...]
    """The rounds that were posted, each with the date it should have."""


def used_ahead(uow: UnitOfWork, track: Track, now: datetime) -> UsedAhead:
    """Find what of the track is dated wrongly.

    The rounds that were posted take the study dates after the one before them, in their order: those on which they
    would have been posted by a right clock. Without one before, the first counts as today's.
    """
    schedule = track.settings.schedule
    today = local_date(schedule, now)
    ahead = uow.dates_ahead.posted_ahead(track.id, today)
    posted = []
    taken = (uow.dates_ahead.last_posted(track.id, today) if ahead else None) or today - timedelta(days=1)
    for round in ahead:
        due = due_after(schedule, taken)
        taken = min(due.local_date, round.local_date) if due else round.local_date
        if taken != round.local_date:
            posted.append((round, taken))
    return UsedAhead(uow.dates_ahead.given_up_ahead(track.id, now), tuple(posted))


def bring_back(uow: UnitOfWork, track: Track, now: datetime) -> bool:
    """Have the dates ahead asked after all; whether rounds that may have answers got another date."""
    used = used_ahead(uow, track, now)
    uow.dates_ahead.drop_given_up_ahead(track.id, now)
    for round, day in used.posted:
        uow.dates_ahead.bring_back(round, day, now)
    return bool(used.posted)
