"""Sittings on buttons: those on old messages are read as they always were."""

from __future__ import annotations

import pytest

from bot.domain.identifiers import QuestionId, TopicId, TrackId, TrackRef
from bot.domain.question import Difficulty
from bot.replies.sitting import Sitting

RAG = TopicId("rag")
TRACK = TrackRef(TrackId(12), "k7m2q9xa")


@pytest.mark.parametrize(
    ("sitting", "carried", "onward"),
    [
        (Sitting(), (None, "", 0), "sb1:next::::q-1"),
        (Sitting(RAG, left=4), (RAG, "", 4), "sb1:next:rag::4:q-1"),
        (Sitting(level=Difficulty.EASY, left=1), (None, "e", 1), "sb1:next::e:1:q-1"),
        (Sitting(RAG, Difficulty.HARD, left=19), (RAG, "h", 19), "sb1:next:rag:h:19:q-1"),
        (Sitting(catching_up=TRACK, left=2), (None, "c12-k7m2q9xa", 2), "sb1:catchup:12-k7m2q9xa"),
        (Sitting(catching_up=TrackRef(TrackId(12))), (None, "c12", 0), "sb1:catchup:12"),
    ],
)
def test_a_sitting_is_carried_and_read_back(
    sitting: Sitting, carried: tuple[TopicId | None, str, int], onward: str
) -> None:
    assert sitting.carried() == carried
    assert Sitting.read(*carried) == sitting
    assert sitting.next_after(QuestionId("q-1")).text == onward


@pytest.mark.parametrize("kind", ["x", "easy", "c", "c-", "c12-", "c12-K7", "c12-k7:m", "c" + "9" * 19, '"' * 20])
def test_what_no_button_ever_carried_asks_for_any_level(kind: str) -> None:
    assert Sitting.read(RAG, kind, -3) == Sitting(RAG)


@pytest.mark.parametrize(("left", "then"), [(-1, 0), (0, 0), (1, 0), (3, 2), (20, 19), (10**6, 19)])
def test_a_sitting_is_of_twenty_questions_at_most(left: int, then: int) -> None:
    assert Sitting.read(None, "", left).one_less() == Sitting(left=then)
