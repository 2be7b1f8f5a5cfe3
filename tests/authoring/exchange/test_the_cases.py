"""Small files that once gave a wrong value, each with the right one: signs, letters, heads, keys, padding, joiners."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.exchange import formats
from bot.authoring.exchange.found import FileRefused, LeftOut, PassedOver
from bot.authoring.exchange.importing import Importing, Incoming
from bot.authoring.writing import as_yaml, file_of
from bot.catalog import load
from bot.domain.artefact import Block, BlockKind
from bot.domain.question import Question
from tests.authoring.lint.samples import CLEAN, KNOWN, with_texts
from tests.catalog.base import write


def taken_in(tmp_path: Path, name: str, text: str | bytes) -> Incoming:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    files = load(write(tmp_path / "bank")).files
    return Importing(files, (), name, KNOWN, files.topics[0]).take(formats.read(path))


def drafts(tmp_path: Path, name: str, text: str | bytes) -> list[tuple[str, str]]:
    """Stem and right option of each draft; nothing else may have been left out."""
    incoming = taken_in(tmp_path, name, text)
    assert incoming.left_out == ()
    return [(one.question.stem, one.question.key.text) for one in incoming.taken]


def left_out(tmp_path: Path, name: str, text: str | bytes) -> list[tuple[int, str]]:
    return [(one.line, one.why) for one in taken_in(tmp_path, name, text).left_out]


# Each group differs in signs, in letters of other scripts, or in a joiner alone.
DIFFERENT = [
    ["C", "C++", "C#", "C--"],
    ["x < 1", "x > 1", "x = 1", "x != 1"],
    ["-1", "+1", "1"],
    ["O(n)", "O(n!)", "O(log n)"],
    ["we're", "were", "we are"],
    ["\u0915\u093f", "\u0915\u0940", "\u0915"],
    ["\u0645\u06cc\u200c\u0634\u0648\u062f", "\u0645\u06cc\u0634\u0648\u062f", "\u0645\u06cc \u0634\u0648\u062f"],
    ["\U0001f469\u200d\U0001f4bb", "\U0001f469\U0001f4bb", "\U0001f469"],
    ["a.", "a", "a?"],
]
SAME = [
    ["Add", "add"],
    ["two  words", "two words"],
    ["\uff21\uff29", "AI"],
    ["stra\u00dfe", "STRASSE"],
    ["x\u00b2", "x2"],
]


@pytest.mark.parametrize("texts", DIFFERENT, ids=[one[1] for one in DIFFERENT])
def test_options_that_a_reader_tells_apart_are_different_answers(texts: list[str], tmp_path: Path) -> None:
    listed = "\n".join(f"- [{'x' if at == 1 else ' '}] {text}" for at, text in enumerate(texts))
    incoming = taken_in(tmp_path, "in.md", f"## Which one?\n\n{listed}\n")
    (taken,) = incoming.taken
    assert [option.text for option in taken.question.options] == texts
    assert taken.question.key.text == texts[1]


@pytest.mark.parametrize("texts", SAME, ids=[one[0] for one in SAME])
def test_options_that_a_reader_cannot_tell_apart_are_one(texts: list[str], tmp_path: Path) -> None:
    (told,) = left_out(tmp_path, "in.md", f"## Which?\n\n- [x] {texts[0]}\n- [ ] {texts[1]}\n- [ ] other\n")
    assert told == (1, "two options say the same")


TICKED = "## What is an index for?\n\n- [x] Finding\n- [ ] Hiding\n- [ ] Counting\n"
LETTERED = "## Q1. What does a lamp do?\n\na) It hums\nb) It shines\n\nc) It waits\n\n**Answer:** b) It shines\n\n"


def test_lettered_options_among_ticked_ones_are_named(tmp_path: Path) -> None:
    incoming = taken_in(tmp_path, "in.md", f"# Quiz\n\n{LETTERED}{TICKED}")
    assert [(one.line, one.told) for one in incoming.passed_over] == [(1, "a title")]
    ((line, why),) = [(one.line, one.why) for one in incoming.left_out]
    assert (line, why.split(":")[0]) == (3, "its options are lettered, while others of this file are ticked")
    assert [one.line for one in incoming.taken] == [12]


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("**Answer:** b) It shines", "It shines"),
        ("Correct answer: B", "It shines"),
        ("Answer: (c)", "It waits"),
        ("<details><summary>Answer</summary></details>\nKey: it hums", "It hums"),
    ],
)
def test_a_file_of_lettered_options_is_read_by_its_answers(answer: str, key: str, tmp_path: Path) -> None:
    text = LETTERED.replace("**Answer:** b) It shines", answer)
    assert drafts(tmp_path, "in.md", text) == [("What does a lamp do?", key)]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("", "nothing says which is right"),
        ("Answer: d", "write the letter or the text"),
        ("Answer: a) It shines", "no option"),
        ("Answer: A and B", "more than one option"),
    ],
)
def test_lettered_options_without_a_certain_answer_are_left_out(answer: str, why: str, tmp_path: Path) -> None:
    ((line, told),) = left_out(tmp_path, "in.md", LETTERED.replace("**Answer:** b) It shines", answer))
    assert line == 1
    assert why in told


def test_letters_of_ticked_options_are_ours_to_give(tmp_path: Path) -> None:
    text = "## What now?\n\n- [ ] A) Wait\n- [x] B) Go\n- [ ] C) Ask\n"
    (taken,) = taken_in(tmp_path, "in.md", text).taken
    assert [option.text for option in taken.question.options] == ["Wait", "Go", "Ask"]


def test_a_fence_becomes_a_block_and_code_in_an_option_stays_code(tmp_path: Path) -> None:
    text = "## What comes out?\n\n```sql\nSELECT 1\n  FROM t\n```\n\n- [x] `a < b`\n- [ ] `A < b`\n- [ ] none\n"
    (taken,) = taken_in(tmp_path, "in.md", text).taken
    assert taken.question.block == Block(BlockKind.CODE, "SELECT 1\n  FROM t", "sql")
    assert [(option.text, option.code) for option in taken.question.options] == [
        ("a < b", True), ("A < b", True), ("none", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("between", "why"),
    [
        ("![a lamp](lamp.png)", "a picture"),
        ("| lamp | watt |\n|---|---|\n| one | 5 |", "a table"),
        ("```\n" + "x" * 61 + "\n```", "line 1 of the block has 61 characters"),
        ("```\none\n```\n\n```\ntwo\n```", "more than one block of code"),
        ("```python\nnever closed", "nothing ends"),
    ],
)
def test_what_a_question_shows_and_cannot_bring_is_named(between: str, why: str, tmp_path: Path) -> None:
    text = TICKED.replace("\n\n", f"\n\n{between}\n\n", 1)
    ((line, told),) = left_out(tmp_path, "in.md", f"{text}\n{TICKED.replace('index', 'shelf')}")
    assert line == 1
    assert why in told


def test_a_case_in_one_heading_and_the_question_in_the_next_are_one_stem(tmp_path: Path) -> None:
    text = f"## Q1. A shop's chat knows last year's prices only.\n\n{TICKED}\n## Sources.\n\n## Q9. Which?\n"
    incoming = taken_in(tmp_path, "in.md", text)
    assert [one.question.stem for one in incoming.taken] == [
        "A shop's chat knows last year's prices only. What is an index for?"
    ]
    assert [one.line for one in incoming.left_out] == [9, 11]


def test_questions_under_one_heading_are_told_apart(tmp_path: Path) -> None:
    text = (
        "# Lamps\n\n**1. What is a watt?**\n\n- [x] A measure\n- [ ] A wire\n- [ ] A lamp\n\nA note.\n\n"
        "2. What is a volt?\n   - [ ] A dance\n   - [x] A unit\n   - [ ] A bulb\n"
    )
    incoming = taken_in(tmp_path, "in.md", text)
    assert [(one.line, one.question.stem) for one in incoming.taken] == [
        (1, "Lamps 1. What is a watt?"), (11, "What is a volt?"),
    ]  # fmt: skip
    assert "not taken over: line 9" in incoming.taken[0].remarks


SHEETS = {
    "with a line for the spreadsheet": "sep=;\r\nstem;a;b;c;correct\r\nWhat?;One;Two;Three;B\r\n",
    "common heads": "Question,Option A,Option B,Option C,Option D,Correct Answer\nWhat?,One,Two,Three,Four,Two\n",
    "numbered heads": ",Question,Answer1,Answer2,Answer3,Answer4,Time,Correct\n1,What?,One,Two,Three,,60,2\n",
    "an apart answer": "Question,Correct answer,Wrong answer 1,Wrong answer 2\nWhat?,Two,One,Three\n",
    "an answer and an explanation": "Question;A;B;C;Answer;Explanation\nWhat?;One;Two;Three;(B);So it is.\n",
    "quizizz": "Question Text,Question Type,Option 1,Option 2,Option 3,Option 4,Option 5,Correct Answer,"
    "Time in seconds,Image Link,Answer explanation\nWhat?,Multiple Choice,One,Two,Three,,,2,20,,So it is.\n",
    "pipes": "Question|Choice 1|Choice 2|Choice 3|Key\nWhat?|One|Two|Three|Option B\n",
    "carets": "Question^A^B^C^Correct\nWhat?^One^Two^Three^b.\n",
    "a title above": "My quiz,,,,\n,,,,\nQuestion,A,B,C,Correct\nWhat?,One,Two,Three,2\n",
    "spaces around quotes": 'stem, a, b, c, correct\nWhat?, "One, no" , "Two" , Three, "B"\n',
    "the answer with its letter": "Question,A,B,C,Answer\nWhat?,One,Two,Three,B) Two\n",
    "UTF-16 without a mark": "Question\tA\tB\tC\tAnswer\nWhat?\tOne\tTwo\tThree\tB\n".encode("utf-16-le"),
    "trailing commas": "Question,A,B,C,Answer,,\nWhat?,One,Two,Three,B,,\n,,,,,,\n",
}  # fmt: skip


@pytest.mark.parametrize("text", SHEETS.values(), ids=SHEETS)
def test_a_table_as_people_keep_it(text: str | bytes, tmp_path: Path) -> None:
    assert drafts(tmp_path, "in.csv", text) == [("What?", "Two")]


def test_an_answer_is_known_by_text_letter_and_name(tmp_path: Path) -> None:
    rows = [("What is one?", "One"), ("What is two?", "(A)"), ("What is three?", "Option A"), ("What is it?", "1")]
    text = "stem,a,b,c,correct\n" + "".join(f"{stem},One,Two,Three,{key}\n" for stem, key in rows)
    assert drafts(tmp_path, "in.csv", text) == [(stem, "One") for stem, _ in rows]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("What?,2,1,3,2", "its letter or number means option b, as a text it is option a"),
        ("What?,One,Two,Three,Four", "write the letter or the text"),
        ("What?,One,Two,Three,", "nothing says which option is right"),
        ('What?,One,Two,Three,"A,C"', "more than one option"),
        ("What?,One,one,Three,one", "two options say the same"),
    ],
)
def test_an_answer_that_is_not_certain_is_named(row: str, why: str, tmp_path: Path) -> None:
    text = f"stem,a,b,c,correct\n{row}\nAnd now?,One,Two,Three,A\n"
    ((line, told),) = left_out(tmp_path, "in.csv", text)
    assert line == 2
    assert why in told


def test_a_quote_that_never_closes_costs_its_own_row(tmp_path: Path) -> None:
    text = 'stem,a,b,c,correct\n"What?,One,Two,Three,A\nWhy?,One,Two,Three,A\n"How?",One,Two,Three,B\n'
    incoming = taken_in(tmp_path, "in.csv", text)
    assert [one.line for one in incoming.left_out] == [2]
    assert [one.question.stem for one in incoming.taken] == ["Why?", "How?"]


def test_a_line_that_is_too_long_costs_its_own_question(tmp_path: Path) -> None:
    incoming = taken_in(tmp_path, "in.md", f"## What?\n\n{'x' * 20_001}\n\n- [x] a\n- [ ] b\n- [ ] c\n\n{TICKED}")
    assert [(one.line, one.why) for one in incoming.left_out] == [
        (1, "line 3 has 20,001 characters, at most 20,000 are read")
    ]
    assert len(incoming.taken) == 1


def test_a_table_whose_columns_nobody_knows_is_told_what_was_taken_for_what(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        taken_in(tmp_path, "in.csv", "Frage,Option A,Option B,Gut\nWas?,x,y,A\n")
    assert "line 1 of in.csv must name the columns" in refused.value.sentence
    assert "a is 'Option A', b is 'Option B'; not read: Frage, Gut" in refused.value.sentence


RUSSIAN = (
    "\u042f\u0434\u0440\u043e \u0436\u0438\u0432\u043e\u0439 \u043a\u043b\u0435\u0442\u043a\u0438, "
    "\u0438\u043b\u0438 \u0435\u0451 \u043e\u0431\u043e\u043b\u043e\u0447\u043a\u0430?"
)


@pytest.mark.parametrize(
    ("encoding", "stem"),
    [
        ("cp1252", "Was ist gr\u00f6\u00dfer als ein B\u00e4r und kleiner als eine K\u00fche?"),
        ("cp1251", RUSSIAN),
        ("utf-16", "\u7d30\u80de\u3068\u306f\u4f55\u3067\u3059\u304b"),
    ],
)
def test_an_encoding_is_told_apart_and_a_guess_is_said(encoding: str, stem: str, tmp_path: Path) -> None:
    # Enough of it that the encoding can be told at all.
    data = f"Question;A;B;C;Correct\n{stem};{stem[:9]};{stem[2:12]};{stem[:-1]};A\n".encode(encoding)
    incoming = taken_in(tmp_path, "in.csv", data)
    assert [one.question.stem for one in incoming.taken] == [stem]
    guessed = [one.told for one in incoming.passed_over if "not UTF-8" in one.told]
    assert [stem[:9] in told for told in guessed] == [True] * (encoding != "utf-16")


def two(stem: str) -> str:
    first, second = CLEAN, with_texts("one", "two", "three", "four")
    return file_of([first, second]).replace(second.stem, stem, 1)


def test_a_joined_emoji_is_a_character_like_others(tmp_path: Path) -> None:
    path = tmp_path / "in.yaml"
    path.write_text(two("Which list do the \U0001f469\u200d\U0001f4bb people search?"), encoding="utf-8")
    assert [type(one).__name__ for one in formats.read(path)] == ["FoundQuestion", "FoundQuestion"]


def test_a_character_nobody_sees_costs_its_own_question_at_its_own_line(tmp_path: Path) -> None:
    path = tmp_path / "in.yaml"
    text = two("Which list do they\u200b search?")
    path.write_text(text, encoding="utf-8")
    at = next(number for number, line in enumerate(text.split("\n"), 1) if "\u200b" in line)
    first, second = formats.read(path)
    assert isinstance(first, LeftOut)
    assert first.line == at
    assert "U+200B" in first.why
    assert not isinstance(second, LeftOut | PassedOver)


def test_an_entry_that_breaks_the_yaml_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "in.yaml"
    broken = as_yaml(CLEAN).replace("options:", 'options: "open')
    path.write_text(f"schema: 1\nquestions:\n{as_yaml(CLEAN)}{broken}{as_yaml(CLEAN)}", encoding="utf-8")
    found = formats.read(path)
    assert [isinstance(one, LeftOut) for one in found] == [False, True, False]
    assert found[1].line == 3 + as_yaml(CLEAN).count("\n")


def test_a_name_with_odd_characters_is_no_fault_of_the_questions(tmp_path: Path) -> None:
    incoming = taken_in(tmp_path, "e\u0301te\u202e.md", TICKED)
    (taken,) = incoming.taken
    assert isinstance(taken.question, Question)
    assert "From \u00e9te.md, line 1." in (taken.question.note or "")
