"""Every reply there is, made from the real content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.app.features import all_commands
from bot.commands.kinds import SearchText
from bot.domain.community import Platform
from bot.domain.grading import UNSURE, AskedQuestion, shuffled
from bot.domain.identifiers import (
    CommunityId,
    OptionId,
    PlaceRef,
    ProfileId,
    RoundId,
    RoundRef,
    TrackId,
    TrackRef,
    ZoneName,
)
from bot.domain.knowledge import KINDS, ShortRole
from bot.domain.question import Difficulty, Question
from bot.domain.ranking import ranked
from bot.domain.roadmap import StepState, next_step, path
from bot.domain.round import Votes
from bot.domain.schedule import EVERY_DAY, Schedule
from bot.domain.search import TOPIC
from bot.domain.selection import Wanted
from bot.domain.sitting import Sitting
from bot.domain.track import PauseReason, Track, TrackSettings, TrackState
from bot.features import roles
from bot.features.find import find, in_full, shelf
from bot.features.help import told
from bot.ports.call import Call
from bot.replies.around import WhileAway, WithWayBack
from bot.replies.asked import OpenRoundShown, PracticeAsked, QuestionPosted, QuestionPreviewed, RoundBefore
from bot.replies.card import Choice, Reply, Weight
from bot.replies.citing import articles_cited, cited
from bot.replies.configuring import ConfigShown, DeleteWarned, TrackPanel, TrackSeen
from bot.replies.health import HealthShown
from bot.replies.helping import CommandHelp, Greeted, HelpShown, HowItWorks, MoreShown
from bot.replies.judged import CountedBefore, DailyVerdict, Gap, PracticeVerdict, ReasonsShown, StandingLine
from bot.replies.markup import Link, bold, code, italic, markup
from bot.replies.notices import ManagerTold, ToKnow, WithNotices
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
from bot.replies.roadmaps import ResourcesShown, RoadmapShown, StepShown
from bot.replies.roles import RolePart, RolePartShown, RoleShared, TitlePayShown
from bot.replies.routes import route
from bot.replies.said import Apology, FormAsked, Listed, Refusal, Said, which
from bot.replies.saving_tracks import NotPostable, TrackIntroduced, TrackSaved
from bot.replies.sitting_closed import SittingClosed, ToRead
from tests.domain.artefacts import ARTEFACTS
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


def every_reply() -> Iterator[Reply]:
    """Each class of reply at least once, in the shapes that differ."""
    for question in (*catalog().questions, *ARTEFACTS):
        yield from _about(question)
    for role in catalog().roles:
        yield roles.role(catalog(), ProfileId(role.id), None).reply
        yield RoleShared(role, articles_cited(catalog().sources, role.refs))
        yield from (RolePartShown(roles.profile(catalog(), role), part) for part in RolePart)
        yield RoadmapShown(role, path(catalog().steps, role, {}), next_step(path(catalog().steps, role, {})))
    yield roles.role(catalog(), ProfileId("ai-engineer"), ProfileId("prompt-engineer")).reply
    for title in catalog().knowledge.all(ShortRole):
        yield roles.role(catalog(), ProfileId(title.id), None).reply
        yield TitlePayShown(title, roles.profile(catalog(), catalog().roles[0]).pay)
    for kind in KINDS.values():
        yield from (in_full(catalog(), item) for item in catalog().knowledge.all(kind))
    yield from (shelf(catalog(), kind, 1).reply for kind in (*KINDS, TOPIC))
    for text in ("rag", "ai engineer", "xyzzy", "x" * 100):
        yield find(catalog(), SearchText(text)).reply
    yield find(catalog()).reply
    yield from _steps()
    yield from _managing()
    yield from _about_members()
    yield from _said()


def _call() -> Call:
    return Call(Platform.TERMINAL, "terminal", GENERAL, "you", NOW, 1, BERLIN)


def _about(question: Question) -> Iterator[Reply]:
    put = asked(question)
    source = cited(catalog().sources, question.refs)
    topic = catalog().topic_title(question.topic)
    before = RoundBefore(RoundRef(RoundId(8)), "Friday", "B", question.key.text, 19, 31)
    votes = {option.id: number for number, option in enumerate(question.options, 2)}
    yield posted(question)
    ref = RoundRef(RoundId(9), "k7m2q9xa")
    yield QuestionPosted(ref, 42, put, topic, True, None, BERLIN, before, "@learners")
    yield QuestionPreviewed(put, topic, NOW, BERLIN, True, route("cfg", 3))
    more = ((RoundRef(RoundId(4)), PlaceRef("#careers"), ""),)
    yield OpenRoundShown(RoundRef(RoundId(9)), 42, put, topic, NOW, BERLIN, more)
    yield OpenRoundShown(RoundRef(RoundId(9)), 42, put, topic, NOW, BERLIN, counts=False)
    yield practice(question)
    yield Revealed(RoundRef(RoundId(9)), 42, put, Votes({**votes, UNSURE: 2}), source)
    yield ReasonsShown(put)
    read = ToRead(question, catalog().step(question.roadmap) if question.roadmap else None)
    yield SittingClosed(Sitting(of=3, done=2, begun=7), 3, 2, ((topic, 2),), (read,), others_missed=True)
    # Each choice is judged in one of the three ways, and the next in the next.
    for number, option in enumerate((*put.order, UNSURE), len(question.stem)):
        match number % 3:
            case 0:
                yield verdict(question, option)
            case 1:
                yield practised(question, option)
            case _:
                yield CountedBefore(RoundRef(RoundId(9)), put, put.judge(option), source)


def _steps() -> Iterator[Reply]:
    walked = path(catalog().steps, None, {step.id: StepState.DONE for step in catalog().steps[:3]})
    yield ResourcesShown(catalog().steps[0], "Somewhere (arXiv:2005.11401)")
    yield RoadmapShown(None, walked, next_step(walked))
    for entry in walked:
        yield StepShown(entry, ("Python",), ("Maths",), ("Research",), True, None, "Somewhere", entry.state)


TO_DECIDE = ToKnow(
    "It may or may not be there.",
    TRACK,
    GENERAL,
    "09:00 UTC, every day",
    RoundRef(RoundId(5)),
)


def _managing() -> Iterator[Reply]:
    seen = TrackSeen(track(), ("Maths", "Data"), 3, 21, (date(2026, 12, 24),), TO_DECIDE)
    paused = TrackSeen(track(running=False), (), 0, 0)
    yield ConfigShown((), (), True, False, ())
    yield ConfigShown(
        (seen, paused), (ToKnow("The last question was not posted."), TO_DECIDE), True, True, ("alice", "you")
    )
    yield TrackPanel(seen, "Saved.", open_round=True)
    yield TrackPanel(paused)
    yield ManagerTold(TO_DECIDE)
    yield WithNotices((TO_DECIDE,), TrackPanel(paused))
    yield TrackSaved(seen, new=True)
    hard = replace(seen.track.settings, wanted=Wanted(frozenset(), Difficulty.HARD))
    yield TrackIntroduced(replace(seen, track=replace(seen.track, settings=hard)))
    yield DeleteWarned(TRACK, GENERAL, 12, route("cfg", 3))
    yield NotPostable(TRACK, GENERAL, "Studybot may not send messages there.", new=True)
    yield HealthShown(((GENERAL, "posted today"),), (("eval-002", "two options are right", 3),))


def _about_members() -> Iterator[Reply]:
    line = StandingLine(12, 1, 84, 4, 5, 19)
    progress = TrackProgress(TRACK, GENERAL, line, 1, 0)
    question = catalog().questions[0]
    yield ProgressShown((), (), (0, 0), 0, False, False)
    yield WhileAway(ProgressShown((), (), (0, 0), 0, True, False), NOW, BERLIN)
    yield WithWayBack(ProgressShown((), (), (0, 0), 0, True, False), route("run", "help"))
    yield TopicsShown((("Machine learning and deep learning", 1, 9),))
    yield ProgressShown((progress,), (("Machine learning and deep learning", 1, 9),), (5, 9), 4, True, True)
    rounds = tuple((number, date(2026, 11, 1), fate) for number, fate in enumerate(RoundFate, 95))
    yield HistoryShown(GENERAL, rounds, TRACK, True)
    streaks = ranked([("alice", 12), ("bob", 7)])
    others = ((TrackRef(TrackId(4), "b3c4d5e6"), PlaceRef("#b"), ""),)
    right = RightAnswers(date(2026, 11, 2), streaks)
    yield BoardShown(GENERAL, date(2026, 11, 9), 5, streaks, streaks, right, 31, line, False, others)
    yield PrivacyShown((("Answers", "12 of them"), ("Away", "2 intervals")), hidden=True, marked=True)
    yield Exported('{\n  "answers": [],\n  "a very long key that nobody would wrap": "' + "value " * 40 + '"\n}')
    back = verdict(question, question.key.id)
    yield DailyVerdict(back.round, back.asked, back.judgement, line, 2, "Somewhere", first_ever=True, withdrawn=True)
    yield DailyVerdict(
        back.round, back.asked, back.judgement, line, 2, "Somewhere",
        gap=Gap(3, False, 9, 19), catch_up=3,
    )  # fmt: skip
    yield verdict(question, UNSURE, stands=True)
    yield Revealed(RoundRef(RoundId(9)), 42, back.asked, Votes(), "Somewhere")
    yield Revealed(RoundRef(RoundId(9)), 42, back.asked, Votes(), "Somewhere", withdrawn=True)


def _said() -> Iterator[Reply]:
    registry = all_commands()
    commands = tuple(told(handler) for handler in registry.commands.values())
    choice = Choice("Set up", route("cfg-new"), weight=Weight.LEADS)
    yield HelpShown(commands, markup("set up the daily question."), choice)
    for command in commands:
        yield CommandHelp(command, choice)
    yield HowItWorks()
    yield Greeted()
    yield Greeted(here=False)
    yield MoreShown(RoundRef(RoundId(9)), True, tuple(registry.commands))
    for name, form in registry.forms.items():
        carried = tuple("3" for _ in form.carried)
        yield FormAsked(registry.form(name, *carried, values={"zone": "Europe/Berlin"}), "Fill it in.")
    yield Refusal("There is no such thing. Nothing was changed.", (choice,)).reply()
    yield Apology("ABC234", "https://example.org/help")
    picks = tuple(Choice(f"Number {number} of many to pick", route("run", "quiz")) for number in range(1, 26))
    yield which("Which one do you mean?", picks)
    link = Link("the guide", "https://example.org/a/very/long/address/that/no/line/of/a/narrow/terminal/will/ever/hold")
    spans = markup("A ", bold("bold"), ", an ", italic("italic"), ", a ", code("/role x"), ", ", link, ".")
    yield Listed("A list", markup("With text."), (("1.", spans), ("Apart", markup("another"))), (choice,))
    yield Said(markup("Short."), title="Done")
