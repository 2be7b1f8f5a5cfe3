"""Taking a press on a daily question: judged, kept once, counted, and answered the same however often it comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.commands.caller import is_its_post, round_here
from bot.commands.declare import pressed
from bot.domain.community import Away, Member
from bot.domain.grading import UNSURE, AskedQuestion, Judgement
from bot.domain.identifiers import MemberId, OptionId, RoundRef
from bot.domain.round import Answer, Round, RoundState
from bot.domain.schedule import iso_week
from bot.domain.streak import Standing, answered, shown
from bot.domain.track import Track
from bot.features.being_away import ended_by_answer, running
from bot.features.practice.past_rounds import CATCH_UP_AT_MOST
from bot.ports.call import Call, Effect, NoteAway, Outcome
from bot.ports.catalog import Catalog
from bot.ports.practice import ReviewReason
from bot.ports.standings import WeekLine
from bot.ports.storage import UnitOfWork
from bot.posting.citing import cited
from bot.posting.opening import open_round
from bot.posting.unreadable import CANNOT_BE_JUDGED, kept_question, set_round_aside
from bot.replies.card import Choice
from bot.replies.judged import CountedBefore, Gap, Occasion, StandingLine, Verdict
from bot.replies.markup import markup
from bot.replies.routes import route
from bot.replies.said import Refusal, Said, said
from bot.replies.ways import PRACTISE, TODAYS_QUESTION


@pressed("ans", needs="write")
def answer(call: Call, uow: UnitOfWork, catalog: Catalog, ref: RoundRef, option: OptionId) -> Outcome:
    """Judge a first press on a daily question, or show the verdict that stands.

    A press on a round that is being sent, or that nobody can tell was posted, proves that it was: the same
    transaction opens it with the press's message.
    """
    round, track = round_here(call, uow, ref)
    is_its_post(call, round)
    if round.question is None or round.version is None:
        raise Refusal("That question was never posted. Nothing was counted.")
    asked = kept_question(uow, round)
    if asked is None or not round.readable:
        # Said, not refused: what was found out is to be kept.
        if not round.over:
            set_round_aside(uow, round, track, call.now)
        return Outcome(Said(markup(CANNOT_BE_JUDGED), (PRACTISE,)))
    _check_option(asked, option)
    effects: tuple[Effect, ...] = ()
    if round.state in (RoundState.SENDING, RoundState.UNKNOWN):
        round, effects = open_round(uow, round, track, call.message, call.now)
    if round.state not in (RoundState.OPEN, RoundState.CLOSED, RoundState.VOID):
        raise Refusal("That question was never posted. Nothing was counted.")

    if round.state is RoundState.OPEN and uow.answers.marked(round.id, call.user):
        source = cited(catalog, asked.question.refs)
        return Outcome(CountedBefore(round.ref, asked, asked.judge(option), source), effects)
    member, standing = uow.members.with_standing(track.community, call.user, track.id)
    if round.state is not RoundState.OPEN:
        return Outcome(_too_late(uow, catalog, round, track, member, standing, asked), effects)

    judgement = asked.judge(option)
    fresh = uow.answers.add(round.id, member.id, Answer(option, judgement.shown_position, judgement.correct))
    if not fresh:
        kept = uow.answers.get(round.id, member.id)
        assert kept is not None  # the insert met it
        return Outcome(_standing_verdict(uow, catalog, round, track, member, standing, asked, kept), effects)

    votes = uow.answers.count(round.id, option)
    if running(uow.members.aways(member.id), call.now):
        uow.members.end_away(member.id, ended_by_answer(call, uow, member))
        effects = (*effects, NoteAway(None))
    seq = round.seq
    assert seq is not None  # an open round has its number
    before = standing or Standing()
    skipped = skipped_rounds(uow, member.id, track, standing, seq)
    after = answered(before, seq, len(skipped))
    uow.standings.save(member.id, track.id, after)
    week = uow.standings.add_week(member.id, track.id, iso_week(round.local_date), int(judgement.correct), 1)
    if not judgement.correct:
        reason = ReviewReason.UNSURE if judgement.chosen is None else ReviewReason.WRONG
        uow.practice.keep_for_review(member.id, asked.question.id, reason)
    verdict = Verdict(
        round=round.ref,
        asked=asked,
        judgement=judgement,
        standing=standing_line(after, 0, week, round),
        place_in_line=votes.total,
        source=cited(catalog, asked.question.refs),
        occasion=_occasion(standing, len(skipped)),
        gap=_gap(before, len(skipped)),
        # The answer of the one just before stands on the post that was pressed.
        catch_up=min(sum(missed < seq - 1 for missed, _ in skipped), CATCH_UP_AT_MOST),
        track=track.ref,
    )
    return Outcome(verdict, effects)


def _check_option(asked: AskedQuestion, option: OptionId) -> None:
    if option != UNSURE and option not in asked.order:
        raise Refusal("That question has no such option. Nothing was counted; press one of its letters.")


def skipped_rounds(
    uow: UnitOfWork, member: MemberId, track: Track, standing: Standing | None, before_seq: int
) -> tuple[tuple[int, datetime], ...]:
    """The rounds between the member's last answer and a round that count against them."""
    if standing is None or standing.last_seq == 0 or standing.last_seq >= before_seq - 1:
        return ()
    missed = uow.ledger.skipped_between(track.id, standing.last_seq, before_seq)
    return not_away(missed, uow.members.aways(member)) if missed else ()


def not_away(rounds: tuple[tuple[int, datetime], ...], aways: Iterable[Away]) -> tuple[tuple[int, datetime], ...]:
    """The rounds that were not posted while the member was away."""
    pauses = tuple(aways)
    return tuple(entry for entry in rounds if not any(away.covers(entry[1]) for away in pauses))


def standing_line(standing: Standing, skipped: int, week: WeekLine, round: Round) -> StandingLine:
    """Where a member stands, as the verdict and /progress show it."""
    now = shown(standing, skipped)
    return StandingLine(
        streak=now.length,
        freezes=now.freezes,
        answered=standing.answered,
        week_answered=week.answered,
        week_rounds=max(round.nth_in_week or 0, week.answered),
        best=standing.best,
    )


def _occasion(standing: Standing | None, skipped: int) -> Occasion:
    if standing is None or standing.answered == 0:
        return Occasion.FIRST_EVER
    return Occasion.BACK if skipped else Occasion.NONE


def _gap(before: Standing, skipped: int) -> Gap | None:
    if not skipped:
        return None
    now = shown(before, skipped)
    return Gap(skipped, frozen=now.ended == 0 and now.length > 0, ended=now.ended, best=before.best)


def _standing_verdict(
    uow: UnitOfWork,
    catalog: Catalog,
    round: Round,
    track: Track,
    member: Member,
    standing: Standing | None,
    asked: AskedQuestion,
    kept: Answer,
) -> Verdict:
    week = uow.standings.week(member.id, track.id, iso_week(round.local_date))
    now = standing or Standing()
    skipped = skipped_rounds(uow, member.id, track, standing, track.next_seq)
    if round.state is RoundState.OPEN:
        skipped = ()
    judgement = Judgement(
        None if kept.option == UNSURE else asked.question.option(kept.option),
        asked.question.key,
        kept.shown_position,
    )
    return Verdict(
        round=round.ref,
        asked=asked,
        judgement=judgement,
        standing=standing_line(now, len(skipped), week, round),
        place_in_line=None,
        source=cited(catalog, asked.question.refs),
        stands=True,
        withdrawn=round.state is RoundState.VOID,
        track=track.ref,
    )


def _too_late(
    uow: UnitOfWork,
    catalog: Catalog,
    round: Round,
    track: Track,
    member: Member,
    standing: Standing | None,
    asked: AskedQuestion,
) -> Verdict | Said:
    """On a round that is over: the verdict that stands, or the way to practise it.

    Said, not refused: the press may just have proven that the round was posted, and that is to be kept.
    """
    kept = uow.answers.get(round.id, member.id)
    if kept is not None:
        return _standing_verdict(uow, catalog, round, track, member, standing, asked, kept)
    over = "was withdrawn" if round.state is RoundState.VOID else "is closed"
    return said(
        f"That question {over}, so a press no longer counts. Your streak is as it was; you can still practise it.",
        choices=(Choice("Practise it", route("again", round.ref)), TODAYS_QUESTION),
    )
