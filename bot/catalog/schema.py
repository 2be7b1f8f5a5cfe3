"""From what an author wrote to the values of the domain; what does not fit comes back as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass, replace
from functools import cache
from typing import TypeVar, cast, get_origin

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import SchemaValidator, core_schema

from bot.catalog import scalars, shape
from bot.catalog.nearest import instead, nearest
from bot.catalog.yaml_file import Tree
from bot.domain.content_faults import At, Fault, Faulty

T = TypeVar("T")


def build(kind: type[T], tree: Tree) -> tuple[T | None, tuple[Fault, ...]]:
    """The value the tree describes, or None and everything that keeps it from being one."""
    value, faults = _try(kind, tree)
    return value, (*faults, *_further(kind, tree, faults))


def _try(kind: type[T], tree: Tree) -> tuple[T | None, list[Fault]]:
    try:
        (value,) = _validator(cast("type", kind)).validate_python([tree])
    except ValidationError as error:
        return None, list(_faults(kind, tree, error))
    return value, []


def _further(kind: type, tree: Tree, faults: Iterable[Fault]) -> list[Fault]:
    """Texts of the item itself that do not fit: pydantic comes to them only once all its parts can stand."""
    hit = {fault.at[:2] for fault in faults}
    lists = {at[0] for at in hit if len(at) == 2 and isinstance(at[1], int)}
    if not hit or not isinstance(tree, dict) or {at[0] if at else None for at in hit} != lists:
        return []
    kept: dict[str, Tree] = {}
    for name, part in tree.items():
        sound = [one for i, one in enumerate(part) if (name, i) not in hit] if isinstance(part, list) else part
        kept[name] = sound
    # What is said of lists would be said of shorter ones than the author wrote.
    return [fault for fault in _try(kind, kept)[1] if fault.rule in ("L03", "L11") and len(fault.at) == 1]


@cache
def _validator(kind: type) -> SchemaValidator:
    # A dataclass alone may not be given a configuration, and the domain imports no pydantic to carry one;
    # a tuple of it may, and hands it down to every dataclass inside.
    adapter = TypeAdapter(tuple[kind], config=ConfigDict(extra="forbid"))  # type: ignore[valid-type]
    return SchemaValidator(cast("core_schema.CoreSchema", _strict(adapter.core_schema)))


_SCALARS = {"int": scalars.whole_number, "bool": scalars.truth, "date": scalars.day}


def _strict(schema: object) -> object:
    """The schema with our converters for scalars: pydantic's would take "1_000", "1.0", "on", a timestamp."""
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") in _SCALARS:
        return core_schema.no_info_plain_validator_function(_SCALARS[schema["type"]])
    if schema.get("type") == "enum":
        return core_schema.no_info_plain_validator_function(scalars.one_of(schema["cls"]))
    return {key: _strict(part) for key, part in schema.items()}


def _faults(kind: type, tree: Tree, error: ValidationError) -> Iterator[Fault]:
    # The first part of each place is the position in the tuple of one.
    errors = [(one["loc"][1:], one) for one in error.errors(include_url=False)]
    missing = {at for at, one in errors if one["type"] == "missing"}
    for at, one in errors:
        if one["type"] == "unexpected_keyword_argument":
            told, meant = _unknown(kind, at, missing)
            missing.discard(meant)
            yield Fault("L02", at, told)
    for at, one in errors:
        cause = one.get("ctx", {}).get("error")
        if isinstance(cause, Faulty):
            for fault in cause.faults:
                yield replace(fault, at=at + fault.at)
        elif at in missing:
            yield Fault("L02", at, f"{at[-1]} is missing: add it")
        elif one["type"] not in ("missing", "unexpected_keyword_argument"):
            told = str(cause) if cause else _other_form(shape.wanted(kind, at), one["input"])
            yield Fault("L02", at, f"{_field(kind, at)} {told}")


def _unknown(kind: type, at: At, missing: set[At]) -> tuple[str, At]:
    """A field nobody knows: the sentence, and the place of the field that was probably meant."""
    known = shape.field_types(shape.wanted(kind, at[:-1]))
    word = str(at[-1])
    absent = [name for name in known if (*at[:-1], name) in missing]
    meant = nearest(word, absent)
    fix = f"did you mean {meant!r}?" if meant else instead(word, known)
    return f"unknown field {word!r}: {fix}", (*at[:-1], meant or "")


def _field(kind: type, at: At) -> str:
    """Name the place: the field, or an entry of it, or the whole item."""
    names = [part for part in at if isinstance(part, str)]
    if not names:
        return f"this {shape.called(kind)}"
    return names[-1] if at[-1] == names[-1] else f"an entry of {names[-1]}"


def _other_form(wanted: object, value: object) -> str:
    """The sentence for a text where a list or mapping belongs, and the other way round."""
    if get_origin(wanted) is tuple:
        short = isinstance(value, str) and re.fullmatch(r"[\w-]+", value)
        return f"must be a list: write [{value}]" if short else "must be a list: begin each entry with '- '"
    if is_dataclass(wanted) and isinstance(wanted, type):
        return f"must be a mapping with the fields {', '.join(shape.field_types(wanted))}"
    if get_origin(wanted) is Mapping:
        return "must be a mapping: one 'name: value' a line"
    return f"must be a text, not {scalars.as_written(value)}"
