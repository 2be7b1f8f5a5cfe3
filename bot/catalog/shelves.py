"""The shelves a bank has beside its questions: which it lacks, and what its questions owe to those it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.catalog import shape
from bot.catalog.items import Entry
from bot.catalog.layout import Item
from bot.catalog.yaml_file import Problem
from bot.domain.common_fields import Objective, Topic
from bot.domain.identifiers import TopicId
from bot.domain.limits import Slug
from bot.domain.question import Question
from bot.domain.roadmap import Step
from bot.domain.role import Role

OWED: Mapping[str, type[Item]] = {"roadmap": Step, "roles": Role, "objectives": Objective}
"""Fields a question has as soon as its bank has the shelf they name."""


def check(entries: Sequence[Entry], absent: Mapping[type[Item], str]) -> Iterator[Problem]:
    """Names on a shelf that is absent, told once in the file it would stand in; questions that leave one out.

    Topics alone need no shelf: they are declared by being named.
    """
    missing = {shape.id_type(kind): kind for kind in absent if kind is not Topic}
    looked_at = frozenset(missing)
    for entry in entries if missing else ():
        for at, hint, tree in shape.nodes(entry.kind, entry.tree, looked_at):
            kind = missing.get(hint)
            if kind and isinstance(tree, str) and tree:
                del missing[hint]
                place = f"{entry.file.name}:{entry.file.place((*entry.at, *at))[0]}"
                told = f"no {shape.called(kind)} is listed, and {place} names one: add it here"
                yield Problem(absent[kind], 1, 1, "L02", "", told)
    had = {entry.kind for entry in entries}
    owed = {name for name, kind in OWED.items() if kind in had}
    for entry in entries:
        if entry.kind is Question and isinstance(entry.tree, dict):
            for name in sorted(owed - entry.tree.keys()):
                yield entry.problem("L02", (name,), f"{name} is missing: add it")
            if entry.tree.get("objectives") == []:
                yield entry.problem("L02", ("objectives",), "objectives needs at least one")
            if Topic in absent:
                for fault in Slug().faults("topic", str(entry.tree.get("topic"))):
                    yield entry.problem(fault.rule, fault.at, fault.text)


def declared_topics(questions: Iterable[Question]) -> tuple[Topic, ...]:
    """The topics that questions name, in the order they come."""
    topics = map(declared, dict.fromkeys(question.topic for question in questions))
    return tuple(topic for topic in topics if topic)


def declared(id: TopicId) -> Topic | None:
    """A topic that is declared by being named, called as its id reads; None if it can be no id."""
    return None if any(Slug().faults("topic", id)) else Topic(id, id.replace("-", " ").capitalize())
