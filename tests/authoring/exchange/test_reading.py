"""Each format as other programs write it, and what is left out with which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.exchange import formats
from bot.authoring.exchange.found import FileRefused, Found, FoundQuestion, LeftOut
from bot.authoring.exchange.importing import Importing
from bot.authoring.lint.basics import is_unwritten
from bot.catalog import load
from bot.domain.artefact import Block, BlockKind
from tests.authoring.lint.samples import KNOWN
from tests.catalog.base import write


def read(tmp_path: Path, name: str, text: str | bytes) -> list[Found]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return formats.read(path)


def told(found: list[Found]) -> list[tuple[int, object]]:
    return [(one.line, _words_of(one)) for one in found]


def _words_of(one: Found) -> str:
    if isinstance(one, FoundQuestion):
        return one.stem
    return one.why if isinstance(one, LeftOut) else f"({one.told})"


EXCEL = (
    "\ufeffStem;A;B;C;Correct;why_a;Topic\r\n"
    'What holds meaning?;"Vectors; of numbers";Tables;Files;A;"They\nhold it";rag\r\n'
    "\r\n"
    "Which is right?;One;Two;Three;2;;rag\r\n"
    "Which is wrong?;One;Two;Three;x;;rag\r\n"
    "Too;many;cells;in;this;row;rag;here\r\n"
)


def test_a_table_as_a_spreadsheet_saves_it(tmp_path: Path) -> None:
    found = read(tmp_path, "in.csv", EXCEL)
    assert told(found) == [
        (2, "What holds meaning?"),
        (5, "Which is right?"),
        (6, "correct is 'x': write the letter or the text of the right option"),
        (7, "8 cells, but the head names 7: quote texts that hold a comma"),
    ]
    first, second = found[:2]
    assert isinstance(first, FoundQuestion)
    assert isinstance(second, FoundQuestion)
    assert [(one.text, one.correct, one.why) for one in first.options] == [
        ("Vectors; of numbers", True, "They\nhold it"),
        ("Tables", False, ""),
        ("Files", False, ""),
    ]
    assert [one.correct for one in second.options] == [False, True, False]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_in_each_dress(encoding: str, delimiter: str, tmp_path: Path) -> None:
    rows = [["stem", "a", "b", "c", "correct"], ["Was \u00fcber?", "x", "y", "z", "c"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    (found,) = read(tmp_path, "in.csv", text.encode(encoding))
    assert isinstance(found, FoundQuestion)
    assert (found.stem, [one.correct for one in found.options]) == ("Was \u00fcber?", [False, False, True])


MOODLE = """\
// question: 12  name: Meaning
$CATEGORY: $course$/top/rag

::Meaning::[html]<p>What holds <b>meaning</b> &amp; more\\: now?</p>{
\t=Vectors#They do\\, as \\{numbers\\}.
\t~Tables#They
do not.
\t~%0%Files
\t####Numbers hold meaning.
}

::Sky::The sky {~is green =is blue ~is red} today.

::Two::Which of these?{~%50%a ~%50%b ~%-100%c}

Grass is green.{T}

Who?{=Ada =Lovelace}

Match.{=a -> b =c -> d}

How much?{#3:1}

Write.{}

Just a description.

Two {=a ~b} and {=c ~d}.
"""


def test_gift_as_moodle_writes_it(tmp_path: Path) -> None:
    found = read(tmp_path, "in.gift", MOODLE)
    assert told(found) == [
        (4, "What holds meaning & more: now?"),
        (12, "The sky _____ today."),
        (14, "Which of these?"),
        (16, "a true-false question, not a multiple-choice question"),
        (18, "a short-answer question, not a multiple-choice question"),
        (20, "a matching question, not a multiple-choice question"),
        (22, "a numerical question, not a multiple-choice question"),
        (24, "an essay, not a multiple-choice question"),
        (26, "no answers in braces: a description, or a brace is missing"),
        (28, "more than one set of answers: only questions with one are read"),
    ]
    first = found[0]
    assert isinstance(first, FoundQuestion)
    assert (first.id, first.topic, first.takeaway) == ("Meaning", "rag", "Numbers hold meaning.")
    assert [(one.text, one.correct, one.why) for one in first.options] == [
        ("Vectors", True, "They do\\, as {numbers}."),
        ("Tables", False, "They\ndo not."),
        ("Files", False, ""),
    ]


MARKDOWN = """\
# Retrieval quiz

#### Q1. What holds **meaning** in `RAG`?

- [ ] Tables
- [x] Vectors
  - They are near each other where texts mean alike.
* [ ] Files

**Explanation:** Numbers can be compared,
and words cannot.

[Lewis et al.](https://example.org/rag)

### Which comes first?

1. [X] Reading
2. [ ] Writing
3. [ ] Asking

## Q3. What does this print?

```python
# Q4. not a heading
- [x] no option
```

- [x] One
- [ ] Two
"""


def test_markdown_as_quizzes_are_written(tmp_path: Path) -> None:
    found = read(tmp_path, "in.md", MARKDOWN)
    assert told(found) == [
        (1, "(a title)"),
        (3, "What holds meaning in RAG?"),
        (15, "Which comes first?"),
        (21, "What does this print?"),
    ]
    _, first, second, third = found
    assert isinstance(first, FoundQuestion)
    assert isinstance(second, FoundQuestion)
    assert isinstance(third, FoundQuestion)
    assert third.block == Block(BlockKind.CODE, "# Q4. not a heading\n- [x] no option", "python")
    assert [(one.text, one.correct, one.why) for one in first.options] == [
        ("Tables", False, ""),
        ("Vectors", True, "They are near each other where texts mean alike."),
        ("Files", False, ""),
    ]
    assert [(ref.general, ref.citation) for ref in first.refs] == [("Lewis et al.", "https://example.org/rag")]
    assert [one.correct for one in second.options] == [True, False, False]


def test_an_explanation_is_the_reason_of_the_right_option(tmp_path: Path) -> None:
    text = "## Q?\n- [x] a\n- [ ] b\n- [ ] c\n\n**Explanation**: It says so\nin two lines.\n"
    (found,) = read(tmp_path, "in.md", text)
    assert isinstance(found, FoundQuestion)
    assert [one.why for one in found.options] == ["It says so in two lines.", "", ""]


def test_what_a_file_does_not_tell_is_open_in_the_draft(tmp_path: Path) -> None:
    files = load(write(tmp_path)).files
    found = read(tmp_path, "in.csv", "stem,a,b,c,correct,why_a\nWhat now?,x,y,z,a,Because.\n")
    ((taken,), left) = (one := Importing(files, (), "in.csv", KNOWN, files.topics[0]).take(found)).taken, one.left_out
    assert left == ()
    question = taken.question
    assert all(is_unwritten(option.why) for option in question.options)
    assert question.options[0].why.endswith("It said: Because.")
    assert is_unwritten(question.takeaway)
    assert is_unwritten(question.refs[0].general or "")
    assert question.note is not None
    assert question.note.endswith("From in.csv, line 2.")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f"What?,{'x' * 76},y,z,a", "text has 76 characters, at most 75 fit"),
        (f"{'w' * 221},x,y,z,a", "stem has 221 characters, at most 220 fit"),
        ("What?,x,y,,a", "a question has 3 or 4 options, this one has 2"),
        ("What?,x,X ,z,b", "two options say the same"),
        (",x,y,z,a", "stem is empty"),
    ],
)
def test_what_does_not_fit_is_left_out_and_never_cut(row: str, reason: str, tmp_path: Path) -> None:
    files = load(write(tmp_path)).files
    found = read(tmp_path, "in.csv", f"stem,a,b,c,correct\n{row}\n")
    (left,) = Importing(files, (), "in.csv", KNOWN, files.topics[0]).take(found).left_out
    assert (left.line, left.why) == (2, reason)


def test_our_yaml_with_slips_is_told_by_line(tmp_path: Path) -> None:
    from tests.catalog.base import RAG

    found = read(tmp_path, "in.yaml", RAG.replace("bloom: apply", "bloom: aply"))
    assert told(found) == [(8, "L02 rag-001: bloom cannot be 'aply': did you mean 'apply'?")]


@pytest.mark.parametrize(
    ("name", "text"), [("in.csv", "stem,a,b,correct\n"), ("in.md", "# Title\n"), ("in.gift", "\n")]
)
def test_a_file_without_questions_is_refused(name: str, text: str, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="holds no questions"):
        read(tmp_path, name, text)


def test_a_table_without_a_head_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="must name the columns"):
        read(tmp_path, "in.csv", "What?,x,y,z,a\n")


def test_a_name_that_says_no_format(tmp_path: Path) -> None:
    with pytest.raises(
        FileRefused, match="does not say its format: use --format yaml, csv, gift, aiken, markdown, moodle"
    ):
        read(tmp_path, "in.txt", "x")
