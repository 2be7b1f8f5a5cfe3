"""Which topic and level a track asks about next, so that both stay balanced to the last question of the bank.

**Levels** are drawn, with odds as they are left. Two things are kept while what is left allows it, whatever the bank:
no three hard questions in a row; of any seven rounds in a row each level has its share, give or take one. Taking
turns, the levels would come on the same weekdays, and a member could tell how hard Friday's question is before it is
asked.

**Topics** come by stride: each in turn, as often as its share of what is left. What falls behind has more left, so it
comes sooner; the topics run out together, and not first the small ones. A topic rests for half its turn after it was
asked, unless the level leaves no other.

How far that carries with the bank as it is, and for tracks with few topics: tests/domain/test_balance.py.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from bot.domain.identifiers import TopicId
from bot.domain.question import Difficulty, Question

Cell = tuple[TopicId, Difficulty]
"""The questions about one topic on one level."""
Kind = TypeVar("Kind", TopicId, Difficulty)

WEEK = 7
"""Levels are balanced over this many rounds."""
STRAY = 1
"""How far from its share of a week a level may be."""
REST = 0.5
"""The part of its turn for which a topic rests."""
LUCK = 0.3
"""How much of a turn chance may move a topic; without it the same topics would follow each other all year."""
PULL = 0.5
"""How hard one question too few pulls. Without it chance adds up, and the last weeks have to make up for it."""
PULL_AT_MOST = 4
"""More questions too few than this pull no harder: what was added to a bank is not caught up in a rush."""


def next_cell(
    choices: Sequence[Question], fitting: Sequence[Question], asked: Sequence[Question], dice: random.Random
) -> Cell:
    """The topic and level to ask about: those of one of the ``choices``.

    ``fitting`` is everything the track may ask; ``asked`` is what it asked so far, the latest last.
    """
    here = {question.id for question in asked}
    left = [question for question in fitting if question.id not in here]
    done = [question for question in fitting if question.id in here]
    topics = Counter([question.topic for question in left])
    last = {question.topic: number for number, question in enumerate(asked)}
    turns = {topic: many / len(left) * (len(asked) - last.get(topic, -1)) for topic, many in topics.items()}
    awake = {topic for topic, turn in turns.items() if topic not in last or turn >= REST}

    of_left, of_done = _levels(left), _levels(done)
    of_all = {level: of_left[level] + of_done[level] for level in Difficulty}
    allowed = _allowed([level for level, many in _levels(choices).items() if many], of_all, asked)
    choices = [question for question in choices if question.difficulty in allowed]
    choices = [question for question in choices if question.topic in awake] or choices
    levels = sorted(level for level, many in _levels(choices).items() if many)
    pulls = _pulls(levels, of_done, of_left)
    level = dice.choices(levels, [of_left[level] * pulls[level] for level in levels])[0]

    candidates = sorted({question.topic for question in choices if question.difficulty is level})
    pulled = _pulls(candidates, Counter([question.topic for question in done]), topics)
    return max(candidates, key=lambda topic: turns[topic] * pulled[topic] + LUCK * dice.random()), level


def _levels(questions: Sequence[Question]) -> dict[Difficulty, int]:
    """How many questions there are on each level."""
    found = [question.difficulty for question in questions]
    return {level: found.count(level) for level in Difficulty}


def _allowed(
    levels: Iterable[Difficulty], of_all: Mapping[Difficulty, int], asked: Sequence[Question]
) -> list[Difficulty]:
    """The levels that the six rounds before leave to choose from; where they leave none, any."""
    allowed = list(levels)
    lately = [question.difficulty for question in asked[-(WEEK - 1) :]]
    room = {level: round(WEEK * of_all[level] / sum(of_all.values())) - lately.count(level) for level in allowed}
    short = {level: room[level] - STRAY for level in allowed if room[level] > STRAY}
    if sum(short.values()) >= WEEK - len(lately):
        allowed = list(short)
    allowed = [level for level in allowed if room[level] > -STRAY] or allowed
    if lately[-2:] == [Difficulty.HARD] * 2:
        allowed = [level for level in allowed if level is not Difficulty.HARD] or allowed
    return allowed


def _pulls(kinds: Iterable[Kind], done: Mapping[Kind, int], left: Mapping[Kind, int]) -> dict[Kind, float]:
    """How much likelier each is for the questions it is behind its share of those asked, or ahead of it."""
    asked = sum(done.values())
    due = (asked + 1) / (asked + sum(left.values()))
    behind = {kind: (done[kind] + left[kind]) * due - done[kind] for kind in kinds}
    return {kind: math.exp(PULL * max(-PULL_AT_MOST, min(PULL_AT_MOST, many))) for kind, many in behind.items()}
