"""Rules about the bank as a whole, each on a small bank that breaks exactly it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.authoring.lint.balance import balance
from bot.authoring.lint.checks import lint_bank, lint_question
from bot.authoring.lint.coverage import covered, orphans
from bot.authoring.lint.duplicates import duplicates, giveaways
from bot.authoring.lint.findings import Finding
from bot.domain.artefact import Block, BlockKind
from bot.domain.common_fields import LeastPerLevel, Objective, Origin, Reference, Status, Topic
from bot.domain.content import ContentFiles
from bot.domain.content_faults import Level
from bot.domain.identifiers import MythId, ObjectiveId, QuestionId, RoleId, SourceId, StepId, TopicId
from bot.domain.knowledge import Myth, Verdict
from bot.domain.question import Bloom, Difficulty, Question
from bot.domain.roadmap import Need, Step
from bot.domain.role import Coding, CodingNote, Degree, DegreeNote, Role, Stage
from tests.authoring.lint.samples import CLEAN, KNOWN, bank, files
from tests.domain.samples import content

REFS = (Reference(SourceId("s0"), "1. Introduction"),)
ROLE = Role(
    id=RoleId("ai-engineer"), version=1, status=Status.LIVE, name="AI engineer", summary="Builds.", aliases=(),
    branch=RoleId("ai-engineer"), does=("Builds.",), suits=("Builders.",), skills=("Python",),
    coding=CodingNote(Coding.YES), degree=DegreeNote(Degree.USUAL),
    path=(Stage("Entry", "AI engineer"),), refs=REFS,
)  # fmt: skip
STEP = Step(
    id=StepId("rag"), order=1, title="Retrieval", summary="Find.", subtopics=("Finding",), done_when=("Found.",),
    ethics="Whose?", topics=(TopicId("rag"),), roles={RoleId("ai-engineer"): Need.STATED}, refs=REFS,
)  # fmt: skip

MYTH = Myth(
    id=MythId("maths-only"), claim="Only maths experts can work here", verdict=Verdict.WRONG,
    reality="Many roles live on practice.", why="Able people give up.", origin=Origin.DERIVED,
    step=StepId("rag"), refs=REFS,
)  # fmt: skip


def told(findings: Sequence[Finding]) -> list[tuple[str, Level]]:
    return [(one.rule, one.level) for one in findings]


@pytest.mark.parametrize(("rule", "length"), [("L30", 12), ("L31", 3)])
def test_a_length_is_right_neither_more_nor_less_often_than_by_chance(rule: str, length: int) -> None:
    def found(right: int, of: int = 100) -> list[tuple[str, Level]]:
        return told(list(balance(standing_out(right, of, length))))

    assert found(15) == found(25) == found(35) == []
    assert found(14) == found(36) == [(rule, Level.ERROR)]
    # Of few, chance explains more than a share that tells nothing.
    assert found(18, 50) == found(7, 50) == [(rule, Level.WARNING)]
    assert found(17, 50) == found(8, 50) == []
    assert found(18, 49) == found(6, 49) == []


def standing_out(right: int, of: int, length: int) -> list[Question]:
    """Questions in which one option is longer or shorter than the others: the key in some, a wrong one in the rest."""
    made = bank(of, lengths=dict.fromkeys(range(of), length))
    wrong = [
        replace(one, options=tuple(replace(option, correct=i == (at + 1) % 4) for i, option in enumerate(one.options)))
        for one, at in ((one, one.options.index(one.key)) for one in made[right:])
    ]
    return made[:right] + wrong


def test_a_sign_is_judged_only_where_there_is_one() -> None:
    plain, signed_ones = bank(300), standing_out(20, 20, 12)
    assert [one.rule for one in balance([*plain, *signed_ones])] == ["L30"]


def test_keys_that_stand_at_one_place() -> None:
    assert told(list(balance(bank(100, keys=[0, 1, 2, 3])))) == []
    a_third_more = [0, 1, 0, 2, 3] * 17 + [0, 1, 2, 3] * 3 + [0, 1, 2]
    assert told(list(balance(bank(100, keys=a_third_more)))) == [("L32", Level.WARNING)]
    assert told(list(balance(bank(100, keys=[0, 1, 0, 2, 0, 3])))) == [("L32", Level.ERROR)]
    assert told(list(balance(bank(60, keys=[0, 1, 0, 2], options=3)))) == [("L32", Level.WARNING)]
    assert told(list(balance(bank(100, keys=[0, 1, 0, 2], options=3)))) == [("L32", Level.ERROR)]


def test_equal_keys_in_a_row() -> None:
    rows = bank(32, keys=[0, 1, 2, 3] * 6 + [3, 3, 3, 3, 0, 1, 2, 0])
    (found,) = balance(rows)
    assert (found.rule, found.level, found.about) == ("L32", Level.WARNING, rows[27])
    assert "5 keys in a row are d, from q-023 to q-027" in found.text
    # Questions of the next topic begin a new row: nobody reads two files as one.
    moved = [replace(one, topic=TopicId("maths")) if i > 25 else one for i, one in enumerate(rows)]
    assert list(balance(moved)) == []


def echoing(right: int, of: int) -> list[Question]:
    """Questions in which one option alone repeats the stem: the key in some, a wrong one in the rest."""
    made = []
    for i, one in enumerate(bank(of)):
        place = one.options.index(one.key) if i < right else (one.options.index(one.key) + 1) % 4
        options = tuple(
            replace(option, text=f"{option.text} retrieval" if at == place else f"{option.text} somewhere")
            for at, option in enumerate(one.options)
        )
        made.append(replace(one, stem=f"{one.stem[:-1]} retrieval?", options=options))
    return made


@pytest.mark.parametrize(("right", "passes"), [(0, False), (14, False), (15, True), (35, True), (36, False)])
def test_an_option_that_alone_repeats_the_stem_is_right_as_often_as_by_chance(right: int, passes: bool) -> None:
    found = [one for one in balance(echoing(right, 100)) if one.rule == "L33"]
    assert (found == []) == passes
    assert all(f"right in {right} of the 100 questions" in one.text for one in found)


def test_two_options_that_repeat_the_stem_lead_nobody() -> None:
    both = [
        replace(
            one, stem="Retrieval?", options=tuple(replace(each, text=f"{each.text} retrieval") for each in one.options)
        )
        for one in bank(100, keys=[0])
    ]
    assert [one for one in balance(both) if one.rule == "L33"] == []


def test_few_questions_are_hard_to_read() -> None:
    hard = "Which organisational accountability necessitates institutional documentation of responsibilities?"

    def found(many: int) -> list[tuple[str, Level]]:
        return told(list(balance([replace(one, stem=hard) if i < many else one for i, one in enumerate(bank(100))])))

    assert found(10) == []
    assert found(11) == [("L22", Level.WARNING)]


def test_negative_stems_are_few_even_with_reasons() -> None:
    questions = bank(100)
    negative = [replace(one, stem=f"{one.stem[:-1]}. Which is NOT so?") for one in questions[:3]]
    assert told(list(balance([*negative[:2], *questions[2:]]))) == []
    assert told(list(balance([*negative, *questions[3:]]))) == [("L20", Level.ERROR)]


def test_too_much_recall_and_levels_out_of_proportion() -> None:
    def mix(recall: int, applied: int, easy: int, hard: int) -> list[str]:
        made = []
        for i, one in enumerate(bank(100)):
            bloom = Bloom.REMEMBER if i < recall else Bloom.EVALUATE if i < recall + applied else Bloom.UNDERSTAND
            level = Difficulty.EASY if i < easy else Difficulty.HARD if i < easy + hard else Difficulty.MEDIUM
            made.append(replace(one, bloom=bloom, difficulty=level))
        return [one.text.split(",")[0] for one in covered(files(), made)]

    assert mix(25, 45, 28, 30) == []
    assert mix(26, 45, 28, 30) == ["26 of 100 questions ask to remember"]
    assert mix(25, 44, 28, 30) == ["44 of 100 questions ask to apply or more"]
    assert mix(25, 45, 24, 35) == ["24 of 100 questions are easy (24%)"]
    assert mix(25, 45, 35, 36) == [
        "29 of 100 questions are medium (29%)",
        "36 of 100 questions are hard (36%)",
    ]


def test_what_there_is_too_little_of() -> None:
    topic = Topic(TopicId("rag"), "Retrieval", least=LeastPerLevel(easy=1, medium=20, hard=2))
    objective = Objective(ObjectiveId("O2"), "Say which skills are needed.")
    content = ContentFiles(topics=(topic,), objectives=(objective,), roles=(ROLE,), steps=(STEP,))

    def short(questions: Sequence[Question]) -> list[tuple[object, str]]:
        return [(one.about, one.text) for one in covered(content, questions) if one.rule == "L35"]

    assert short(bank(5)) == [
        (topic, "live questions are missing: 0 of 1 easy, 5 of 20 medium, 0 of 2 hard"),
        (ROLE, "5 of 20 live questions: write 15 more"),
        (STEP, "5 of 8 live questions: write 3 more"),
        (objective, "5 of 6 live questions: write 1 more"),
    ]
    easy, hard, harder, *rest = bank(23)
    full = [
        replace(easy, difficulty=Difficulty.EASY),
        *(replace(one, difficulty=Difficulty.HARD) for one in (hard, harder)),
    ]
    assert short([*full, *rest]) == []


def test_orphans() -> None:
    other = replace(STEP, id=StepId("llms"))
    content = ContentFiles(roles=(ROLE,), steps=(STEP, other))
    assert [(one.rule, one.about) for one in orphans(content, bank(2))] == [("L39", other)]
    hidden = replace(ROLE, status=Status.REVIEW)
    assert [(one.rule, one.about) for one in orphans(ContentFiles(roles=(hidden,)), bank(2))] == [("L39", hidden)]


def test_a_myth_no_live_question_corrects() -> None:
    content = ContentFiles(knowledge=(MYTH,))
    asking, other = bank(2)
    (found,) = orphans(content, [asking, other])
    assert (found.rule, found.level, found.about) == ("L39", Level.ERROR, MYTH)
    assert "'myth: maths-only'" in found.text
    linked = replace(asking, myth=MYTH.id)
    assert list(orphans(content, [linked, other])) == []
    # A question that waits for its readers corrects nothing yet.
    waiting = replace(linked, status=Status.REVIEW)
    assert MYTH in [one.about for one in lint_bank(replace(content, questions=(waiting, other)))]


STEM = "A support bot cites a rule the handbook dropped last week. What should be checked first?"


@pytest.mark.parametrize(
    ("stem", "other_key", "level"),
    [
        (STEM.upper() + " ", True, Level.ERROR),
        (STEM.replace("week", "month"), False, Level.ERROR),
        (STEM.replace("week", "month"), True, Level.WARNING),
        (STEM.replace("dropped last week", "had until March"), False, Level.WARNING),
        ("A clerk copies notes into a public chat. Which duty is broken?", False, None),
    ],
)
def test_questions_that_ask_the_same(stem: str, other_key: bool, level: Level | None) -> None:
    options = CLEAN.options
    if other_key:
        options = tuple(replace(one, correct=one.id == "d") for one in options)
    twin = replace(CLEAN, id=QuestionId("rag-002"), stem=stem, options=options)
    assert told(list(duplicates([CLEAN, twin]))) == ([("L36", level)] if level else [])


def test_one_stem_may_ask_about_different_blocks() -> None:
    def printing(id: str, line: str) -> Question:
        return replace(CLEAN, id=QuestionId(id), stem="What does this print?", block=Block(BlockKind.CODE, line))

    assert (
        list(
            duplicates(
                [printing("py-001", "print(1 + 1)"), printing("py-002", "for word in reversed(words): say(word)")]
            )
        )
        == []
    )
    assert [one.rule for one in duplicates([printing("py-001", "print(2)"), printing("py-002", "print(2)")])] == ["L36"]


def keyed(number: int, key: str, stem: str = "", block: str = "") -> Question:
    """A question with this code for its answer."""
    options = tuple(replace(one, text=key, code=True) if one.correct else one for one in CLEAN.options)
    shown = Block(BlockKind.CODE, block) if block else None
    return replace(
        CLEAN, id=QuestionId(f"op-{number:03}"), stem=stem or f"Number {number}?", options=options, block=shown
    )


def test_code_that_differs_only_in_operators_asks_something_else() -> None:
    whole, rest = (keyed(n, "3", "What does this print?", f"print(7 {op} 2)") for n, op in enumerate(("//", "%")))
    assert {one.level for one in duplicates([whole, rest])} <= {Level.WARNING}
    (found,) = duplicates([whole, replace(whole, id=QuestionId("op-009"))])
    assert (found.rule, found.level) == ("L36", Level.ERROR)
    less, more = (keyed(n, key, "Which operator keeps the small groups out here?") for n, key in enumerate("<>"))
    longer = replace(more, stem="Which operator keeps the small groups out there?")
    assert [one.level for one in duplicates([less, longer])] == [Level.WARNING]
    assert list(giveaways([keyed(n, key) for n, key in enumerate(("<", ">", "==", "!="))])) == []


def test_two_questions_on_one_block_are_compared_by_what_they_ask() -> None:
    block = "\n".join(f"line {number} of a long listing" for number in range(12))
    first, second = (
        keyed(n, "total += i", stem, block)
        for n, stem in enumerate(("Which line runs most often?", "What has to change for odd numbers?"))
    )
    assert list(duplicates([first, second])) == []


def test_an_answer_within_anothers_block() -> None:
    asked = keyed(1, "HAVING count(*) >= 5")
    told = keyed(2, "x", block="GROUP BY city\nHAVING count(*) >= 5")
    other = keyed(3, "x", block="GROUP BY city\nHAVING count(*) <= 5")
    assert [(one.rule, one.about) for one in giveaways([asked, told, other])] == [("L37", told)]


def test_an_answer_within_another_stem() -> None:
    one, other = bank(2)
    options = tuple(replace(option, text="A stale index") if option.correct else option for option in one.options)
    asked = replace(one, options=options)
    (found,) = giveaways([asked, replace(other, stem="Since a stale index was found, what follows?")])
    assert (found.rule, found.about) == ("L37", replace(other, stem="Since a stale index was found, what follows?"))
    assert (
        list(giveaways([asked, replace(other, stem="Since a stale index was found, what follows?")], {"a stale index"}))
        == []
    )
    stem = "Since a stale index was found, what follows?"
    assert list(giveaways([asked, replace(other, stem=stem)], {"stale index"})) == [], "a term is there to be named"
    short = replace(one, options=tuple(replace(o, text="Data") if o.correct else o for o in one.options))
    assert list(giveaways([short, replace(other, stem="Data was found, what follows?")])) == []


def test_one_answer_for_many_questions() -> None:
    assert told(list(giveaways(bank(3, key_text="Retrieval")))) == []
    assert told(list(giveaways(bank(4, key_text="Retrieval")))) == [("L38", Level.WARNING)]


def test_balance_and_coverage_count_what_is_live_and_likeness_all_that_may_become_so() -> None:
    skewed = [replace(one, status=Status.DRAFT, readings=()) for one in bank(100, keys=[0])]
    assert {one.rule for one in lint_bank(files(*skewed))} <= {"L36"}
    twin = replace(CLEAN, id=QuestionId("rag-002"), status=Status.DRAFT, readings=())
    assert "L36" in {one.rule for one in lint_bank(files(CLEAN, twin))}
    assert "L36" not in {one.rule for one in lint_bank(files(CLEAN, replace(twin, status=Status.RETIRED)))}


@pytest.mark.long
def test_a_full_bank_is_checked_in_time() -> None:
    real = content().questions
    full = [
        replace(real[i % len(real)], id=QuestionId(f"q-{i:03d}"), stem=f"{i * 7919} {real[i % len(real)].stem}"[:220])
        for i in range(366)
    ]
    begun = time.process_time()
    for one in full:
        list(lint_question(one, KNOWN))
    list(lint_bank(files(*full)))
    # Measured at 0.6 s of processor time; the whole command takes 1.2 s of the 3 s it has.
    assert time.process_time() - begun < 2
