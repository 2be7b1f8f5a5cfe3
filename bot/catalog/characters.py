"""Characters that have no place in content: readers cannot see them, or they change what readers see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_TWO_FOR_ONE = "a letter and its accent are two characters here: type the accented letter as one (Unicode NFC)"
_UNSEEN = r"\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
# Between two characters of scripts that need them, and within an emoji, joiners are letters like others.
_JOINS = rf"(?<=[^\x00-\x7f\s{_UNSEEN}])[\u200c\u200d](?=[^\x00-\x7f\s{_UNSEEN}])"
HIDDEN = re.compile(rf"(?!{_JOINS})[{_UNSEEN}]")
"""A character nobody sees, where nothing needs it."""
# Control characters (all but the line feed), soft hyphen, zero-width and joining characters, bidi controls,
# line and paragraph separators, byte order mark, interlinear marks, non-characters, tags.
_REFUSED = re.compile(
    rf"(?!{_JOINS})[\x00-\x09\x0b-\x1f\x7f-\x9f{_UNSEEN}"
    r"\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def refused(text: str) -> Iterator[tuple[int, str]]:
    """Each character or sequence to be mended: where it stands in the text, and what to do about it."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return
    for match in _REFUSED.finditer(text):
        yield match.start(), _told(match[0])
    if not unicodedata.is_normalized("NFC", text):
        start = 0
        for line in text.splitlines(keepends=True):
            composed = unicodedata.normalize("NFC", line)
            if composed != line:
                yield start + _first_difference(line, composed), _TWO_FOR_ONE
            start += len(line)


def unseen(text: str) -> str:
    """The text without characters nobody sees; tabs stay, since where they stand they may mean something."""
    return _REFUSED.sub(lambda found: found[0] if found[0] == "\t" else "", text)


def _told(char: str) -> str:
    if char == "\t":
        return "a tab: use spaces"
    name = unicodedata.name(char, "control character").lower()
    return f"a character readers cannot see (U+{ord(char):04X}, {name}): delete it"


def _first_difference(line: str, composed: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(line, composed, strict=False)) if a != b), len(composed))
