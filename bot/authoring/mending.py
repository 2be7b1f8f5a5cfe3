"""What ``content check --fix`` mends by itself: only what no author could want otherwise."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from bot.catalog.characters import unseen
from bot.catalog.layout import LAYOUT
from bot.catalog.yaml_file import SIZE_LIMIT

MENDED = "accented letters as one character (NFC), characters nobody sees, spaces at line ends, line ends, last line"
"""What is mended, in words."""


def mended(text: str) -> str:
    """The text as it should be saved; a tab is left, since where it stands it may mean something."""
    text = unseen(text.replace("\r\n", "\n"))
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[ \t\u00a0]+$", "", text, flags=re.MULTILINE)
    return text.rstrip("\n") + "\n" if text.strip() else text


def mend(folder: Path) -> list[str]:
    """Mend the files of a content folder in place; the names of those that changed."""
    changed: list[str] = []
    for part in LAYOUT:
        for path in part.paths(folder):
            if path.stat().st_size > SIZE_LIMIT:
                continue
            data = path.read_bytes()
            try:
                new = mended(data.decode("utf-8-sig")).encode()
            except UnicodeDecodeError:
                continue
            if new != data:
                beside = path.with_name(f".{path.name}.new")
                beside.write_bytes(new)
                beside.replace(path)
                changed.append(path.relative_to(folder).as_posix())
    return changed
