"""Rows that cannot be read: the track pauses and its manager is told; every other track goes on.

Storage never raises for a damaged row: it returns what can be read and names what cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.commands.notices import notify
from bot.domain.grading import AskedQuestion
from bot.domain.round import Round
from bot.domain.track import CHOSEN, PauseReason, Track, TrackPart, TrackState
from bot.ports.storage import UnitOfWork
from bot.replies.common_buttons import PRACTISE
from bot.replies.configuring import choosing_again
from bot.replies.markup import listed
from bot.replies.said import Refusal

CANNOT_BE_JUDGED = (
    "Studybot can no longer read that question, so it cannot judge an answer to it. It counts against nobody, your "
    "streak is unchanged, and the group's managers are told."
)


def kept_question(uow: UnitOfWork, round: Round) -> AskedQuestion | None:
    """The question as the round asks it; None if it has none yet or what is kept of it cannot be read."""
    if round.question is None or round.version is None:
        return None
    question = uow.questions.version(round.question, round.version)
    if question is None or sorted(round.order) != sorted(option.id for option in question.options):
        return None
    return AskedQuestion(question, round.order)


def readable_question(uow: UnitOfWork, round: Round) -> AskedQuestion:
    """The question as the round asks it; ``Refusal`` if what is kept of it cannot be read."""
    asked = kept_question(uow, round)
    if asked is None:
        raise Refusal(CANNOT_BE_JUDGED, (PRACTISE,))
    return asked


def set_track_aside(uow: UnitOfWork, track: Track, now: datetime) -> None:
    """Pause a track that cannot be read whole, and tell its manager what to choose again."""
    lost = listed(tuple(map(str, track.unreadable)))
    uow.tracks.pause(track.id, PauseReason.UNREADABLE, lost)
    again = [way.label for way in choosing_again(track)]
    fix = f"Choose again with {listed(again)} in /config, then press Resume." if again else "Press Resume in /config."
    notify(
        uow,
        track,
        "unreadable",
        f"The daily question was paused: its {lost} could not be read. Streaks are kept. {fix}",
        now,
    )


def set_fault_aside(uow: UnitOfWork, track: Track, now: datetime, reference: str) -> None:
    """Pause a track with which something nobody foresaw went wrong, and tell its manager."""
    uow.tracks.pause(track.id, PauseReason.FAULT, f"reference {reference}")
    notify(
        uow,
        track,
        "fault",
        "The daily question was paused: something went wrong with it, and it is our fault. Streaks and settings are "
        f"kept. Whoever runs Studybot finds it in the log under the reference {reference}. Press Resume in /config to "
        "try again.",
        now,
    )


def set_round_aside(uow: UnitOfWork, round: Round, track: Track, now: datetime) -> None:
    """Finish a round that cannot be read, or whose question cannot.

    It closes and counts against nobody. The track pauses until a manager resumes it.
    """
    if round.over:
        uow.outbox.revealed(round.id)
    else:
        uow.rounds.set_aside(round.id, now, reveal=kept_question(uow, round) is not None)
    if track.state is TrackState.RUNNING:
        uow.tracks.pause(track.id, PauseReason.UNREADABLE, "a question that was posted")
    if track.state is not TrackState.DELETED:
        day = f" of {round.local_date:%A %d %B}" if round.readable else ""
        notify(
            uow,
            track,
            f"round-unreadable-{round.id}",
            f"The daily question was paused: Studybot could not read its question{day}, so no answer to it can be "
            "judged. That question is over and counts against nobody; answers and streaks are kept. Press Resume in "
            "/config to go on with the next one.",
            now,
        )


def damaged_before(uow: UnitOfWork, track: Track, looked_at: int) -> tuple[Round, ...]:
    """The track's latest rounds that are not over and cannot be read, or whose question cannot."""
    return tuple(round for round in uow.ledger.latest(track.id, looked_at) if is_damaged(uow, round))


def is_damaged(uow: UnitOfWork, round: Round) -> bool:
    """Return whether a round is not over and cannot be read, or its question cannot."""
    if round.over:
        return False
    return not round.readable or (round.question is not None and kept_question(uow, round) is None)


def choose_first(track: Track, parts: Sequence[TrackPart] | None = None) -> None:
    """Refuse if one of these parts, or any, could not be read: a stand-in must not pass for a choice."""
    lost = track.lacks(CHOSEN) if parts is None else parts
    if not lost:
        return
    ways = choosing_again(track)
    again = listed([way.label for way in ways])
    raise Refusal(f"Its {listed(tuple(lost))} could not be read. Nothing was changed; choose again with {again}.", ways)
