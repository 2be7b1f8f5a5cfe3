"""Quizzes in Markdown: a heading asks, a list answers; the right option is ticked, or named under lettered ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.authoring.exchange.found import (
    PICTURE,
    TABLE,
    Finds,
    Found,
    FoundOption,
    FoundQuestion,
    LeftOut,
    PassedOver,
)
from bot.authoring.exchange.key import NoKey, key_of
from bot.authoring.exchange.markdown_lines import Line, What, asks_as, hides_questions, is_numbered, lines_of
from bot.domain.artefact import Block, BlockKind
from bot.domain.common_fields import Reference
from bot.domain.content_faults import Faulty

_LINK = re.compile(r"\[([^\[\]]{1,200})\]\((https?://[^()\s]{1,300})\)\s*$")
_CODE = re.compile(r"(`+)([^`]+)\1")
_LETTER = re.compile(r"[*_]{0,2}\(?([A-Ha-h])[.)]\s+(?=\S)")
_CHECKED = re.compile(r"\s*(?:[\u2713\u2714\u2705]\ufe0f?|\((?:correct|right)\))\s*$", re.IGNORECASE)
LONGEST = 2_000
"""No text of a question is so long; what is longer is not looked at."""


@dataclass(slots=True)
class _Option:
    text: str
    mark: str
    why: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    """A heading, or the paragraph above some options, with what stands under it."""

    line: int
    level: int = 0
    """The number of hashes of its heading; 0 without a heading."""
    heading: str = ""
    end: int = 0
    stem: list[str] = field(default_factory=list)
    ticked: list[_Option] = field(default_factory=list)
    lettered: list[_Option] = field(default_factory=list)
    answer: str | None = None
    explained: list[str] = field(default_factory=list)
    refs: list[Reference] = field(default_factory=list)
    code: list[Line] = field(default_factory=list)
    late_code: list[Line] = field(default_factory=list)
    between: bool = False
    """Code stands among the options."""
    seen: set[What] = field(default_factory=set)
    after: list[Line] = field(default_factory=list)
    """Lines under the options that are nothing known: perhaps the next question."""
    explaining: bool = False

    @property
    def options(self) -> list[_Option]:
        return self.ticked or self.lettered

    @property
    def texts(self) -> Iterator[str]:
        yield from (self.heading, *self.stem, *self.explained)
        for option in (*self.ticked, *self.lettered):
            yield from (option.text, *option.why)


def read(path: Path, text: str) -> Finds:
    """The questions; every other heading is named as a title or with what it lacks."""
    items = [*_items(lines_of(text))]
    ticks = any(item.ticked for item in items)
    if not any(item.options or item.code or "?" in item.heading for item in items):
        # A text like any other.
        yield PassedOver(1, end=items[-1].end)
        return
    case: _Item | None = None
    for one, following in zip(items, [*items[1:], None], strict=True):
        item = (
            replace(one, line=case.line, stem=[asks_as(one.heading), *one.stem], heading=case.heading) if case else one
        )
        case = item if following and _begins_a_stem(item, following) else None
        if case is None:
            yield _told(item, following, ticks=ticks)


def _items(lines: Iterable[Line]) -> Iterator[_Item]:
    item = _Item(1)
    for line in lines:
        if line.what is What.HEADING:
            yield item
            item = _Item(line.number, len(line.mark), line.text, line.number)
            continue
        if line.what in (What.TICKED, What.LETTERED) and item.options and item.after:
            begun = _cut(item)
            yield item
            item = begun
        _take(item, line)
        item.end = line.end or line.number
    yield item


def _cut(item: _Item) -> _Item:
    """Begin a question with the last paragraph under the options of another."""
    last = len(item.after)
    while last and item.after[last - 1].what is not What.BLANK:
        last -= 1
    asked = item.after[last:] or item.after[:]
    del item.after[last:]
    item.end = asked[0].number - 1
    begun = _Item(asked[0].number)
    for line in asked:
        _take(begun, line)
    return begun


def _take(item: _Item, line: Line) -> None:
    explaining, item.explaining = item.explaining, False
    started = bool(item.options)
    if line.what in (What.PICTURE, What.TABLE, What.OPEN):
        item.seen.add(line.what)
    elif line.what is What.CODE:
        (item.late_code if started else item.code).append(line)
    elif line.what is What.TICKED:
        item.between |= bool(item.late_code)
        item.ticked.append(_Option(line.text, line.mark))
    elif line.what is What.LETTERED and not explaining and not (item.ticked and line.raw.startswith((" ", "\t"))):
        item.between |= bool(item.late_code)
        item.lettered.append(_Option(line.text, line.mark))
    elif line.what is What.ANSWER and item.lettered:
        item.answer = line.text
    elif line.what is What.EXPLAINED and started:
        item.explained.append(line.text)
        item.explaining = True
    elif line.what is What.BLANK:
        if item.after:
            item.after.append(line)
    elif line.what is not What.RULE:
        _take_text(item, line, explaining=explaining)


def _take_text(item: _Item, line: Line, *, explaining: bool) -> None:
    text = line.raw.strip()
    link = _LINK.match(line.text if line.what is What.SOURCE else text)
    if not item.options:
        item.stem.append(text)
    elif link:
        item.refs.append(Reference(general=link[1], citation=link[2]))
    elif line.what is What.SOURCE:
        item.refs.append(Reference(general=line.text, citation=line.text))
    elif explaining:
        item.explained.append(text)
        item.explaining = True
    elif line.raw.startswith((" ", "\t", ">")) and not item.after:
        # What is set in under an option is its reason.
        item.options[-1].why.append(text.lstrip("->*+ ").strip())
    else:
        item.after.append(line)


def _begins_a_stem(item: _Item, following: _Item) -> bool:
    """Return whether a heading tells the case that the next heading of its level asks about."""
    alone = item.level and not (item.stem or item.options or item.code or item.seen)
    told = asks_as(item.heading).endswith((".", "!", ":", "\u2026"))
    return bool(alone and told and following.level == item.level and not is_numbered(following.heading))


def _told(item: _Item, following: _Item | None, *, ticks: bool) -> Found:
    def out(why: str) -> LeftOut:
        return LeftOut(item.line, why, end=item.end)

    if any(hides_questions(code) for code in (*item.code, *item.late_code)):
        return out("a block of code that holds headings and options: is a line ``` missing?")
    if What.OPEN in item.seen:
        return out("a line ``` begins code that nothing ends")
    if not item.options:
        return _without_options(item, following)
    if What.PICTURE in item.seen:
        return out(PICTURE)
    if What.TABLE in item.seen:
        return out(TABLE)
    if item.ticked and item.lettered:
        return out("some of its options are ticked and some are lettered: tick the right one")
    if item.lettered and ticks:
        return out("its options are lettered, while others of this file are ticked: write - [x] before the right one")
    if item.between:
        return out("a block of code among its options: write it in YAML")
    if len(item.code) > 1:
        return out("more than one block of code: write it in YAML")
    if sum(map(len, item.texts)) > LONGEST:
        return out(f"more than {LONGEST:,} characters: no question of ours is so long")
    try:
        return _question(item)
    except NoKey as reason:
        return out(str(reason))
    except Faulty as error:
        return out("; ".join(fault.text for fault in error.faults))


def _without_options(item: _Item, following: _Item | None) -> Found:
    if not item.level:
        told = f"{len(item.stem)} lines that belong to no question" if item.stem or item.code or item.seen else ""
        return PassedOver(item.line, told, end=item.end)
    text = f"{item.heading} {' '.join(item.stem)}"
    deeper = following is not None and (following.level > item.level or not following.level)
    if deeper and not is_numbered(item.heading) and not item.heading.rstrip().endswith((".", "?", ":")):
        return PassedOver(item.line, "a title", end=item.end)
    what = "no ticked or lettered options under it"
    return LeftOut(item.line, f"{what}, so it is no question" if "?" not in text else what, end=item.end)


def _question(item: _Item) -> FoundQuestion:
    options = _ticked(item.ticked) if item.ticked else _lettered(item)
    explained = _plain(" ".join(item.explained))
    found = tuple(
        FoundOption(
            text if code else _plain(text), right, _plain(" ".join(why)) or (explained if right else ""), code=code
        )
        for text, right, why, code in options
    )
    block = Block(BlockKind.CODE, item.code[0].text, item.code[0].mark) if item.code else None
    lost = [line for line in item.after if line.what is not What.BLANK] + item.late_code
    remarks = (
        [f"not taken over: line{'s' * (len(lost) > 1)} {', '.join(str(one.number) for one in lost)}"] if lost else []
    )
    if explained and any(one.correct and one.why != explained for one in found):
        remarks.append(f"its explanation has no place beside the reasons: {explained[:60]}")
    stem = [asks_as(item.heading), *item.stem]
    if not item.level and item.stem:
        stem = [asks_as(item.stem[0]), *item.stem[1:]]
    return FoundQuestion(
        item.line,
        _plain(" ".join(part for part in stem if part)),
        found,
        refs=tuple(item.refs),
        block=block,
        remarks=tuple(remarks),
        end=item.end,
    )


_Said = tuple[str, bool, list[str], bool]


def _ticked(options: list[_Option]) -> list[_Said]:
    # Letters before the texts of options are ours to give.
    letters = [found[1].casefold() if (found := _LETTER.match(one.text)) else "" for one in options]
    if letters == [*"abcdefgh"][: len(options)]:
        options = [replace(one, text=_LETTER.sub("", one.text, count=1)) for one in options]
    return [(_unticked(one.text), bool(one.mark), one.why, _is_code(one.text)) for one in options]


def _lettered(item: _Item) -> list[_Said]:
    checked = [bool(_CHECKED.search(one.text)) for one in item.lettered]
    texts = {one.mark: _CHECKED.sub("", one.text) for one in item.lettered}
    if len(texts) < len(item.lettered):
        raise NoKey("two of its options have the same letter")
    if item.answer is None and not any(checked):
        raise NoKey("its options are lettered, and nothing says which is right: add a line such as Answer: B")
    plain = {letter: _plain(text) for letter, text in texts.items()}
    key = key_of(_plain(item.answer), plain) if item.answer is not None else ""
    right = [one.mark == key if key else at for one, at in zip(item.lettered, checked, strict=True)]
    return [
        (_unticked(texts[one.mark]), at, one.why, _is_code(texts[one.mark]))
        for one, at in zip(item.lettered, right, strict=True)
    ]


def _is_code(text: str) -> bool:
    return bool(_CODE.fullmatch(text.strip()))


def _unticked(text: str) -> str:
    found = _CODE.fullmatch(text.strip())
    return found[2] if found else text


def _plain(text: str) -> str:
    """Without the marks of Markdown that our texts do not have."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__|`)(.+?)\1", r"\2", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!<>|])", r"\1", text).strip()
