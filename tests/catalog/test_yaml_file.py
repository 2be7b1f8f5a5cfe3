"""One file: every scalar a text, and nothing that says something else than it seems to."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.catalog import yaml_file
from bot.catalog.yaml_file import LineAndColumn, YamlFile, read
from bot.domain.content_faults import At


def written(tmp_path: Path, text: str | bytes) -> YamlFile:
    path = tmp_path / "file.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path, "content/file.yaml")


# PyYAML may have been built without libyaml; then the other is the only one there is.
@pytest.fixture(params=["libyaml", "pure"] if hasattr(yaml, "CSafeLoader") else ["pure"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure":
        monkeypatch.setattr(yaml_file, "_LOADER", yaml.SafeLoader)


def test_scalars_stay_as_written(tmp_path: Path) -> None:
    text = "a: No\nb: 12:30\nc: 2026-05-14\nd: 010\ne: 1.10\nf: 1_000\nh: 'it''s'\n"
    assert written(tmp_path, text).tree == {
        "a": "No", "b": "12:30", "c": "2026-05-14", "d": "010", "e": "1.10", "f": "1_000", "h": "it's",
    }  # fmt: skip


def test_long_texts_may_be_folded(tmp_path: Path) -> None:
    assert written(tmp_path, "a: >\n  one\n  two\nb: |\n  three\nc: four\n  five\n").tree == {
        "a": "one two", "b": "three", "c": "four five",
    }  # fmt: skip


def test_every_entry_has_its_place(tmp_path: Path) -> None:
    file = written(tmp_path, "a:\n  - b: c\n    d: [e, {f: g}]\n")
    places: dict[At, LineAndColumn] = {
        ("a",): (1, 1),
        ("a", 0): (2, 5),
        ("a", 0, "b"): (2, 5),
        ("a", 0, "d"): (3, 5),
        ("a", 0, "d", 0): (3, 9),
        ("a", 0, "d", 1): (3, 12),
        ("a", 0, "d", 1, "f"): (3, 13),
        (): (1, 1),
    }
    assert {at: file.place(at) for at in places} == places
    assert file.place(("a", 0, "d", 1, "f", "missing", 7)) == (3, 13)
    assert file.place(("missing",)) == (1, 1)


def test_columns_count_characters_whatever_the_line_ends_and_mark(tmp_path: Path) -> None:
    file = written(tmp_path, b"\xef\xbb\xbfa: {\xc3\xa9\xf0\x9f\x99\x82: b, c: d}\r\ne: f\r\n")
    assert file.problems == ()
    assert (file.place(("a", "c")), file.place(("e",))) == ((1, 12), (2, 1))


def test_of_a_repeated_field_the_first_stays(tmp_path: Path) -> None:
    file = written(tmp_path, "a:\n  b: c\nd: e\na:\n  b: f\n  b: g\n")
    assert file.tree == {"a": {"b": "c"}, "d": "e"}
    assert [(p.line, p.column) for p in file.problems] == [(4, 1), (6, 3)]
    assert file.place(("a", "b")) == (2, 3)


@pytest.mark.parametrize(
    ("text", "line", "column", "told"),
    [
        (b"a: b\nc: \xff\n", 2, 4, "this is not UTF-8: save the file as UTF-8"),
        (b"\xef\xbb\xbfa: \xc3\xa9\xff\n", 1, 5, "this is not UTF-8: save the file as UTF-8"),
        ("a: b\n".encode("utf-16"), 1, 1, "this is not UTF-8: save the file as UTF-8"),
        (b"", 1, 1, "the file is empty: begin it with 'schema: 1'"),
        (b"# only a note\n", 1, 1, "the file is empty: begin it with 'schema: 1'"),
        (b"a: b\rc: d\n", 1, 5, "a character readers cannot see (U+000D, control character): delete it"),
        (b"a: b\n---\nc: d\n", 2, 1, "one document a file: delete this '---' line or split the file"),
        (b"a: b\n...\nc: d\n", 3, 1, "one document a file: delete the '...' line"),
        (b"a: ~\n", 1, 1, "a has no value: write one, or delete it"),
        (b"a: [b, null]\n", 1, 8, "this entry has no value: write one, or delete it"),
        (b"a: - b\n", 1, 4, "a list begins on its own line: move the '- ' to the next line"),
        (b"a: {b: c\nd: e\n", 2, 2, "the mapping is not closed by } before this"),
        (b"a: > b\n", 1, 6, "after > or | the text begins on the next line"),
        (b"a: !b c\n", 1, 4, "tags (!) are refused"),
        (b"a: !b!c d\n", 1, 4, "text cannot begin with an exclamation mark"),
        (b"? [a]\n: b\n", 1, 3, "a field name is plain text"),
        (b"- [a, &b c]\n", 1, 7, "anchors (&) and aliases (*) are refused"),
    ],
)
def test_what_is_refused(text: bytes, line: int, column: int, told: str, tmp_path: Path) -> None:
    (problem,) = written(tmp_path, text).problems
    assert (problem.line, problem.column, problem.rule) == (line, column, "L01")
    assert problem.text.startswith(told)


def test_a_comment_after_a_single_word_or_quotes_is_fine(tmp_path: Path) -> None:
    file = written(tmp_path, "a: draft  # or live\nb: 'two words'  # quoted\nc: [d e]  # a list\n# all of it\n")
    assert file.problems == ()
    assert file.tree == {"a": "draft", "b": "two words", "c": ["d e"]}


def test_a_bomb_of_aliases_is_refused_at_the_first(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30)]
    file = written(tmp_path, "\n".join(lines))
    assert file.tree is None
    assert [(p.line, p.column) for p in file.problems] == [(1, 5)]


def test_too_large_too_deep_and_not_text(tmp_path: Path) -> None:
    (large,) = written(tmp_path, b"a: " + b"x" * (4 << 20)).problems
    assert large.text == "the file has 4,194,307 bytes, at most 4,194,304 fit: split it"
    (deep,) = written(tmp_path, "[" * 5000).problems
    assert (deep.column, deep.text) == (21, "more than 20 levels of lists and mappings: flatten this")
    assert written(tmp_path, "[" * 20 + "]" * 20).problems == ()
    assert len(written(tmp_path, b"\x00\x01\x02" * 300_000).problems) == 20


def test_a_file_that_is_none(tmp_path: Path) -> None:
    (missing,) = read(tmp_path / "none.yaml", "content/none.yaml").problems
    assert missing.text == "the file cannot be read: no such file or directory"
    (folder,) = read(tmp_path, "content/none.yaml").problems
    assert folder.text == "the file cannot be read: is a directory"
