"""Taking a press on a daily question: judged, kept once, counted, and answered the same however often it comes."""

from __future__ import annotations

from bot.commands.caller import round_pressed
from bot.commands.declare import pressed
from bot.domain.community import Member
from bot.domain.grading import UNSURE
from bot.domain.identifiers import MemberId, OptionId, RoundRef
from bot.domain.round import Answer, Round, RoundState
from bot.domain.schedule import iso_week
from bot.domain.streak import Standing, answered, streak_now
from bot.domain.track import Track
from bot.domain.word_to_know import word_to_know
from bot.features.away import end_with_answer
from bot.features.practice.missed import due_today, keep_missed
from bot.features.practice.subject import CATCH_UP_AT_MOST
from bot.ports.call import Call, Effect, Outcome
from bot.ports.catalog import Catalog
from bot.ports.practice import ReviewReason
from bot.ports.standings import WeekLine
from bot.ports.storage import UnitOfWork
from bot.posting.opening import open_round
from bot.posting.unreadable import CANNOT_BE_JUDGED, kept_question, set_round_aside
from bot.replies.card import Choice
from bot.replies.citing import cited
from bot.replies.common_buttons import PRACTISE, TODAYS_QUESTION
from bot.replies.judged import CountedBefore, DailyVerdict, Gap, StandingLine
from bot.replies.routes import route
from bot.replies.said import Refusal, Said, said

NEVER_POSTED = "That question was never posted. Nothing was counted."


@pressed("ans", needs="write", by_hand=True)
def answer(call: Call, uow: UnitOfWork, catalog: Catalog, ref: RoundRef, option: OptionId) -> Outcome:
    """Judge a first press on a daily question, or show the verdict that stands.

    A press on a round that is being sent, or that nobody can tell was posted, proves that it was: the same
    transaction opens it with the press's message.
    """
    round, track = round_pressed(call, uow, ref)
    if round.question is None or round.version is None:
        raise Refusal(NEVER_POSTED)
    asked = kept_question(uow, round)
    if asked is None or not round.readable:
        # Said, not refused: what was found out is to be kept.
        if not round.over:
            set_round_aside(uow, round, track, call.now)
        return Outcome(said(CANNOT_BE_JUDGED, choices=(PRACTISE,)))
    if option != UNSURE and option not in asked.order:
        raise Refusal("That question has no such option. Nothing was counted; press one of its letters.")
    effects: tuple[Effect, ...] = ()
    if round.state in (RoundState.SENDING, RoundState.UNKNOWN):
        round, effects = open_round(uow, round, track, call.message, call.now)
    if round.state not in (RoundState.OPEN, RoundState.CLOSED, RoundState.VOID):
        raise Refusal(NEVER_POSTED)

    judgement, source = asked.judge(option), cited(catalog.sources, asked.question.refs)
    word = word_to_know(asked.question, catalog.knowledge)
    if round.state is RoundState.OPEN and uow.answers.marked(round.id, call.user):
        return Outcome(CountedBefore(ref, asked, judgement, source, word), effects)
    member, standing = uow.members.with_standing(track.community, call.user, track.id)
    given = Answer(option, judgement.shown_position, judgement.correct)
    if round.state is not RoundState.OPEN or not uow.answers.add(round.id, member.id, given):
        kept = uow.answers.get(round.id, member.id)
        if kept is None:
            return Outcome(_too_late(round), effects)
        verdict = DailyVerdict(
            round=ref,
            asked=asked,
            judgement=asked.judge(kept.option),
            standing=_standing_now(uow, round, track, member, standing or Standing()),
            place_in_line=None,
            source=source,
            word=word,
            stands=True,
            withdrawn=round.state is RoundState.VOID,
            due=due_today(call, uow, catalog, member.id),
        )
        return Outcome(verdict, effects)

    effects = (*effects, *end_with_answer(call, uow, member))
    votes = uow.answers.count(round.id, option)
    assert round.seq is not None  # an open round has its number
    before = standing or Standing()
    skipped = skipped_rounds(uow, member.id, track, before, round.seq)
    after = answered(before, round.seq, len(skipped))
    uow.standings.save(member.id, track.id, after)
    week = uow.standings.add_week(member.id, track.id, iso_week(round.local_date), int(judgement.correct), 1)
    if not judgement.correct:
        reason = ReviewReason.UNSURE if judgement.chosen is None else ReviewReason.WRONG
        keep_missed(uow, member.id, asked.question, reason, min(round.local_date, call.now.date()))
    # The answer of the one just before stands on the post that was pressed.
    catch_up = min(sum(seq < round.seq - 1 for seq in skipped), CATCH_UP_AT_MOST)
    verdict = DailyVerdict(
        round=ref,
        asked=asked,
        judgement=judgement,
        standing=standing_line(after, 0, week, round.nth_in_week or 0),
        place_in_line=votes.total,
        source=source,
        word=word,
        first_ever=before.answered == 0,
        gap=_gap(before, len(skipped)),
        catch_up=catch_up,
        track=track.ref if catch_up else None,
        due=due_today(call, uow, catalog, member.id),
    )
    return Outcome(verdict, effects)


def _gap(before: Standing, skipped: int) -> Gap | None:
    if not skipped:
        return None
    now = streak_now(before, skipped)
    return Gap(skipped, frozen=now.ended == 0 and now.length > 0, ended=now.ended, best=before.best)


def _standing_now(uow: UnitOfWork, round: Round, track: Track, member: Member, standing: Standing) -> StandingLine:
    open_now = round.state is RoundState.OPEN
    skipped = () if open_now else skipped_rounds(uow, member.id, track, standing, track.next_seq)
    week = uow.standings.week(member.id, track.id, iso_week(round.local_date))
    return standing_line(standing, len(skipped), week, round.nth_in_week or 0)


def _too_late(round: Round) -> Said:
    # Said, not refused: the press may just have proven that the round was posted, and that is to be kept.
    over = "was withdrawn" if round.state is RoundState.VOID else "is closed"
    return said(
        f"That question {over}, so a press no longer counts. Your streak is as it was; you can still practise it.",
        choices=(Choice("Practise it", route("again", round.ref)), TODAYS_QUESTION),
    )


def skipped_rounds(
    uow: UnitOfWork, member: MemberId, track: Track, standing: Standing, before_seq: int
) -> tuple[int, ...]:
    """The rounds between the member's last answer and a round that count against them, by ``seq``."""
    if standing.last_seq == 0 or standing.last_seq >= before_seq - 1:
        return ()
    missed = uow.ledger.skipped_between(track.id, standing.last_seq, before_seq)
    aways = uow.members.aways(member) if missed else ()
    return tuple(seq for seq, posted_at in missed if not any(away.covers(posted_at) for away in aways))


def standing_line(standing: Standing, skipped: int, week: WeekLine, week_rounds: int) -> StandingLine:
    """Where a member stands, as the verdict and /progress show it."""
    now = streak_now(standing, skipped)
    return StandingLine(
        streak=now.length,
        freezes=now.freezes,
        answered=standing.answered,
        week_answered=week.answered,
        week_rounds=max(week_rounds, week.answered),
        best=standing.best,
    )
