"""The figures in docs/performance.md, between two marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- figures: made by `make bench`, not by hand -->", "<!-- end of figures -->"


def put(figures: str, page: Path = PAGE) -> None:
    """Put the figures between the marks; what stands around them stays."""
    before, _, after = _parts(page)
    page.write_text(f"{before}{BEGIN}\n\n{figures.strip()}\n\n{END}{after}", encoding="utf-8")


def renew(chapters: Mapping[str, str], page: Path = PAGE) -> None:
    """Put these chapters, by their titles, in place of those that stand there; new ones come last."""
    about, *there = re.split(r"(?m)^(?=### )", _parts(page)[1].strip())
    kept = {chapter.partition("\n")[0].removeprefix("### "): chapter.strip() for chapter in there}
    put("\n\n".join([about.strip(), *{**kept, **chapters}.values()]), page)


def _parts(page: Path) -> tuple[str, str, str]:
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    figures, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} has no place for figures; it needs the two marks of {__name__}")
    return before, figures, after
