"""Simulated members with a true memory of their own: what they keep with /review, and with the daily question alone.

The truth is FSRS with a stability drawn for each member and question, so that what the bot assumes is only about right.
Run as a module it prints the figures of docs/learning.md.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.identifiers import QuestionId
from bot.domain.memory import Graded, Memory, after, chance
from bot.domain.question import Question
from bot.domain.review import due_now, next_review
from tests.domain.samples import bank

BEGUN = date(2026, 1, 5)
KNOWN_BEFORE = 0.5
LUCKY = 0.25
"""The chance of hitting the key by guessing."""
OVERSURE = 0.3
"""The chance that a lucky letter is pressed as sure."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A season: its days, how many questions it asks, and on which share of days a member reviews."""

    days: int = 180
    questions: int = 120
    diligence: float = 0.8


def kept(plan: Plan, seed: int, *, reviews: bool) -> float:
    """The share of the questions asked that one member can recall on the last day."""
    daily, reviewing = random.Random(f"daily:{seed}"), random.Random(f"reviewing:{seed}")
    questions = bank(plan.questions)
    ease = {question.id: daily.lognormvariate(0, 0.5) for question in questions}
    truth: dict[QuestionId, Memory] = {}
    thought: dict[QuestionId, Memory] = {}
    for day in range(plan.days):
        on = BEGUN + timedelta(days=day)
        if day < plan.questions:
            question = questions[day]
            knew, lucky = daily.random() < KNOWN_BEFORE, daily.random() < LUCKY
            _met(truth, question, on, knew=knew, ease=ease[question.id])
            if not knew and not lucky:
                thought[question.id] = after(None, Graded(on, good=False, key=question.key.id))
        if reviews and reviewing.random() < plan.diligence:
            _review(truth, thought, questions, on, reviewing, ease)
    last = BEGUN + timedelta(days=plan.days)
    return sum(chance(truth[one.id], last, one.key.id) for one in questions) / len(questions)


def _met(truth: dict[QuestionId, Memory], question: Question, on: date, *, knew: bool, ease: float) -> None:
    """Change what is truly remembered: an explanation was read, whether it was known or not."""
    memory = after(truth.get(question.id), Graded(on, knew, question.key.id))
    if question.id not in truth:
        memory = replace(memory, stability=memory.stability * ease)
    truth[question.id] = memory


def _review(
    truth: dict[QuestionId, Memory],
    thought: dict[QuestionId, Memory],
    questions: list[Question],
    on: date,
    dice: random.Random,
    ease: dict[QuestionId, float],
) -> None:
    """Review as the bot offers it, until nothing is left today."""
    live = {question.id: question for question in questions if question.id in thought}
    while due_now(thought, live, on).left:
        found = next_review(thought, live, questions, away=(), on=on, seed=dice.getrandbits(30))
        if found is None:
            return
        question = found.kept
        knows = dice.random() < chance(truth[question.id], on, question.key.id)
        lucky = not knows and dice.random() < LUCKY
        good = knows or (lucky and dice.random() < OVERSURE)
        _met(truth, question, on, knew=knows, ease=ease[question.id])
        thought[question.id] = after(thought[question.id], Graded(on, good, question.key.id, question.id))


def compared(members: int, plan: Plan) -> tuple[float, float]:
    """The mean share kept with /review and without."""
    with_it, without = (
        sum(kept(plan, seed, reviews=reviews) for seed in range(members)) / members for reviews in (True, False)
    )
    return with_it, without


if __name__ == "__main__":
    for diligence in (0.3, 0.8):
        with_it, without = compared(200, Plan(diligence=diligence))
        told = f"reviewing on {diligence:.0%} of days: {with_it:.3f} recalled with /review, {without:.3f} without"
        sys.stdout.write(f"{told}\n")
