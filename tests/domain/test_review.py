"""Choosing what to review: what is due, which comes first, in which words, and how many a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.identifiers import ConceptId, QuestionId
from bot.domain.memory import A_DAY, Memory
from bot.domain.question import Question
from bot.domain.review import due_now, next_review
from tests.domain.samples import bank

TODAY = date(2026, 11, 23)


def memory(question: Question, *, stability: float = 2.0, due: int = 0, last: int = -3, asked: str = "") -> Memory:
    on = [TODAY + timedelta(days=day) for day in (due, last)]
    return Memory(stability, 5.0, on[0], on[1], question.key.id, QuestionId(asked) if asked else None)


def asked(memories: dict[QuestionId, Memory], questions: list[Question], *away: QuestionId, seed: int = 1) -> str:
    live = {question.id: question for question in questions if question.id in memories}
    found = next_review(memories, live, questions, away=away, on=TODAY, seed=seed)
    return found.asked.id if found else ""


def test_what_is_least_likely_remembered_comes_first() -> None:
    one, two, three = bank(3)
    memories = {
        one.id: memory(one, stability=9),
        two.id: memory(two, stability=0.5),
        three.id: memory(three, due=1, stability=0.1),
    }
    assert asked(memories, [one, two, three]) == two.id, "and what is due tomorrow waits"
    assert asked(memories, [one, two, three], two.id) == one.id
    assert asked(memories, [one, two, three], two.id, one.id) == ""


def test_another_key_makes_it_come_first() -> None:
    one, two = bank(2)
    changed = replace(memory(one, stability=100), key=two.options[-1].id)
    assert asked({one.id: changed, two.id: memory(two, stability=0.1)}, [one, two]) == one.id


def test_a_sister_comes_rather_than_the_same_words_and_not_the_same_twice() -> None:
    questions = [replace(one, concept=ConceptId("windows")) for one in bank(3)]
    one, two, three = questions
    for seed in range(20):
        assert asked({one.id: memory(one)}, questions, seed=seed) != one.id
        assert asked({one.id: memory(one, asked=two.id)}, questions, seed=seed) == three.id
    assert asked({one.id: memory(one)}, questions, two.id, three.id) == one.id


def test_a_sister_asked_today_is_not_asked_again_for_another() -> None:
    one, two = (replace(one, concept=ConceptId("windows")) for one in bank(2))
    memories = {one.id: memory(one, due=5, last=0, asked=two.id), two.id: memory(two)}
    assert asked(memories, [one, two]) == one.id


def test_ten_a_day_and_no_more() -> None:
    questions = bank(40)
    due = {one.id: memory(one) for one in questions[:12]}
    live = {one.id for one in questions}
    assert due_now(due, live, TODAY).words() == "10 of 12 due"
    for done in range(1, A_DAY + 3):
        met = {one.id: memory(one, due=9, last=0, asked=one.id) for one in questions[20 : 20 + done]}
        assert due_now(due | met, live, TODAY).left == max(0, A_DAY - done)


def test_what_is_no_longer_asked_is_not_due() -> None:
    one, two = bank(2)
    assert due_now({one.id: memory(one), two.id: memory(two)}, {one.id}, TODAY).words() == "1 due"
