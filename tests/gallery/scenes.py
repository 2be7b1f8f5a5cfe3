"""What the gallery shows: fixed questions of the bank, a made-up group, a fixed Friday."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from bot.adapters.discord.cards import Names, Page
from bot.adapters.discord.forms import Drafts, modal
from bot.adapters.discord.render import posted, rendered, told_privately
from bot.commands.help import told
from bot.commands.resolve import arguments, field_errors, run_route
from bot.domain.community import Platform
from bot.domain.grading import UNSURE, AskedQuestion, shuffled
from bot.domain.identifiers import (
    CommunityId,
    OptionId,
    PlaceRef,
    QuestionId,
    RoleId,
    RoundId,
    StepId,
    TrackId,
    ZoneName,
)
from bot.domain.roadmap import StepState, next_step, path
from bot.domain.role import Role
from bot.domain.round import Votes
from bot.domain.schedule import WEEKDAYS, Schedule, days_in_words
from bot.domain.track import PauseReason, Track, TrackSettings, TrackState
from bot.ports.call import Call
from bot.replies.asked import OpenRoundShown, QuestionPosted, QuestionPreviewed, RoundBefore
from bot.replies.card import Choice, Reply
from bot.replies.configuring import (
    ConfigShown,
    DeleteWarned,
    HealthShown,
    NotPostable,
    TrackIntroduced,
    TrackPanel,
    TrackSaved,
    TrackSeen,
    edit_route,
)
from bot.replies.helping import CommandHelp, Greeted, HelpShown, HowItWorks, MoreShown
from bot.replies.judged import Gap, Occasion, PracticeVerdict, ReasonsShown, Revealed, StandingLine, Verdict
from bot.replies.markup import markup
from bot.replies.privacy import Exported, PrivacyShown
from bot.replies.progress import BoardShown, HistoryShown, ProgressShown, RoundFate, TrackProgress
from bot.replies.roadmaps import RoadmapShown, StepShown
from bot.replies.roles import RoleComparison
from bot.replies.routes import route
from bot.replies.said import Apology, Refusal, said
from bot.services.citing import cited, topic_title
from bot.services.looking_up import all_roles, profile
from bot.services.practising import practice_asked
from bot.services.private_data import ask_forget
from bot.services.reporting import ask_reason
from tests.commands.samples import registry
from tests.domain.samples import content
from tests.gallery.markdown import Known

TODAY, YESTERDAY = QuestionId("rag-001"), QuestionId("roles-001")
"""The questions shown; while they stay as they are, the page does too."""
POSTED = datetime(2026, 11, 20, 8, tzinfo=UTC)
CLOSES = datetime(2026, 11, 23, 8, tzinfo=UTC)
BERLIN = ZoneName("Europe/Berlin")
SERVER = "Study group"
CHANNELS = {"101": "daily-question", "102": "evening-group"}
ROLES = {"201": "learners"}
PEOPLE = {"301": "Ana", "302": "Bo", "303": "Chidi", "304": "Dana", "305": "Emre"}
KNOWN = Known(PEOPLE, ROLES, CHANNELS)
NAMES = Names(CHANNELS.get, {name: 400 + i for i, name in enumerate(registry().commands)})
HERE, EVENING = PlaceRef("101"), PlaceRef("102")
TRACK, ROUND = TrackId(1), RoundId(42)
CALL = Call(Platform.DISCORD, "1", HERE, "301", POSTED, seed=7, zone=BERLIN)
STANDING = StandingLine(12, 1, 84, 4, 5, 19)


@dataclass(frozen=True, slots=True)
class Shown:
    """A message, or a form, as it is sent."""

    components: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, int] = field(default_factory=dict)
    """Their sizes."""
    private: bool = True
    """Only one person sees it."""
    direct: bool = False
    """A private message outside the server."""
    form: dict[str, Any] | None = None
    kind: type | None = None
    """The class of the reply it was made from."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Something the bot shows, and one sentence on who sees it and when."""

    id: str
    title: str
    when: str
    shown: tuple[Shown, ...]
    phone: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """Scenes that belong together."""

    title: str
    scenes: tuple[Scene, ...]


def private(reply: Reply) -> tuple[Shown, ...]:
    """What one person sees alone."""
    return tuple(_sent(page, type(reply)) for page in rendered(reply, NAMES))


def public(reply: Reply) -> tuple[Shown, ...]:
    """What everyone in the channel sees."""
    return (replace(_sent(posted(reply, NAMES), type(reply)), private=False),)


def direct(reply: Reply) -> tuple[Shown, ...]:
    """What one person is told in a private message."""
    return (replace(_sent(told_privately(reply, NAMES, SERVER), type(reply)), private=False, direct=True),)


def form(name: str, *carried: object, **values: str) -> Shown:
    """A form, opened."""
    return Shown(form=modal(registry().form(name, *carried, values=values)).to_dict())


def _sent(page: Page, kind: type | None = None) -> Shown:
    sizes = {file.filename: len(file.fp.read()) for file in page.files}
    return Shown(page.components, sizes, kind=kind)


def asked(id: QuestionId) -> AskedQuestion:
    """The question with its options in an order that stays."""
    question = content().question(id)
    assert question is not None, f"the gallery shows {id}, which is not in the bank any more: choose another"
    return AskedQuestion(question, shuffled(question, 7))


def chapters() -> tuple[Chapter, ...]:
    """Everything, in the order people meet it."""
    return (
        Chapter("What the channel sees", tuple(in_the_channel())),
        Chapter("After a press", tuple(after_a_press())),
        Chapter("Practice, roles and the roadmap", tuple(on_the_side())),
        Chapter("Where you stand", tuple(standing())),
        Chapter("For managers", tuple(managing())),
        Chapter("When something goes wrong", tuple(going_wrong())),
        Chapter("On a phone", tuple(on_a_phone())),
    )


def kinds_shown() -> set[type]:
    """The classes of replies that are somewhere on the page."""
    shown = (shown for chapter in chapters() for scene in chapter.scenes for shown in scene.shown)
    return {one.kind for one in shown if one.kind is not None}


def today_posted() -> QuestionPosted:
    """The post of the day, with the line on the round before and a ping."""
    today, before = asked(TODAY), asked(YESTERDAY)
    question, key = today.question, before.question.key
    line = RoundBefore(RoundId(41), "Thursday", before.letter(key.id), key.text, 19, 31)
    topic = topic_title(content(), question.topic)
    return QuestionPosted(
        ROUND, 42, today, topic, question.difficulty, False, CLOSES, BERLIN, before=line, ping_role="201"
    )


def source(id: QuestionId) -> str:
    """The line on where a question comes from."""
    return cited(content(), asked(id).question.refs)


def verdict(choice: OptionId) -> Verdict:
    """The private answer to a press on today's post."""
    today = asked(TODAY)
    return Verdict(ROUND, today, today.judge(choice), STANDING, 13, source(TODAY))


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
        public(Greeted()),
    )
    yield Scene(
        "introduction",
        "The introduction",
        "Everyone in the channel, once, when a manager has set up a daily question there; it rings no phone.",
        public(TrackIntroduced(TRACK, time(9), BERLIN, days_in_words(WEEKDAYS), POSTED, (), None, "301")),
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
        public(Revealed(RoundId(41), 41, before, votes, source(YESTERDAY))),
    )
    few = Votes({before.question.key.id: 2, order[1]: 1})
    yield Scene(
        "reveal-few",
        "Closed with few answers",
        "Everyone in the channel, where fewer than five answered: votes stay hidden.",
        public(Revealed(RoundId(41), 41, before, few, source(YESTERDAY))),
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
        "first-ever",
        "Your first answer",
        "You alone, after the first question you ever answer in this server.",
        private(replace(verdict(right()), standing=StandingLine(1, 1, 1, 1, 1, 1), occasion=Occasion.FIRST_EVER)),
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
                occasion=Occasion.BACK,
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
        private(ReasonsShown(asked(TODAY), source(TODAY))),
    )
    yield Scene(
        "more",
        "More",
        "You alone, after pressing More below the post: what can be done without typing a command.",
        private(MoreShown(ROUND, can_answer=True)),
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
                topic_title(content(), today.question.topic),
                today.question.difficulty,
                CLOSES,
                BERLIN,
                ((RoundId(7), EVENING),),
            )
        ),
    )
    reasons = ask_reason(CALL, content(), TODAY, 1).reply
    yield Scene("report", "Report", "You alone, after pressing Report below a verdict.", private(reasons))
    yield Scene("how", "How this works", "You alone, after pressing How this works.", private(HowItWorks()))


def on_the_side() -> Iterator[Scene]:
    practised = asked(YESTERDAY)
    question = practised.question
    yield Scene(
        "practice",
        "Practice",
        "You alone, after /quiz or Practise.",
        private(practice_asked(content(), question, 7, question.topic, None, 4, "You guessed this one before. ")),
    )
    onward = route("next", question.topic, "", 4)
    yield Scene(
        "practice-verdict",
        "Practice, answered",
        "You alone, after a letter below a practice question.",
        private(PracticeVerdict(practised, practised.judge(question.key.id), source(YESTERDAY), onward, 4)),
    )
    roles = all_roles(content(), None).reply
    yield Scene("roles", "All roles", "You alone, after /role without a name.", private(roles))
    engineer, prompter = role("ai-engineer"), role("prompt-engineer")
    card, longer = profile(content(), prompter), profile(content(), engineer)
    yield Scene("role", "A role", "You alone, after /role and a name.", private(card))
    yield Scene("role-long", "A role the sources say much about", "You alone; no card is much longer.", private(longer))
    yield Scene(
        "role-shared",
        "A role, shared",
        "Everyone in the channel, after Share here below a role.",
        tuple(replace(one, private=False) for one in private(replace(card, shared=True))),
    )
    yield Scene(
        "roles-compared",
        "Two roles",
        "You alone, after /role with a second name.",
        private(RoleComparison(longer, card)),
    )
    steps = content().steps
    states = {step.id: StepState.DONE for step in steps[:3]} | {steps[3].id: StepState.DOING}
    on_path = path(steps, engineer, states)
    yield Scene(
        "roadmap",
        "The roadmap",
        "You alone, after /roadmap; steps are marked by you.",
        private(RoadmapShown(engineer, on_path, next_step(on_path))),
    )
    entry = next(entry for entry in on_path if entry.step.id == StepId("rag"))
    needs, waits, deeper = (
        tuple(step.title for id in ids for step in steps if step.id == id)
        for ids in (entry.step.needs, entry.waits_for, entry.step.deeper)
    )
    yield Scene(
        "step",
        "A step",
        "You alone, after opening a step of the roadmap.",
        private(StepShown(entry, needs, waits, deeper, True, engineer, cited(content(), entry.step.refs))),
    )


def role(id: str) -> Role:
    """A role of the content."""
    found = content().role(RoleId(id))
    assert found is not None, f"the gallery shows {id}, which is not among the roles any more: choose another"
    return found


def standing() -> Iterator[Scene]:
    here = TrackProgress(TRACK, HERE, STANDING, 1, 0)
    there = TrackProgress(TrackId(2), EVENING, StandingLine(0, 2, 31, 0, 3, 9), 0, 9)
    topics = tuple((topic.title, 1 + i, 4 + i) for i, topic in enumerate(content().topics_asked[:4]))
    yield Scene(
        "progress",
        "Your progress",
        "You alone, after /progress or My progress.",
        private(ProgressShown((here, there), topics, (9, 14), 3, away=False, hidden=False)),
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
        private(HistoryShown(HERE, rounds, TRACK, can_catch_up=True)),
    )
    board = BoardShown(
        HERE,
        week_rounds=4,
        full_week=("301", "304"),
        streaks=(("301", 21), ("304", 12), ("302", 5)),
        right=(("304", 5), ("301", 4)),
        group_answers=97,
        own=STANDING,
        own_hidden=False,
        others=((TrackId(2), EVENING),),
    )
    yield Scene("leaderboard", "The leaderboard", "You alone, after /leaderboard.", private(board))
    rows = (
        ("Your id", "the discord id 301, nothing else about you"),
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
        private(ask_forget(CALL, content()).reply),
    )
    document = json.dumps({"platform": "discord", "community": "1", "id": "301", "answers": []}, indent=2)
    yield Scene("export", "Export", "You alone, after Export below it: a file.", private(Exported(document)))


def managing() -> Iterator[Scene]:
    handlers = tuple(told(handler) for handler in registry().commands.values())
    yield Scene("help", "Help", "You alone, after /help; each command can be pressed.", private(HelpShown(handlers)))
    first = HelpShown(
        handlers,
        markup("set up the daily question; it takes one short form."),
        Choice("Set up", route("cfg-new")),
    )
    yield Scene("help-manager", "Help, for a manager", "A manager alone: the next step comes first.", private(first))
    quiz = registry().commands["quiz"]
    yield Scene(
        "help-command",
        "One command",
        "You alone, after /help and a command.",
        private(CommandHelp(told(quiz), Choice("/quiz", run_route("quiz", {})))),
    )
    yield Scene(
        "settings-empty",
        "Settings, before anything is set up",
        "A manager alone, after /config.",
        private(ConfigShown((), (), True, False, ())),
    )
    values = {"place": "101", "time": "09:00", "zone": "Europe/Berlin", "weekdays": "mon-fri"}
    yield Scene(
        "form",
        "The form of a daily question",
        "A manager alone, after Set up daily question; one form does it.",
        (form("set-up", **values),),
    )
    typed = {**values, "time": "9 o'clock", "zone": "Berln"}
    errors = field_errors(registry().forms["set-up"], typed, content())
    page = Drafts().asked(registry().form("set-up", values=typed), tuple(errors.values()), NAMES)
    yield Scene(
        "form-wrong",
        "A form with something wrong in it",
        "A manager alone, after sending it in; the button opens it again as it was.",
        (_sent(page),),
    )
    seen = seen_track()
    yield Scene(
        "saved", "Saved", "A manager alone, once the form is right.", private(TrackSaved(seen, True, introduced=True))
    )
    evening = seen_track(TrackId(2), EVENING, ping=None, paused=True)
    yield Scene(
        "settings",
        "Settings",
        "A manager alone, after /config.",
        private(
            ConfigShown(
                (seen, evening),
                ("The daily question has 20 new questions left for its topics and level.",),
                True,
                False,
                ("302",),
            )
        ),
    )
    yield Scene(
        "panel",
        "One daily question",
        "A manager alone, after Change.",
        private(TrackPanel(seen, "Saved.", open_round=True)),
    )
    yield Scene(
        "form-topics", "The form of topics", "A manager alone, after Topics and level.", (form("topics", TRACK),)
    )
    today = asked(TODAY)
    topic = topic_title(content(), today.question.topic)
    yield Scene(
        "preview",
        "The next question",
        "A manager alone, after Preview.",
        private(QuestionPreviewed(today, topic, today.question.difficulty, CLOSES, BERLIN, False, route("cfg", TRACK))),
    )
    yield Scene(
        "delete",
        "Before a daily question is deleted",
        "A manager alone, after Delete.",
        private(DeleteWarned(TRACK, HERE, 7, edit_route(seen.track))),
    )
    yield Scene(
        "health",
        "Health",
        "A manager alone, after Health.",
        private(
            HealthShown(
                ((HERE, "the question of Fri 20 Nov is open; 13 answered"),), ((f"{YESTERDAY} v1", "it is unclear", 2),)
            )
        ),
    )


def seen_track(
    id: TrackId = TRACK, place: PlaceRef = HERE, ping: str | None = "201", paused: bool = False
) -> TrackSeen:
    """A daily question as a manager sees it."""
    settings = TrackSettings(place, Schedule(time(9), BERLIN, WEEKDAYS), ping_role=ping)
    track = Track(id, CommunityId(1), settings, TrackState.RUNNING, "301", CLOSES.date(), CLOSES)
    if paused:
        track = replace(track, state=TrackState.PAUSED, pause_reason=PauseReason.UNANSWERED)
    return TrackSeen(track, (), 9, 47, (date(2026, 12, 24), date(2026, 12, 25)))


def going_wrong() -> Iterator[Scene]:
    yield Scene(
        "trouble",
        "Word of trouble",
        "The manager who saved the daily question last, in a private message.",
        direct(
            said(
                "The daily question was paused: its channel was deleted. Streaks and settings are kept; move it to "
                "another channel with Time and place in /config, then press Resume."
            )
        ),
    )
    yield Scene(
        "greeting-direct",
        "The greeting, in private",
        "Whoever owns the server, where Studybot may not write in that channel.",
        direct(Greeted(here=False)),
    )
    yield Scene(
        "not-postable",
        "A channel that cannot be used",
        "A manager alone, when the introduction was refused there.",
        private(NotPostable(TRACK, HERE, "Studybot lacks Send Messages there.", new=True)),
    )
    yield Scene(
        "refusal",
        "Not understood",
        "You alone, when what you typed fits nothing.",
        private(refused("role", name="engineer")),
    )
    yield Scene("apology", "Sorry", "You alone, when something broke on our side.", private(Apology("K7Q2MX")))


def refused(command: str, **typed: str) -> Reply:
    """What is said to somebody who typed this."""
    try:
        arguments(registry().commands[command], typed, content())
    except Refusal as refusal:
        return refusal.reply()
    raise AssertionError(f"/{command} is understood now: choose what fits nothing")


def on_a_phone() -> Iterator[Scene]:
    yield Scene(
        "phone-post", "The daily question", "The same post, as wide as a phone.", public(today_posted()), phone=True
    )
    yield Scene(
        "phone-verdict", "The verdict", "The same verdict, as wide as a phone.", private(verdict(wrong())), phone=True
    )
