"""From a round that is due to its post: a question is picked, the round is claimed and handed on to be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.commands.notices import notify
from bot.domain.community import Boards, Platform
from bot.domain.grading import shuffled
from bot.domain.identifiers import PlaceRef, QuestionId, RoundId
from bot.domain.round import Round, RoundState, open_until
from bot.domain.round_life import Event
from bot.domain.selection import WARN_DAYS, Pick, Repeats, pick, rounds_left
from bot.domain.track import PauseReason, Track
from bot.ports.catalog import Catalog
from bot.ports.catalogs import Catalogs
from bot.ports.publisher import Address
from bot.ports.storage import UnitOfWork
from bot.posting.sending_outcomes import LEASE, record_uncertain, tell_missed
from bot.posting.unreadable import (
    damaged_before,
    kept_question,
    set_fault_aside,
    set_round_aside,
    set_track_aside,
)
from bot.replies.asked import QuestionPosted, RoundBefore
from bot.replies.markup import listed

SENT_AT_ONCE = 50
ROUNDS_LOOKED_BACK = 8
NO_PLACE = PlaceRef("")
"""For what is told to a person and not posted in a place."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A round on its way out."""

    round: RoundId
    address: Address
    post: QuestionPosted
    first_attempt_at: datetime
    deadline: datetime
    """After this it is too late to post."""
    running: bool = True
    """True while the track still posts."""

    def postable(self, now: datetime) -> bool:
        """Return whether it may be posted now, if it was not yet."""
        return self.running and now <= self.deadline


def closes_at(track: Track, posted: datetime) -> datetime:
    """When a round opened at a moment closes, as far as can be told: with the track's next, seven local dates on
    at most.
    """
    latest = open_until(posted, track.settings.schedule.zone)
    coming = track.next_due_at
    return min(coming, latest) if track.running and coming and coming > posted else latest


def claim(
    uow: UnitOfWork,
    catalogs: Catalogs,
    platform: Platform,
    now: datetime,
    limit: int = SENT_AT_ONCE,
) -> tuple[tuple[Sending, ...], int]:
    """Take the next due rounds for sending; returns them and how many rows were dealt with."""
    rows = uow.outbox.claimable(platform, now, limit)
    claimed = uow.for_each(
        rows,
        lambda row: _claim_one(uow, catalogs, *row, now),
        lambda row, reference: set_fault_aside(uow, row[1], now, reference),
        lambda row: f"claiming round {row[0].id} of track {row[1].id}",
    )
    return tuple(each for each in claimed.results if each is not None), len(rows) - claimed.stuck


def _claim_one(uow: UnitOfWork, catalogs: Catalogs, round: Round, track: Track, now: datetime) -> Sending | None:
    if track.unreadable:
        set_track_aside(uow, track, now)
        return None
    damaged = damaged_before(uow, track, ROUNDS_LOOKED_BACK)
    for each in damaged:
        set_round_aside(uow, each, track, now)
    if damaged:
        return None
    if now > track.settings.post_until(round.local_date, round.due_at):
        uow.outbox.end(round.id, Event.GIVEN_UP, now)
        tell_missed(uow, track, 1, now)
        return None
    lease = now + LEASE
    catalog = catalogs.within(uow, track.community)
    if round.question is not None and round.version is not None:
        # Tried before: the question was fixed then.
        uow.outbox.reclaim(round, now, lease)
        return sending(uow, catalog, round, track, now)
    chosen = pick_for(uow, catalog, track, round.local_date)
    if chosen is None:
        uow.outbox.end(round.id, Event.GIVEN_UP, now)
        if used_up(uow, catalog, track):
            _pause_empty(uow, catalog, track, now)
        else:
            _tell_waiting(uow, track, now)
        return None
    order = shuffled(chosen.question, f"{track.seed}:{round.local_date}")
    uow.outbox.claim(round.id, chosen.question, order, chosen.asked_before, now, lease)
    if not chosen.asked_before:
        _warn_if_running_low(uow, catalog, track, now)
    claimed = uow.rounds.get(round.id)
    assert claimed is not None  # just claimed
    return sending(uow, catalog, claimed, track, now)


def pick_for(uow: UnitOfWork, catalog: Catalog, track: Track, on: date) -> Pick | None:
    """The question the track would ask on a date, from its ledger."""
    settings = track.settings
    ledger = uow.ledger.asked(track.community, track.id)
    return pick(catalog.questions, settings.wanted, ledger, on, f"{track.seed}:{on}", settings.repeats)


def asked_by(uow: UnitOfWork, track: Track) -> frozenset[QuestionId]:
    """Every question the track itself asked."""
    return frozenset(entry.question for entry in uow.ledger.asked(track.community, track.id) if entry.here)


def used_up(uow: UnitOfWork, catalog: Catalog, track: Track) -> bool:
    """Return whether the track has nothing left to ask; not merely for today, because other tracks asked it lately."""
    asked = asked_by(uow, track)
    fitting = [question for question in catalog.questions if track.settings.wanted.admits(question)]
    return not fitting or (
        track.settings.repeats is Repeats.PAUSE and all(question.id in asked for question in fitting)
    )


def sending(uow: UnitOfWork, catalog: Catalog, round: Round, track: Track, now: datetime) -> Sending | None:
    """The post of a claimed round, with its line on the round before; None if it cannot be read and is set aside."""
    asked = kept_question(uow, round)
    if asked is None or not round.readable:
        set_round_aside(uow, round, track, now)
        return None
    question = asked.question
    community = uow.communities.get(track.community)
    schedule = track.settings.schedule
    post = QuestionPosted(
        round=round.ref,
        number=track.next_seq,
        asked=asked,
        topic=catalog.topic_title(question.topic),
        asked_before=round.asked_before,
        closes_at=closes_at(track, round.posted_at or now),
        zone=schedule.zone,
        before=_before(uow, track, round, community.boards),
        ping_role=track.settings.ping_role,
    )
    return Sending(
        round.id,
        Address(community.external_id, round.place),
        post,
        round.first_attempt_at or now,
        track.settings.post_until(round.local_date, round.due_at),
        track.running,
    )


def _before(uow: UnitOfWork, track: Track, round: Round, boards: Boards) -> RoundBefore | None:
    previous = next(
        (
            past
            for past in uow.ledger.latest(track.id, ROUNDS_LOOKED_BACK)
            if past.local_date < round.local_date and past.state in (RoundState.OPEN, RoundState.CLOSED)
        ),
        None,
    )
    asked = kept_question(uow, previous) if previous else None
    if previous is None or asked is None:
        return None
    key = asked.question.key
    told = previous.votes.shown(key.id) and not boards.by_right_answers
    return RoundBefore(
        round=previous.ref,
        day=previous.local_date.strftime("%A"),
        letter=asked.letter(key.id),
        text=key.text if key.code else key.text.rstrip("."),
        right=previous.votes.of(key.id) if told else None,
        answered=previous.votes.total,
        is_code=key.code,
    )


def _pause_empty(uow: UnitOfWork, catalog: Catalog, track: Track, now: datetime) -> None:
    wanted = track.settings.wanted
    if not any(map(wanted.admits, catalog.questions)):
        uow.tracks.pause(track.id, PauseReason.NO_QUESTION)
        about = listed(tuple(catalog.topic_title(topic) for topic in sorted(wanted.topics)))
        level = f", {wanted.level} ones" if wanted.level else ""
        notify(
            uow,
            track,
            "no-question",
            "The daily question was paused: no question fits its topics and level now "
            f"({about or 'all topics'}{level}). Streaks are kept. Choose other topics with Topics "
            "and level in /config, then press Resume. If such questions were there before, ask whoever runs Studybot.",
            now,
        )
        return
    uow.tracks.pause(track.id, PauseReason.BANK_EMPTY)
    notify(
        uow,
        track,
        "bank",
        "The daily question was paused: every question that fits its topics and level was asked. In /config you can "
        "add topics, or let it ask the oldest again; then press Resume.",
        now,
    )


def _tell_waiting(uow: UnitOfWork, track: Track, now: datetime) -> None:
    notify(
        uow,
        track,
        "waiting",
        "The daily question was left out: all that is left for its topics and level was asked on another of your "
        "tracks within the last 30 days. It goes on by itself; for a question sooner, add topics in /config, or let "
        "it ask the oldest again. Streaks are not touched by it.",
        now,
    )


def _warn_if_running_low(uow: UnitOfWork, catalog: Catalog, track: Track, now: datetime) -> None:
    asked = asked_by(uow, track)
    left = rounds_left(catalog.questions, track.settings.wanted, asked)
    if left in WARN_DAYS:
        notify(
            uow,
            track,
            f"low-{left}",
            f"The daily question has {left} new questions left for its topics and level. "
            "After that it asks the oldest again or pauses, as set in /config.",
            now,
        )


def stale(
    uow: UnitOfWork, catalogs: Catalogs, platform: Platform, now: datetime, leased_until: datetime
) -> Sequence[Sending]:
    """Rounds whose sending was cut off, as by a crash: to be looked for, sent again or left as unknown."""
    found = uow.outbox.stale(platform, leased_until, SENT_AT_ONCE)
    sendings = uow.for_each(
        found,
        lambda row: sending(uow, catalogs.within(uow, row[1].community), *row, now),
        lambda row, _: record_uncertain(uow, row[0].id, now),
        lambda row: f"settling round {row[0].id} of track {row[1].id}",
    )
    return [each for each in sendings.results if each is not None]
