"""The banks of a content folder: which there are, which is asked, and what no bank may hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.catalog import yaml_file
from bot.catalog.items import Entry, items
from bot.catalog.layout import ABOUT, LAYOUT, QUESTIONS, is_hidden
from bot.catalog.load import read_folder
from bot.catalog.yaml_file import Problem, YamlFile
from bot.domain.bank import Bank
from bot.domain.question import Question
from bot.replies.markup import listed

_DEFAULT = ("bank", "default")
_ABOUT = next(part for part in LAYOUT if part.pattern == ABOUT)


@dataclass(frozen=True, slots=True)
class BankFolder:
    """A bank's folder, and what authors call it."""

    path: Path
    name: str


def banks_in(content: Path) -> tuple[BankFolder, ...]:
    """The banks of a content folder, the default first; one with questions of its own, or with no bank, is a bank."""
    called = content.absolute().name
    found = (path.parent for path in content.glob(f"*/{ABOUT}") if not is_hidden(path, content))
    inside = [] if (content / ABOUT).is_file() or (content / QUESTIONS).is_dir() else sorted(found)
    if not inside:
        return (BankFolder(content, called),)
    banks = [BankFolder(path, f"{called}/{path.name}") for path in inside]
    return tuple(banks if len(banks) == 1 else sorted(banks, key=lambda bank: not _is_default(_about(bank))))


def which_is_asked(content: Path) -> str:
    """The sentence about which bank of several is asked; empty where there is one."""
    asked, *others = banks_in(content)
    if not others:
        return ""
    return f"All questions are from {asked.name}; nothing asks from {listed([other.name for other in others])} yet."


def older_layout(content: Path) -> str:
    """The sentence about a folder laid out as before there were banks; empty for any other."""
    (first, *_) = banks_in(content)
    if (first.path / ABOUT).is_file() or not (first.path / QUESTIONS).is_dir():
        return ""
    return (
        f"{content} has questions and no {ABOUT}, as before there were banks. It is read as one bank, and replies "
        f"cannot name its subject. To move it, write {content / ABOUT}; docs/authoring.md shows one."
    )


def across_banks(content: Path) -> Iterator[Problem]:
    """Find what is wrong between the banks of a folder: two defaults, ids that two of them use, files of none."""
    banks = banks_in(content)
    if banks[0].path == content:
        return
    named: dict[tuple[type, str], tuple[BankFolder, Entry]] = {}
    for bank in banks:
        for entry in read_folder(bank.path, bank.name).entries:
            if entry.kind not in (Bank, Question) or not entry.id:
                continue
            holder, first = named.setdefault((entry.kind, entry.id), (bank, entry))
            if holder != bank:
                told = f"id {entry.id!r} is taken by {first.told_place}: choose another, ids differ over all banks"
                yield entry.problem("L03", ("id",), told)
    yield from _two_defaults(banks)
    yield from _in_no_bank(content, banks)


def beside_the_asked(content: Path) -> Iterator[Problem]:
    """Find what is wrong outside the bank that is asked: in what others say of themselves, and in files of none."""
    banks = banks_in(content)
    for bank in banks[1:]:
        file = _about(bank)
        yield from (*file.problems, *items(_ABOUT, file).problems)
    yield from _two_defaults(banks)
    yield from _in_no_bank(content, banks)


def _two_defaults(banks: Sequence[BankFolder]) -> Iterator[Problem]:
    defaults = [file for file in map(_about, banks) if _is_default(file)]
    for file in defaults[1:]:
        told = f"{defaults[0].name}:{defaults[0].place(_DEFAULT)[0]} is the default already: keep one of them"
        yield file.problem("L03", _DEFAULT, told)


def _in_no_bank(content: Path, banks: Sequence[BankFolder]) -> Iterator[Problem]:
    """Find files in a folder of banks that stand in none of them, such as some that were left where all were once."""
    for path in sorted(content.rglob("*.y*ml")):
        if not is_hidden(path, content) and not any(path.is_relative_to(bank.path) for bank in banks):
            name = f"{content.absolute().name}/{path.relative_to(content).as_posix()}"
            told = f"nothing reads this file: move it into the folder of a bank, which has a {ABOUT}"
            yield Problem(name, 1, 1, "L02", "", told)


def _about(bank: BankFolder) -> YamlFile:
    return yaml_file.read(bank.path / ABOUT, f"{bank.name}/{ABOUT}")


def _is_default(file: YamlFile) -> bool:
    """Return whether the file says so, be there a slip anywhere else in it: another bank would be asked in silence."""
    about = file.tree.get("bank") if isinstance(file.tree, dict) else None
    return isinstance(about, dict) and about.get("default") == "true"
