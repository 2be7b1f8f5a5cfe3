"""A bank on another subject, with questions and nothing else."""

from __future__ import annotations

from pathlib import Path

from tests.catalog.base import BANK

BIOLOGY = """\
schema: 1
questions:
  - id: cell-001
    version: 1
    status: live
    topic: cell-division
    difficulty: easy
    bloom: remember
    stem: "A cell has copied its chromosomes and pulls them apart. What is this division called?"
    options:
      - {id: a, text: "Mitosis", correct: true, why: "Copied chromosomes are shared out, so both cells have all."}
      - {id: b, text: "Osmosis", why: "Osmosis is water passing through a membrane; nothing divides in it."}
      - {id: c, text: "Glycolysis", why: "Glycolysis splits sugar for energy, and the cell stays one."}
    takeaway: "Mitosis makes two alike."
    refs:
      - {general: "Cell biology", citation: "Any school book"}
    readings:
      - {kind: blind, on: 2026-05-14, result: passed}
      - {kind: keyed, on: 2026-05-15, result: passed}
"""


def biology(folder: Path) -> Path:
    """A bank of questions and nothing else."""
    (folder / "questions").mkdir(parents=True)
    (folder / "questions" / "cells.yaml").write_text(BIOLOGY, encoding="utf-8")
    about = BANK.replace("careers in generative AI", "the biology of the cell").replace("id: small", "id: biology")
    (folder / "bank.yaml").write_text(about, encoding="utf-8")
    return folder
