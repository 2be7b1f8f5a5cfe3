"""Every reply there is, built once and more often from the real content."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import bot.replies
from bot.commands.resolve import run_route
from bot.domain.common_fields import Status
from bot.domain.grading import UNSURE, AskedQuestion, shuffled
from bot.domain.identifiers import (
    CommunityId,
    OptionId,
    PlaceRef,
    QuestionId,
    RoundId,
    RoundRef,
    StepId,
    TopicId,
    TrackId,
    TrackRef,
    ZoneName,
)
from bot.domain.knowledge import KINDS, ShortRole, Term
from bot.domain.limits import SLUG_LIMIT
from bot.domain.question import Difficulty, Question
from bot.domain.ranking import Ranking, ranked
from bot.domain.review import DueNow
from bot.domain.roadmap import StepState, next_step, path
from bot.domain.role import Role
from bot.domain.round import Votes
from bot.domain.schedule import EVERY_DAY, WEEKDAYS, Schedule
from bot.domain.selection import Repeats, Wanted
from bot.domain.sitting import Sitting, Subject
from bot.domain.track import PauseReason, Track, TrackSettings, TrackState
from bot.features.find import in_full
from bot.features.help import told
from bot.features.roles import profile
from bot.replies.around import WhileAway, WithWayBack
from bot.replies.asked import OpenRoundShown, PracticeAsked, QuestionPosted, QuestionPreviewed, RoundBefore
from bot.replies.card import Choice, Reply, Weight
from bot.replies.citing import articles_cited, cited
from bot.replies.comparing import RoleComparison
from bot.replies.configuring import ConfigShown, DeleteWarned, TrackPanel, TrackSeen, edit_route
from bot.replies.finding import HitShown, Pages, SearchShown, ShelfShown, ShelvesShown
from bot.replies.health import HealthShown
from bot.replies.helping import CommandHelp, Greeted, HelpShown, HowItWorks, MoreShown
from bot.replies.judged import CountedBefore, DailyVerdict, Gap, PracticeVerdict, ReasonsShown, StandingLine
from bot.replies.markup import Link, bold, code, italic, markup
from bot.replies.notices import ManagerTold, ToKnow, WithNotices
from bot.replies.own_bank import OwnBankShown, OwnQuestionShown, PastedShown
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
from bot.replies.roadmaps import ResourcesShown, RoadmapShown, StepPart, StepShown
from bot.replies.roles import RolePart, RolePartShown, RoleProfile, RoleShared, ShortRoleShown, TitlePayShown
from bot.replies.routes import route
from bot.replies.said import Apology, FormAsked, Listed, Said, said, which
from bot.replies.saving_tracks import NotPostable, TrackIntroduced, TrackSaved
from bot.replies.sitting_closed import SittingClosed, ToRead
from tests.commands.samples import registry
from tests.domain.artefacts import ARTEFACTS
from tests.domain.own_samples import own
from tests.domain.samples import content

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BERLIN = ZoneName("Europe/Berlin")
ROUND = RoundRef(RoundId(123_456_789), "k7m2q9xa")
TRACK = TrackRef(TrackId(123_456), "k7m2q9xa")
PLACE = PlaceRef("#daily-questions-on-generative-ai")
TO_DECIDE = ToKnow("It may or may not be there.", TRACK, PLACE, "09:00 UTC, every day", ROUND)
STANDING = StandingLine(12, 1, 84, 4, 5, 19)
LONGEST = 12
"""Questions whose verdicts take every turn, so that what is longest is among them."""
ONE_IN = 3
"""The share of the other questions that is shown: one in three."""


def numbered_track(id: int) -> TrackRef:
    """A track of many."""
    return TrackRef(TrackId(id), TRACK.tag)


def kinds() -> set[type]:
    """Every class of bot.replies that can be shown."""
    found: set[type] = set()
    for module in pkgutil.iter_modules(bot.replies.__path__):
        for value in vars(importlib.import_module(f"bot.replies.{module.name}")).values():
            if isinstance(value, type) and hasattr(value, "as_card") and value is not Reply:
                found.add(value)
    return found


def everything(*, whole: bool = False) -> Iterator[Reply]:
    """All that is ever said, with what content/ holds: every item but the questions, of which it takes some.

    A verdict can take ten turns. The longest questions show all of them for each choice; of the others one in three
    shows one of its choices in turn, as the plain verdict and as one of the nine. `whole` shows every question in every
    turn, and each step to each role.
    """
    questions = (*content().questions, *ARTEFACTS)
    longest = {question.id for question in sorted(questions, key=length)[-LONGEST:]}
    for number, question in enumerate(questions):
        if whole or question.id in longest:
            yield from about_question(question)
        elif number % ONE_IN == 0:
            yield from about_question(question, number)
    yield from about_roles()
    yield from about_knowledge()
    yield from about_steps(None if whole else 1)
    yield from about_tracks()
    yield from about_members()
    yield from about_the_bot()
    yield from own_bank()


def own_bank() -> Iterator[Reply]:
    """A community's own bank as its managers see it."""
    yield OwnBankShown((), 0, 0, 0)
    draft = replace(own(), status=Status.DRAFT)
    retired = replace(own("Which part of a cell breathes?", topic="breathing"), status=Status.RETIRED)
    kinds = (draft, own(), retired, own()) * 2
    several = tuple(replace(one, id=QuestionId(f"own-{n}")) for n, one in enumerate(kinds, 90))
    yield OwnBankShown(several, 1, 9, 20)
    for question in (own(), draft, retired):
        yield OwnQuestionShown(question, "Cells")
    yield OwnQuestionShown(draft, "Cells", ("be hard to read", "give the key away: only it is specific"), "Done.")
    yield OwnQuestionShown(own(), "Cells", withheld=True)
    lines = tuple(
        f"Line {n}: new; in cells; stem 61% like own-3: make sure it asks something else" for n in range(2, 40)
    )
    yield PastedShown(lines, "38 found: 38 new, 0 changed, 0 copies, 0 left out.", 38, str(2**31 - 1))
    yield PastedShown(
        ("Line 2: a copy; own-3 is the same",), "1 found: 0 new, 0 changed, 1 copies, 0 left out.", 0, "7"
    )


def asking(question: Question, round: RoundRef = ROUND) -> Iterator[Reply]:
    """A question put to people who have not answered it."""
    asked = AskedQuestion(question, shuffled(question, 7))
    topic = content().topic_title(question.topic)
    before = RoundBefore(RoundRef(RoundId(round.id - 1), round.tag), "Thursday", "B", "Output-quality rates", 19, 31)
    posted = QuestionPosted(round, 42, asked, topic, False, NOON, BERLIN)
    yield posted
    yield replace(posted, asked_before=True, closes_at=None, before=before, ping_role="study")
    yield replace(posted, before=replace(before, right=None))
    yield QuestionPreviewed(asked, topic, NOON, BERLIN, True, route("cfg", TRACK))
    opened = OpenRoundShown(round, 42, asked, topic, NOON, BERLIN)
    yield opened
    yield replace(opened, closes_at=None, more_open=((RoundRef(RoundId(9)), PlaceRef("#evening"), " 09:00"),))
    practised = PracticeAsked(asked, topic, Sitting(begun=2**31 - 1))
    yield practised
    yield replace(practised, sitting=hard_twenty(question), because="You guessed it. ")
    yield ReviewAsked(asked, question.id, 2**31 - 1, topic, DueNow(10, 120))
    yield ReviewAsked(asked, QuestionId("k" * SLUG_LIMIT), 2**31 - 1, topic, DueNow(1, 1))


def hard_twenty(question: Question) -> Sitting:
    """The longest sitting on its topic, with the longest seed."""
    return Sitting(Subject(question.topic, Difficulty.HARD), of=20, done=18, begun=2**31 - 1)


@cache
def longest_word() -> Term:
    """The term of the glossary that takes most room under a verdict."""
    return max(content().knowledge.all(Term), key=lambda term: len(term.name) + len(term.one_line))


def length(question: Question) -> int:
    """Characters of all that a question says."""
    options = sum(len(option.text) + len(option.why) for option in question.options)
    return len(question.stem) + options + len(question.takeaway)


def about_question(question: Question, turn: int | None = None) -> Iterator[Reply]:
    """A question asked, judged, told in full and revealed; with a number, one choice and turn in place of all."""
    asked = AskedQuestion(question, shuffled(question, 7))
    choices = (*asked.order, UNSURE)
    if turn is None:
        yield from asking(question)
    else:
        yield next(asking(question))
        choices = (choices[turn % len(choices)],)
    source = cited(content().sources, question.refs)
    hard = hard_twenty(question)
    to_read = ToRead(question, content().step(question.roadmap) if question.roadmap else None)
    closed = SittingClosed(hard, 20, 12, (("Retrieval", 11), ("Evaluation", 1)), (to_read,) * 8, others_missed=True)
    for number, choice in enumerate(choices):
        judgement = asked.judge(choice)
        verdict = DailyVerdict(ROUND, asked, judgement, STANDING, 13, source)
        gaps = (Gap(1, True, 0, 19), Gap(3, False, 12, 19), Gap(3, False, 0, 19))
        worded = replace(verdict, word=longest_word())
        turns: tuple[Reply, ...] = (
            replace(worded, place_in_line=None, stands=True),
            replace(worded, first_ever=True),
            *(replace(worded, gap=gap, catch_up=3, track=TRACK) for gap in gaps),
            replace(worded, withdrawn=True),
            CountedBefore(ROUND, asked, judgement, source, worded.word),
            PracticeVerdict(asked, judgement, source, hard),
            PracticeVerdict(asked, judgement, source, Sitting(), "It will come again.", word=worded.word),
            PracticeVerdict(asked, judgement, source, hard.at(19), right=12),
            replace(worded, catch_up=3, track=TRACK, due=DueNow(5, 12)),
            ReviewVerdict(asked, question.id, 2**31 - 1, judgement, source, "It comes again tomorrow.", DueNow(5, 12)),
            ReviewVerdict(asked, question.id, 7, judgement, source, "", DueNow(0, 4), stands=True, word=worded.word),
            closed,
            replace(closed, answered=3, right=3, to_read=(), others_missed=False, early=True),
            replace(closed, answered=0, right=0, topics=(), to_read=()),
        )
        yield verdict
        yield from turns if turn is None else (turns[(turn + number) % len(turns)],)
    yield ReasonsShown(asked)
    yield ReasonsShown(asked, hard)
    for counts in ((), (1,), (4, 0, 1), (3, 1, 1), (0, 9, 4), (31,)) if turn is None else ((3, 1, 1),):
        votes = Votes(dict(zip((*asked.order[:2], UNSURE), counts, strict=False)))
        yield Revealed(ROUND, 42, asked, votes, source)
    if turn is None:
        yield Revealed(ROUND, 42, asked, Votes(), source, withdrawn=True)


def about_roles() -> Iterator[Reply]:
    """Each role, and each beside each."""
    cards: list[RoleProfile] = [profile(content(), role) for role in content().roles]
    for card in cards:
        yield card
        yield RoleShared(card.role, card.sources)
        yield from (RolePartShown(card, part) for part in RolePart if part is not RolePart.DISPUTES)
        yield from (RolePartShown(card, RolePart.PAY, page) for page in range(1, (len(card.pay) + 2) // 3))
        if card.role.disagreements:
            yield RolePartShown(card, RolePart.DISPUTES)
        yield from (RoleComparison(card, other) for other in cards if other is not card)

    for title in content().knowledge.all(ShortRole):
        near = tuple(role for role in content().roles if role.id in title.near)
        yield ShortRoleShown(title, near, cards[0].pay, cited(content().sources, title.refs))
        yield TitlePayShown(title, cards[0].pay)


def about_knowledge() -> Iterator[Reply]:
    """Every item, and searches that find much, little and nothing."""
    for kind in KINDS.values():
        yield from (in_full(content(), item) for item in content().knowledge.all(kind))
    hits = [HitShown("Interview", "w" * 220, "w" * 300, route("show", "interview", f"{n}" * 32)) for n in range(8)]
    yield SearchShown("w" * 100, tuple(hits))
    yield SearchShown("rag", tuple(hits[:1]))
    yield SearchShown("xyzzy", ())
    pages = Pages(7, route("found", 0, "rag"), route("found", 2, "rag"))
    yield SearchShown("rag", tuple(hits[:6]), pages)
    yield ShelfShown("Terms", 205, tuple(hits[:8]), pages)
    yield ShelvesShown((("Terms", 205, route("shelf", "term")),))


def about_steps(taken: int | None = None) -> Iterator[Reply]:
    """The roadmap of each role from several places, and each step to all of them, or to as many as are to be taken."""
    roles: list[Role | None] = [None, *content().roles]
    yield from (ResourcesShown(step, cited(content().sources, step.refs)) for step in content().steps)
    for role in roles:
        for states in some_states():
            on_path = path(content().steps, role, states)
            yield RoadmapShown(role, on_path, next_step(on_path))
    for role in roles[:taken]:
        states = {content().steps[0].id: StepState.DONE}
        on_path = path(content().steps, role, states)
        for entry in on_path:
            step = entry.step
            shown = StepShown(
                entry,
                step.needs,
                entry.waits_for,
                step.deeper,
                True,
                role,
                "; ".join(articles_cited(content().sources, step.refs)),
                parts=tuple((part, 25) for part in StepPart),
            )
            yield shown
            for state in StepState:
                marked = replace(entry, state=state)
                yield replace(shown, entry=marked, just_marked=state, next=next_step(on_path), can_practise=False)


def some_states() -> Iterator[dict[StepId, StepState]]:
    """Nothing begun, half of it done, everything done."""
    ids = [step.id for step in content().steps]
    yield {}
    yield {id: (StepState.DONE, StepState.SKIP, StepState.DOING)[i % 3] for i, id in enumerate(ids[:10])}
    yield dict.fromkeys(ids, StepState.DONE)


def tracks() -> Iterator[TrackSeen]:
    """Tracks in all states, with the longest values there are."""
    zone = ZoneName("America/Argentina/ComodRivadavia")
    for place, ping in (
        (PLACE, None),
        (PlaceRef("C024BE91L"), "@study-crew"),
        (PlaceRef("\u5b66\u7fd2" * 9), "\u00e9quipe"),
    ):
        for weekdays in (EVERY_DAY, WEEKDAYS, frozenset({0, 2})):
            settings = TrackSettings(place, Schedule(time(9), zone, weekdays), ping_role=ping)
            track = Track(
                TRACK.id, CommunityId(1), settings, TrackState.RUNNING, "U1", NOON.date(), NOON, tag=TRACK.tag
            )
            yield TrackSeen(track, (), 9, 64)
            yield TrackSeen(replace(track, next_due_at=None), (), 0, 0, unknown=TO_DECIDE)
    topics = frozenset(topic.id for topic in content().topics_asked)
    narrow = replace(settings, wanted=Wanted(topics, content().questions[0].difficulty), repeats=Repeats.PAUSE)
    titles = tuple(content().topic_title(TopicId(id)) for id in sorted(topics))
    off = tuple(date(2026, 12, 24) + timedelta(days=i) for i in range(9))
    for reason in (*PauseReason, None):
        paused = replace(
            track, settings=narrow, state=TrackState.PAUSED, pause_reason=reason, pause_detail="Unknown Channel"
        )
        yield TrackSeen(paused, titles, 0, 3, off)
        yield TrackSeen(replace(paused, pause_detail=None), titles, 0, 0, off)


def about_tracks() -> Iterator[Reply]:
    """Replies managers see."""
    seen = list(tracks())
    yield ConfigShown((), (), True, False, ())
    yield ConfigShown((), (ToKnow("Something to know."),), False, True, ("1",))
    numbered = tuple(replace(one, track=replace(one.track, id=TrackId(i))) for i, one in enumerate(seen))
    yield ConfigShown(
        numbered, (ToKnow("One.", TRACK, PLACE, "09:00 UTC, every day"), TO_DECIDE), True, True, ("1", "2")
    )
    yield ConfigShown(tuple(seen[:1]), (), False, False, ())
    for one in seen:
        settings = one.track.settings
        yield TrackPanel(one)
        yield TrackPanel(one, "Saved.", open_round=True)
        yield TrackSaved(one, new=True)
        yield TrackSaved(one, new=True, twin="09:00 Europe/Berlin, Mon to Fri")
        yield TrackSaved(one, new=False)
        yield TrackIntroduced(one, content().subject)
        yield DeleteWarned(one.track.ref, settings.place, 0, edit_route(one.track))
        yield DeleteWarned(one.track.ref, settings.place, 7, edit_route(one.track))
    for new in (True, False):
        yield NotPostable(TRACK, PlaceRef("#general"), "Studybot may not send messages there.", new)
    for known in (ToKnow("One."), ToKnow("Two.", TRACK, PLACE, "09:00 UTC, every day"), TO_DECIDE):
        yield ManagerTold(known)
    yield WithNotices((ToKnow("One."), TO_DECIDE), TrackPanel(seen[0]))
    yield HealthShown((), ())
    yield HealthShown(((PLACE, "posted today"),), (("rag-001", "unclear", 2),))
    for name, form in registry().forms.items():
        carried = [1 for _ in form.carried]
        yield FormAsked(registry().form(name, *carried), "Fill it in.")
        yield FormAsked(registry().form(name, *carried, values={option.name: "x" for option in form.options}))


def about_members() -> Iterator[Reply]:
    """Where members stand."""
    one = TrackProgress(TRACK, PLACE, STANDING, 0, 0)
    topics = tuple((topic.title, 1, 3) for topic in content().topics_asked)
    yield ProgressShown((), (), (0, 0), 0, False, False)
    yield ProgressShown((one,), topics, (3, 9), 4, True, True)
    yield ProgressShown((one,), topics, (3, 9), 4, False, False, DueNow(5, 12))
    yield TopicsShown(topics)
    yield TopicsShown(())
    yield WhileAway(ProgressShown((one,), topics, (3, 9), 4, True, True), NOON, BERLIN)
    yield WithWayBack(ProgressShown((), (), (0, 0), 0, True, False), route("run", "help"))
    several = tuple(replace(one, track=numbered_track(i), skipped=i % 2, ended=12 * (i % 3)) for i in range(8))
    yield ProgressShown(several, (), (0, 0), 1, False, False)
    days = [date(2026, 11, 2) + timedelta(days=i) for i in range(len(RoundFate))]
    rows = tuple((i, day, fate) for i, (day, fate) in enumerate(zip(days, RoundFate, strict=True)))
    yield HistoryShown(PLACE, rows, TRACK, True)
    yield HistoryShown(PLACE, rows, TRACK, True, 36, 58)
    yield HistoryShown(PLACE, rows[:1], TRACK, False)
    people = tuple(f"U{i:02}" for i in range(30))
    board = BoardShown(PLACE, None, 0, Ranking(), Ranking(), None, 0, None, False)
    yield board
    lines = replace(ranked((user, 9) for user in people), not_named=31)
    right = RightAnswers(date(2026, 11, 2), lines)
    shown = replace(board, week=date(2026, 11, 9), week_rounds=5, full_week=lines, streaks=lines, right=right)
    yield replace(shown, group_answers=31, own=STANDING, own_hidden=True)
    yield replace(shown, full_week=Ranking(not_named=31))
    yield replace(board, own=STANDING, others=tuple((numbered_track(i), PLACE, " 09:00") for i in range(6)))
    yield PrivacyShown((("Answers", "84"),), hidden=False)
    yield PrivacyShown((("Answers", "84"),), hidden=True)
    yield Exported("{}")
    yield Exported('{\n  "answers": [],\n  "a very long key that nobody would wrap": "' + "value " * 40 + '"\n}')
    for can_answer in (True, False):
        yield MoreShown(ROUND, can_answer, tuple(registry().commands))


def about_the_bot() -> Iterator[Reply]:
    """Help, and what is said everywhere."""
    handlers = list(registry().commands.values())
    yield HelpShown(tuple(told(handler) for handler in handlers))
    yield HelpShown(
        tuple(told(one) for one in handlers),
        markup("set it up."),
        Choice("Set up", route("cfg-new"), weight=Weight.LEADS),
        True,
        content().subject,
    )
    for handler in handlers:
        yield CommandHelp(told(handler), Choice(f"/{handler.name}", run_route(handler.name, {})))
    yield HowItWorks()
    yield Greeted(subject=content().subject)
    yield Greeted(here=False)
    yield Apology("AB12CD")
    yield Apology("AB12CD", "https://example.org/help")
    yield said("Done.", choices=(Choice("Practise", route("run", "quiz")),), title="Done")
    yield Said(markup("Done."))
    yield which("Which one?", (Choice("RAG", route("practise", "rag")),))
    yield Listed("Roles", markup("Which?"), (("AI Engineer", markup("Builds.")),))
    yield Listed("Roles", (), (("AI Engineer", markup("Builds.")),))
    link = Link("the guide", "https://example.org/a/very/long/address/that/no/line/of/a/narrow/terminal/will/ever/hold")
    spans = markup("A ", bold("bold"), ", an ", italic("italic"), ", a ", code("top_k"), ", ", link, ".")
    yield Listed("A list", markup("With text."), (("1.", spans), ("Apart", markup("another"))))
    yield Listed("Delegates", markup("Nobody yet."), ())


def with_key(question: Question, key: OptionId) -> Question:
    """The same question with another right answer."""
    options = tuple(replace(option, correct=option.id == key) for option in question.options)
    return replace(question, options=options)
