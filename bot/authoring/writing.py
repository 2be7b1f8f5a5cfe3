"""Changing content files: questions put at the end of their topic's file, and what ``--fix`` mends by itself."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bot.catalog import yaml_file
from bot.catalog.characters import unseen
from bot.catalog.items import items
from bot.catalog.layout import LAYOUT, SCHEMA
from bot.domain.artefact import Block
from bot.domain.common_fields import Reference
from bot.domain.explained import Explained
from bot.domain.identifiers import QuestionId, TopicId
from bot.domain.question import Option, Question

QUESTIONS = next(part for part in LAYOUT if part.pattern.startswith("questions/"))


class NotWritten(Explained):
    """The file was left as it is."""


def as_yaml(question: Question) -> str:
    """The question as an entry of a topic's file."""
    return "".join(f"{line}\n" for line in _lines(question))


def file_of(questions: Iterable[Question]) -> str:
    """A whole file of questions."""
    entries = "\n".join(as_yaml(question) for question in questions)
    return f"schema: {SCHEMA}\nquestions:\n{entries}" if entries else f"schema: {SCHEMA}\nquestions: []\n"


def append(folder: Path, by_topic: Mapping[TopicId, Sequence[Question]]) -> list[Path]:
    """Put questions at the end of their topics' files, which keep every other character as it is; all or none."""
    ready: list[tuple[Path, Path]] = []
    try:
        for topic, questions in by_topic.items():
            path = folder / "questions" / f"{topic}.yaml"
            beside = path.with_name(f".{path.name}.new")
            ready.append((beside, path))
            _write_beside(path, beside, questions)
    except NotWritten:
        for beside, _ in ready:
            beside.unlink(missing_ok=True)
        raise
    for beside, path in ready:
        beside.replace(path)
    return [path for _, path in ready]


def _write_beside(path: Path, beside: Path, questions: Sequence[Question]) -> None:
    """The file with the questions at its end, checked to say what they say."""
    before = path.read_text(encoding="utf-8-sig") if path.exists() else f"schema: {SCHEMA}\nquestions:\n"
    before = re.sub(r"(?m)^questions: *\[ *\] *$", "questions:", before)
    blocks = "\n".join(as_yaml(question) for question in questions)
    apart = "" if before.endswith("questions:\n") else "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.write_text(f"{before.rstrip()}\n{apart}{blocks}", encoding="utf-8")
    file = yaml_file.read(beside, path.name)
    found = items(QUESTIONS, file)
    written = [one.value for one in found.entries][-len(questions) :]
    if file.problems or [*written] != [*questions]:
        wrong = [*file.problems, *found.problems]
        reason = f" ({wrong[0]})" if wrong else ""
        raise NotWritten(f"{path} cannot take questions at its end{reason}: run `studybot content check` first.")


def next_ids(topic: TopicId, questions: Iterable[Question], taken: Collection[str]) -> Iterator[QuestionId]:
    """Free ids that go on with the topic's own series, such as ``law-009``; none that was ever used."""
    series = Counter[str]()
    highest: dict[str, int] = {}
    for question in questions:
        said = re.fullmatch(r"(.+)-(\d+)", question.id)
        if said:
            highest[said[1]] = max(int(said[2]), highest.get(said[1], 0))
            series[said[1]] += question.topic == topic
    for id in taken:
        said = re.fullmatch(r"(.+)-(\d+)", id)
        if said:
            highest[said[1]] = max(int(said[2]), highest.get(said[1], 0))
    most = series.most_common(1)
    prefix = most[0][0] if most and most[0][1] else topic
    number = highest.get(prefix, 0)
    while True:
        number += 1
        yield QuestionId(f"{prefix}-{number:03d}")


def _lines(question: Question) -> Iterator[str]:
    yield f"  - id: {question.id}"
    for name in ("version", "status", "topic", "difficulty", "bloom", "roadmap"):
        if value := getattr(question, name):
            yield f"    {name}: {value}"
    for name in ("roles", "objectives", "tags"):
        values = getattr(question, name)
        # A bank with roles asks for the field, be it empty.
        if values or name == "roles":
            yield f"    {name}: [{', '.join(_word(one) for one in values)}]"
    if question.concept:
        yield f"    concept: {question.concept}"
    if question.terms:
        yield f"    terms: [{', '.join(_word(one) for one in question.terms)}]"
    if question.myth:
        yield f"    myth: {_word(question.myth)}"
    if question.volatile:
        yield "    volatile: true"
    if question.review_by:
        yield f'    review_by: "{question.review_by}"'
    yield f"    stem: {_text(question.stem)}"
    if question.block:
        yield from _block(question.block)
    if question.picture:
        yield f"    picture: {{file: {question.picture.file}, alt: {_text(question.picture.alt)}}}"
    yield "    options:"
    yield from (f"      - {_option(option)}" for option in question.options)
    if question.takeaway:
        yield f"    takeaway: {_text(question.takeaway)}"
    if question.refs:
        yield "    refs:"
    yield from (f"      - {_reference(ref)}" for ref in question.refs)
    if question.allow:
        yield "    allow:"
        yield from (f"      - {{rule: {one.rule}, because: {_text(one.because)}}}" for one in question.allow)
    if question.readings:
        yield "    readings:"
        yield from (f'      - {{kind: {one.kind}, on: "{one.on}", result: {one.result}}}' for one in question.readings)
    if question.fix:
        yield "    fix:"
        yield from (f'      - {{on: "{one.on}", because: {_text(one.because)}}}' for one in question.fix)
    if question.note:
        yield f"    note: {_text(question.note)}"


def _block(block: Block) -> Iterator[str]:
    yield "    block:"
    yield f"      kind: {block.kind}"
    if block.language:
        yield f"      language: {_text(block.language)}"
    # The 2 says how far the lines are set in, whatever the first of them begins with.
    yield "      text: |2-"
    yield from (f"        {line}" if line else "" for line in block.text.split("\n"))


def _option(option: Option) -> str:
    marks = "code: true, " * option.code + "correct: true, " * option.correct
    return f"{{id: {option.id}, text: {_text(option.text)}, {marks}why: {_text(option.why)}}}"


def _reference(ref: Reference) -> str:
    if ref.source:
        return f"{{source: {ref.source}, section: {_text(ref.section or '')}}}"
    return f"{{general: {_text(ref.general or '')}, citation: {_text(ref.citation or '')}}}"


def _word(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", text) and text.lower() not in _NOT_WORDS else _text(text)


_NOT_WORDS = {"null", "true", "false", "yes", "no", "on", "off"}


def _text(text: str) -> str:
    """In double quotes, where every escape of JSON means the same to YAML."""
    return json.dumps(text, ensure_ascii=False)


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
            if path.stat().st_size > yaml_file.SIZE_LIMIT:
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
