"""The terminal's own track: a question whenever it is opened, once per local date, every day, at any hour."""

from __future__ import annotations

from datetime import time, timedelta

from bot.commands.caller import community_of, member_of
from bot.domain.schedule import Due, Schedule, instant, local_date
from bot.domain.track import TrackSettings
from bot.ports.call import Call
from bot.ports.storage import UnitOfWork

ALL_DAY = timedelta(hours=25)
"""The longest local day there is: the date's question can be posted until the next date's is due."""


def ensure_track(call: Call, uow: UnitOfWork) -> bool:
    """Create the terminal's track at the first start; its first question is due at once."""
    community = community_of(call, uow)
    if uow.tracks.of_community(community.id):
        return False
    schedule = Schedule(time(0), call.zone)
    today = local_date(schedule, call.now)
    due = Due(today, min(instant(schedule, today), call.now))
    settings = TrackSettings(place=call.place, schedule=schedule, catch_up=ALL_DAY)
    member_of(call, uow)  # whose id is kept can ask what is kept
    uow.tracks.add(community.id, settings, call.user, call.seed, due)
    return True
