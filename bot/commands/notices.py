"""Keep notices for a manager: the one who saved the track last, never the channel."""

from __future__ import annotations

from datetime import datetime

from bot.commands.caller import known_community
from bot.domain.identifiers import RoundId
from bot.domain.track import Track
from bot.ports.call import Call
from bot.ports.health import Notice
from bot.ports.storage import UnitOfWork
from bot.replies.notices import ToKnow


def notify(uow: UnitOfWork, track: Track, key: str, text: str, now: datetime, decides: RoundId | None = None) -> None:
    """Keep something to tell the manager who saved the track last; said once while it is untold.

    ``decides`` is a round of unknown fate, on which they can decide.
    """
    uow.health.notify(track.community, track.saved_by, f"{key}:{track.id}", text, now, track.id, decides)


def to_know(uow: UnitOfWork, notice: Notice) -> ToKnow:
    """A notice as it is read: which daily question it is about comes first."""
    track = uow.tracks.get(notice.track) if notice.track is not None else None
    if track is None:
        return ToKnow(notice.text)
    undecided = uow.rounds.get(notice.round) if notice.round is not None else None
    return ToKnow.about(track, notice.text, undecided.ref if undecided else None)


def pending(call: Call, uow: UnitOfWork) -> list[tuple[Notice, ToKnow]]:
    """Notices that the community's managers could not be told privately."""
    community = known_community(call, uow)
    untold = uow.health.notices(community.id) if community else ()
    return [(notice, to_know(uow, notice)) for notice in untold if notice.tried]
