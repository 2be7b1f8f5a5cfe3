"""Communities and their people: ids only, no names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.identifiers import CommunityId, MemberId, RoleId


class Platform(StrEnum):
    """Where a community lives."""

    DISCORD = "discord"
    SLACK = "slack"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class Boards:
    """The settings of a community's leaderboard."""

    shown: bool = True
    right_since: datetime | None = None
    """Since when it counts right answers too, if it does. Meanwhile no votes are shown: together they would tell."""

    @property
    def by_right_answers(self) -> bool:
        """Return whether it counts right answers too."""
        return self.right_since is not None

    @classmethod
    def at_first(cls, platform: Platform) -> Boards:
        """Return the settings before anyone chose: at work, where Slack is, people are not ranked unasked."""
        return cls(shown=platform is not Platform.SLACK)


@dataclass(frozen=True, slots=True)
class Community:
    """A Discord server, a Slack workspace or a terminal."""

    id: CommunityId
    platform: Platform
    external_id: str
    boards: Boards = Boards()
    left_at: datetime | None = None
    """When we were removed from it, if we are."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a community."""

    id: MemberId
    community: CommunityId
    external_id: str
    hidden: bool = False
    """Left out of leaderboards, by their own wish."""
    role: RoleId | None = None
    """The role whose roadmap they walk."""


AWAY_AT_MOST = timedelta(days=30)
AWAY_BACK_AT_MOST = timedelta(days=3)
"""How far back a pause may begin."""


@dataclass(frozen=True, slots=True)
class Away:
    """A pause a member took: rounds posted in it are neutral for them."""

    since: datetime
    until: datetime

    def covers(self, moment: datetime) -> bool:
        """Return whether the moment falls into the pause."""
        return self.since <= moment < self.until


def away_at(aways: Iterable[Away], moment: datetime) -> Away | None:
    """The pause that covers a moment; of several the one that lasts longest."""
    return max((away for away in aways if away.covers(moment)), key=lambda away: away.until, default=None)
