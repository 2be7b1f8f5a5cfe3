"""Findings of the content check as lines: infos on items are summed up, one about the bank stands alone."""

from __future__ import annotations

from bot.authoring.check import Checked
from bot.catalog.yaml_file import Problem
from bot.cli.findings import as_lines
from bot.domain.content import ContentFiles
from bot.domain.content_faults import Level
from tests.authoring.lint.samples import bank

OF_ITEMS = tuple(
    Problem("b/questions/rag.yaml", line, 1, "L15", id, "uneven", Level.INFO)
    for line, id in ((4, "q-001"), (9, "q-002"), (10, "q-002"))
)
OF_BANK = Problem("b/questions", 1, 1, "L33", "", "0 of 64", Level.INFO)
CHECKED = Checked(ContentFiles(questions=tuple(bank(3))), (OF_BANK, *OF_ITEMS), (), {})


def test_infos_on_items_are_summed_up_and_one_about_the_bank_stands_alone() -> None:
    assert [*as_lines(CHECKED, infos=False)] == [
        "b/questions:1:1 L33: info: 0 of 64",
        "info L15 2 of 3 have options of uneven length",
    ]


def test_infos_one_by_one() -> None:
    assert [*as_lines(CHECKED, infos=True)] == [str(one) for one in (OF_BANK, *OF_ITEMS)]
