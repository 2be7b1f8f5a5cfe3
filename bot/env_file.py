"""Read ``.env`` whatever editor wrote it, and say at which line it cannot be read."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import Binding, parse_stream

# UTF-32 first: its little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SETTING = re.compile(r"(?m)^[^\S\n]*(?:export[^\S\n]+)?[A-Za-z_]\w*[^\S\n]*=")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
# Double and single curly quotes of any language, and guillemets.
_CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb"
_NOT_A_SETTING = "this line cannot be read; it should be NAME=value."
_OTHER_ENCODING = "this line is in another encoding than the lines before it. Save the whole file as UTF-8."


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that cannot be read, and why."""

    line: int
    """Counted from 1; 0 stands for the whole file."""
    told: str

    def place(self, path: Path) -> str:
        """Name the file, and the line if it is one."""
        return f"{path}:{self.line}" if self.line else str(path)


class UnreadableEnvFile(Exception):
    """The file, or some of its lines, cannot be read."""

    def __init__(self, path: Path, wrong: tuple[Wrong, ...]) -> None:
        super().__init__(str(path))
        self.path = path
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class EnvFile:
    """The settings of a ``.env`` file and the lines they stand in."""

    path: Path
    values: dict[str, str]
    lines: dict[str, tuple[int, ...]]
    """Every line that sets a name; the last one counts."""

    def place(self, name: str) -> str:
        """Where a name is set, as file and line."""
        return f"{self.path}:{self.lines[name][-1]}"


def text_of(path: Path) -> str:
    """Read a file's text in whatever encoding it has; an absent one is empty."""
    return _decoded(path, _bytes_of(path))


def read_env_file(path: Path) -> EnvFile:
    """Read a file's settings. Raise ``UnreadableEnvFile`` with every line that is wrong."""
    text = text_of(path)
    wrong: list[Wrong] = []
    lines: dict[str, tuple[int, ...]] = {}
    for binding, line in _bindings(text):
        told = _why_wrong(binding)
        if told:
            wrong.append(Wrong(line, told))
        elif binding.key:
            lines[binding.key] = (*lines.get(binding.key, ()), line)
    if wrong:
        raise UnreadableEnvFile(path, tuple(wrong))
    values = {name: value for name, value in dotenv_values(stream=io.StringIO(text)).items() if value is not None}
    return EnvFile(path, values, lines)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except IsADirectoryError:
        told = "this is a folder, not a file. Remove it, or move it elsewhere."
    except PermissionError:
        told = "this user may not read the file. Give it to the user who runs Studybot."
    except OSError as error:
        told = f"the file cannot be read ({error.strerror})."
    raise UnreadableEnvFile(path, (Wrong(0, told),))


def _decoded(path: Path, content: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None) or _unmarked(path, content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if encoding not in ("utf-8", "utf-8-sig"):
            raise UnreadableEnvFile(path, (Wrong(0, "the file is cut off or damaged. Save it as UTF-8."),)) from None
        text = "\n".join(_lines_of_an_old_editor(path, content))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines_of_an_old_editor(path: Path, content: bytes) -> Iterator[str]:
    """Read each line by itself: a comment in Latin-1 does no harm, but a value in it would be a guess."""
    lines = content.removeprefix(codecs.BOM_UTF8).split(b"\n")
    wrong = tuple(
        Wrong(number, "this line is not UTF-8. Save the file as UTF-8.")
        for number, line in enumerate(lines, start=1)
        if not line.lstrip().startswith(b"#") and not _is_utf8(line.partition(b" #")[0])
    )
    if wrong:
        raise UnreadableEnvFile(path, wrong)
    yield from (line.decode("utf-8" if _is_utf8(line) else "latin-1") for line in lines)


def _unmarked(path: Path, content: bytes) -> str:
    """Tell UTF-16 without a mark from UTF-8: in a file of mostly ASCII, every second byte is zero."""
    if b"\0" not in content:
        return "utf-8"
    for encoding, half in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
        if half.count(0) > len(half) * 0.8:
            return encoding
    line = content[: content.index(b"\0")].count(b"\n") + 1
    raise UnreadableEnvFile(path, (Wrong(line, _OTHER_ENCODING),))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _bindings(text: str) -> Iterator[tuple[Binding, int]]:
    for binding in parse_stream(io.StringIO(text)):
        # A binding begins with the blank lines before it.
        before = binding.original.string[: len(binding.original.string) - len(binding.original.string.lstrip())]
        yield binding, binding.original.line + before.count("\n")


def _why_wrong(binding: Binding) -> str | None:
    if binding.error:
        if re.search(r"=\s*['\"]", binding.original.string):
            return "a quote that opens here is not closed, or something follows it."
        return _NOT_A_SETTING
    if binding.key is None:
        return None
    if not binding.key.isascii():
        return _OTHER_ENCODING
    if not _NAME.fullmatch(binding.key):
        return _NOT_A_SETTING
    if binding.value is None:
        return None if binding.original.string.lstrip().startswith("export ") else _NOT_A_SETTING
    if "\n" in binding.value and _SETTING.search(binding.value):
        return "the quote that opens here is not closed on this line, so it swallows the lines below."
    if binding.value[:1] and binding.value[0] in _CURLY:
        return "the value is in curly quotes. Use straight ones, or none."
    return None
