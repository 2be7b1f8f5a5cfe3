"""The streak against a second telling of its sentence, over any history.

A history is written as people would: ``A`` answered, ``-`` skipped, ``n`` neutral.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import FrozenInstanceError, dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.streak import (
    ANSWERS_PER_FREEZE,
    FREEZES_AT_MOST,
    FREEZES_AT_START,
    SENTENCE,
    Fate,
    PastRound,
    Standing,
    Streak,
    answered,
    fates,
    replay,
    streak_now,
)

histories = st.text("AAAAAAAAA--n", max_size=80)


def rounds(history: str, first_seq: int = 1) -> list[PastRound]:
    """The history as rounds; an ``a`` is an answer in a round that is neutral all the same."""
    return [PastRound(seq, char in "Aa", char in "na") for seq, char in enumerate(history, first_seq)]


@dataclass(frozen=True)
class Told:
    """The figures the sentence gives for a history."""

    streak: int
    best: int
    freezes: int
    answered: int
    gap: int
    """Rounds skipped since the last answer."""


def told(history: str) -> Told:
    """The sentence word by word: the history cut at its answers, and what becomes of each gap between them."""
    _, *after = history.replace("n", "").split("A")
    freezes, runs = 1, [0]
    for number in range(1, len(after) + 1):
        gap = len(after[number - 2]) if number > 1 else 0
        if gap <= freezes:
            freezes -= gap
        else:
            runs.append(0)
        runs[-1] += 1
        if number % 7 == 0:
            freezes = min(freezes + 1, 2)
    return Told(runs[-1], max(runs), freezes, len(after), len(after[-1]) if after else 0)


def last_answer(history: str) -> int:
    return history.rindex("A") + 1


@given(histories)
def test_the_rule_is_the_sentence(history: str) -> None:
    wanted = told(history)
    standing = replay(rounds(history))
    if "A" not in history:
        assert standing is None
        return
    assert standing == Standing(wanted.streak, wanted.best, last_answer(history), wanted.freezes, wanted.answered)
    seen = streak_now(standing, wanted.gap)
    if wanted.gap <= wanted.freezes:
        assert seen == Streak(wanted.streak, wanted.freezes - wanted.gap, wanted.gap)
    else:
        assert seen == Streak(0, wanted.freezes, wanted.gap, ended=wanted.streak)


@given(histories)
def test_answer_by_answer_comes_to_the_same_as_the_whole_history(history: str) -> None:
    standing: Standing | None = None
    skipped = 0
    for past in rounds(history):
        if past.answered:
            standing = answered(standing or Standing(), past.seq, skipped)
            skipped = 0
        elif standing and not past.neutral:
            skipped += 1
            # Looking in between is free, however often.
            before = standing
            assert streak_now(standing, skipped) == streak_now(standing, skipped)
            assert standing == before
    assert standing == replay(rounds(history))


@given(histories, st.data())
def test_neutral_rounds_are_as_if_they_had_never_been(history: str, data: st.DataObject) -> None:
    with_more = history
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(with_more)))
        with_more = with_more[:at] + "n" + with_more[at:]
    one, other = replay(rounds(history)), replay(rounds(with_more))
    assert (one is None) == (other is None)
    if one and other:
        assert (one.streak, one.best, one.freezes, one.answered) == (
            other.streak,
            other.best,
            other.freezes,
            other.answered,
        )


@given(histories)
def test_an_answer_counts_even_in_a_round_that_is_neutral(history: str) -> None:
    assert replay(rounds(history.replace("A", "a"))) == replay(rounds(history))


@given(histories, st.integers(1, 100_000))
def test_only_the_order_of_rounds_matters_and_not_their_numbers(history: str, first: int) -> None:
    one, other = replay(rounds(history)), replay(rounds(history, first))
    assert (one is None) == (other is None)
    if one and other:
        assert (one.streak, one.best, one.freezes) == (other.streak, other.best, other.freezes)


@given(histories)
def test_what_was_reached_is_never_lost(history: str) -> None:
    best = 0
    for end in range(1, len(history) + 1):
        standing = replay(rounds(history[:end]))
        if standing:
            assert standing.best >= max(best, standing.streak)
            assert standing.answered == history[:end].count("A")
            assert 0 <= standing.freezes <= 2
            best = standing.best


@given(histories)
def test_the_fates_of_rounds_agree_with_the_streak(history: str) -> None:
    fate_of = fates(rounds(history))
    assert sorted(fate_of) == list(range(1, len(history) + 1))
    in_order = [fate_of[seq] for seq in sorted(fate_of)]
    standing = replay(rounds(history))
    if standing is None:
        assert set(in_order) <= {Fate.BEFORE, Fate.NEUTRAL}
        return
    begun = history.index("A")
    for char, fate in zip(history[:begun], in_order[:begun], strict=True):
        assert fate is {"-": Fate.BEFORE, "n": Fate.NEUTRAL}[char]
    for char, fate in zip(history[begun:], in_order[begun:], strict=True):
        assert fate in {"A": {Fate.ANSWERED}, "n": {Fate.NEUTRAL}, "-": {Fate.FROZEN, Fate.SKIPPED}}[char]
    # A run of answers ends where a round was skipped and nowhere else.
    runs = [0]
    for fate in in_order[: standing.last_seq]:
        if fate is Fate.ANSWERED:
            runs[-1] += 1
        elif fate is Fate.SKIPPED:
            runs.append(0)
    assert (standing.streak, standing.best) == (runs[-1], max(runs))
    gap = [fate for fate in in_order[standing.last_seq :] if fate is not Fate.NEUTRAL]
    assert set(gap) <= ({Fate.FROZEN} if len(gap) <= standing.freezes else {Fate.SKIPPED})
    # What freezes covered was paid for: nobody has spent more than was given.
    given_out = 1 + standing.answered // 7
    assert Counter(in_order[: standing.last_seq])[Fate.FROZEN] + standing.freezes <= given_out


# --- The sentence members read, number by number ---


def test_the_sentence_says_what_the_rule_does() -> None:
    words = {1: "one", 2: "two", 3: "three"}
    assert f"you start with {words[FREEZES_AT_START]}" in SENTENCE
    assert f"earn one every {ANSWERS_PER_FREEZE} answers" in SENTENCE
    assert f"keep at most {words[FREEZES_AT_MOST]}" in SENTENCE
    assert "day" not in SENTENCE.replace("daily", "")


@pytest.mark.parametrize(
    ("history", "streak", "freezes", "best"),
    [
        ("A", 1, 1, 1),
        ("AAAAAA", 6, 1, 6),
        ("AAAAAAA", 7, 2, 7),
        ("A" * 14, 14, 2, 14),
        ("A" * 700, 700, 2, 700),
        ("A-A", 2, 0, 2),
        ("A--A", 1, 1, 1),
        ("A-A-A", 1, 0, 2),
        ("AnA", 2, 1, 2),
        ("AnnnnnA", 2, 1, 2),
        ("An-nA", 2, 0, 2),
        ("---A", 1, 1, 1),
        ("AAAAAAA--A", 8, 0, 8),
        ("AAAAAAA---A", 1, 2, 7),
        ("A-AAAAAA", 7, 1, 7),
        ("AAA--AAAA", 4, 2, 4),
        ("A---A---A---A---A---A---A", 1, 2, 1),
        ("AAAAAA-A", 7, 1, 7),
    ],
)
def test_histories(history: str, streak: int, freezes: int, best: int) -> None:
    standing = replay(rounds(history))
    assert standing is not None
    assert (standing.streak, standing.freezes, standing.best) == (streak, freezes, best)


@pytest.mark.parametrize("held", [0, 1, 2])
def test_a_gap_as_large_as_the_freezes_is_covered_and_a_larger_one_ends_it_and_spends_none(held: int) -> None:
    standing = Standing(streak=5, best=9, last_seq=20, freezes=held, answered=33)
    assert answered(standing, 30, held) == Standing(6, 9, 30, 0, 34)
    assert answered(standing, 30, held + 1) == Standing(1, 9, 30, held, 34)
    assert streak_now(standing, held) == Streak(5, 0, held)
    assert streak_now(standing, held + 1) == Streak(0, held, held + 1, ended=5)


def test_a_freeze_is_spent_before_the_next_is_earned() -> None:
    assert answered(Standing(6, 6, 6, freezes=2, answered=6), 8, 1).freezes == 2
    assert answered(Standing(6, 6, 6, freezes=1, answered=6), 9, 2) == Standing(1, 6, 9, 2, 7)


@pytest.mark.parametrize(
    ("history", "wanted"),
    [
        ("-A-A", "before answered frozen answered"),
        ("A--A", "answered skipped skipped answered"),
        ("An-", "answered neutral frozen"),
        ("A--", "answered skipped skipped"),
        ("A-n-A", "answered skipped neutral skipped answered"),
        ("n-", "neutral before"),
        ("", ""),
    ],
)
def test_fates(history: str, wanted: str) -> None:
    found = fates(rounds(history))
    assert [found[seq].value for seq in sorted(found)] == wanted.split()


def test_a_standing_is_never_changed_in_place() -> None:
    standing = Standing()
    with pytest.raises(FrozenInstanceError):
        standing.streak = 3  # type: ignore[misc]
