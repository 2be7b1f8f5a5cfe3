"""The community and the member behind a call."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.community import Community, Member
from bot.domain.identifiers import RoundRef, TrackRef
from bot.domain.round import Round
from bot.domain.track import Track, TrackState
from bot.ports.call import Call
from bot.ports.storage import UnitOfWork
from bot.replies.card import Choice
from bot.replies.common_buttons import TODAYS_QUESTION
from bot.replies.markup import FaceWord, markup
from bot.replies.routes import route
from bot.replies.said import Refusal

ANOTHER_ROUND = (
    "This is an old post: its question is no longer kept here, so a press on it cannot be judged. Nothing was counted, "
    "and your streak is as it was."
)
OLD_PANEL = "This panel is old: Studybot was updated, or its data was restored, since it was opened."


def community_of(call: Call, uow: UnitOfWork) -> Community:
    """The call's community, made on first sight; for features that write."""
    return uow.communities.of(call.platform, call.community)


def known_community(call: Call, uow: UnitOfWork) -> Community | None:
    """The call's community if it was ever seen; for features that only read."""
    return uow.communities.find(call.platform, call.community)


def is_delegate(call: Call, uow: UnitOfWork) -> bool:
    """Return whether a manager let the caller use what is for managers."""
    community = known_community(call, uow)
    return community is not None and call.user in uow.communities.delegates(community.id)


def member_of(call: Call, uow: UnitOfWork) -> Member:
    """The caller, made on first sight; for features that write."""
    return uow.members.of(community_of(call, uow).id, call.user)


def known_caller(call: Call, uow: UnitOfWork) -> tuple[Community | None, Member | None]:
    """The call's community and the caller, as far as they were ever seen; for features that only read."""
    return uow.members.known(call.platform, call.community, call.user)


def known_member(call: Call, uow: UnitOfWork) -> Member | None:
    """The caller if they were ever seen; for features that only read."""
    _, member = known_caller(call, uow)
    return member


def tracks_here(call: Call, uow: UnitOfWork) -> tuple[Track, ...]:
    """The tracks of the call's community, oldest first."""
    community = known_community(call, uow)
    return uow.tracks.of_community(community.id) if community else ()


def first_here(call: Call, tracks: Sequence[Track]) -> Track:
    """The track of the place asked in, else the first."""
    return next((track for track in tracks if call.is_in(track.settings.place)), tracks[0])


def same_place(one: str, other: str) -> bool:
    """Return whether two names of a place mean the same, with or without the hash people write before it."""
    return one.lstrip("#").casefold() == other.lstrip("#").casefold()


def round_here(call: Call, uow: UnitOfWork, ref: RoundRef) -> tuple[Round, Track]:
    """The round that a button names, held until the transaction ends.

    ``Refusal`` for one of another community, and for another round that was given the same number.
    """
    found = uow.rounds.here(ref.id, call.platform, call.community)
    if found is None:
        raise Refusal(
            markup(
                "That question is not from this ",
                FaceWord.COMMUNITY,
                ", or it no longer exists. Nothing was counted.",
            ),
            (TODAYS_QUESTION,),
        )
    if found[0].tag != ref.tag:
        raise Refusal(ANOTHER_ROUND, (TODAYS_QUESTION,))
    return found


def round_pressed(call: Call, uow: UnitOfWork, ref: RoundRef) -> tuple[Round, Track]:
    """The round whose post was pressed.

    ``Refusal`` also where that post is another round's: without a tag, its message tells them apart.
    """
    round, track = round_here(call, uow, ref)
    known = round.tag is None and round.message is not None and call.message is not None
    if known and call.message != round.message:
        raise Refusal(ANOTHER_ROUND, (TODAYS_QUESTION,))
    return round, track


def track_here(call: Call, uow: UnitOfWork, ref: TrackRef, again: str = "config") -> Track:
    """The track that a button or a form names, of the caller's own community and not deleted.

    ``Refusal`` for any other, and for another track that has its number now; it names the command to open again.
    """
    track = uow.tracks.get(ref.id)
    community = known_community(call, uow)
    ways_on = (Choice(f"/{again}", route("run", again)),)
    if track is None or community is None or track.community != community.id or track.state is TrackState.DELETED:
        raise Refusal(
            "That daily question was deleted, or belongs elsewhere. Nothing was changed; "
            f"/{again} shows what there is.",
            ways_on,
        )
    if track.ref != ref:
        raise Refusal(f"{OLD_PANEL} Nothing was changed; open /{again} again.", ways_on)
    return track
