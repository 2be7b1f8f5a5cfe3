"""Steering a running track: preview, post now, skip, pause, resume, withdraw, delete."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from bot.commands.caller import round_here, track_here
from bot.commands.declare import CARRIED, Opt, pressed, submitted
from bot.commands.registry import Registry
from bot.domain.calendar_dates import TypedDate
from bot.domain.explained import NotUnderstood
from bot.domain.grading import AskedQuestion, shuffled
from bot.domain.identifiers import RoundRef, TrackRef
from bot.domain.round import Round, RoundState
from bot.domain.schedule import Due, due_after, local_date
from bot.domain.track import PauseReason
from bot.features.config.panel import next_unasked, panel
from bot.ports.call import Call, Outcome, Wake
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.posting.claiming import pick_for, used_up
from bot.posting.dates_ahead import bring_back
from bot.posting.opening import open_round
from bot.posting.recount import to_recount
from bot.posting.sending_outcomes import decide_until
from bot.posting.unreadable import choose_first
from bot.replies.asked import QuestionPreviewed
from bot.replies.card import Choice, Weight
from bot.replies.common_buttons import ALL_SETTINGS
from bot.replies.configuring import DeleteWarned, edit_route
from bot.replies.health import clock_is_off
from bot.replies.markup import Place
from bot.replies.routes import route
from bot.replies.said import FormAsked, Refusal, not_understood, said, which


@pressed("cfg-preview", manager=True)
def preview(call: Call, uow: UnitOfWork, catalog: Catalog, ref: TrackRef) -> Outcome:
    """See the next question before the others do.

    It changes if one is posted before, or the settings or the content do.
    """
    track = track_here(call, uow, ref)
    back = Choice("Back", route("cfg", track.ref))
    if track.next_local_date is None or track.next_due_at is None:
        raise Refusal("No next question is due: the track has no day left to post on.", (back,))
    chosen = pick_for(uow, catalog, track, track.next_local_date)
    if chosen is None:
        raise Refusal(
            "No question is left for these topics and this level."
            if used_up(uow, catalog, track)
            else "All that is left for these topics and this level was asked on another track within the last 30 days. "
            "Until one may be asked again, nothing is posted.",
            (Choice("Topics and level", route("cfg-ask", track.ref)), back),
        )
    order = shuffled(chosen.question, f"{track.seed}:{track.next_local_date}")
    return Outcome(
        QuestionPreviewed(
            asked=AskedQuestion(chosen.question, order),
            topic=catalog.topic_title(chosen.question.topic),
            due_at=track.next_due_at,
            zone=track.settings.schedule.zone,
            asked_before=chosen.asked_before,
            back=back.route,
        )
    )


@pressed("cfg-now", needs="write", manager=True)
def post_now(call: Call, uow: UnitOfWork, catalog: Catalog, ref: TrackRef) -> Outcome:
    """Post today's question now; each date has at most one, and the next comes as scheduled."""
    track = track_here(call, uow, ref)
    if not track.running:
        raise Refusal("It is paused; resume it first.", (Choice("Resume", route("cfg-resume", track.ref)),))
    _clock_is_believed(call)
    schedule = track.settings.schedule
    today = local_date(schedule, call.now)
    latest = uow.ledger.latest(track.id, 1)
    if latest and latest[0].local_date == today and latest[0].state in (RoundState.UNPOSTED, RoundState.FAILED):
        # Nobody saw its question, and another track may have asked it meanwhile.
        uow.outbox.revive(latest[0].id, call.now, choose_again=True)
        return Outcome(said("On its way. It was not posted before.", choices=(ALL_SETTINGS,)), (Wake(),))
    if latest and latest[0].local_date >= today:
        raise Refusal(
            f"The question of {latest[0].local_date:%A} is there already, and each date has at most one. "
            "The next comes as scheduled.",
            (
                Choice("Preview", route("cfg-preview", track.ref)),
                Choice("More settings", route("cfg", track.ref)),
            ),
        )
    uow.outbox.add_due([(track, Due(today, call.now), False)])
    if track.next_local_date is not None and track.next_local_date <= today:
        uow.tracks.set_next({track.id: due_after(schedule, today)})
    return Outcome(
        said("On its way. It counts as today's question; the next comes as scheduled.", choices=(ALL_SETTINGS,)),
        (Wake(),),
    )


@pressed("cfg-skip", needs="write", manager=True)
def skip(call: Call, uow: UnitOfWork, catalog: Catalog, ref: TrackRef) -> Outcome:
    """Leave out the next date; no streak is touched by it."""
    track = track_here(call, uow, ref)
    if track.next_local_date is None:
        raise Refusal("No next question is due, so there is none to skip.", (ALL_SETTINGS,))
    skipped = track.next_local_date
    uow.tracks.set_next({track.id: due_after(track.settings.schedule, skipped)})
    return panel(call, uow, catalog, ref, saved=f"Skipped: {skipped:%A %d %B}. No streak is touched by it.")


@pressed("cfg-pause", needs="write", manager=True)
def pause(call: Call, uow: UnitOfWork, catalog: Catalog, ref: TrackRef) -> Outcome:
    """Stop posting until resumed."""
    track = track_here(call, uow, ref)
    uow.tracks.pause(track.id, PauseReason.MANAGER)
    return panel(call, uow, catalog, ref, saved="Paused. Streaks stay as they are until it goes on.")


@pressed("cfg-until", needs="catalog", manager=True)
def pause_form(call: Call, registry: Registry, ref: TrackRef) -> Outcome:
    """Open the form of a pause with an end."""
    return Outcome(FormAsked(registry.form("pause-until", ref)))


@submitted("pause-until", title="Pause until", manager=True)
def pause_until(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    ref: Annotated[TrackRef, CARRIED],
    until: Annotated[TypedDate, Opt("First date with a question again", example="2027-01-04")],
) -> Outcome:
    """Pause a track until a date."""
    track = track_here(call, uow, ref)
    choose_first(track)
    schedule = track.settings.schedule
    today = local_date(schedule, call.now)
    again = (Choice("Pause until", route("cfg-until", track.ref)),)
    try:
        day = until.on(today)
    except NotUnderstood as error:
        raise Refusal(f"{not_understood(until.text, error)} Nothing was changed.", again, field="until") from None
    if day <= today:
        when = "today" if day == today else "in the past"
        raise Refusal(
            f"{day} is {when}. Name the first date with a question again, tomorrow or later. Nothing was changed.",
            again,
            field="until",
        )
    if day > today + timedelta(days=366):
        raise Refusal(f"{day} is more than a year ahead. Nothing was changed.", again, field="until")
    due = due_after(schedule, day - timedelta(days=1))
    uow.tracks.resume(track.id, due)
    when = f"{due.local_date:%A %d %B %Y}" if due else "never: every day is off"
    return panel(call, uow, catalog, ref, saved=f"Paused. The next question comes on {when}.")


@pressed("cfg-resume", needs="write", manager=True)
def resume(call: Call, uow: UnitOfWork, catalog: Catalog, ref: TrackRef) -> Outcome:
    """Post again from the next date on."""
    track = track_here(call, uow, ref)
    choose_first(track)
    dated_back = bring_back(uow, track, call.now)
    uow.tracks.resume(track.id, next_unasked(call, uow, track))
    # A week's points go by the dates.
    effects = (to_recount(uow, track.id, call),) if dated_back else ()
    return panel(call, uow, catalog, ref, saved="Running again.", effects=effects)


@pressed("cfg-void", manager=True)
def ask_void(call: Call, uow: UnitOfWork, catalog: Catalog, ref: TrackRef) -> Outcome:
    """Ask before the open question is withdrawn."""
    track = track_here(call, uow, ref)
    round = uow.rounds.open_of(track.id)
    if round is None:
        raise Refusal("No question is open there, so there is none to withdraw.", (ALL_SETTINGS,))
    answered = round.votes.participation().capitalize()
    return Outcome(
        which(
            f"Withdraw the question of {round.local_date:%A %d %B}? {answered}. Their streaks count it, "
            "points do not, and nobody else loses anything. It cannot be undone.",
            (
                Choice("Withdraw it", route("cfg-void-yes", round.ref), weight=Weight.DELETES),
                Choice("Back", route("cfg", track.ref)),
            ),
        )
    )


@pressed("cfg-void-yes", needs="write", manager=True)
def void(call: Call, uow: UnitOfWork, catalog: Catalog, ref: RoundRef) -> Outcome:
    """Withdraw a question: it counts against nobody; streaks keep it, points do not."""
    round, track = round_here(call, uow, ref)
    if round.state not in (RoundState.OPEN, RoundState.CLOSED):
        raise Refusal(
            "That question is not open or closed, so it cannot be withdrawn. Nothing was changed.", (ALL_SETTINGS,)
        )
    uow.rounds.void(round.id, call.now)
    if round.question:
        uow.practice.forget_round(round.id, round.question)
        uow.reviews.forget_round(round.id, round.question)
    return Outcome(
        said(
            "Withdrawn. The post will say so; points are counted again.",
            choices=(Choice("More settings", route("cfg", track.ref)),),
        ),
        (Wake(), to_recount(uow, track.id, call)),
    )


@pressed("cfg-delete", manager=True)
def ask_delete(call: Call, uow: UnitOfWork, catalog: Catalog, ref: TrackRef) -> Outcome:
    """Ask before a track is deleted, saying what hangs on it."""
    track = track_here(call, uow, ref)
    members = uow.tracks.members_with_streaks(track.id)
    return Outcome(DeleteWarned(track.ref, track.settings.place, members, edit_route(track)))


@pressed("cfg-delete-yes", needs="write", manager=True)
def delete(call: Call, uow: UnitOfWork, catalog: Catalog, ref: TrackRef) -> Outcome:
    """Delete a track for good."""
    track = track_here(call, uow, ref)
    round = uow.rounds.open_of(track.id)
    if round is not None:
        uow.rounds.close(round.id, call.now, excused=True)
    uow.tracks.delete(track.id)
    return Outcome(
        said("Deleted. Nothing more will be posted in ", Place(track.settings.place), ".", choices=(ALL_SETTINGS,)),
        (Wake(),),
    )


@pressed("cfg-there", needs="write", manager=True)
def it_is_there(call: Call, uow: UnitOfWork, catalog: Catalog, ref: RoundRef) -> Outcome:
    """Open a round of unknown fate that a manager saw posted."""
    round, track = round_here(call, uow, ref)
    track_here(call, uow, track.ref)
    _still_unknown(round)
    _, effects = open_round(uow, round, track, None, call.now)
    return panel(call, uow, catalog, track.ref, saved="Noted: it is open now.", effects=effects)


@pressed("cfg-resend", needs="write", manager=True)
def post_again(call: Call, uow: UnitOfWork, catalog: Catalog, ref: RoundRef) -> Outcome:
    """Post a round of unknown fate again that a manager did not see."""
    round, track = round_here(call, uow, ref)
    track_here(call, uow, track.ref)
    _still_unknown(round)
    if call.now > decide_until(round, track):
        raise Refusal(
            "It is too late to post that one again; the next comes as scheduled. No streak is touched by it.",
            (ALL_SETTINGS,),
        )
    if not track.running:
        raise Refusal("It is paused; resume it first.", (Choice("Resume", route("cfg-resume", track.ref)),))
    _clock_is_believed(call)
    # Should it be there after all, the two must be the same.
    uow.outbox.revive(round.id, call.now, choose_again=False)
    uow.health.settled(round.id)
    return Outcome(said("It is being posted again.", choices=(ALL_SETTINGS,)), (Wake(),))


def _clock_is_believed(call: Call) -> None:
    """``Refusal`` while nothing is posted because of the clock."""
    if call.clock_off is not None:
        raise Refusal(
            f"{clock_is_off(call.clock_off)}. Nothing was changed; tell whoever runs it, and try again then.",
            (ALL_SETTINGS,),
        )


def _still_unknown(round: Round) -> None:
    """``Refusal`` if the round's fate is settled already."""
    if round.state is RoundState.UNKNOWN:
        return
    became = (
        "It is being posted again already."
        if round.state in (RoundState.DUE, RoundState.SENDING)
        else "That is settled already, by an answer or by another manager."
    )
    raise Refusal(f"{became} Nothing was changed.", (ALL_SETTINGS,))
