"""Kinds of option: what is read, what is offered instead, and what is meant without guessing."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.kinds import CommandName, PersonRef, TopicIds, Weekdays, kind_of
from bot.commands.option_kind import Fits, Kind, NoFit, Several
from bot.domain.calendar_dates import TypedDate, TypedDates
from bot.domain.identifiers import (
    DisagreementId,
    FaqId,
    IndustryId,
    InterviewId,
    MythId,
    NoteId,
    OptionId,
    PitfallId,
    PlaceRef,
    PredictionId,
    ProfileId,
    ProjectId,
    QuestionId,
    RoleId,
    RoundId,
    RoundRef,
    ShortRoleId,
    StepId,
    TermId,
    TopicId,
    TrackId,
    TrackRef,
    ZoneName,
)
from bot.domain.question import Difficulty
from bot.features.config.saving import LevelWanted
from tests.domain.samples import content

KINDS = {
    name: kind_of(annotation)
    for name, annotation in {
        "role": RoleId,
        "topic": TopicId,
        "step": StepId,
        "zone": ZoneName,
        "time": time,
        "date": TypedDate,
        "weekdays": Weekdays,
        "dates": TypedDates,
        "topics": TopicIds,
        "number": int,
        "flag": bool,
        "text": str,
        "place": PlaceRef,
        "person": PersonRef,
        "command": CommandName,
        "round": RoundRef,
        "track": TrackRef,
        "question": QuestionId,
        "option": OptionId,
        "level": Difficulty,
        "level wanted": LevelWanted,
    }.items()
}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("role", "prompt enginer", "prompt-engineer"),
        ("topic", "RAG", "rag"),
        ("step", "llms", "llms"),
        ("zone", "mumbai", "Asia/Kolkata"),
        ("time", " 9:30\u200b ", time(9, 30)),
        ("time", "9 pm", time(21)),
        ("weekdays", "tues & thurs", frozenset({1, 3})),
        ("topics", "rag, Prompting,maths", frozenset({"rag", "prompting", "maths"})),
        ("topics", "rag,,rag,", frozenset({"rag"})),
        ("topics", "All", frozenset()),
        ("number", "7", 7),
        ("number", " 007 ", 7),
        ("flag", "Yes", True),
        ("flag", "off", False),
        ("text", "  two\n words ", "two words"),
        ("place", "#general", "#general"),
        ("round", "123456789012345678", RoundRef(RoundId(123456789012345678))),
        ("track", "12-k7m2q9xa", TrackRef(TrackId(12), "k7m2q9xa")),
        ("track", "12", TrackRef(TrackId(12))),
        ("level", "hard", Difficulty.HARD),
        ("level", "E", Difficulty.EASY),
        ("level wanted", "all", LevelWanted.ALL),
    ],
)
def test_texts_that_fit(kind: str, text: str, value: object) -> None:
    assert KINDS[kind].read(content(), text, 1, 100) == Fits(value)


@pytest.mark.parametrize(
    ("kind", "text", "offered"),
    [
        ("role", "xyzzy", []),
        ("time", "13pm", ["13:00"]),
        ("time", "24:00", ["00:00"]),
        ("time", "25:00", []),
        ("weekdays", "ssss", ["mon-fri"]),
        ("date", "someday", []),
        ("topics", ",", []),
        ("topics", " , ,", []),
        ("topics", "rag, xyzzy", []),
        ("number", "0", ["1"]),
        ("number", "101", ["100"]),
        ("number", "-1", []),
        ("number", "1.5", []),
        ("number", "1e1", []),
        ("number", "\u0667", []),
        ("number", "\u00b2", []),
        ("number", "9" * 5000, ["100"]),
        ("flag", "perhaps", ["yes", "no"]),
        ("text", "", []),
        ("text", "\u200b\u202e", []),
        ("text", "x" * 101, []),
        ("round", "-1", []),
        ("round", "9" * 19, []),
        ("round", "\u0661", []),
        ("level", "", ["easy", "medium", "hard"]),
        ("level", "harder", ["easy", "medium", "hard"]),
    ],
)
def test_texts_that_do_not_fit_and_what_is_offered(kind: str, text: str, offered: list[str]) -> None:
    reading = KINDS[kind].read(content(), text, 1, 100)
    assert isinstance(reading, NoFit)
    assert [meant for meant, _ in reading.nearest] == offered


def test_a_text_that_may_mean_several_says_which() -> None:
    reading = KINDS["role"].read(content(), "engineer", 1, 100)
    assert isinstance(reading, Several)
    assert ("ai-engineer", "AI Engineer") in reading.candidates


@pytest.mark.parametrize(
    ("kind", "text", "offered"),
    [
        ("time", "9", ["09:00", "21:00"]),
        ("date", "03/04/2027", ["2027-04-03", "2027-03-04"]),
        ("dates", "3/4", ["3 apr", "4 mar"]),
    ],
)
def test_a_time_or_date_that_may_mean_two_is_asked_about(kind: str, text: str, offered: list[str]) -> None:
    reading = KINDS[kind].read(content(), text, 1, 100)
    assert isinstance(reading, Several)
    assert [meant for meant, _ in reading.candidates] == offered


def test_dates_are_read_from_today_on() -> None:
    reading = KINDS["date"].read(content(), "24 dec", 1, 100)
    assert isinstance(reading, Fits)
    assert isinstance(reading.value, TypedDate)
    assert reading.value.on(date(2026, 11, 30)) == date(2026, 12, 24)


def test_a_seed_fits_a_number_whatever_it_is() -> None:
    # Practice buttons carry the seed their order was made from.
    for seed in (0, 999_999_999, 1_000_000_000, 2**31 - 1):
        assert KINDS["number"].read(content(), str(seed), 0, 2**31) == Fits(seed)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@settings(max_examples=60)
@given(
    text=st.one_of(
        st.text(st.characters(), max_size=30),
        st.text("0123456789:-., \u0661\u00b2\u200bamonfri", max_size=12),
    ),
    limits=st.tuples(st.integers(0, 5), st.integers(5, 30)),
)
def test_every_kind_reads_every_text(kind: Kind, text: str, limits: tuple[int, int]) -> None:
    reading = kind.read(content(), text, *limits)
    offered: tuple[tuple[str, str], ...] = ()
    if isinstance(reading, Several):
        offered = reading.candidates
        assert len(offered) > 1
    elif isinstance(reading, NoFit):
        assert reading.wanted
        offered = reading.nearest
    assert len(offered) <= 25
    for meant, label in offered:
        assert label
        # What is offered fits when it comes back.
        assert isinstance(kind.read(content(), meant, *limits), Fits)
    if kind.exact(content(), text, *limits):
        # Names are exact where they are shared by several, too; a number out of range is meant as one, or as a step.
        assert kind.name in ("number", "step") or not isinstance(reading, NoFit)
    if kind.suggest is not None:
        assert len(kind.suggest(content(), text)) <= 25


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_choices_fit(kind: Kind) -> None:
    for choice in kind.choices:
        assert isinstance(kind.read(content(), choice, 1, 100), Fits)


class Mood(StrEnum):
    GOOD = "good"
    GOODISH = "goodish"


def test_words_to_choose_from_may_be_begun_but_not_guessed_between() -> None:
    kind = kind_of(Mood)
    assert kind.name == "mood"
    assert kind.read(content(), "good", 1, 100) == Fits(Mood.GOOD)
    assert kind.read(content(), "goodi", 1, 100) == Fits(Mood.GOODISH)
    reading = kind.read(content(), "goo", 1, 100)
    assert isinstance(reading, NoFit)
    assert [meant for meant, _ in reading.nearest] == ["good", "goodish"]


@pytest.mark.parametrize("annotation", [float, bytes, list, None, "str", dict[str, int]])
def test_what_is_no_kind_is_refused(annotation: object) -> None:
    with pytest.raises(TypeError, match="no kind of option"):
        kind_of(annotation)


@pytest.mark.parametrize(
    ("annotation", "text", "id"),
    [
        (TermId, "vector DB", "vector-database"),
        (TermId, "hallucinaton", "hallucination"),
        (FaqId, "self-taught", "no-cs-degree"),
        (MythId, "learn once", "skills-stay-the-same"),
        (PredictionId, "dilemmas-rare-or-common", "dilemmas-rare-or-common"),
        (PitfallId, "trusting one scor", "one-metric"),
        (DisagreementId, "D10", "d10"),
        (IndustryId, "banking", "finance"),
        (ProjectId, "chat with documents", "rag-chatbot"),
        (InterviewId, "explain RLHF", "human-feedback"),
        (ShortRoleId, "auditor", "ai-ethics-auditor"),
        (NoteId, "EU AI Act", "ethics-law"),
        (ProfileId, "auditor", "ai-ethics-auditor"),
        (ProfileId, "LLM engineer", "genai-engineer"),
    ],
)
def test_every_kind_of_knowledge_is_an_option_by_the_type_of_its_id(annotation: object, text: str, id: str) -> None:
    assert kind_of(annotation).read(content(), text, 1, 100) == Fits(id)


def test_a_term_nobody_knows_is_told_with_the_nearest() -> None:
    reading = kind_of(TermId).read(content(), "tokenis", 1, 100)
    assert isinstance(reading, NoFit)
    assert reading.wanted == "a term"
    assert ("tokenisation", "Tokenisation") in reading.nearest
    industry = kind_of(IndustryId).read(content(), "xyzzy", 1, 100)
    assert industry == NoFit("an industry")


def test_at_work_pay_and_job_search_are_left_out() -> None:
    asked = {topic.id for topic in content().topics_asked}
    left_out = {"salary-market", "career-growth", "portfolio"}
    assert asked >= left_out, "each of them is a topic there is"
    for typed in ("at work", "At-Work", "all but nothing, at work"):
        reading = kind_of(TopicIds).read(content(), typed, 1, 300)
        assert reading == Fits(frozenset(asked - left_out))
