"""Every id names one thing, everything named exists, and the roadmap can be walked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from bot.catalog import shape
from bot.catalog.items import Entry
from bot.catalog.layout import ITEM_KINDS, Item
from bot.catalog.nearest import instead
from bot.catalog.scalars import as_written
from bot.catalog.yaml_file import Problem
from bot.domain.common_fields import Reference, Source
from bot.domain.knowledge import ShortRole
from bot.domain.roadmap import Step
from bot.domain.role import Role


def check(entries: Sequence[Entry], partly_read: Collection[type[Item]]) -> Iterator[Problem]:
    """Ids used twice, names of nothing, sections a source does not have, steps that cannot be walked.

    Kinds of which a file could not be read are not looked up: half of their names would seem unknown.
    """
    known: dict[type[Item], dict[str, Entry]] = defaultdict(dict)
    for entry in entries:
        first = known[entry.kind].setdefault(entry.id, entry) if entry.id else entry
        if first is not entry:
            told = f"{shape.called(entry.kind)} id {entry.id!r} is taken by {first.told_place}: choose another"
            yield entry.problem("L03", ("id",), told)
    for id in known[Role].keys() & known[ShortRole].keys():
        told = f"role id {id!r} is taken by {known[Role][id].told_place}: choose another, /role shows both kinds"
        yield known[ShortRole][id].problem("L03", ("id",), told)
    # The types of the ids say what they name: a field of type TopicId names a topic.
    named = {shape.id_type(kind): kind for kind in ITEM_KINDS if kind not in partly_read}
    looked_at = frozenset((*named, Reference))
    for entry in entries:
        for at, hint, tree in shape.nodes(entry.kind, entry.tree, looked_at):
            kind = named.get(hint)
            if kind and isinstance(tree, str) and tree and at != ("id",) and tree not in known[kind]:
                told = f"no {shape.called(kind)} has the id {as_written(tree)}: {instead(tree, known[kind])}"
                yield entry.problem("L04", at, told)
            elif hint is Reference and isinstance(tree, dict):
                told = _wrong_section(tree.get("source"), tree.get("section"), known[Source])
                if told:
                    yield entry.problem("L05", (*at, "section"), told)
    yield from _roadmap(entries)


def _wrong_section(source: object, section: object, sources: Mapping[str, Entry]) -> str:
    """The sentence if the source is known and has no such section; else empty."""
    if not isinstance(source, str) or not isinstance(section, str) or source not in sources:
        return ""
    cited = sources[source].value
    if not isinstance(cited, Source) or section in cited.sections:
        return ""
    return f"source {source} has no section {as_written(section)}: {instead(section, cited.sections)}"


def _roadmap(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Places in the order of steps taken twice, and circles of needs: one order, and no step waits for itself."""
    steps = [(entry, entry.value) for entry in entries if isinstance(entry.value, Step)]
    taken: dict[int, Step] = {}
    for entry, step in steps:
        first = taken.setdefault(step.order, step)
        if first is not step:
            told = f"order {step.order} is taken by {first.id}: give each step its own number"
            yield entry.problem("L03", ("order",), told)
    needs = {str(step.id): step.needs for _, step in steps}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        # graphlib gives the circle from prerequisite to dependent; authors read "needs" the other way.
        told = " needs ".join(reversed(circle))
        entry = next(entry for entry, step in steps if step.id == circle[-1])
        yield entry.problem("L04", ("needs",), f"{told}: drop one of these needs")
