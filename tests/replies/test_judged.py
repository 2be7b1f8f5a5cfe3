"""The verdict after a choice, and the reveal when a round closes."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from bot.domain.grading import UNSURE, AskedQuestion, shuffled
from bot.domain.identifiers import OptionId, StepId, TermId
from bot.domain.knowledge import Term
from bot.domain.question import Question
from bot.domain.round import Votes
from bot.domain.sitting import Sitting
from bot.domain.streak import SENTENCE
from bot.replies.card import Tone
from bot.replies.judged import (
    ACROSS,
    CountedBefore,
    DailyVerdict,
    Gap,
    PracticeVerdict,
    ReasonsShown,
    StandingLine,
    learned,
    welcome_back,
)
from bot.replies.revealed import Revealed
from bot.replies.routes import route
from tests.domain.samples import content
from tests.replies.everything import ROUND, STANDING, TRACK
from tests.replies.test_cards import told_in

QUESTIONS = content().questions
ORDER = [AskedQuestion(real, shuffled(real, 3)) for real in QUESTIONS]


def test_every_verdict_teaches() -> None:
    for asked, choice in ((one, choice) for one in ORDER for choice in (*one.order, UNSURE)):
        key, judgement = asked.question.key, asked.judge(choice)
        for reply in (
            DailyVerdict(ROUND, asked, judgement, STANDING, 13, "a source"),
            PracticeVerdict(asked, judgement, "a source", Sitting()),
        ):
            card = reply.as_card()
            told = told_in(card)
            assert key.why in told
            assert asked.question.takeaway in told
            assert f"{asked.letter(key.id)}, {key.text}" in told
            assert "Source: a source" in told
            if choice == UNSURE:
                assert (card.title, card.tone) == ("Now you know", Tone.PLAIN)
            else:
                assert asked.question.option(choice).why in told
                right = ("Right", Tone.GOOD) if choice == key.id else ("Not this one", Tone.BAD)
                assert (card.title, card.tone) == right


WORD = Term(TermId("faithfulness"), "Faithfulness", "The share of claims.", StepId("rag"), QUESTIONS[0].refs)


def test_a_word_to_know_ends_what_a_verdict_teaches() -> None:
    asked = ORDER[0]
    judgement = asked.judge(asked.order[0])
    for reply in (
        DailyVerdict(ROUND, asked, judgement, STANDING, 13, "a source", WORD, first_ever=True),
        CountedBefore(ROUND, asked, judgement, "a source", WORD),
        PracticeVerdict(asked, judgement, "a source", Sitting(), "It will come again.", word=WORD),
    ):
        card = reply.as_card()
        taught = told_in(replace(card, blocks=card.blocks[: learned(card.blocks)]))
        assert taught.endswith("Word to know: Faithfulness: The share of claims.")
        assert len(card.blocks) > learned(card.blocks)
        (more,) = [choice for choice in card.choices if choice.route == route("show", "term", "faithfulness")]
        assert more.label == "More on this word"
        assert len(card.choices) <= ACROSS
        bare = replace(reply, word=None).as_card()
        assert asked.question.takeaway in told_in(replace(bare, blocks=bare.blocks[: learned(bare.blocks)]))
        assert not [one for one in bare.choices if one.route.what == "show"]


def test_the_way_to_the_word_is_left_out_where_a_row_is_full() -> None:
    asked = ORDER[0]
    right = asked.judge(asked.question.key.id)
    full = DailyVerdict(ROUND, asked, right, STANDING, 1, "", WORD, gap=Gap(3, False, 0, 9), catch_up=3, track=TRACK)
    card = full.as_card()
    assert len(card.choices) == ACROSS
    assert "Catch up" in [choice.label for choice in card.choices]
    assert "Word to know: " in told_in(card)
    assert "More on" not in str(card.choices)
    room = replace(full, judgement=asked.judge(UNSURE)).as_card()
    assert len(room.choices) == ACROSS
    assert [choice.route.what for choice in room.choices][:2] == ["others", "show"]


def test_an_answer_that_ends_a_sentence_gets_no_second_stop() -> None:
    (asked, *_) = ORDER
    option = replace(asked.question.key, text="Say so.")
    options = tuple(option if one.correct else one for one in asked.question.options)
    asked = replace(asked, question=replace(asked.question, options=options))
    told = told_in(ReasonsShown(asked).as_card())
    verdict = told_in(PracticeVerdict(asked, asked.judge(UNSURE), "a source", Sitting()).as_card())
    assert "Say so.." not in told + verdict
    assert f"Say so. {option.why}" in verdict


def test_why_not_the_others_gives_every_reason() -> None:
    for asked in ORDER:
        told = told_in(ReasonsShown(asked).as_card())
        assert all(option.why in told and option.text in told for option in asked.question.options), asked.question.id
        assert told.count("Right. ") == 1


def test_only_a_fresh_right_answer_may_have_been_a_guess() -> None:
    asked = ORDER[0]
    for choice, stands in product((*asked.order, UNSURE), (False, True)):
        judgement = asked.judge(choice)
        card = DailyVerdict(ROUND, asked, judgement, STANDING, None, "", stands=stands).as_card()
        labels = [choice.label for choice in card.choices]
        assert ("I guessed" in labels) == (judgement.correct and not stands)
        assert ("That stands" in told_in(card)) == stands


def test_the_first_verdict_ever_brings_the_sentence() -> None:
    asked = ORDER[0]
    verdict = DailyVerdict(ROUND, asked, asked.judge(asked.order[0]), STANDING, 1, "", first_ever=True)
    assert SENTENCE in told_in(verdict.as_card())
    assert "1st to answer, 12 in a row, 1 freeze." in told_in(verdict.as_card())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (StandingLine(12, 1, 84, 4, 5, 19), "12 in a row, 1 freeze. 84 answered, 4 of 5 this week, best 19."),
        (StandingLine(0, 0, 1, 0, 1, 1), "0 in a row, 0 freezes. 1 answered, 0 of 1 this week, best 1."),
    ],
)
def test_standings(line: StandingLine, told: str) -> None:
    assert line.words() == told


@pytest.mark.parametrize(
    ("gap", "told"),
    [
        (Gap(1, True, 0, 9), "Welcome back. 1 question went by; 1 freeze covered it and your streak goes on."),
        (Gap(2, True, 0, 9), "Welcome back. 2 questions went by; 2 freezes covered them and your streak goes on."),
        (
            Gap(3, False, 8, 9),
            "Welcome back. 3 questions went by, so a new streak begins. Your last ran to 8, your best is 9.",
        ),
        (Gap(3, False, 0, 9), "Welcome back. 3 questions went by. Your best is 9."),
    ],
)
def test_coming_back(gap: Gap, told: str) -> None:
    assert welcome_back(gap) == told


# --- The reveal ---


def revealed(question: Question, votes: dict[OptionId, int]) -> str:
    asked = AskedQuestion(question, shuffled(question, 3))
    return told_in(Revealed(ROUND, 42, asked, Votes(votes), "a source").as_card())


@pytest.mark.parametrize("total", range(5))
def test_below_five_answers_nobody_is_given_away(total: int) -> None:
    question = QUESTIONS[0]
    wrong = next(option for option in question.options if not option.correct)
    told = revealed(question, {wrong.id: total})
    assert "vote" not in told
    assert "%" not in told.replace(question.stem, "")
    assert "Many chose" not in told
    assert wrong.why not in told
    assert question.key.why in told
    assert ("Nobody answered" in told) == (total == 0)


def test_from_five_answers_on_votes_are_told_in_words_and_numbers() -> None:
    question = QUESTIONS[0]
    slip, *_ = (option for option in question.options if not option.correct)
    told = revealed(question, {question.key.id: 3, slip.id: 2, UNSURE: 1})
    assert "(right): 3 votes, 50 %" in told
    assert ": 2 votes, 33 %" in told
    assert ": 0 votes, 0 %" in told
    assert f"Many chose {AskedQuestion(question, shuffled(question, 3)).letter(slip.id)}" in told
    assert slip.why in told
    assert "6 answers, 1 did not know." in told


@pytest.mark.parametrize(
    ("right", "wrong", "others", "unsure"), [(5, 0, 0, 0), (0, 7, 0, 0), (0, 4, 3, 2), (0, 0, 0, 6)]
)
def test_nobody_is_given_away_by_votes_that_are_all_alike(right: int, wrong: int, others: int, unsure: int) -> None:
    question = QUESTIONS[0]
    one, two, *_ = (option.id for option in question.options if not option.correct)
    told = revealed(question, {question.key.id: right, one: wrong, two: others, UNSURE: unsure})
    few = revealed(question, {question.key.id: 2, one: 1})
    assert told == few, "what hides them is told in the same words, so that it tells nothing either"


def test_one_slip_is_not_many() -> None:
    question = QUESTIONS[0]
    slip, *_ = (option for option in question.options if not option.correct)
    assert "Many chose" not in revealed(question, {question.key.id: 9, slip.id: 1})


def test_a_withdrawn_question_tells_no_answer() -> None:
    for asked in ORDER:
        real = asked.question
        card = Revealed(ROUND, 42, asked, Votes({real.key.id: 9}), "a source", withdrawn=True).as_card()
        told = told_in(card)
        assert real.takeaway not in told
        assert [option.why for option in real.options if option.why in told] == []
        assert "withdrawn" in card.title
