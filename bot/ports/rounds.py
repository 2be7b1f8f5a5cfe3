"""Rounds as such: found by what names them, opened, closed, withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.community import Platform
from bot.domain.identifiers import CommunityId, MemberId, MessageRef, PlaceRef, QuestionId, RoundId, TrackId
from bot.domain.round import Round
from bot.domain.track import Track


class Rounds(Protocol):
    """Rounds by their ids and places, and the moves of those that were posted."""

    def open(self, round: Round, track: Track, message: MessageRef | None, now: datetime) -> Round:
        """Record that the round was posted and give it its number in the track, unless it has one.

        The message may not be known yet.
        """
        ...

    def set_message(self, id: RoundId, message: MessageRef) -> None:
        """Keep which message the round's post is."""
        ...

    def set_aside(self, id: RoundId, now: datetime, *, reveal: bool) -> None:
        """Finish a round that cannot be read: closed if it was opened, else failed; it counts against nobody."""
        ...

    def close(self, id: RoundId, now: datetime, excused: bool) -> None:
        """Close an open round; its post is to be revealed."""
        ...

    def void(self, id: RoundId, now: datetime) -> None:
        """Withdraw a round; it keeps its number and answers, and its post is to say so."""
        ...

    def get(self, id: RoundId) -> Round | None:
        """The round with that id."""
        ...

    def for_answer(self, id: RoundId) -> tuple[Round, Track] | None:
        """The round and its track, held against others until the transaction ends."""
        ...

    def here(self, id: RoundId, platform: Platform, community: str) -> tuple[Round, Track] | None:
        """The same, if the round is one of the community's, by its platform's id."""
        ...

    def open_in(self, community: CommunityId) -> tuple[Round, ...]:
        """The community's rounds that are open."""
        ...

    def hidden(self, community: CommunityId, member: MemberId | None, due_since: datetime) -> frozenset[QuestionId]:
        """Questions whose key a member may not be shown yet.

        Of rounds they have not answered that are open, or due since a moment and on their way or perhaps posted.
        """
        ...

    def told(self, community: CommunityId) -> frozenset[QuestionId]:
        """Questions of the community's open rounds and of those before them, whose answers posts and verdicts tell."""
        ...

    def open_of(self, track: TrackId) -> Round | None:
        """The track's open round."""
        ...

    def open_since(
        self, platform: Platform, posted_before: datetime, after: RoundId, limit: int
    ) -> tuple[tuple[Round, Track], ...]:
        """Open rounds posted before a moment, in order of their ids, from the one after ``after`` on."""
        ...

    def move(self, track: TrackId, old: PlaceRef, new: PlaceRef) -> None:
        """A place goes by another name: the posts that stand there, and those on their way, are found under it."""
        ...
