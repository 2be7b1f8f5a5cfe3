"""Cues over the whole bank: how often a sign that needs no knowledge leads to the right option."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.authoring.lint.cues import key_position, longest, loudest_echo, shortest
from bot.authoring.lint.findings import Finding, finding
from bot.authoring.lint.wording import is_negative
from bot.domain.content_faults import Level
from bot.domain.question import Question

TAIL = 0.01
"""A count so high that chance gives it in fewer than one bank of a hundred is not chance."""
WARN_ABOVE_CHANCE = 0.03
"""28 % with four options."""
CHI_SQUARE = {4: (7.81, 11.34), 3: (5.99, 9.21)}
"""By number of options: where a warning begins (5 %) and where an error does (1 %)."""
ENOUGH = 20
"""Of fewer questions a share says nothing."""
IN_A_ROW = 4
ECHO_SHARE = 0.35
ECHO_LEAST = 50
NEGATIVE_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Count:
    """The number of keys a sign leads to, beside what chance would do."""

    found: int
    of: int
    chance: float
    """How many chance gives."""
    limit: int
    """The most that chance explains."""


def count(questions: Sequence[Question], sign: Callable[[Question], int | None]) -> Count:
    """Count the keys a sign leads to, and how many it may."""
    found = sum(sign(question) == key_position(question) for question in questions)
    chances = [1 / len(question.options) for question in questions]
    return Count(found, len(questions), sum(chances), most_by_chance(chances))


def most_by_chance(chances: Sequence[float]) -> int:
    """The highest count that independent tries with these chances reach or pass with at least 1 %."""
    odds = [1.0]
    for chance in chances:
        odds = [
            (odds[hits] * (1 - chance) if hits < len(odds) else 0) + (odds[hits - 1] * chance if hits else 0)
            for hits in range(len(odds) + 1)
        ]
    above = 0.0
    for hits in range(len(odds) - 1, -1, -1):
        above += odds[hits]
        if above >= TAIL:
            return hits
    return 0


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
    yield from _lengths("L30", "longest", count(questions, longest))
    yield from _lengths("L31", "shortest", count(questions, shortest))
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
    led, of = echo_share(questions)
    if of >= ECHO_LEAST and led / of > ECHO_SHARE:
        told = f"the option that repeats most of the stem is right in {led} of {of}, at most {ECHO_SHARE:.0%} pass"
        yield finding("L33", None, (), told)
    negative = [question for question in questions if is_negative(question.stem)]
    if len(negative) > max(1, NEGATIVE_SHARE * len(questions)):
        told = f"{len(negative)} of {len(questions)} stems ask for what is not so, at most {NEGATIVE_SHARE:.0%} pass"
        yield finding("L20", None, (), told)


def echo_share(questions: Sequence[Question]) -> tuple[int, int]:
    """In how many questions the one option that repeats most of the stem is right, and how many have one."""
    led = [question for question in questions if loudest_echo(question) is not None]
    return sum(loudest_echo(question) == key_position(question) for question in led), len(led)


def _lengths(rule: str, what: str, counted: Count) -> Iterator[Finding]:
    severe = counted.found > counted.limit
    mild = counted.of >= ENOUGH and counted.found > counted.chance + WARN_ABOVE_CHANCE * counted.of
    if severe or mild:
        told = (
            f"{counted.found} of {counted.of} give the key away as the {what} option; "
            f"chance gives {counted.chance:.0f}, at most {counted.limit} pass"
        )
        yield finding(rule, None, (), told, None if severe else Level.WARNING)
