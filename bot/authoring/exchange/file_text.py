"""A file nobody has checked as bytes and as text: bounded before it is read, in whatever encoding it was saved."""

from __future__ import annotations

import stat
from pathlib import Path

from bot.authoring.exchange.found import MISSING, FileRefused
from bot.catalog.scalars import SHOWN

SIZE_LIMIT = 4 << 20
"""Several thousand questions fit; a larger file is something else."""
LINE_LIMIT = 20_000
"""A question with all its reasons has about 2,000 characters."""

_SIGNS = (
    (b"PK\x05\x06", "a zip: unpack it yourself and import the files"),
    (b"\x1f\x8b", "compressed: unpack it yourself and import the file"),
    (b"SQLite format 3", "a database: export it as CSV"),
    (b"%PDF", "a PDF: there is no text in it to rely on"),
    (b"\xd0\xcf\x11\xe0", "an old or a protected workbook: save it as .xlsx, without a password"),
)
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# What spreadsheets and editors saved in before UTF-8, by region.
_REGIONAL = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp932", "cp949", "gb18030",
    "big5", "mac_roman",
)  # fmt: skip


def bytes_of(path: Path) -> bytes:
    """Read the file; ``FileRefused`` for what is too large, no file, or known to be something else."""
    try:
        # A device or a pipe has no size and no end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileRefused(f"{path} is not a file.")
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise FileRefused(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from None
    if len(data) > SIZE_LIMIT:
        raise FileRefused(f"{path.name} is larger than {SIZE_LIMIT >> 20} MiB: split it and import the parts.")
    for sign, told in _SIGNS:
        if data.startswith(sign):
            raise FileRefused(f"{path.name} is {told}.")
    return data


def text_of(path: Path, data: bytes) -> tuple[str, str]:
    """The text, with line feeds only, and what to know about how it was read; ``FileRefused`` for what is no text."""
    text, told = _decoded(path, data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise FileRefused(f"{path.name} is not a text file: save it as plain text in UTF-8.")
    return text, told


def _decoded(path: Path, data: bytes) -> tuple[str, str]:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8-sig")
    if encoding == "utf-8-sig" and b"\0" in data[:200]:
        # "Unicode text" without its mark: every other byte of Latin letters is zero.
        encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
    try:
        return data.decode(encoding), ""
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig":
            return _regional(path, data, data.count(b"\n", 0, error.start) + 1)
        raise FileRefused(
            f"{path.name} is not UTF-8, and as {encoding.upper()} it breaks off: save it as UTF-8."
        ) from None


def _regional(path: Path, data: bytes, line: int) -> tuple[str, str]:
    """The text in the encoding it most likely was saved in, which is said, since it is a guess."""
    told = f"line {line} of {path.name} is not UTF-8: save the file as UTF-8 (in Excel: CSV UTF-8)"
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        raise FileRefused(f"{told}. To have other encodings told apart, {MISSING}.") from None
    best = from_bytes(data, cp_isolation=[*_REGIONAL]).best()
    if best is None:
        raise FileRefused(f"{told}.")
    text = str(best)
    sample = next((line for line in text.splitlines() if not line.isascii()), "")[:SHOWN]
    return text, f"not UTF-8, so read as {best.encoding}: if {sample!r} looks wrong, save the file as UTF-8"
