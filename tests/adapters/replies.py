"""Replies to build a face's tests on, made from the real content."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bot.domain.grading import AskedQuestion, shuffled
from bot.domain.identifiers import (
    CommunityId,
    OptionId,
    PlaceRef,
    RoundId,
    RoundRef,
    TrackId,
    TrackRef,
    ZoneName,
)
from bot.domain.question import Question
from bot.domain.schedule import EVERY_DAY, Schedule
from bot.domain.sitting import Sitting
from bot.domain.track import PauseReason, Track, TrackSettings, TrackState
from bot.replies.asked import PracticeAsked, QuestionPosted
from bot.replies.citing import cited
from bot.replies.judged import DailyVerdict, PracticeVerdict, StandingLine
from tests.domain.samples import content

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
BERLIN = ZoneName("Europe/Berlin")
GENERAL = PlaceRef("#general")
TRACK = TrackRef(TrackId(3), "b3c4d5e6")
catalog = content


def asked(question: Question, seed: int = 1) -> AskedQuestion:
    """The question in an order of its own."""
    return AskedQuestion(question, shuffled(question, seed))


def posted(question: Question, round: int = 1) -> QuestionPosted:
    """The question as a daily post."""
    return QuestionPosted(
        RoundRef(RoundId(round)),
        round,
        asked(question),
        catalog().topic_title(question.topic),
        False,
        NOW + timedelta(days=1),
        BERLIN,
    )


def verdict(question: Question, option: OptionId, *, stands: bool = False, round: int = 1) -> DailyVerdict:
    """The verdict on a choice."""
    put = asked(question)
    return DailyVerdict(
        RoundRef(RoundId(round)),
        put,
        put.judge(option),
        StandingLine(12, 1, 84, 4, 5, 19),
        None if stands else 13,
        cited(catalog().sources, question.refs),
        stands=stands,
        track=TRACK,
    )


def practised(question: Question, option: OptionId, left: int = 2) -> PracticeVerdict:
    """The verdict on a practice choice."""
    put = asked(question)
    source = cited(catalog().sources, question.refs)
    return PracticeVerdict(put, put.judge(option), source, Sitting(of=left + 1), "Off your list.")


def practice(question: Question) -> PracticeAsked:
    """The question to practise on."""
    topic = catalog().topic_title(question.topic)
    return PracticeAsked(asked(question), topic, Sitting(of=3, begun=7), "You guessed this one before. ")


def track(*, running: bool = True) -> Track:
    """A track in another zone than the reader's."""
    return Track(
        TrackId(3),
        CommunityId(1),
        TrackSettings(GENERAL, Schedule(time(9), ZoneName("Asia/Tokyo"), EVERY_DAY)),
        TrackState.RUNNING if running else TrackState.PAUSED,
        "alice",
        date(2026, 11, 24),
        NOW + timedelta(hours=16),
        pause_reason=None if running else PauseReason.REFUSED,
        pause_detail=None if running else "the channel is gone",
    )
