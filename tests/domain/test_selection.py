"""Which question comes next: never twice before all were asked, never the same in two places, even over a week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.beginning import BEGINNING
from bot.domain.identifiers import QuestionId, TopicId
from bot.domain.question import Difficulty, Question
from bot.domain.selection import LedgerEntry, Pick, Repeats, Wanted, pick, practice, rounds_left
from tests.domain.samples import bank, content, question

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 16)
ANYTHING = Wanted()
HARD, MEDIUM, EASY = Difficulty.HARD, Difficulty.MEDIUM, Difficulty.EASY

wants = st.builds(
    Wanted,
    st.frozensets(st.sampled_from([TopicId("rag"), TopicId("maths"), TopicId("data")]), max_size=2),
    st.sampled_from([None, EASY, MEDIUM, HARD]),
)
banks = st.integers(0, 24).map(lambda size: bank(size, topics=("rag", "maths", "data", "llms")))


class Diary:
    """A community's tracks asking day by day; the ledger each sees is made from what was asked."""

    def __init__(self, questions: list[Question] | tuple[Question, ...]) -> None:
        self.questions = questions
        self.asked: list[tuple[str, QuestionId, date]] = []

    def ledger(self, track: str) -> list[LedgerEntry]:
        return [LedgerEntry(id, on, here=where == track) for where, id, on in self.asked]

    def ask(
        self, track: str, on: date, wanted: Wanted = ANYTHING, repeats: Repeats = Repeats.AGAIN, seed: int = 0
    ) -> Pick | None:
        picked = pick(self.questions, wanted, self.ledger(track), on, f"{seed}{track}:{on}", repeats)
        if picked:
            self.asked.append((track, picked.question.id, on))
        return picked

    def of(self, track: str) -> list[QuestionId]:
        return [id for where, id, _ in self.asked if where == track]


# --- One track ---


@given(banks, wants, st.integers(0, 9), st.integers(1, 9))
def test_nothing_comes_twice_before_everything_was_asked(
    questions: list[Question], wanted: Wanted, seed: int, every: int
) -> None:
    diary = Diary(questions)
    eligible = {one.id for one in questions if wanted.admits(one)}
    for turn in range(len(eligible)):
        picked = diary.ask("here", MONDAY + turn * every * DAY, wanted, seed=seed)
        assert picked is not None
        assert not picked.asked_before
        assert wanted.admits(picked.question)
    assert set(diary.of("here")) == eligible
    assert len(diary.of("here")) == len(eligible)


@given(banks.filter(len), wants, st.integers(0, 9), st.integers(1, 9))
def test_then_the_oldest_comes_first_and_says_so(
    questions: list[Question], wanted: Wanted, seed: int, every: int
) -> None:
    diary = Diary(questions)
    eligible = [one for one in questions if wanted.admits(one)]
    for turn in range(3 * len(eligible)):
        picked = diary.ask("here", MONDAY + turn * every * DAY, wanted, seed=seed)
        assert picked is not None
        assert picked.asked_before == (turn >= len(eligible))
    first, second, third = (diary.of("here")[turn * len(eligible) :][: len(eligible)] for turn in range(3))
    assert first == second == third


@given(banks, wants, st.integers(0, 9))
def test_a_track_that_shall_not_repeat_pauses_instead(questions: list[Question], wanted: Wanted, seed: int) -> None:
    diary = Diary(questions)
    eligible = sum(wanted.admits(one) for one in questions)
    for turn in range(eligible):
        assert rounds_left(questions, wanted, diary.of("here")) == eligible - turn
        assert diary.ask("here", MONDAY + turn * DAY, wanted, Repeats.PAUSE, seed) is not None
    assert rounds_left(questions, wanted, diary.of("here")) == 0
    assert diary.ask("here", MONDAY + eligible * DAY, wanted, Repeats.PAUSE, seed) is None


def test_what_no_question_fits_is_never_asked() -> None:
    nothing_fits = Wanted(frozenset({TopicId("no-such-topic")}))
    assert pick(bank(9), nothing_fits, [], MONDAY, 1) is None
    assert pick([], ANYTHING, [], MONDAY, 1) is None


def test_a_question_added_later_comes_before_any_repeat() -> None:
    diary = Diary(bank(3))
    for turn in range(4):
        diary.ask("here", MONDAY + turn * DAY)
    diary.questions = bank(4)
    picked = diary.ask("here", MONDAY + 4 * DAY)
    assert picked == Pick(bank(4)[3], asked_before=False)


def test_a_question_taken_out_of_the_bank_is_not_missed() -> None:
    diary = Diary(bank(3))
    for turn in range(3):
        diary.ask("here", MONDAY + turn * DAY)
    gone = diary.asked[0][1]
    diary.questions = [one for one in bank(3) if one.id != gone]
    picked = diary.ask("here", MONDAY + 3 * DAY)
    assert picked is not None
    assert (picked.question.id, picked.asked_before) == (diary.asked[1][1], True)


@given(banks.filter(len), wants, st.one_of(st.integers(), st.text(max_size=20)))
def test_the_same_seed_picks_the_same(questions: list[Question], wanted: Wanted, seed: int | str) -> None:
    ledger = [LedgerEntry(questions[0].id, MONDAY - DAY, here=True)]
    assert pick(questions, wanted, ledger, MONDAY, seed) == pick(questions, wanted, ledger, MONDAY, seed)


def test_another_seed_makes_another_row() -> None:
    rows = set()
    for seed in range(20):
        diary = Diary(content().questions)
        for turn in range(5):
            diary.ask("here", MONDAY + turn * DAY, seed=seed)
        rows.add(tuple(diary.of("here")))
    assert len(rows) == 20


def test_a_track_of_one_level_asks_that_level_alone() -> None:
    hard = Wanted(level=HARD)
    assert [hard.admits(question(level=level)) for level in (EASY, MEDIUM, HARD)] == [False, False, True]
    questions = [question("q-easy", level=EASY), question("q-hard", level=HARD)]
    assert hard.of(questions) == [questions[1]]
    assert pick(questions, hard, [], MONDAY, 1) == Pick(questions[1], asked_before=False)
    assert rounds_left(questions, hard, ()) == 1


def test_after_two_hard_questions_comes_another_level_also_where_an_older_one_left_the_bank() -> None:
    hard, easy = ([question(f"q-{level}-{i}", level=level) for i in range(16)] for level in (HARD, EASY))
    first = [one.id for pair in zip(hard[2:7], easy[:5], strict=True) for one in pair]
    asked = [*first, QuestionId("q-gone"), hard[0].id, hard[1].id]
    days = range(len(asked), 0, -1)
    ledger = [LedgerEntry(id, MONDAY - ago * DAY, here=True) for id, ago in zip(asked, days, strict=True)]
    for seed in range(20):
        picked = pick([*hard, *easy], ANYTHING, ledger, MONDAY, seed)
        assert picked is not None
        assert picked.question in easy
    ledger.append(LedgerEntry(easy[5].id, MONDAY, here=True))
    after = {pick([*hard, *easy], ANYTHING, ledger, MONDAY + DAY, seed) for seed in range(20)}
    assert HARD in {one.question.difficulty for one in after if one}, "it is past its beginning"


# --- Several tracks of one community ---


@given(
    st.integers(1, 20).map(lambda size: bank(size, topics=("rag", "maths"))),
    st.lists(st.tuples(st.sampled_from("xyz"), st.integers(0, 12)), max_size=60),
    st.fixed_dictionaries(dict.fromkeys("xyz", st.tuples(wants, st.sampled_from(Repeats)))),
)
def test_two_tracks_ask_the_same_within_a_month_only_when_all_else_was_asked_within_it_too(
    questions: list[Question], turns: list[tuple[str, int]], tracks: dict[str, tuple[Wanted, Repeats]]
) -> None:
    diary = Diary(questions)
    today = MONDAY
    for track, later in turns:
        today += later * DAY
        wanted, repeats = tracks[track]
        here = set(diary.of(track))
        eligible = {one.id for one in questions if wanted.admits(one)}
        lately = [(where, id) for where, id, on in diary.asked if today - on < 30 * DAY]
        elsewhere = {id for where, id in lately if where != track}
        picked = diary.ask(track, today, wanted, repeats)
        if picked is None or picked.asked_before:
            # Nothing new was to be had, or it is another track's for now.
            assert eligible - here <= elsewhere
        if picked is None:
            assert repeats is Repeats.PAUSE or not eligible
            continue
        assert picked.question.id in eligible
        assert picked.asked_before == (picked.question.id in here)
        if picked.question.id in elsewhere:
            assert repeats is Repeats.AGAIN
            assert eligible <= {id for _, id in lately}


def test_rather_than_what_another_track_asked_lately_a_track_repeats_what_it_asked_long_ago() -> None:
    questions = bank(3)
    ledger = [LedgerEntry(questions[i].id, MONDAY - days * DAY, here=True) for i, days in ((1, 60), (0, 30))]
    ledger.append(LedgerEntry(questions[2].id, MONDAY - 29 * DAY, here=False))
    assert pick(questions, ANYTHING, ledger, MONDAY, 1) == Pick(questions[1], asked_before=True)
    tomorrow = MONDAY + DAY
    assert pick(questions, ANYTHING, ledger, tomorrow, 1) == Pick(questions[2], asked_before=False)
    # One that shall not repeat itself waits.
    assert pick(questions, ANYTHING, ledger, MONDAY, 1, Repeats.PAUSE) is None
    assert pick(questions, ANYTHING, ledger, tomorrow, 1, Repeats.PAUSE) == Pick(questions[2], asked_before=False)


def test_of_equals_comes_the_one_others_never_asked_then_the_one_they_asked_longest_ago() -> None:
    never, long_ago, later = bank(3, levels=[EASY])
    ledger = [LedgerEntry(one.id, MONDAY - days * DAY, here=False) for one, days in ((later, 40), (long_ago, 60))]
    for seed in range(9):
        assert pick([later, long_ago, never], ANYTHING, ledger, MONDAY, seed) == Pick(never, asked_before=False)
        assert pick([later, long_ago], ANYTHING, ledger, MONDAY, seed) == Pick(long_ago, asked_before=False)


def test_a_track_that_begins_again_keeps_clear_of_what_another_asked_lately() -> None:
    questions = bank(4)
    one, two, three, four = (question.id for question in questions)
    ledger = [LedgerEntry(id, MONDAY - (90 - i) * DAY, here=True) for i, id in enumerate([one, two, three, four])]
    ledger.append(LedgerEntry(one, MONDAY - DAY, here=False))
    assert pick(questions, ANYTHING, ledger, MONDAY, 1) == Pick(questions[1], asked_before=True)
    ledger += [LedgerEntry(id, MONDAY - DAY, here=False) for id in (two, three, four)]
    assert pick(questions, ANYTHING, ledger, MONDAY, 1) == Pick(questions[0], asked_before=True)


def test_with_only_what_others_asked_lately_left_the_oldest_of_that_comes_first() -> None:
    questions = bank(4)
    ledger = [LedgerEntry(questions[0].id, MONDAY - 5 * DAY, here=True)]
    ledger += [LedgerEntry(questions[i].id, MONDAY - days * DAY, here=False) for i, days in ((2, 9), (3, 4), (1, 2))]
    assert pick(questions, ANYTHING, ledger, MONDAY, 1) == Pick(questions[2], asked_before=False)


@pytest.mark.parametrize(("days", "free"), [(29, False), (30, True)])
def test_a_month_is_thirty_days(days: int, free: bool) -> None:
    own, other = bank(2)
    elsewhere = LedgerEntry(other.id, MONDAY - days * DAY, here=False)
    picked = pick([other], ANYTHING, [elsewhere], MONDAY, 1, Repeats.PAUSE)
    assert picked == (Pick(other, asked_before=False) if free else None)
    # What this track asked that long ago has rested too, and comes before what another asked yesterday.
    ledger = [LedgerEntry(own.id, MONDAY - days * DAY, here=True), LedgerEntry(other.id, MONDAY - DAY, here=False)]
    picked = pick([own, other], ANYTHING, ledger, MONDAY, 1)
    assert picked == (Pick(own, asked_before=True) if free else Pick(other, asked_before=False))


@pytest.mark.parametrize(("days", "stands"), [(-7, True), (-8, False), (0, True), (7, True), (8, False)])
def test_what_is_open_elsewhere_is_not_asked_even_where_nothing_else_is_left(days: int, stands: bool) -> None:
    (only,) = bank(1)
    ledger = [LedgerEntry(only.id, MONDAY - days * DAY, here=False, open=True)]
    assert pick([only], ANYTHING, ledger, MONDAY, 1) == (None if stands else Pick(only, asked_before=False))
    # Nor is it repeated where this track asked it long ago.
    ledger.insert(0, LedgerEntry(only.id, MONDAY - 90 * DAY, here=True))
    assert pick([only], ANYTHING, ledger, MONDAY, 1) == (None if stands else Pick(only, asked_before=True))


def test_its_own_open_round_keeps_no_track_from_asking_again() -> None:
    (only,) = bank(1)
    ledger = [LedgerEntry(only.id, MONDAY - DAY, here=True, open=True)]
    assert pick([only], ANYTHING, ledger, MONDAY, 1) == Pick(only, asked_before=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    "evening", [ANYTHING, Wanted(level=HARD), Wanted(frozenset({TopicId("rag"), TopicId("maths")}))]
)
@pytest.mark.parametrize("repeats", Repeats)
def test_on_the_real_content_two_tracks_never_meet_within_a_month(evening: Wanted, repeats: Repeats) -> None:
    diary = Diary(content().questions)
    for turn in range(len(content().questions) + 30):
        diary.ask("morning", MONDAY + turn * DAY, ANYTHING, repeats)
        if turn % 7 < 5:
            diary.ask("evening", MONDAY + turn * DAY, evening, repeats)
    last: dict[tuple[str, QuestionId], date] = {}
    for track, id, on in diary.asked:
        other = "evening" if track == "morning" else "morning"
        assert on - last.get((other, id), MONDAY - 30 * DAY) >= 30 * DAY
        last[track, id] = on


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_tracks_that_keep_step_each_hear_everything_before_anything_comes_again(seed: int) -> None:
    # What the others have not asked comes first, so that nothing is left at the end that must wait for them.
    questions = content().questions
    ledgers: dict[str, list[LedgerEntry]] = {track: [] for track in "xyz"}
    for turn in range(len(questions)):
        for track, ledger in ledgers.items():
            today = MONDAY + turn * DAY
            picked = pick(questions, ANYTHING, ledger, today, f"{seed}{track}:{today}", Repeats.PAUSE)
            assert picked is not None
            for other, its in ledgers.items():
                its.append(LedgerEntry(picked.question.id, today, here=other == track))


# --- Practice ---


@given(banks, wants, st.data())
def test_practice_brings_what_is_to_be_reviewed_first_and_what_is_due_soon_last(
    questions: list[Question], wanted: Wanted, data: st.DataObject
) -> None:
    some = st.frozensets(st.sampled_from([one.id for one in questions]) if questions else st.nothing())
    hidden, soon, review, latest = (data.draw(some) for _ in range(4))
    tried = {one.id: data.draw(st.integers(0, 3)) for one in questions[::2]}
    tried |= {QuestionId(f"gone-{number}"): 1 for number in range(data.draw(st.sampled_from((0, BEGINNING))))}
    seed = data.draw(st.integers())

    def practise() -> Question | None:
        fitting = wanted.of(questions)
        return practice(fitting, hidden=hidden, soon=soon, tried=tried, review=review, latest=latest, seed=seed)

    chosen = practise()
    open_to_all = [one for one in questions if wanted.admits(one) and one.id not in hidden]
    if chosen is None:
        assert open_to_all == []
        return
    assert chosen == practise()
    assert chosen in open_to_all
    not_again = [one for one in open_to_all if one.id not in latest]
    best = [one for one in not_again if one.id not in soon] or not_again or open_to_all
    assert chosen in best
    to_review = [one for one in best if one.id in review]
    assert chosen in to_review or not to_review
    best = to_review or best
    assert tried.get(chosen.id, 0) == min(tried.get(one.id, 0) for one in best)


def test_what_is_to_be_reviewed_comes_before_what_was_never_tried() -> None:
    questions = bank(40)
    tried = {one.id: 1 for one in questions[:BEGINNING]}
    wrong = questions[3].id
    for seed in range(20):
        chosen = practice(questions, hidden=(), soon=(), tried=tried, review=[wrong], seed=seed)
        assert chosen is not None
        assert chosen.id == wrong


def test_practice_reaches_every_question_before_any_comes_again() -> None:
    questions = content().questions
    tried: dict[QuestionId, int] = {}
    for seed in range(len(questions)):
        chosen = practice(questions, hidden=(), soon=(), tried=tried, review=(), seed=seed)
        assert chosen is not None
        assert chosen.id not in tried
        tried[chosen.id] = 1


def test_practice_does_not_always_begin_with_the_same() -> None:
    firsts = {practice(content().questions, hidden=(), soon=(), tried={}, review=(), seed=seed) for seed in range(40)}
    assert len(firsts) > 20


@pytest.mark.parametrize("seed", range(20))
def test_the_first_ten_to_practise_are_easy_or_medium_and_show_the_range(seed: int) -> None:
    questions = bank(600, [f"topic-{number}" for number in range(20)])
    tried: dict[QuestionId, int] = {}
    first = []
    for number in range(BEGINNING):
        chosen = practice(questions, hidden=(), soon=(), tried=tried, review=(), seed=f"{seed}:{number}")
        assert chosen is not None
        tried[chosen.id] = 1
        first.append(chosen)
    assert HARD not in {one.difficulty for one in first}
    assert len({one.topic for one in first}) == BEGINNING
    after = [practice(questions, hidden=(), soon=(), tried=tried, review=(), seed=one) for one in range(50)]
    assert HARD in {one.difficulty for one in after if one}


def test_who_begins_with_hard_ones_gets_them() -> None:
    hard = bank(5, levels=[HARD])
    assert practice(hard, hidden=(), soon=(), tried={}, review=(), seed=1) in hard


def test_only_hidden_questions_left_means_none() -> None:
    one = question("q-1")
    assert practice([one], hidden=[one.id], soon=(), tried={}, review=[one.id], seed=1) is None
    assert practice([one], hidden=(), soon=[one.id], tried={one.id: 9}, review=(), seed=1) == one


def test_what_is_due_soon_is_kept_for_its_round_even_where_all_was_tried() -> None:
    soon, free = bank(2)
    tried = {soon.id: 1, free.id: 1}
    for seed in range(9):
        assert practice([soon, free], hidden=(), soon=[soon.id], tried=tried, review=(), seed=seed) == free
