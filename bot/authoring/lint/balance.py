"""Cues over the whole bank: how often a sign that needs no knowledge leads to the right option.

A sign that is right too seldom gives as much away as one that is right too often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from bot.authoring.lint.chance import Tally, tally
from bot.authoring.lint.cues import key_position, lone_echo, longest, shortest
from bot.authoring.lint.findings import Finding, finding
from bot.authoring.lint.wording import GRADE_LIMIT, is_negative, reading_grade
from bot.domain.content_faults import Level
from bot.domain.question import Question

Sign = Callable[[Question], int | None]
"""The position of the one option that bears a sign; None if none does, or several."""

SIGNS: Mapping[str, tuple[str, Sign]] = MappingProxyType(
    {
        "L30": ("the longest option", longest),
        "L31": ("the shortest option", shortest),
        "L33": ("the only option with a word of the stem", lone_echo),
    }
)
"""By rule: what leads a guesser, in words, and how it is found."""
SHARES = (0.15, 0.35)
"""The share of the questions with a sign in which it may be right, whatever chance explains."""
SHARES_FROM = 50
"""Of fewer questions a share is mostly luck."""
CHI_SQUARE = {4: (7.81, 11.34), 3: (5.99, 9.21)}
"""By number of options: where a warning begins (5 %) and where an error does (1 %)."""
ENOUGH = 20
"""Of fewer questions a share says nothing."""
IN_A_ROW = 4
NEGATIVE_SHARE = 0.02
HARD_TO_READ_SHARE = 0.10


def signed(questions: Sequence[Question], sign: Sign) -> Tally:
    """Count the keys a sign leads to, among the questions that have it."""
    led = [(question, sign(question)) for question in questions]
    return tally((place == key_position(one), 1 / len(one.options)) for one, place in led if place is not None)


def in_proportion(found: Tally) -> bool:
    """Return whether a sign is right in a share that tells nothing; few questions have no share."""
    least, most = SHARES
    return found.of < SHARES_FROM or least <= found.share <= most


def chi_square(counts: Sequence[int]) -> float:
    """The distance of counts from equal."""
    expected = sum(counts) / len(counts)
    return sum((found - expected) ** 2 for found in counts) / expected if expected else 0.0


def positions(questions: Sequence[Question], options: int) -> list[int]:
    """Count how often each place holds the key, among questions with that number of options."""
    found = Counter(key_position(question) for question in questions if len(question.options) == options)
    return [found[place] for place in range(options)]


def balance(questions: Sequence[Question]) -> Iterator[Finding]:
    """Find what is out of balance over these questions."""
    if not questions:
        return
    for rule, (what, sign) in SIGNS.items():
        yield from _leading(rule, what, signed(questions, sign))
    for options, (mild, severe) in CHI_SQUARE.items():
        counts = positions(questions, options)
        found = chi_square(counts)
        if found > mild and sum(counts) >= ENOUGH:
            where = ", ".join(f"{letter} {many}" for letter, many in zip("abcd", counts, strict=False))
            told = f"keys of {options}-option questions stand at {where} "
            told += f"(chi-square {found:.1f}, at most {mild}): move some"
            yield finding("L32", None, (), told, None if found > severe else Level.WARNING)
    # In file order, which is the order of topics.
    for _, group in groupby(questions, key=lambda question: (question.topic, key_position(question))):
        same = list(group)
        if len(same) > IN_A_ROW:
            letter = "abcd"[key_position(same[0])]
            told = f"{len(same)} keys in a row are {letter}, from {same[0].id} to {same[-1].id}: move one"
            yield finding("L32", same[IN_A_ROW], ("options",), told, Level.WARNING)
    negative = [question for question in questions if is_negative(question.stem)]
    if len(negative) > max(1, NEGATIVE_SHARE * len(questions)):
        told = f"{len(negative)} of {len(questions)} stems ask for what is not so, at most {NEGATIVE_SHARE:.0%} pass"
        yield finding("L20", None, (), told)
    hard = sum(reading_grade(question) > GRADE_LIMIT for question in questions)
    if len(questions) >= ENOUGH and hard > HARD_TO_READ_SHARE * len(questions):
        told = f"{hard} of {len(questions)} read above grade {GRADE_LIMIT:g}, at most {HARD_TO_READ_SHARE:.0%} pass"
        yield finding("L22", None, (), told, Level.WARNING)


def _leading(rule: str, what: str, found: Tally) -> Iterator[Finding]:
    if found.is_chance and in_proportion(found):
        return
    least, most = SHARES
    told = f"{what} is right in {found.found} of the {found.of} questions that have one: "
    if found.is_chance:
        told += f"that is {found.share:.0%}, {least:.0%} to {most:.0%} pass"
    else:
        told += f"chance gives {found.expected:.0f} and explains {found.least} to {found.most}"
    yield finding(rule, None, (), told, Level.WARNING if found.is_chance else None)
