"""Sittings on buttons: carried and read back, and those on old messages read as they always were."""

from __future__ import annotations

import pytest

from bot.domain.identifiers import QuestionId, RoleId, StepId, TopicId, TrackId, TrackRef
from bot.domain.question import Difficulty
from bot.domain.sitting import Sitting, Subject
from bot.replies.routes import UnreadableRoute
from bot.replies.sitting import carried, onward, read_old, read_sitting

RAG = TopicId("rag")
TRACK = TrackRef(TrackId(12), "k7m2q9xa")


@pytest.mark.parametrize(
    ("sitting", "texts"),
    [
        (Sitting(), ("0", "", "t--01")),
        (Sitting(Subject(RAG), of=5, done=1, begun=16), ("11", "rag", "t--15")),
        (Sitting(Subject(level=Difficulty.EASY), of=2, begun=9), ("9", "", "te-02")),
        (Sitting(Subject(RAG, Difficulty.HARD), 20, 19, 2**31 - 1), ("80000012", "rag", "th-jk")),
        (Sitting(Subject(role=RoleId("ai-engineer")), of=5), ("0", "ai-engineer", "r--05")),
        (Sitting(Subject(step=StepId("rag"), level=Difficulty.MEDIUM), of=5), ("0", "rag", "sm-05")),
        (Sitting(Subject(missed=True), of=3, done=2), ("2", "", "t-w23")),
        (Sitting(Subject(catching_up=TRACK), of=2), ("0", "12-k7m2q9xa", "c--02")),
    ],
)
def test_a_sitting_is_carried_and_read_back(sitting: Sitting, texts: tuple[str, str, str]) -> None:
    assert carried(sitting) == texts
    assert read_sitting(*texts) == sitting
    assert onward(sitting, QuestionId("q-1")).text == ":".join(("sb1:turn:q-1", *texts))


@pytest.mark.parametrize(
    ("seed", "name", "code"),
    [
        ("x", "rag", "t--15"),
        ("-1", "rag", "t--15"),
        ("f" * 10, "rag", "t--15"),
        ("", "rag", "t--15"),
        ("1", "rag", "t--55"),
        ("1", "rag", "t--00"),
        ("1", "rag", "t--1z"),
        ("1", "rag", "q--15"),
        ("1", "rag", ""),
        ("1", "", "r--15"),
        ("1", None, "s--15"),
        ("1", "rag", "c--15"),
    ],
)
def test_what_no_button_carries_is_no_sitting(seed: str, name: str | None, code: str) -> None:
    with pytest.raises(UnreadableRoute):
        read_sitting(seed, name, code)


@pytest.mark.parametrize(
    ("topic", "kind", "left", "sitting"),
    [
        (None, "", 0, Sitting(begun=7)),
        (RAG, "", 4, Sitting(Subject(RAG), of=5, begun=7)),
        (RAG, "h", 10**6, Sitting(Subject(RAG, Difficulty.HARD), of=20, begun=7)),
        (None, "c12-k7m2q9xa", 2, Sitting(Subject(catching_up=TRACK), of=3, begun=7)),
        (None, "c12", -3, Sitting(Subject(catching_up=TrackRef(TrackId(12))), begun=7)),
    ],
)
def test_an_old_button_is_read_as_it_was(topic: TopicId | None, kind: str, left: int, sitting: Sitting) -> None:
    assert read_old(topic, kind, left, 7) == sitting


@pytest.mark.parametrize("kind", ["x", "easy", "c", "c-", "c12-", "c12-K7", "c12-k7:m", "c" + "9" * 19, '"' * 20])
def test_what_no_button_ever_carried_asks_for_any_level(kind: str) -> None:
    assert read_old(RAG, kind, -3, 0) == Sitting(Subject(RAG))
