"""The settings as a manager sees them: every daily question, one of them, their health, and what holds for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

from bot.commands.caller import community_of, known_community, track_here
from bot.commands.declare import Opt, pressed, submitted
from bot.commands.kinds import PersonRef
from bot.commands.notices import to_know
from bot.commands.registry import Registry
from bot.domain.community import Boards, Community
from bot.domain.identifiers import TrackRef
from bot.domain.round import RoundState
from bot.domain.schedule import Due, due_after, first_due, local_date
from bot.domain.selection import rounds_left
from bot.domain.track import Track, times_apart
from bot.features.practice.report import REASON_WORDS, ReportReason
from bot.ports.call import Call, Effect, Outcome
from bot.ports.catalog import Catalog
from bot.ports.health import Notice
from bot.ports.storage import UnitOfWork
from bot.posting.claiming import asked_by
from bot.posting.dates_ahead import used_ahead
from bot.posting.sending_outcomes import undecided
from bot.replies.configuring import DELEGATES, ConfigShown, TrackPanel, TrackSeen, delegates_listed
from bot.replies.health import HealthShown, last_post
from bot.replies.markup import FaceWord, Person, markup
from bot.replies.said import FormAsked, Refusal, said

LOOKED_AT = 400
"""The latest rounds that are looked through for a date: over a year of them."""
REPORT_REASONS = frozenset(ReportReason)


def all_settings(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Every track of the community, what holds for all, and what a manager has to know, which is told by it."""
    community = community_of(call, uow)
    notices = uow.health.notices(community.id)
    uow.health.told([notice.id for notice in notices])
    return Outcome(_settings(call, uow, catalog, community, notices))


@pressed("cfg-all", manager=True)
def glance(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Look at every daily question and what holds for all.

    Nobody may be looking: what a manager has to know stays to be told.
    """
    community = known_community(call, uow)
    if community is None:
        boards = Boards.at_first(call.platform)
        return Outcome(ConfigShown((), (), boards.shown, boards.by_right_answers, ()))
    return Outcome(_settings(call, uow, catalog, community, uow.health.notices(community.id)))


def _settings(
    call: Call, uow: UnitOfWork, catalog: Catalog, community: Community, notices: Iterable[Notice]
) -> ConfigShown:
    tracks = tuple(seen(call, uow, catalog, track) for track in uow.tracks.of_community(community.id))
    # What waits for a decision is shown for as long as it does, whether or not it was told before.
    waiting = tuple(one.unknown for one in tracks if one.unknown is not None)
    return ConfigShown(
        tracks,
        (*waiting, *(to_know(uow, notice) for notice in notices if notice.round is None)),
        community.boards.shown,
        community.boards.by_right_answers,
        uow.communities.delegates(community.id),
    )


def seen(call: Call, uow: UnitOfWork, catalog: Catalog, track: Track) -> TrackSeen:
    """A track as a manager sees it now."""
    wanted = track.settings.wanted
    schedule = track.settings.schedule
    left = rounds_left(catalog.questions, wanted, asked_by(uow, track))
    today = local_date(schedule, call.now)
    latest = uow.ledger.latest(track.id, 1)
    used = used_ahead(uow, track, call.now)
    unknown = latest[0] if latest and latest[0].state is RoundState.UNKNOWN else None
    return TrackSeen(
        track=track,
        topics=tuple(catalog.topic_title(topic) for topic in sorted(wanted.topics)),
        weeks_left=left // len(schedule.weekdays),
        rounds_left=left,
        days_off_ahead=tuple(sorted(day for day in schedule.days_off if day >= today)),
        unknown=undecided(unknown, track, call.now) if unknown else None,
        held_back=_held_back(call, uow, track),
        used_ahead=(used.given_up, len(used.posted)),
    )


def next_unasked(call: Call, uow: UnitOfWork, track: Track) -> Due | None:
    """The first study day from now on that has no round yet."""
    taken = {round.local_date for round in uow.ledger.latest(track.id, LOOKED_AT)}
    due = first_due(track.settings.schedule, call.now)
    while due is not None and due.local_date in taken:
        due = due_after(track.settings.schedule, due.local_date)
    return due


def _held_back(call: Call, uow: UnitOfWork, track: Track) -> bool:
    due = next_unasked(call, uow, track)
    return due is not None and track.next_local_date is not None and due.local_date < track.next_local_date


@pressed("cfg", manager=True)
def panel(
    call: Call, uow: UnitOfWork, catalog: Catalog, ref: TrackRef, *, saved: str = "", effects: tuple[Effect, ...] = ()
) -> Outcome:
    """Show one track's settings and what can be done with it; what was just saved comes first."""
    track = track_here(call, uow, ref)
    shown = seen(call, uow, catalog, track)
    return Outcome(TrackPanel(shown, saved, open_round=uow.rounds.open_of(track.id) is not None), effects)


@pressed("cfg-health", needs="write", manager=True)
def health(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """See the last posts, open ends and reported questions."""
    community = community_of(call, uow)
    tracks = uow.tracks.of_community(community.id)
    times = times_apart(tracks)
    rows = tuple((track.settings.place, _at(times[track.id]) + _last_post(uow, track)) for track in tracks)
    reports = tuple(
        (f"{question} v{version}", REASON_WORDS[ReportReason(reason)].lower(), count)
        for question, version, reason, count in uow.practice.reports(community.id)
        if reason in REPORT_REASONS
    )
    return Outcome(HealthShown(rows, reports, call.clock_off))


def _at(time: str) -> str:
    return f"at{time}, " if time else ""


def _last_post(uow: UnitOfWork, track: Track) -> str:
    return last_post(next(iter(uow.ledger.latest(track.id, 1)), None), track.pause_detail)


@pressed("cfg-boards", needs="write", manager=True)
def boards(call: Call, uow: UnitOfWork, catalog: Catalog, shown: bool) -> Outcome:
    """Switch leaderboards on or off."""
    community = community_of(call, uow)
    uow.communities.save_boards(community.id, replace(community.boards, shown=shown))
    return all_settings(call, uow, catalog)


@pressed("cfg-right", needs="write", manager=True)
def boards_by_right(call: Call, uow: UnitOfWork, catalog: Catalog, by_right: bool) -> Outcome:
    """Let leaderboards count right answers too, or not."""
    community = community_of(call, uow)
    since = (community.boards.right_since or call.now) if by_right else None
    uow.communities.save_boards(community.id, replace(community.boards, right_since=since))
    return all_settings(call, uow, catalog)


@pressed("cfg-people", needs="write", manager=True)
def people(call: Call, uow: UnitOfWork) -> Outcome:
    """See who may manage besides those the platform lets."""
    return Outcome(delegates_listed(uow.communities.delegates(community_of(call, uow).id)))


@pressed("cfg-let", needs="catalog", manager=True)
def delegate_form(call: Call, registry: Registry) -> Outcome:
    """Open the form that lets someone manage."""
    return Outcome(FormAsked(registry.form("delegate")))


@submitted("delegate", title="Let someone manage", manager=True)
def delegate(call: Call, uow: UnitOfWork, person: Annotated[PersonRef, Opt("Who may use /config", most=60)]) -> Outcome:
    """Let someone manage."""
    community = community_of(call, uow)
    user = person.lstrip("@") or person
    if user in uow.communities.delegates(community.id):
        raise Refusal(markup(Person(user), " may manage already. Nothing was changed."), (DELEGATES,))
    uow.members.of(community.id, user)  # whose id is kept can ask what is kept
    uow.communities.add_delegate(community.id, user)
    return Outcome(said(Person(user), " may now use /config here.", choices=(DELEGATES,)))


@pressed("cfg-unlet", needs="write", manager=True)
def undelegate(call: Call, uow: UnitOfWork, person: PersonRef) -> Outcome:
    """Stop letting someone manage."""
    community = community_of(call, uow)
    if person not in uow.communities.delegates(community.id):
        raise Refusal(markup(Person(person), " is not on the list. Nothing was changed."), (DELEGATES,))
    uow.communities.remove_delegate(community.id, person)
    kept = (" may no longer use /config, unless ", FaceWord.PLATFORM, " itself lets them manage.")
    return Outcome(said(Person(person), *kept, choices=(DELEGATES,)))
