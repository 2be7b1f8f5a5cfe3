"""The banks of a content folder: which there are, which is asked, and what no bank may hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.catalog import yaml_file
from bot.catalog.items import Entry, items
from bot.catalog.layout import ABOUT, LAYOUT
from bot.catalog.load import read_folder
from bot.catalog.yaml_file import Problem
from bot.domain.bank import Bank
from bot.domain.question import Question

_ABOUT = next(part for part in LAYOUT if part.pattern == ABOUT)


@dataclass(frozen=True, slots=True)
class BankFolder:
    """A bank's folder, and what authors call it."""

    path: Path
    name: str


def banks_in(content: Path) -> tuple[BankFolder, ...]:
    """The banks of a content folder, the default first; a folder that holds no bank is taken for one."""
    called = content.absolute().name
    inside = [] if (content / ABOUT).is_file() else sorted(path.parent for path in content.glob(f"*/{ABOUT}"))
    if not inside:
        return (BankFolder(content, called),)
    banks = [BankFolder(path, f"{called}/{path.name}") for path in inside]
    return tuple(banks if len(banks) == 1 else sorted(banks, key=lambda bank: not _is_default(bank)))


def older_layout(content: Path) -> str:
    """The sentence about a folder laid out as before there were banks; empty for any other."""
    (first, *_) = banks_in(content)
    if (first.path / ABOUT).is_file() or not (first.path / "questions").is_dir():
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
    defaults: list[Entry] = []
    for bank in banks:
        for entry in read_folder(bank.path, bank.name).entries:
            if entry.kind not in (Bank, Question) or not entry.id:
                continue
            holder, first = named.setdefault((entry.kind, entry.id), (bank, entry))
            if holder != bank:
                told = f"id {entry.id!r} is taken by {first.told_place}: choose another, ids differ over all banks"
                yield entry.problem("L03", ("id",), told)
            if isinstance(entry.value, Bank) and entry.value.default:
                defaults.append(entry)
    for entry in defaults[1:]:
        yield entry.problem("L03", ("default",), f"{defaults[0].told_place} is the default already: keep one of them")
    yield from beside_banks(content)


def beside_banks(content: Path) -> Iterator[Problem]:
    """Find files in a folder of banks that stand in none of them, such as some that were left where all were once."""
    banks = banks_in(content)
    for path in sorted(content.rglob("*.y*ml")):
        if not path.name.startswith(".") and not any(path.is_relative_to(bank.path) for bank in banks):
            name = f"{content.absolute().name}/{path.relative_to(content).as_posix()}"
            told = f"nothing reads this file: move it into the folder of a bank, which has a {ABOUT}"
            yield Problem(name, 1, 1, "L02", "", told)


def _is_default(bank: BankFolder) -> bool:
    read = items(_ABOUT, yaml_file.read(bank.path / ABOUT, bank.name))
    return any(isinstance(entry.value, Bank) and entry.value.default for entry in read.entries)
