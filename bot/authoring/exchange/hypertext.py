"""Text that another program keeps as HTML, as its readers see it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_PARTS = {"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "blockquote", "section"}
_PICTURES = {"img", "svg", "video", "audio", "object", "canvas", "iframe"}
_UNREAD = {"script", "style"}

MOST_TAGS = 1_000
"""With more, a text is longer than any of ours and stays as it is: one that leaves tags open takes the parser long."""


@dataclass(slots=True)
class Shown:
    """The parts of a text that a reader sees."""

    text: str = ""
    code: list[str] = field(default_factory=list)
    """The contents of each ``pre``."""
    picture: bool = False
    table: bool = False


def shown(html: str) -> Shown:
    """Read HTML; nothing in it is run or fetched."""
    if html.count("<") > MOST_TAGS:
        return Shown(text=html)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found = reader.found
    found.text = re.sub(r"\s+", " ", "".join(reader.parts)).strip()
    found.code = [code.strip("\n") for code in found.code if code.strip()]
    return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Shown()
        self.parts: list[str] = []
        self._in_code = self._in_unread = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.picture |= tag in _PICTURES
        self.found.table |= tag == "table"
        self._in_unread |= tag in _UNREAD
        if tag == "pre" and not self._in_code:
            self._in_code = True
            self.found.code.append("")
        if tag == "br" and self._in_code:
            self.found.code[-1] += "\n"
        elif tag in _PARTS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._in_unread = False
        if tag == "pre":
            self._in_code = False
        if tag in _PARTS | {"pre"}:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if self._in_unread:
            return
        if self._in_code:
            self.found.code[-1] += data
        else:
            self.parts.append(data)
