"""The whole check of a folder: where each finding is told, profiles, accepted versions, sources, mending."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.authoring import accepted, writing
from bot.authoring.check import Checked, NoSeeds, check
from bot.authoring.lint.findings import Profile
from bot.authoring.lint.rules import RULES
from bot.domain.content_faults import Level
from tests.catalog.base import TEACHING, write
from tests.domain.samples import CONTENT

TODAY = date(2026, 11, 25)
ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
SCARCE = {"L10", "L34", "L35", "L39"}
"""What a bank of one question always lacks."""


def checked(tmp_path: Path, rag: str = TEACHING, profile: Profile = Profile.BANK) -> Checked:
    return check(write(tmp_path, {"questions/rag.yaml": rag}), TODAY, profile=profile)


def told(found: Checked) -> list[str]:
    return [str(one) for one in found.problems if one.rule not in SCARCE]


def test_a_finding_stands_at_its_line_with_its_level(tmp_path: Path) -> None:
    rag = TEACHING.replace("Retrieve passages", "Retrieve policy, always")
    assert told(checked(tmp_path, rag)) == [
        "content/questions/rag.yaml:16:17 L17 rag-001: info: "
        "only the right option has a comma: take it out, or give a wrong one a comma too",
        "content/questions/rag.yaml:16:17 L18 rag-001: info: only the right option repeats the stem (policy)",
    ]


def test_what_is_missing_is_told_where_it_is_declared(tmp_path: Path) -> None:
    places = {str(one).partition(": ")[0] for one in checked(tmp_path).problems if one.rule in SCARCE}
    assert "content/roadmap.yaml:3:5 L39 orientation" in places
    assert "content/topics.yaml:9:5 L35 O1" in places
    assert "content/roles/ai-engineer.yaml:2:1 L35 ai-engineer" in places


def test_what_the_loader_refuses_is_told_too(tmp_path: Path) -> None:
    (problem,) = [one for one in told(checked(tmp_path, TEACHING.replace("topic: rag", "topic: rags"))) if "L04" in one]
    assert "did you mean 'rag'?" in problem


def test_a_community_is_held_to_safety_and_structure_and_gets_advice_in_rows(tmp_path: Path) -> None:
    rag = TEACHING.replace("Retrieve passages", "Retrieve policy, always").replace("facts.", "facts, @everyone.")
    found = checked(tmp_path, rag, Profile.COMMUNITY)
    assert [one.rule for one in found.problems] == ["L28"]
    assert found.rows == (
        "L17 1 of 1 give the key away: only it is specific",
        "L18 1 of 1 give the key away: only it echoes the stem",
    )


def test_what_is_advice_for_a_community_reads_as_a_row(tmp_path: Path) -> None:
    about_one_question = {f"L{number:02d}" for number in (*range(12, 28), 37, 38, 41)} - {"L25"}
    assert {rule.id for rule in RULES.values() if rule.row and not rule.community} == about_one_question


def test_accepted_versions_guard_what_was_asked(tmp_path: Path) -> None:
    found = checked(tmp_path)
    (news,) = [one for one in found.problems if one.rule == "L10"]
    assert (news.level, "rag-001" in news.text) == (Level.WARNING, True)
    folder = tmp_path / "content"
    assert accepted.accept(folder, found.files.questions, found.accepted) == 1
    assert not [one for one in check(folder, TODAY).problems if one.rule == "L10"]

    changed = checked(tmp_path, TEACHING.replace("Raise the", "Lower the"))
    (error,) = [one for one in changed.problems if one.rule == "L10"]
    assert (error.line, error.level) == (4, Level.ERROR)
    assert accepted.accept(folder, changed.files.questions, changed.accepted) == 0
    assert [one for one in check(folder, TODAY).problems if one.rule == "L10"] == [error]

    bumped = checked(tmp_path, TEACHING.replace("Raise the", "Lower the").replace("version: 1", "version: 2"))
    assert accepted.accept(folder, bumped.files.questions, bumped.accepted) == 1
    assert not [one for one in check(folder, TODAY).problems if one.rule == "L10"]


def test_an_id_once_accepted_is_not_free_again(tmp_path: Path) -> None:
    found = checked(tmp_path)
    folder = tmp_path / "content"
    accepted.accept(folder, found.files.questions, found.accepted)
    gone = checked(tmp_path, TEACHING.replace("id: rag-001", "id: rag-002"))
    accepted.accept(folder, gone.files.questions, gone.accepted)
    again = checked(tmp_path, TEACHING.replace("A bot answers from last year's policy", "Another bot is slow"))
    assert [one.rule for one in again.problems if one.level is Level.ERROR and one.rule != "L39"] == ["L10"]


def test_a_spoilt_or_doubled_line_of_the_lock(tmp_path: Path) -> None:
    folder = write(tmp_path)
    sums = "0123456789abcdef"
    (folder / accepted.FILE).write_text(f"<<<<<<< ours\nrag-001 1 {sums}\nrag-001 3 {sums}\n", encoding="utf-8")
    lock = [(one.line, one.rule) for one in check(folder, TODAY).problems if one.file.endswith(".lock")]
    assert lock == [(1, "L10")]
    assert [one.text for one in check(folder, TODAY).problems if one.rule == "L10" and one.item_id] == [
        "version 1 is below 3, which was accepted: count on from there"
    ]


def test_the_source_articles_are_compared_where_they_are_at_hand(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    article = "11. Common Mistakes\nIt varies the words, it adds no missing facts, say many.\n"
    (seeds / "careers.txt").write_text(article, encoding="utf-8")
    found = check(write(tmp_path, {"questions/rag.yaml": TEACHING}), TODAY, seeds)
    assert [(one.rule, one.file, one.line) for one in found.problems if one.rule not in SCARCE] == [
        ("L25", "content/questions/rag.yaml", 15),
        ("L05", "content/sources.yaml", 7),
    ]
    with pytest.raises(NoSeeds, match=r"careers\.txt"):
        check(tmp_path / "content", TODAY, tmp_path)


def test_our_own_content_leaves_nothing_to_mend() -> None:
    # CI has the source articles beside the project; where they are not, all else is checked.
    found = check(CONTENT, TODAY, SEEDS if SEEDS.is_dir() else None)
    assert [str(one) for one in found.problems if one.level is not Level.INFO] == []


def test_mending_touches_only_what_is_mechanical(tmp_path: Path) -> None:
    spoilt = TEACHING.replace("last year", "la\u200bst cafe\u0301 year").replace("version: 1", "version: 1  ")
    folder = write(tmp_path, {"questions/rag.yaml": f"\ufeff{spoilt}".replace("\n", "\r\n").encode() + b"\n\n"})
    assert [one.rule for one in check(folder, TODAY).problems if one.rule == "L01"] == ["L01", "L01"]
    assert writing.mend(folder) == ["questions/rag.yaml"]
    assert (folder / "questions/rag.yaml").read_bytes().decode() == TEACHING.replace("last year", "last caf\u00e9 year")
    assert writing.mend(folder) == []


@pytest.mark.parametrize("kept", ["a\tb\n", '    text: "\u201cquoted\u201d"\n', "", "# x\n\n\n# y\n"])
def test_mending_leaves_what_an_author_may_mean(kept: str) -> None:
    assert writing.mended(kept) == kept
