"""Communities, their delegates, members and their pauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.community import Away, Boards, Community, Member, Platform
from bot.domain.identifiers import CommunityId, MemberId, RoleId, TrackId
from bot.domain.streak import Standing


class Communities(Protocol):
    """Communities, their settings and their delegates."""

    def of(self, platform: Platform, external_id: str) -> Community:
        """The community, made on first sight."""
        ...

    def find(self, platform: Platform, external_id: str) -> Community | None:
        """The community if it was ever seen."""
        ...

    def get(self, id: CommunityId) -> Community:
        """The community with that id."""
        ...

    def save_boards(self, id: CommunityId, boards: Boards) -> None:
        """Keep how the leaderboard is set."""
        ...

    def set_left(self, id: CommunityId, at: datetime | None) -> None:
        """Note when we were removed from the community, or that we are back."""
        ...

    def present(self, platform: Platform) -> tuple[Community, ...]:
        """The communities of a platform we were not removed from."""
        ...

    def left_before(self, moment: datetime) -> tuple[Community, ...]:
        """Communities we were removed from before a moment."""
        ...

    def delegates(self, id: CommunityId) -> tuple[str, ...]:
        """People a manager let manage, by platform user id."""
        ...

    def add_delegate(self, id: CommunityId, user: str) -> bool:
        """Let someone manage; False if they could already."""
        ...

    def remove_delegate(self, id: CommunityId, user: str) -> bool:
        """Stop letting someone manage; False if they could not."""
        ...


class Members(Protocol):
    """Members and their pauses."""

    def of(self, community: CommunityId, user: str) -> Member:
        """The member, made on first sight."""
        ...

    def find(self, community: CommunityId, user: str) -> Member | None:
        """The member if they were ever seen."""
        ...

    def known(self, platform: Platform, community: str, user: str) -> tuple[Community | None, Member | None]:
        """The community and the member by their platform's ids, as far as they were ever seen."""
        ...

    def with_standing(self, community: CommunityId, user: str, track: TrackId) -> tuple[Member, Standing | None]:
        """The member, made on first sight, with their standing on the track."""
        ...

    def set_hidden(self, id: MemberId, hidden: bool) -> None:
        """Leave the member out of leaderboards, or let them in again."""
        ...

    def set_role(self, id: MemberId, role: RoleId | None) -> None:
        """Keep the role whose roadmap the member walks."""
        ...

    def aways(self, id: MemberId) -> tuple[Away, ...]:
        """The member's pauses, oldest first."""
        ...

    def away(self, platform: Platform, now: datetime) -> tuple[tuple[str, str, datetime], ...]:
        """Everyone on a platform who is away: community and member by the platform's ids, and until when."""
        ...

    def begin_away(self, id: MemberId, away: Away) -> None:
        """Begin a pause."""
        ...

    def end_away(self, id: MemberId, at: datetime) -> None:
        """End the running pause; one that would only begin later is dropped."""
        ...


class PersonalData(Protocol):
    """Everything that leads to a member or a community: shown to them, and deleted."""

    def export(self, member: MemberId) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Everything stored about the member, by what it is about."""
        ...

    def forget(self, member: MemberId) -> None:
        """Blank the external id and drop everything else but anonymous votes and the marks of open rounds."""
        ...

    def erase(self, community: CommunityId, most: int) -> bool:
        """Delete up to ``most`` rounds with their answers; once none is left, everything else. True when all is gone.

        In pieces, so that each holds the writer briefly.
        """
        ...
