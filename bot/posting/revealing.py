"""After a round closed: what its post is edited to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.community import Community, Platform
from bot.domain.identifiers import MessageRef, RoundId
from bot.domain.ranking import BoardRounds
from bot.domain.round import Round, RoundState
from bot.domain.schedule import iso_week, local_date
from bot.ports.catalogs import Catalogs
from bot.ports.outbox import RoundToReveal
from bot.ports.publisher import Address, EditResult, Later, NoSuchMessage, Uncertain
from bot.ports.storage import UnitOfWork
from bot.posting.sending_outcomes import patience
from bot.posting.unreadable import kept_question, set_round_aside
from bot.replies.citing import cited
from bot.replies.revealed import Revealed

REVEALS_AT_ONCE = 50
ROUNDS_LOOKED_BACK = 14
"""Enough to hold the last two that were asked, whatever was not posted since."""
LEASE = timedelta(minutes=2)
LOST_AGAIN_AFTER = timedelta(minutes=1)
FAULT_AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Reveal:
    """An edit on its way out."""

    round: RoundId
    address: Address
    message: MessageRef
    reply: Revealed


def reveals_due(uow: UnitOfWork, catalogs: Catalogs, platform: Platform, now: datetime) -> tuple[Reveal, ...]:
    """The posts to edit now; each is held back for a while so that it is not taken twice."""
    due = uow.for_each(
        uow.outbox.to_reveal(platform, now, REVEALS_AT_ONCE),
        lambda entry: _reveal(uow, catalogs, platform, entry, now),
        lambda entry, _: put_off(uow, entry.round.id, now),
        lambda entry: f"revealing round {entry.round.id} of track {entry.round.track}",
    )
    return tuple(each for each in due.results if each is not None)


def _reveal(
    uow: UnitOfWork, catalogs: Catalogs, platform: Platform, entry: RoundToReveal, now: datetime
) -> Reveal | None:
    round = entry.round
    if round.message is None or round.question is None:
        uow.outbox.revealed(round.id)
        return None
    asked = kept_question(uow, round)
    if asked is None:
        _set_aside(uow, round, now)
        return None
    uow.outbox.revealed(round.id, again_at=now + LEASE)
    community = uow.communities.find(platform, entry.community)
    reply = Revealed(
        round=round.ref,
        number=entry.number,
        asked=asked,
        votes=round.votes,
        source=cited(catalogs.shared.sources, asked.question.refs),
        withdrawn=entry.withdrawn,
        ranked=_ranked_now(community) or _may_have_been_ranked(uow, round, now),
    )
    return Reveal(round.id, Address(entry.community, round.place), round.message, reply)


def _ranked_now(community: Community | None) -> bool:
    return community is not None and community.boards.by_right_answers


def _may_have_been_ranked(uow: UnitOfWork, round: Round, now: datetime) -> bool:
    """Return whether a board by right answers, off by now, may have told of the round: this edit is a week late."""
    track = uow.tracks.get(round.track)
    assert track is not None  # its round exists
    rounds = BoardRounds.of(uow.ledger.latest(track.id, ROUNDS_LOOKED_BACK), track.next_seq)
    return rounds.may_have_told(round, iso_week(local_date(track.settings.schedule, now)))


def put_off(uow: UnitOfWork, id: RoundId, now: datetime) -> None:
    """Something nobody foresaw went wrong with an edit: try it again in a while, and not with every ring."""
    uow.outbox.revealed(id, again_at=now + FAULT_AGAIN_AFTER)


def _set_aside(uow: UnitOfWork, round: Round, now: datetime) -> None:
    track = uow.tracks.get(round.track)
    assert track is not None  # its round exists
    set_round_aside(uow, round, track, now)


def record_reveal(uow: UnitOfWork, reveal: Reveal, result: EditResult, now: datetime) -> None:
    """Note what became of an edit: a passing fault is tried again, anything else is the end of it."""
    round = uow.rounds.get(reveal.round)
    if isinstance(result, NoSuchMessage) and round is not None:
        _set_aside(uow, round, now)
    elif isinstance(result, Later):
        uow.outbox.revealed(reveal.round, again_at=now + patience(result.seconds))
    elif isinstance(result, Uncertain):
        # An edit made twice reads as if made once.
        uow.outbox.revealed(reveal.round, again_at=now + LOST_AGAIN_AFTER)
    elif round is not None and round.state is RoundState.VOID and not reveal.reply.withdrawn:
        # Withdrawn while the edit was on its way.
        uow.outbox.revealed(reveal.round, again_at=now)
    else:
        uow.outbox.revealed(reveal.round)
