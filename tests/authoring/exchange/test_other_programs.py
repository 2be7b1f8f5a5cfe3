"""Workbooks, Moodle XML and Aiken as their programs write them, and what is done with harmful ones."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.authoring.exchange import formats
from bot.authoring.exchange.found import FileRefused, Found, FoundQuestion, LeftOut
from bot.authoring.exchange.workbook import UNPACKED_LIMIT
from tests.authoring.exchange.sheets import Cell, sheet, workbook

KAHOOT: list[list[Cell]] = [
    ["Quiz template"],
    ["Add questions, and at least two answers each."],
    [],
    [
        None, "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters",
        "Answer 3 - max 75 characters", "Answer 4 - max 75 characters", "Time limit (sec) \u2013 5, 10, 20",
        "Correct answer(s) - choose at least one",
    ],
    [1, "How many legs has a spider?", 6, 8, 10, 12, 20, 2],
    [2, "Which are even?", "2", "3", "4", "5", 20, "1,3"],
    [3],
    [4],
]  # fmt: skip


def read(tmp_path: Path, name: str, data: bytes | str) -> list[Found]:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return formats.read(path)


def told(found: list[Found]) -> list[tuple[int, str]]:
    """Where, and the right option or why not."""
    return [
        (one.line, one.why if isinstance(one, LeftOut) else next(each.text for each in one.options if each.correct))
        for one in found
        if isinstance(one, FoundQuestion | LeftOut)
    ]


@pytest.mark.parametrize("name", ["quiz.xlsx", "quiz.csv", "quiz"])
def test_a_workbook_of_kahoots_is_known_by_its_content(name: str, tmp_path: Path) -> None:
    assert told(read(tmp_path, name, workbook({"Sheet1": KAHOOT}))) == [
        (5, "8"),
        (6, "correct is '1,3', more than one option: exactly one is right"),
    ]


def test_every_sheet_is_read_or_named(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["Question", "A", "B", "C", "Answer"], ["What?", "x", "y", "z", "C"]]
    found = read(
        tmp_path, "in.xlsx", workbook({"Notes": [["bring lamps"]], "Week 1": rows, "Week 2": rows, "Empty": []})
    )
    assert [(one.sheet, one.line, type(one).__name__) for one in found] == [
        ("Notes", 1, "PassedOver"),
        ("Week 1", 1, "PassedOver"), ("Week 1", 2, "FoundQuestion"),
        ("Week 2", 1, "PassedOver"), ("Week 2", 2, "FoundQuestion"),
    ]  # fmt: skip


def test_a_workbook_in_which_no_sheet_has_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="must name the columns"):
        read(tmp_path, "in.xlsx", workbook({"Notes": [["bring lamps"]]}))


FAR = sheet([["x"]]).replace(b'r="A1"', b'r="XFD1048576"')
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
HARMFUL = {
    "a cell in the last corner": ({"xl/worksheets/sheet1.xml": FAR}, "reaches to row 1,048,576"),
    "entities": ({"xl/worksheets/sheet1.xml": ENTITY}, "declares entities"),
    "entities of the workbook": ({"xl/workbook.xml": ENTITY}, "declares entities"),
    "a bomb": ({"xl/worksheets/sheet1.xml": b" " * (UNPACKED_LIMIT + 1)}, "would unpack to more than 64 MiB"),
    "too many parts": ({f"xl/media/{at}.png": b"" for at in range(2_000)}, "parts, at most 2,000"),
    "no sheet": ({"xl/worksheets/sheet1.xml": b"no XML <"}, "cannot be read as a workbook"),
}


@pytest.mark.parametrize(("parts", "why"), HARMFUL.values(), ids=HARMFUL)
def test_a_workbook_made_to_do_harm_is_refused(parts: dict[str, bytes], why: str, tmp_path: Path) -> None:
    data = workbook({"Sheet1": KAHOOT}, parts)
    assert len(data) < 1 << 20
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, "in.xlsx", data)
    assert why in refused.value.sentence


def test_macros_of_a_workbook_are_not_unpacked(tmp_path: Path) -> None:
    data = workbook({"Sheet1": KAHOOT}, {"xl/vbaProject.bin": b"\0" * (UNPACKED_LIMIT + 1)})
    assert len(told(read(tmp_path, "in.xlsm", data))) == 2


@pytest.mark.parametrize("data", [b"PK\x03\x04", workbook({"Sheet1": KAHOOT})[:900]], ids=["four bytes", "half"])
def test_a_piece_of_a_workbook_is_refused_with_what_to_do(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"open it, and save it again as \.xlsx or as CSV"):
        read(tmp_path, "quiz.xlsx", data)


def question(text: str, answers: str, kind: str = "multichoice", more: str = "") -> str:
    return (
        f'<question type="{kind}">\n<name><text>n-1</text></name>\n'
        f'<questiontext format="html"><text>{text}</text></questiontext>\n{answers}{more}</question>\n'
    )


def answers(*texts: str) -> str:
    return "".join(
        f'<answer fraction="{0 if at else 100}"><text>{text}</text>'
        f"<feedback><text>Because of {text}.</text></feedback></answer>\n"
        for at, text in enumerate(texts)
    )


GOOD = answers("A wave", "A stone", "A smell")
WHAT = "<![CDATA[<p>What is <b>light</b> &amp; shade?</p><pre>print(1)\n  x</pre>]]>"
MOODLE = [
    '<question type="category"><category><text>$course$/top/optics</text></category></question>\n',
    question(WHAT, GOOD, more="<generalfeedback><text>Waves.</text></generalfeedback>\n"),
    question("True?", "", "truefalse"),
    question("Write.", "", "essay"),
    question("No answers?", ""),
    question('&lt;img src="@@PLUGINFILE@@/a.png"&gt; What is this?', GOOD),
    question("&lt;table&gt;&lt;/table&gt;Which row?", GOOD),
]


def test_moodle_xml_as_moodle_writes_it(tmp_path: Path) -> None:
    found = read(tmp_path, "in.xml", f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(MOODLE)}</quiz>\n')
    assert [why for _, why in told(found)] == [
        "A wave",
        "a true-false question, not a multiple-choice question",
        "an essay question, not a multiple-choice question",
        "it has no answers",
        "it needs a picture, which cannot come along: say in words what is to be seen",
        "it needs a table, which is not read: say it in words, or write it as a block in YAML",
    ]
    first = next(one for one in found if isinstance(one, FoundQuestion))
    assert (first.line, first.stem, first.topic, first.takeaway) == (4, "What is light & shade?", "optics", "Waves.")
    assert first.block is not None
    assert first.block.text == "print(1)\n  x"
    assert [one.why for one in first.options] == [f"Because of {one.text}." for one in first.options]


def test_xml_that_breaks_in_one_question_keeps_the_others(tmp_path: Path) -> None:
    good = question("What?", GOOD)
    for broken in (
        good.replace("</question>\n", ""),
        good.replace("</answer>", "", 1),
        good.replace("<answer", "<answer <", 1),
        good.replace("A stone", "A & stone"),
        good.replace("\n", ""),
    ):
        found = read(tmp_path, "in.xml", f"<quiz>\n{good}{broken}{good}<!-- end -->\n</quiz>\n")
        kinds = [type(one) for one in found]
        assert kinds == [FoundQuestion, FoundQuestion if broken == good.replace("\n", "") else LeftOut, FoundQuestion]


AIKEN = """\
What is a volt?
A. A dance
B. A unit
C. A bulb
ANSWER: B

Which of these
is heavy?
A) A feather
B) A stone
C) A thought
ANSWER: D

What has no answer?
A) One
B) Two

What comes last?
a) One
b) Two
c) Three
answer: C
FEEDBACK: It is the third.
"""


@pytest.mark.parametrize("name", ["in.aiken", "in.txt"])
def test_aiken_as_teachers_write_it(name: str, tmp_path: Path) -> None:
    found = read(tmp_path, name, AIKEN)
    assert told(found) == [
        (1, "A unit"),
        (7, "correct is 'D': write the letter or the text of the right option"),
        (14, "no line ANSWER: says which option is right"),
        (18, "Three"),
    ]
    last = found[-1]
    assert isinstance(last, FoundQuestion)
    assert [one.why for one in last.options] == ["", "", "It is the third."]


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("::Q::What?{=a ~b ~c}", "What?"),
        ("## What?\n- [x] a\n- [ ] b\n- [ ] c\n", "What?"),
        ("Question;A;B;C;Correct\nWhat?;a;b;c;A\n", "What?"),
    ],
)
def test_a_text_whose_name_says_nothing_is_known_by_its_content(text: str, stem: str, tmp_path: Path) -> None:
    assert [one.stem for one in read(tmp_path, "in.txt", text) if isinstance(one, FoundQuestion)] == [stem]


@pytest.mark.parametrize(
    ("module", "name", "data"),
    [
        ("python_calamine", "in.xlsx", workbook({"S": KAHOOT})),
        ("defusedxml", "in.xml", b"<quiz></quiz>"),
        ("charset_normalizer", "in.csv", b"Question;A;B;Correct\nstra\xdfe;x;y;A\n"),
    ],
    ids=["a workbook", "Moodle XML", "another encoding"],
)
def test_without_its_package_a_file_is_refused_with_what_to_do(
    module: str, name: str, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(FileRefused, match=r"pip install 'studybot\[import\]'"):
        read(tmp_path, name, data)
