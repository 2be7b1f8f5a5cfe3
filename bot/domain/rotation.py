"""Which topic and level a track asks about next, so that both stay balanced to the last question of the bank.

**Levels** are drawn, with odds as they are left. Two things are kept while what is left allows it, whatever the bank:
no three hard questions in a row; of any seven rounds in a row each level has its share, give or take one. Taking
turns, the levels would come on the same weekdays, and a member could tell how hard Friday's question is before it is
asked.

**Topics** come by stride: each in turn, as often as its share of what is left. What falls behind has more left, so it
comes sooner; the topics run out together, and not first the small ones. A topic rests for half its turn after it was
asked, unless the level leaves no other.

**The first ten** are easy or medium, each on another topic as far as there are topics; see bot/domain/beginning.py.

How far that carries with the bank as it is, and for tracks with few topics: tests/domain/test_rotation.py.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from bot.domain.beginning import to_begin_with
from bot.domain.identifiers import TopicId
from bot.domain.question import Difficulty, Question

Cell = tuple[TopicId, Difficulty]
"""The questions about one topic on one level."""
TopicOrLevel = TypeVar("TopicOrLevel", TopicId, Difficulty)

WEEK = 7
"""Levels are balanced over this many rounds."""
STRAY = 1
"""Rounds by which a level may miss its share of a week."""
REST = 0.5
"""The part of its turn for which a topic rests."""
LUCK = 0.3
"""The part of a turn by which chance may move a topic; without it the same topics would follow each other all year."""
PULL = 0.5
"""The pull of one question too few. Without it chance adds up, and the last weeks have to make up for it."""
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
    turns = _turns(left, asked)
    choices = to_begin_with(choices, asked, len(asked))
    choices = _on_allowed_levels(choices, fitting, asked)
    choices = _of_rested_topics(choices, turns, asked) or choices
    level = _drawn_level(choices, left, done, dice)
    topics = sorted({question.topic for question in choices if question.difficulty is level})
    return _topic_in_turn(topics, turns, left, done, dice), level


def _turns(left: Sequence[Question], asked: Sequence[Question]) -> dict[TopicId, float]:
    """The turns each topic has waited since it came last; one never asked, since before the first round."""
    last = {question.topic: number for number, question in enumerate(asked)}
    of_left = Counter([question.topic for question in left])
    return {topic: many / len(left) * (len(asked) - last.get(topic, -1)) for topic, many in of_left.items()}


def _on_allowed_levels(
    choices: Sequence[Question], fitting: Sequence[Question], asked: Sequence[Question]
) -> list[Question]:
    allowed = _allowed([level for level, many in _levels(choices).items() if many], _levels(fitting), asked)
    return [question for question in choices if question.difficulty in allowed]


def _of_rested_topics(
    choices: Sequence[Question], turns: Mapping[TopicId, float], asked: Sequence[Question]
) -> list[Question]:
    """The choices whose topic was never asked, or has rested since."""
    known = {question.topic for question in asked}
    return [question for question in choices if question.topic not in known or turns[question.topic] >= REST]


def _drawn_level(
    choices: Sequence[Question], left: Sequence[Question], done: Sequence[Question], dice: random.Random
) -> Difficulty:
    """Draw a level with odds as they are left, pulled to its share."""
    levels = sorted({question.difficulty for question in choices})
    of_left = _levels(left)
    pulls = _pulls(levels, _levels(done), of_left)
    return dice.choices(levels, [of_left[level] * pulls[level] for level in levels])[0]


def _topic_in_turn(
    topics: Sequence[TopicId],
    turns: Mapping[TopicId, float],
    left: Sequence[Question],
    done: Sequence[Question],
    dice: random.Random,
) -> TopicId:
    """The topic that waited most turns, pulled to its share and moved a little by chance."""
    pulls = _pulls(topics, Counter([one.topic for one in done]), Counter([one.topic for one in left]))
    return max(topics, key=lambda topic: turns[topic] * pulls[topic] + LUCK * dice.random())


def _levels(questions: Sequence[Question]) -> dict[Difficulty, int]:
    """Count the questions on each level."""
    found = [question.difficulty for question in questions]
    return {level: found.count(level) for level in Difficulty}


def _allowed(
    levels: Sequence[Difficulty], of_all: Mapping[Difficulty, int], asked: Sequence[Question]
) -> Sequence[Difficulty]:
    """The levels that the six rounds before leave to choose from; a rule that would leave none is passed over."""
    lately = [question.difficulty for question in asked[-(WEEK - 1) :]]
    room = {level: round(WEEK * of_all[level] / sum(of_all.values())) - lately.count(level) for level in levels}
    levels = _due(levels, room, WEEK - len(lately)) or levels
    levels = [level for level in levels if room[level] > -STRAY] or levels
    return _no_third_hard(levels, lately) or levels


def _due(levels: Iterable[Difficulty], room: Mapping[Difficulty, int], rounds: int) -> list[Difficulty]:
    """The levels that would miss their share of the week unless all the rounds left in it were theirs."""
    short = {level: room[level] - STRAY for level in levels if room[level] > STRAY}
    return list(short) if sum(short.values()) >= rounds else []


def _no_third_hard(levels: Iterable[Difficulty], lately: Sequence[Difficulty]) -> list[Difficulty]:
    """The levels that make no three hard rounds in a row."""
    two_hard = lately[-2:] == [Difficulty.HARD] * 2
    return [level for level in levels if not (two_hard and level is Difficulty.HARD)]


def _pulls(
    kinds: Iterable[TopicOrLevel], done: Mapping[TopicOrLevel, int], left: Mapping[TopicOrLevel, int]
) -> dict[TopicOrLevel, float]:
    """The factor by which each is likelier for being behind its share of those asked, or less likely if ahead."""
    asked = sum(done.values())
    due = (asked + 1) / (asked + sum(left.values()))
    behind = {kind: (done[kind] + left[kind]) * due - done[kind] for kind in kinds}
    return {kind: math.exp(PULL * max(-PULL_AT_MOST, min(PULL_AT_MOST, many))) for kind, many in behind.items()}
