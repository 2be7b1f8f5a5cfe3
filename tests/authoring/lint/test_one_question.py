"""For each rule about one question: an item that breaks exactly it, and near misses that do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.authoring.lint.checks import lint_question
from bot.authoring.lint.context import accepted
from bot.authoring.lint.rules import EXAMPLES, RULES
from bot.authoring.lint.wording import GRADE_LIMIT, grade, syllables
from bot.domain.artefact import Block, BlockKind, Picture
from bot.domain.common_fields import Reference, Status
from bot.domain.content_faults import Level
from bot.domain.identifiers import ConceptId
from bot.domain.question import Allowed, Exemption, Question
from tests.authoring.lint.samples import CLEAN, KNOWN, with_texts, with_why

A, B, C, D = (option.text for option in CLEAN.options)
SCENE = "A support bot cites a rule the handbook dropped last week. "
ALLOWED = (Exemption(Allowed.NEGATIVE_STEM, "The habit to leave is the point."),)


def stem(text: str) -> Question:
    return replace(CLEAN, stem=text)


BROKEN = [
    ("L08", with_why(2, CLEAN.options[0].why), "the same reason as option a"),
    ("L08", with_why(2, "Sorry, this answer is not the right one, please try again."), "says only that it is wrong"),
    ("L11", replace(CLEAN, refs=(Reference(general="Retrieval", citation="x" * 1500),)), "the whole reveal has 1,9"),
    ("L12", stem(SCENE + "The team has two days, and customers are waiting. What should be checked first?"), "Kahoot"),
    ("L13", with_texts(A, B, C, "Whether the sampled model has enough parameters"), "nearly the same as"),
    ("L14", with_texts(A, B + " of that same text", C, D), "keep within 0.65 to 1.40"),
    ("L14", with_texts(A, "Whether the text is new", C, D), "keep within 0.65 to 1.40"),
    ("L15", with_texts(A, B, "Whether it is big", D), "17 to 41 characters"),
    ("L16", with_texts(A, B + ".", C, D), "some options end in punctuation"),
    ("L16", with_texts(A, B, "whether the model has enough parameters", D), "begin with a capital letter"),
    ("L16", with_texts("The number of words", "Add the new edition", "The size of the model", "The chance in it"),
     "begins with a verb, the others with an article"),
    ("L17", with_texts(A, "Whether the 12 files hold the edition", C, D), "only the right option has a number"),
    ("L17", with_texts(A, "Whether the index, too, is of today", C, D), "only the right option has a comma"),
    ("L17", with_texts(A, "Whether the index (its text) is new", C, D), "only the right option has a parenthesis"),
    ("L17", with_texts(A, "Whether the index might lack the text", C, D), "only the right option has a qualifier"),
    ("L18", with_texts(A, "Whether the index holds that handbook", C, D), "repeats the stem (handbook)"),
    ("L19", with_texts(A, B, "Whether the model must have parameters", D), "'must' stands in wrong options only"),
    ("L20", stem(SCENE + "Which check is NOT useful?"), "asks for what is not so"),
    ("L20", stem(SCENE + "Which of these checks would not help?"), "asks for what is not so"),
    ("L20", stem(SCENE + "All of these help except one: which is it?"), "asks for what is not so"),
    ("L20", stem(SCENE + "Which check is the least useful?"), "asks for what is not so"),
    ("L20", stem(SCENE + "What should the team never do?"), "asks for what is not so"),
    ("L20", stem(SCENE + "Which of them isn't worth a day?"), "asks for what is not so"),
    ("L20", replace(CLEAN, stem=SCENE + "Which check cannot work without customers?", allow=ALLOWED), "denies twice"),
    ("L21", with_texts(A, B, C, "All of the above, in order of how they cost"), "stands for other options"),
    ("L22", stem("Considering organisational accountability requirements, which verification methodology is "
                 "operationally preferable?"), "read at grade"),
    ("L23", stem("A bot cites a rule the handbook dropped, says the CTO. What should be checked first?"),
     "CTO is not a"),
    ("L23", stem(SCENE + "What should the guys look at first?"), "'guys': say people instead"),
    ("L24", with_texts(A, "Whether 20 % of the new files are lost", "Whether 7 parameters are far too few", D),
     "add volatile: true and review_by"),
    ("L24", with_texts(A, "Whether $20 buys a newer kind of index", "Whether 7 parameters are far too few", D),
     "add volatile: true and review_by"),
    ("L25", replace(CLEAN, takeaway="Good tests are written long before anybody looks."), "stands in source s9 too"),
    ("L26", replace(CLEAN, review_by=date(2026, 11, 24)), "review_by 2026-11-24 is past"),
    ("L27", stem("What is the most important part of a bot?"), "asks for an opinion"),
    ("L28", with_why(0, "See http://example.org for the whole story of this mistake."), "a link that is not https"),
    ("L28", with_why(0, "Ask @everyone what they would do in such a situation."), "a mention"),
    ("L28", with_why(0, "Ask <!channel> what they would do in such a situation."), "a chat control sequence"),
    ("L28", with_why(0, "This is <b>bold</b> and tells nothing about the matter."), "HTML"),
    ("L28", with_why(0, "The code ```print``` would be shown as a block of its own."), "a code fence"),
    ("L29", with_why(0, "TO WRITE: why this is wrong, and what people mistake here."), "why this is wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "question", "told"), BROKEN, ids=lambda one: one if isinstance(one, str) else "")
def test_each_slip_breaks_its_rule_and_no_other(rule: str, question: Question, told: str) -> None:
    found = list(lint_question(question, KNOWN))
    # Rules that say the same of one slip in two ways, such as a long key, may both speak; other rules may not.
    assert {one.rule for one in found} == {rule}
    assert told in found[0].text
    assert found[0].level is RULES[rule].level


def test_the_clean_question_breaks_none() -> None:
    assert list(lint_question(CLEAN, KNOWN)) == []


FINE = {
    "a reason is asked": stem(SCENE + "Why is a longer prompt not enough here?"),
    "a situation says not": stem("The passage was not found, and no log was kept. What should be checked first?"),
    "a clause that denies": stem("Its answers are right. Which test shows that they are not from memory?"),
    "a purpose that denies": stem("It says 'I am sure'. What must be known so that it does not mislead?"),
    "the least of a cost": stem("Users leave after some time. Which change helps most at the least cost?"),
    "a reason for two things that did not happen": stem("Why did it not answer when no page was found?"),
    "four figures": with_texts("About 3 hours", "About 7 hours", "About 9 hours", "About 5 hours"),
    "two choices made twice": with_texts(
        "Long on nouns, low on verbs",
        "Low on nouns, low on verbs",
        "Low on nouns, long on verbs",
        "Long on nouns, long on verbs",
    ),
    "at least": stem("A bot cites a dropped rule. Which check takes at least one day?"),
    "negative with a reason": replace(CLEAN, stem=SCENE + "Which of these checks would not help?", allow=ALLOWED),
    "short options of uneven length": with_texts("Prompts", "Weights", "It", "Chances"),
    "best with a situation": stem(SCENE + "Which check is best?"),
    "best by a criterion": stem("Which check fits best?"),
    "according to a source": stem("According to the guide, what is the most important check?"),
    "a short form explained": stem("A central model store (CMS) failed and the CMS is gone. What comes first?"),
    "a place of measurement": replace(CLEAN, takeaway="Ask for precision@5 and recall@k before you ask for more."),
    "a link that is safe": with_why(0, "See https://example.org for the whole story of this mistake."),
    "a figure with its date": replace(
        with_texts(A, "Whether 20 % of the new files are lost", "Whether 7 parameters are far too few", D),
        volatile=True,
        review_by=date(2027, 5, 1),
    ),
    "six words of a source": replace(CLEAN, takeaway="Good tests are written long before."),
    "a review that is still to come": replace(CLEAN, volatile=True, review_by=date(2026, 11, 25)),
    "overdue, but in review": replace(CLEAN, status=Status.REVIEW, review_by=date(2026, 11, 24)),
    "retired": replace(CLEAN, status=Status.RETIRED, takeaway="TO WRITE"),
    "names with their own spelling": with_texts("LoRA weights", "iOS devices", "8-bit weights", "Gradients"),
    "three options": replace(CLEAN, options=CLEAN.options[:3]),
}


@pytest.mark.parametrize("question", FINE.values(), ids=FINE)
def test_near_misses_are_left_alone(question: Question) -> None:
    known = replace(KNOWN, acronyms=KNOWN.acronyms | {"LoRA", "iOS"})
    assert [one for one in lint_question(question, known) if one.rule != "L12"] == []


def test_a_draft_with_open_places_is_told_only_these_and_mildly() -> None:
    draft = replace(with_texts("TO WRITE: a mistake", B, "no", D), status=Status.DRAFT)
    assert [(one.rule, one.at, one.level) for one in lint_question(draft, KNOWN)] == [
        ("L29", ("options", 0, "text"), Level.WARNING)
    ]


def test_what_is_asked_changes_the_version_and_a_reason_does_not() -> None:
    known = replace(KNOWN, accepted={CLEAN.id: accepted(CLEAN)})
    reworded = replace(CLEAN, stem="A support bot cites a dropped rule. What should be checked first?")
    other_key = replace(CLEAN, options=tuple(replace(option, correct=option.id == "c") for option in CLEAN.options))
    told = "changed within version 1: write version: 2"
    for changed in (reworded, other_key, with_texts(A, B, C, "Whether the sampling is much too random")):
        assert [one.text for one in lint_question(changed, known) if one.rule == "L10" and told in one.text]
        assert list(lint_question(replace(changed, version=2), known)) == []
    assert list(lint_question(with_why(0, "Length decides nothing about the facts it is given."), known)) == []
    reordered = replace(CLEAN, options=CLEAN.options[::-1])
    assert list(lint_question(reordered, known)) == []
    newer = replace(KNOWN, accepted={CLEAN.id: replace(accepted(CLEAN), version=2)})
    assert [one.rule for one in lint_question(CLEAN, newer)] == ["L10"]


def test_what_a_question_shows_is_part_of_what_it_asks() -> None:
    shown = replace(CLEAN, block=Block(BlockKind.LOG, "09:01 index built"))
    pictured = replace(CLEAN, picture=Picture("pictures/index.png", "Two columns."))
    for before, after in ((CLEAN, shown), (CLEAN, pictured), (shown, CLEAN)):
        known = replace(KNOWN, accepted={CLEAN.id: accepted(before)})
        assert [one.rule for one in lint_question(after, known)] == ["L10"]
        assert list(lint_question(replace(after, version=2), known)) == []
    assert accepted(replace(shown, concept=ConceptId("stale-index"))) == accepted(shown)


def test_the_order_of_options_is_no_part_of_what_is_asked() -> None:
    code = replace(CLEAN, options=(replace(CLEAN.options[0], code=True), *CLEAN.options[1:]))
    assert accepted(replace(code, options=code.options[::-1])) == accepted(code)
    assert accepted(code) != accepted(CLEAN)


def test_the_words_of_a_picture_are_checked_as_others_are() -> None:
    picture = Picture("pictures/index.png", "Two <b>columns</b> of a QXZ.")
    found = lint_question(replace(CLEAN, picture=picture), KNOWN)
    assert {(one.rule, one.at) for one in found} == {("L23", ("picture", "alt")), ("L28", ("picture", "alt"))}


def test_options_that_are_code_are_no_wording() -> None:
    texts = ("@app.get('/')", "List<int>", "def all_of_the_above(): pass  # never, ABCXYZ", "x")
    code = tuple(replace(option, text=text, code=True) for option, text in zip(CLEAN.options, texts, strict=True))
    assert list(lint_question(replace(CLEAN, options=code), KNOWN)) == []
    words = tuple(replace(option, code=False) for option in code)
    assert {one.rule for one in lint_question(replace(CLEAN, options=words), KNOWN)} >= {"L15", "L28"}


def test_reading_grade_follows_length_of_sentences_and_words() -> None:
    assert [syllables(word) for word in ("cat", "model", "table", "made", "trained", "wanted", "information")] == [
        1, 2, 2, 1, 1, 2, 4,
    ]  # fmt: skip
    assert grade("The cat sat. It ran.") < grade("The cat sat on the mat and then it ran.") < 5
    assert grade("") == 0
    assert grade(EXAMPLES["L22"].good) < GRADE_LIMIT < grade(EXAMPLES["L22"].bad)
    assert grade("Organisational accountability necessitates institutional documentation.") > 12


AS_STEM = ("L20", "L23", "L27")
AS_TAKEAWAY = ("L28", "L29")


@pytest.mark.parametrize("rule", [*AS_STEM, *AS_TAKEAWAY])
def test_examples_for_authors_are_what_they_say(rule: str) -> None:
    def broken(text: str) -> set[str]:
        question = replace(CLEAN, takeaway=text) if rule in AS_TAKEAWAY else stem(text)
        return {one.rule for one in lint_question(question, KNOWN)}

    example = EXAMPLES[rule]
    assert rule in broken(example.bad)
    assert rule not in broken(example.good)
