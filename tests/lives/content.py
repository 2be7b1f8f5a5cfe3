"""A small content folder: quick to read, and nothing is wrong with it."""

from __future__ import annotations

from pathlib import Path

from tests.catalog.base import RAG, write

KEY = "Retrieve passages"
_HEAD = "schema: 1\nquestions:\n"


def small_content(folder: Path, questions: int = 12) -> Path:
    """Write a number of questions, alike but for their number; return their folder."""
    (_, body) = RAG.split(_HEAD)

    def numbered(number: int) -> str:
        return (
            body.replace("rag-001", f"rag-{number:03d}")
            .replace("A bot answers from last year's policy.", f"Bot {number} answers from last year's policy.")
            .replace("outdated.", f"outdated, as in {number}.")
            .replace(KEY, f"{KEY} {number}")
        )

    return write(folder, {"questions/rag.yaml": _HEAD + "".join(map(numbered, range(1, questions + 1)))})
