"""Files made to do harm: each is refused with a sentence, in bounded memory and time."""

from __future__ import annotations

import io
import os
import time
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from bot.authoring.exchange import formats
from bot.authoring.exchange.file_text import SIZE_LIMIT
from bot.authoring.exchange.found import FileRefused, LeftOut

MEMORY = 64 << 20


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("../../etc/passwd", b"0" * (1 << 20))
    return file.getvalue()


BOMB = "schema: 1\nquestions:\n  - &a [x, x]\n  - &b [*a, *a]\n  - &c [*b, *b]\n"
ENTITIES = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>'

REFUSED = [
    ("in.csv", zipped(), "a zip, but no Excel workbook"),
    ("in.gift", b"\x1f\x8b\x08\x00" + b"0" * 100, "compressed"),
    ("in.csv", b"SQLite format 3\0", "a database"),
    ("in.md", b"%PDF-1.7", "a PDF"),
    ("in.gift", ENTITIES.encode(), "declares a document type or entities"),
    ("in.xml", ENTITIES.encode("utf-16"), "declares a document type or entities"),
    ("in.xml", b"<rss><question/></rss>", "no quiz of Moodle's"),
    ("in.yaml", b"<!DOCTYPE html><p>What?", "is HTML"),
    ("in.xlsx", b"stem,a,b,correct", "is no workbook"),
    ("in.xlsx", b"\xd0\xcf\x11\xe0 and more", "an old or a protected workbook"),
    ("in.csv", b"\xff\xfes\x00t\x00e", "is not UTF-8"),
    ("in.md", b"## What?\n" + b"- [x] a\n" * 30 + b"\0", "not a text file"),
    ("in.csv", b'stem,a,b,correct\n"' + b'x\n' * 100_000, "more than 1,000 questions"),
    ("in.gift", b"x" * (SIZE_LIMIT + 1), "larger than 4 MiB"),
    ("in.yaml", b"# x\n" * (1200 << 10), "larger than 4 MiB"),
    ("in.csv", b"stem,a,b,correct\n" + b"q?,x,y,a\n" * 1_001, "more than 1,000 questions"),
    ("in.csv", b"stem,a,b,correct\n" + b",,\n" * 100_000, "more than 20,000 rows or blocks"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "told"), REFUSED, ids=[f"{name}: {told}" for name, _, told in REFUSED])
def test_a_file_made_to_do_harm_is_refused(name: str, data: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(FileRefused) as refused:
        formats.read(path)
    assert told in str(refused.value)


def test_an_alias_bomb_goes_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "in.yaml"
    path.write_text(BOMB, encoding="utf-8")
    found = formats.read(path)
    assert [one.line for one in found] == [3, 4, 5]
    for one in found:
        assert isinstance(one, LeftOut)
        assert "anchors (&) and aliases (*) are refused" in one.why


def test_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    with path.open("wb") as file:
        file.truncate(1 << 30)  # sparse: no disk is filled
    tracemalloc.start()
    try:
        with pytest.raises(FileRefused, match="larger than 4 MiB"):
            formats.read(path)
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "in.csv")
    for path in (tmp_path / "in.csv", tmp_path, Path("/dev/zero")):
        with pytest.raises(FileRefused, match="is not a file"):
            formats.read(path, "csv")
    with pytest.raises(FileRefused, match="no such file"):
        formats.read(tmp_path / "gone.csv")


SLOW = {
    "headings of blanks": ("in.md", ("# " + " #" * 9_000 + " x\n") * 100),
    "open brackets": (
        "in.md",
        "## Q?\n- [x] a\n- [ ] b\n" + "".join("- [ ] " + "[" * 19_000 + "\n" for _ in range(50)),
    ),
    "stars": ("in.md", "## Q?\n- [x] a\n" + ("**Explanation" + "*" * 19_000 + "\n") * 50),
    "open tags": ("in.gift", ("[html]" + "<a" * 9_000 + "{=a ~b}\n\n") * 50),
    "colons": ("in.gift", ("::" + ":" * 19_000 + "{=a ~b}\n\n") * 50),
    "signs": ("in.gift", ("q{" + "=~" * 9_000 + "}\n\n") * 50),
    "broken questions": ("in.xml", "<quiz>" + ("<question type='multichoice'>" + "<a>" * 300 + "\n") * 990),
    "deep elements": ("in.xml", "<quiz><question>" + "<a>" * 500_000),
    "open quotes": ("in.csv", "stem,a,b,correct\n" + '"x\n' * 990 + "x" * 400_000),
    "open fences": ("in.md", "## What?\n\n" + "```\n~~~\n" * 9_000 + "- [x] a\n- [ ] b\n"),
    "signs in a head": ("in.csv", "stem;" * 4_000 + "\n" + ",;|^~" * 4_000),
    "deep lists": ("in.yaml", "schema: 1\nquestions: " + "[" * 15_000),
    "many entries": ("in.yaml", "schema: 1\nquestions:\n" + "  - a\n" * 40_000),
}


@pytest.mark.parametrize(("name", "text"), SLOW.values(), ids=SLOW)
def test_nothing_takes_much_memory(name: str, text: str, tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        _read(tmp_path / name, text)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2 * MEMORY


@pytest.mark.long
@pytest.mark.parametrize(("name", "text"), SLOW.values(), ids=SLOW)
def test_nothing_takes_long(name: str, text: str, tmp_path: Path) -> None:
    """A reader that goes back and forth over a line needs minutes."""
    begun = time.process_time()
    _read(tmp_path / name, text)
    assert time.process_time() - begun < 10


def _read(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    with suppress(FileRefused):
        formats.read(path)
