"""Good files cut and spoilt in any way: no crash, and no line that belongs to nothing that is told."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.authoring.exchange import aiken, csv_table, formats, gift, markdown, moodle_xml, own_yaml
from bot.authoring.exchange.found import FileRefused, Finds, Found, FoundQuestion, LeftOut, PassedOver
from bot.authoring.exchange.importing import Importing, Incoming
from bot.catalog import load
from bot.domain.content import ContentFiles
from tests.authoring.exchange.sheets import sheet, workbook
from tests.authoring.lint.samples import CLEAN, KNOWN
from tests.catalog.base import write

YAML = own_yaml.write([CLEAN, CLEAN, CLEAN]).decode()
GIFT = gift.write([CLEAN, CLEAN, CLEAN]).decode()
TABLE = csv_table.write([CLEAN, CLEAN, CLEAN]).decode("utf-8-sig").replace("\r\n", "\n")
AIKEN = "What is light?\nA) A wave\nB) A stone\nC) A smell\nANSWER: A\n\n" * 3
MARKDOWN = (
    "# Light\n\n## What is light?\n\n- [x] A wave\n- [ ] A stone\n- [ ] A smell\n\n"
    "## What does this print?\n\n```python\nprint(1)\n```\n\n- [ ] a\n- [x] 1\n- [ ] b\n\n**Why:** It says so.\n\n"
    "## Q3. A lamp is off.\n\n## Which switch?\n\n- [x] The left\n- [ ] The right\n- [ ] None of the walls\n"
)
MOODLE = (
    '<?xml version="1.0"?>\n<quiz>\n'
    + '<question type="multichoice">\n<questiontext><text><![CDATA[<p>What?</p>]]></text></questiontext>\n'
    '<answer fraction="100"><text>A wave</text></answer>\n<answer fraction="0"><text>A stone</text></answer>\n'
    '<answer fraction="0"><text>A smell</text></answer>\n</question>\n' * 3 + "</quiz>\n"
)
GOOD = {
    "in.yaml": YAML,
    "in.gift": GIFT,
    "in.csv": TABLE,
    "in.aiken": AIKEN,
    "in.md": MARKDOWN,
    "in.xml": MOODLE,
}
ROWS = [["Question", "Option A", "Option B", "Option C", "Answer"], ["What?", "One", "Two", "Three", "B"]]
SPOILT = st.sampled_from(
    [
        *"\n\r\t,;|\"'{}[]<>=~#:*-!`\\/&%@ ",
        *["```", "## ", "- [x] ", "A) ", "ANSWER:", "\n\n", "\u200d", "\u202e", "e\u0301", "<question ", "]]>", "- "],
    ]
)
# Before these the file has no question yet.
BEGINS = {
    "in.yaml": "- id",
    "in.gift": "::",
    "in.csv": "\n",
    "in.aiken": "What",
    "in.md": "## ",
    "in.xml": "<question",
}


@st.composite
def spoilt(draw: st.DrawFn, good: str) -> str:
    """The text with some places cut out, put elsewhere, or overwritten."""
    text = good
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        to = draw(st.integers(at, min(len(text), at + 60)))
        how = draw(st.sampled_from(["cut", "put", "twice", "end"]))
        if how == "cut":
            text = text[:at] + text[to:]
        elif how == "put":
            text = text[:at] + draw(SPOILT) + text[at:]
        elif how == "twice":
            text = text[:to] + text[at:]
        else:
            text = text[:at] if draw(st.booleans()) else text[at:]
    return text


@cache
def bank() -> ContentFiles:
    with tempfile.TemporaryDirectory() as folder:
        return load(write(Path(folder))).files


def taken_in(name: str, data: bytes) -> tuple[list[Found], Incoming] | None:
    """Return what was found and what became of it; nothing where the whole file is refused with a sentence."""
    refused = ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            found = formats.read(path)
        except FileRefused as error:
            refused = error.sentence
            found = []
    assert "fault of Studybot" not in refused
    if not found:
        return None
    return found, Importing(bank(), (), name, KNOWN, bank().topics[0]).take(found)


@pytest.mark.parametrize("name", GOOD)
@given(data=st.data())
def test_a_spoilt_file_is_accounted_for_line_by_line(name: str, data: st.DataObject) -> None:
    text = data.draw(spoilt(GOOD[name]))
    told = taken_in(name, text.encode())
    if told:
        found, incoming = told
        assert len(found) == len(incoming.taken) + len(incoming.left_out) + len(incoming.passed_over)
        assert all(1 <= one.line <= text.count("\n") + text.count("\r") + 1 for one in found)


@pytest.mark.parametrize("name", GOOD)
@given(data=st.data())
def test_what_is_spoilt_in_one_question_leaves_the_others(name: str, data: st.DataObject) -> None:
    """A letter is another: what there was is still found, be it as left out. Aiken knows its end by a word only."""
    good = GOOD[name]
    first = good.index(BEGINS[name])
    at = data.draw(st.sampled_from([at for at in range(first, len(good)) if good[at].isalpha()]))
    text = f"{good[:at]}{data.draw(st.sampled_from('zqj'))}{good[at + 1 :]}"
    assert len(items(name, text)) >= len(items(name, good)) - (name == "in.aiken")


def items(name: str, text: str) -> list[FoundQuestion | LeftOut]:
    reader = {
        "in.yaml": own_yaml.read, "in.gift": gift.read, "in.csv": csv_table.read, "in.aiken": aiken.read,
        "in.md": markdown.read, "in.xml": moodle_xml.read,
    }[name]  # fmt: skip
    finds: Finds = reader(Path(name), text)
    return [one for one in finds if not isinstance(one, PassedOver)]


@given(data=st.data())
def test_a_spoilt_workbook_is_read_or_refused(data: st.DataObject) -> None:
    good = workbook({"Sheet1": ROWS})
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(good) - 1))
        spoilt_file = good[:at] + data.draw(st.binary(max_size=4)) + good[at + data.draw(st.integers(0, 4)) :]
    else:
        part = sheet(ROWS).decode()
        spoilt_file = workbook({"Sheet1": ROWS}, {"xl/worksheets/sheet1.xml": data.draw(spoilt(part)).encode()})
    taken_in("in.xlsx", spoilt_file)


@given(rows=st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), max_size=8))
def test_any_cells_under_a_head_are_accounted_for(rows: list[list[str]]) -> None:
    for name, data in (
        ("in.xlsx", workbook({"S": [*ROWS, *([_printable(cell) for cell in row] for row in rows)]})),
        ("in.csv", "\n".join(";".join(row) for row in [*ROWS, *rows]).encode("utf-8", "replace")),
    ):
        taken_in(name, data)


def _printable(text: str) -> str:
    return "".join(char for char in text if char.isprintable())


def test_a_reader_that_loses_a_line_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(path: Path, text: str) -> Finds:
        yield from (one for one in markdown.read(path, text) if one.line != 3)

    monkeypatch.setattr(formats, "FORMATS_READ", {"markdown": forgetful})
    path = tmp_path / "in.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    with pytest.raises(FileRefused, match=r"line 3 of in\.md was not accounted for.*nothing was taken"):
        formats.read(path)


def test_a_sum_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(FileRefused, match="2 were found and 1 accounted for"):
        Incoming((), (LeftOut(1, "why"),), (), 2)
