"""The figures in docs/performance.md, between two marks."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- figures: made by `make bench`, not by hand -->", "<!-- end of figures -->"


def put(figures: str, page: Path = PAGE) -> None:
    """Put the figures between the marks; what stands around them stays."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} has no place for figures; it needs the two marks of {__name__}")
    page.write_text(f"{before}{BEGIN}\n\n{figures.strip()}\n\n{END}{after}", encoding="utf-8")
