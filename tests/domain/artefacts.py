"""Questions that show more than words: code, a log with a picture, and as much as a question can hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.authoring.writing import file_of
from bot.domain.artefact import BLOCK_LINES, BLOCK_WIDTH, Block, BlockKind, Picture
from bot.domain.identifiers import ConceptId, OptionId
from bot.domain.question import OPTION_LIMIT, STEM_LIMIT, Option, Question
from tests.catalog.biology import biology
from tests.domain.samples import WHY, question

SQL = """\
SELECT city, count(*) AS people
  FROM members
 WHERE joined < '2026-01-01'
 GROUP BY city
HAVING count(*) >= 5"""


def _asked(id: str) -> Question:
    """A question of a bank without shelves."""
    return replace(question(id), roadmap=None, objectives=())


def _options(*texts: str, code: bool = False) -> tuple[Option, ...]:
    """Options of which the first is right."""
    return tuple(
        Option(OptionId(letter), text, WHY, correct=letter == "a", code=code)
        for letter, text in zip("abcd", texts, strict=False)
    )


CODE = replace(
    _asked("sql-1"),
    stem="Which line keeps the small groups out?",
    concept=ConceptId("having"),
    block=Block(BlockKind.CODE, SQL, "sql"),
    options=_options(
        "HAVING count(*) >= 5", "WHERE joined < '2026'", "GROUP BY city;", "having COUNT(*) >= 5", code=True
    ),
)
LOG = replace(
    _asked("log-1"),
    stem="What ran out first?",
    block=Block(
        BlockKind.LOG, "    09:01 WARN  *pool* 19/20 <busy>\n    09:02 ERROR _pool_ `empty` & waiting :boom: @everyone"
    ),
    picture=Picture("pictures/pool.png", "A curve that climbs to its limit and stays there."),
)
_FULL = "\n".join(f"{number:02d} {'0123456789' * 6}"[:BLOCK_WIDTH] for number in range(BLOCK_LINES))
LARGEST = replace(
    _asked("largest-1"),
    stem="W" * (STEM_LIMIT - 1) + "?",
    block=Block(BlockKind.PROMPT, _FULL),
    picture=Picture("pictures/full.png", ("A picture with much on it. " * 3).strip()),
    options=_options(*(f"{letter} {'o' * (OPTION_LIMIT - 2)}" for letter in "abcd")),
)
ARTEFACTS: tuple[Question, ...] = (CODE, LOG, LARGEST)


def bank_of(folder: Path, *questions: Question) -> Path:
    """A bank that asks these."""
    biology(folder)
    (folder / "questions" / "cells.yaml").write_text(file_of(questions), encoding="utf-8")
    for one in questions:
        if one.picture:
            path = folder / one.picture.file
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"\x89PNG")
    return folder
