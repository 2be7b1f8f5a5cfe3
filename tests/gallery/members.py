"""Scenes of members: the channel, the answer to a press, practice, roles, where they stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.commands.kinds import SearchText
from bot.domain.grading import UNSURE
from bot.domain.identifiers import (
    OptionId,
    ProfileId,
    RoundId,
    RoundRef,
    StepId,
    TrackId,
    TrackRef,
)
from bot.domain.knowledge import Myth, ShortRole
from bot.domain.ranking import ranked
from bot.domain.review import DueNow
from bot.domain.roadmap import StepState, next_step, path
from bot.domain.round import Votes
from bot.domain.sitting import Sitting, Subject
from bot.domain.word_to_know import word_to_know
from bot.features import find, roles
from bot.features.practice.ask import practice_asked
from bot.features.practice.report import report
from bot.features.privacy import ask_before_deleting
from bot.replies.around import WhileAway, WithWayBack
from bot.replies.asked import OpenRoundShown, QuestionPosted, RoundBefore
from bot.replies.citing import cited
from bot.replies.comparing import RoleComparison
from bot.replies.helping import Greeted, HowItWorks, MoreShown
from bot.replies.judged import CountedBefore, DailyVerdict, Gap, PracticeVerdict, ReasonsShown, StandingLine
from bot.replies.privacy import Exported, PrivacyShown
from bot.replies.progress import (
    BoardShown,
    HistoryShown,
    ProgressShown,
    RightAnswers,
    RoundFate,
    TopicsShown,
    TrackProgress,
)
from bot.replies.revealed import Revealed
from bot.replies.reviewing import ReviewAsked, ReviewVerdict
from bot.replies.roadmaps import ResourcesShown, RoadmapShown, StepShown
from bot.replies.roles import RolePart, RolePartShown, RoleShared, TitlePayShown
from bot.replies.routes import route
from bot.replies.saving_tracks import TrackIntroduced
from bot.replies.sitting_closed import SittingClosed, ToRead
from tests.commands.samples import registry
from tests.domain.samples import content
from tests.gallery.managers import seen_track
from tests.gallery.sending import (
    BERLIN,
    CALL,
    CLOSES,
    EVENING,
    HERE,
    POSTED,
    ROUND,
    STANDING,
    TODAY,
    TRACK,
    YESTERDAY,
    Scene,
    asked,
    private,
    public,
    role,
    source,
)


def today_posted() -> QuestionPosted:
    """The post of the day, with the line on the round before and a ping."""
    today, before = asked(TODAY), asked(YESTERDAY)
    question, key = today.question, before.question.key
    line = RoundBefore(RoundRef(RoundId(41)), "Thursday", before.letter(key.id), key.text, 19, 31)
    topic = content().topic_title(question.topic)
    return QuestionPosted(ROUND, 42, today, topic, False, CLOSES, BERLIN, before=line, ping_role="201")


def verdict(choice: OptionId) -> DailyVerdict:
    """The private answer to a press on today's post."""
    today = asked(TODAY)
    word = word_to_know(today.question, content().knowledge)
    return DailyVerdict(ROUND, today, today.judge(choice), STANDING, 13, source(TODAY), word)


def right() -> OptionId:
    """The right option of today's question."""
    return asked(TODAY).question.key.id


def wrong() -> OptionId:
    """The first wrong one."""
    return next(option.id for option in asked(TODAY).question.options if not option.correct)


def in_the_channel() -> Iterator[Scene]:
    post = today_posted()
    yield Scene(
        "greeting",
        "The greeting",
        "Everyone in the channel where the server welcomes people, once, when Studybot is invited.",
        public(Greeted(subject=content().subject)),
    )
    yield Scene(
        "introduction",
        "The introduction",
        "Everyone in the channel, once, when a manager has set up a daily question there; it rings no phone.",
        public(TrackIntroduced(seen_track(next_due=POSTED), content().subject)),
    )
    yield Scene(
        "post",
        "The daily question",
        "Everyone in the channel, at the time set; the role above it is pinged if a manager chose one.",
        public(post),
    )
    yield Scene(
        "post-first",
        "The very first one",
        "Everyone in the channel; nothing came before it, nobody is pinged, and no phone rings.",
        public(replace(post, number=1, before=None, ping_role=None)),
    )
    before = asked(YESTERDAY)
    order = [before.question.key.id, *(option for option in before.order if option != before.question.key.id)]
    votes = Votes(dict(zip((*order, UNSURE), (19, 8, 2, 0, 2), strict=True)))
    yield Scene(
        "reveal",
        "The same post after it closed",
        "Everyone in the channel, when the next question comes: the old post is changed in place, in silence.",
        public(Revealed(RoundRef(RoundId(41)), 41, before, votes, source(YESTERDAY))),
    )
    few = Votes({before.question.key.id: 2, order[1]: 1})
    yield Scene(
        "reveal-few",
        "Closed with few answers",
        "Everyone in the channel, where fewer than five answered, or all alike: votes stay hidden.",
        public(Revealed(RoundRef(RoundId(41)), 41, before, few, source(YESTERDAY))),
    )
    yield Scene(
        "withdrawn",
        "Withdrawn",
        "Everyone in the channel, when a manager withdrew the open question.",
        public(Revealed(ROUND, 42, asked(TODAY), Votes(), source(TODAY), withdrawn=True)),
    )


def after_a_press() -> Iterator[Scene]:
    yield Scene(
        "right", "Right", "You alone, after pressing the right letter below the post.", private(verdict(right()))
    )
    yield Scene("wrong", "Not this one", "You alone, after pressing another letter.", private(verdict(wrong())))
    yield Scene(
        "dont-know",
        "Don't know",
        "You alone, after More and Don't know: it teaches, keeps the streak and marks nothing wrong.",
        private(verdict(UNSURE)),
    )
    yield Scene(
        "stands",
        "Pressed again",
        "You alone, when you press any letter a second time: the first press stands.",
        private(replace(verdict(wrong()), stands=True, place_in_line=None)),
    )
    yield Scene(
        "counted-before",
        "Pressed after deleting your data",
        "You alone, when you answered, deleted your data and press again before the question closes.",
        private(CountedBefore(ROUND, asked(TODAY), asked(TODAY).judge(right()), source(TODAY), verdict(right()).word)),
    )
    yield Scene(
        "first-ever",
        "Your first answer",
        "You alone, after the first question you ever answer in this server.",
        private(replace(verdict(right()), standing=StandingLine(1, 1, 1, 1, 1, 1), first_ever=True)),
    )
    gap = Gap(skipped=3, frozen=False, ended=12, best=19)
    yield Scene(
        "welcome-back",
        "Welcome back",
        "You alone, with the first answer after questions you missed.",
        private(
            replace(
                verdict(right()),
                standing=StandingLine(1, 1, 85, 1, 4, 19),
                gap=gap,
                catch_up=3,
                track=TRACK,
            )
        ),
    )
    yield Scene(
        "reasons",
        "Why not the others",
        "You alone, after pressing that button below a verdict.",
        private(ReasonsShown(asked(TODAY))),
    )
    yield Scene(
        "more",
        "More",
        "You alone, after pressing More below the post: what can be done without typing a command.",
        private(MoreShown(ROUND, True, tuple(registry().commands))),
    )
    today = asked(TODAY)
    yield Scene(
        "daily",
        "Answered privately",
        "You alone, after /daily or Answer privately: today's question wherever you are.",
        private(
            OpenRoundShown(
                ROUND,
                42,
                today,
                content().topic_title(today.question.topic),
                CLOSES,
                BERLIN,
                ((RoundRef(RoundId(7)), EVENING, ""),),
            )
        ),
    )
    reasons = report(CALL, content(), TODAY, 1).reply
    yield Scene("report", "Report", "You alone, after pressing Report below a verdict.", private(reasons))
    yield Scene("how", "How this works", "You alone, after pressing How this works.", private(HowItWorks()))


def on_the_side() -> Iterator[Scene]:
    practised = asked(YESTERDAY)
    question = practised.question
    sitting = Sitting(Subject(question.topic), of=5, done=1, begun=7)
    yield Scene(
        "practice",
        "Practice",
        "You alone, after /quiz or Practise.",
        private(practice_asked(content(), question, sitting, "You guessed this one before. ")),
    )
    yield Scene(
        "practice-verdict",
        "Practice, answered",
        "You alone, after a letter below a practice question.",
        private(
            PracticeVerdict(
                practised,
                practised.judge(question.key.id),
                source(YESTERDAY),
                sitting,
                word=word_to_know(question, content().knowledge),
            )
        ),
    )
    due = DueNow(5, 12)
    yield Scene(
        "review",
        "Review",
        "You alone, after /review or Review: the letter says what you think, and the button whether you are sure.",
        private(ReviewAsked(practised, question.id, sitting.seed, content().topic_title(question.topic), due)),
    )
    yield Scene(
        "review-verdict",
        "Review, answered",
        "You alone, after a letter below a question to review.",
        private(
            ReviewVerdict(
                practised,
                question.id,
                sitting.seed,
                practised.judge(question.key.id),
                source(YESTERDAY),
                "It comes again in 11 days.",
                DueNow(4, 11),
            )
        ),
    )
    step = content().step(question.roadmap) if question.roadmap else None
    topic = content().topic_title(question.topic)
    ended = SittingClosed(sitting.at(4), 5, 4, ((topic, 4),), (ToRead(question, step),), others_missed=True)
    yield Scene(
        "practice-done",
        "Practice, done",
        "You alone, after How it went below the last verdict of a sitting.",
        private(ended),
    )
    everyone = roles.all_roles(content(), None).reply
    yield Scene("roles", "All roles", "You alone, after /role without a name.", private(everyone))
    engineer, prompter = role("ai-engineer"), role("prompt-engineer")
    card, longer = roles.profile(content(), prompter), roles.profile(content(), engineer)
    yield Scene("role", "A role", "You alone, after /role and a name.", private(card))
    yield Scene("role-long", "A role the sources say much about", "You alone; no card is much longer.", private(longer))
    yield Scene(
        "role-part",
        "A part of a role",
        "You alone, after Pay and sources below a role.",
        private(RolePartShown(longer, RolePart.PAY)),
    )
    yield Scene(
        "role-shared",
        "A role, shared",
        "Everyone in the channel, after Share here below a role.",
        tuple(replace(one, private=False) for one in private(RoleShared(card.role, card.sources))),
    )
    yield Scene(
        "roles-compared",
        "Two roles",
        "You alone, after /role with a second name.",
        private(RoleComparison(longer, card)),
    )
    title = content().knowledge.all(ShortRole)[0]
    short = roles.role(content(), ProfileId(title.id), None).reply
    yield Scene(
        "role-short", "A title in short", "You alone, after /role and a title named in passing.", private(short)
    )
    yield Scene(
        "title-pay",
        "What a title is paid",
        "You alone, after Pay, claim by claim below a title in short.",
        private(TitlePayShown(title, longer.pay)),
    )
    everything = find.find(content()).reply
    yield Scene("find", "Searching", "You alone, after /find without a word.", private(everything))
    hits = find.find(content(), SearchText("rag or fine-tuning")).reply
    yield Scene("found", "Found", "You alone, after /find and a word or two.", private(hits))
    shelf = find.shelf(content(), "myth").reply
    yield Scene("shelf", "Everything of a kind", "You alone, after *Myths* in /find.", private(shelf))
    entry = find.in_full(content(), content().knowledge.all(Myth)[0])
    yield Scene("entry", "An entry", "You alone, after opening something found.", private(entry))
    steps = content().steps
    states = {step.id: StepState.DONE for step in steps[:3]} | {steps[3].id: StepState.DOING}
    on_path = path(steps, engineer, states)
    yield Scene(
        "roadmap",
        "The roadmap",
        "You alone, after /roadmap; steps are marked by you.",
        private(RoadmapShown(engineer, on_path, next_step(on_path))),
    )
    at = next(entry for entry in on_path if entry.step.id == StepId("rag"))
    needs, waits, deeper = (
        tuple(step.title for id in ids for step in steps if step.id == id)
        for ids in (at.step.needs, at.waits_for, at.step.deeper)
    )
    yield Scene(
        "step-learn",
        "Where to learn a step",
        "You alone, after Where to learn below a step.",
        private(ResourcesShown(at.step, cited(content().sources, at.step.refs))),
    )
    yield Scene(
        "step",
        "A step",
        "You alone, after opening a step of the roadmap.",
        private(StepShown(at, needs, waits, deeper, True, engineer, cited(content().sources, at.step.refs))),
    )


def standing() -> Iterator[Scene]:
    here = TrackProgress(TRACK, HERE, STANDING, 1, 0)
    there = TrackProgress(TrackRef(TrackId(2)), EVENING, StandingLine(0, 2, 31, 0, 3, 9), 0, 9)
    topics = tuple((topic.title, 1 + i, 4 + i) for i, topic in enumerate(content().topics_asked[:4]))
    yield Scene(
        "progress",
        "Your progress",
        "You alone, after /progress or My progress.",
        private(ProgressShown((here, there), topics, (9, 14), 3, away=False, hidden=False)),
    )
    yield Scene(
        "topics", "Every topic", "You alone, after All topics below your progress.", private(TopicsShown(topics))
    )
    yield Scene(
        "way-back",
        "A way back",
        "You alone, after More and My progress: everything that More opens leads back to it.",
        private(
            WithWayBack(ProgressShown((here,), topics, (9, 14), 3, away=False, hidden=False), route("more", ROUND))
        ),
    )
    away = ProgressShown((here,), topics, (9, 14), 3, away=True, hidden=False)
    yield Scene(
        "away",
        "While you are away",
        "You alone, below every reply while you are away.",
        private(WhileAway(away, CLOSES, BERLIN)),
    )
    fates = (
        RoundFate.OPEN,
        RoundFate.RIGHT,
        RoundFate.UNSURE,
        RoundFate.FROZEN,
        RoundFate.WRONG,
        RoundFate.AWAY,
        RoundFate.EXCUSED,
    )
    days = (20, 19, 18, 17, 16, 13, 12)
    rounds = tuple((42 - i, date(2026, 11, day), fate) for i, (day, fate) in enumerate(zip(days, fates, strict=True)))
    yield Scene(
        "history",
        "Your history",
        "You alone, after History below your progress.",
        private(HistoryShown(HERE, rounds, TRACK, can_catch_up=True, older=36)),
    )
    board = BoardShown(
        HERE,
        week=date(2026, 11, 16),
        week_rounds=4,
        full_week=ranked([("301", 4), ("304", 4)]),
        streaks=ranked([("301", 21), ("304", 12), ("302", 12), ("303", 5)]),
        right=RightAnswers(date(2026, 11, 9), ranked([("304", 4), ("301", 3)])),
        group_answers=97,
        own=STANDING,
        own_hidden=False,
        others=((TrackRef(TrackId(2)), EVENING, ""),),
    )
    yield Scene("leaderboard", "The leaderboard", "You alone, after /leaderboard.", private(board))
    rows = (
        ("Your id", "the Discord id 301; no name"),
        ("Daily answers", "84 choices"),
        ("Streaks", "on 2 daily questions, 17 weeks of points"),
        ("Practice", "14 choices, 3 to review"),
        ("Reports", "1 question"),
        ("Away", "1 pause"),
        ("Roadmap", "4 marked steps, role ai-engineer"),
    )
    yield Scene(
        "privacy", "Privacy", "You alone, after /privacy: what is stored.", private(PrivacyShown(rows, hidden=False))
    )
    yield Scene(
        "forget",
        "Before everything is deleted",
        "You alone, after Delete my data.",
        private(ask_before_deleting().reply),
    )
    document = json.dumps({"platform": "discord", "community": "1", "id": "301", "answers": []}, indent=2)
    yield Scene("export", "Export", "You alone, after Export below it: a file.", private(Exported(document)))


def on_a_phone() -> Iterator[Scene]:
    yield Scene(
        "phone-post", "The daily question", "The same post, as wide as a phone.", public(today_posted()), phone=True
    )
    yield Scene(
        "phone-verdict", "The verdict", "The same verdict, as wide as a phone.", private(verdict(wrong())), phone=True
    )
