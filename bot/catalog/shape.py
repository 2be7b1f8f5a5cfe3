"""The shape of content, as its dataclasses tell it: the type wanted at each place of a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

from bot.catalog.yaml_file import Tree
from bot.domain.content_faults import At


def called(kind: type) -> str:
    """The kind in words: ``PayRow`` is a pay row."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()


@cache
def field_types(kind: type) -> Mapping[str, object]:
    """The fields of a kind with their types; ``| None`` is left out, since a tree says it by absence."""
    return {name: _present(hint) for name, hint in get_type_hints(kind).items()}


@cache
def required(kind: type) -> frozenset[str]:
    """The fields an author has to write."""
    return frozenset(
        field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING
    )


def id_type(kind: type) -> object:
    """The type of a kind's ids, which is also the type of every field that names one."""
    return field_types(kind)["id"]


def wanted(hint: object, at: At) -> object:
    """The type wanted at a place; None where the dataclasses want nothing."""
    for part in at:
        if is_dataclass(hint) and isinstance(hint, type) and isinstance(part, str):
            hint = field_types(hint).get(part)
        elif get_origin(hint) in (tuple, Mapping):
            hint = get_args(hint)[get_origin(hint) is Mapping]
        else:
            return None
    return hint


def nodes(hint: object, tree: Tree, kinds: frozenset[object], at: At = ()) -> Iterator[tuple[At, object, Tree]]:
    """Every part of a tree where one of some types is wanted, keys of mappings too, with its place and that type."""
    if hint in kinds:
        yield at, hint, tree
    if isinstance(tree, list) and _holds(hint, kinds) and get_origin(hint) is tuple:
        (inner, *_) = get_args(hint)
        for position, part in enumerate(tree):
            yield from nodes(inner, part, kinds, (*at, position))
    elif isinstance(tree, dict) and _holds(hint, kinds) and get_origin(hint) is Mapping:
        key_hint, value_hint = get_args(hint)
        for key, part in tree.items():
            if key_hint in kinds:
                yield (*at, key), key_hint, key
            yield from nodes(value_hint, part, kinds, (*at, key))
    elif isinstance(tree, dict) and is_dataclass(hint) and isinstance(hint, type):
        for name, field_hint in _fields_holding(hint, kinds):
            if name not in tree:
                continue
            if not _holds(field_hint, kinds):
                yield (*at, name), field_hint, tree[name]
            else:
                yield from nodes(field_hint, tree[name], kinds, (*at, name))


@cache
def _fields_holding(kind: type, kinds: frozenset[object]) -> tuple[tuple[str, object], ...]:
    """The fields of a kind that are, or have in them, one of some types."""
    return tuple((name, hint) for name, hint in field_types(kind).items() if hint in kinds or _holds(hint, kinds))


@cache
def _holds(hint: object, kinds: frozenset[object]) -> bool:
    """Return whether what is wanted here has one of some types in it."""
    if is_dataclass(hint) and isinstance(hint, type):
        return bool(_fields_holding(hint, kinds))
    inner = get_args(hint) if get_origin(hint) in (tuple, Mapping) else ()
    return any(one in kinds or _holds(one, kinds) for one in inner)


def _present(hint: object) -> object:
    if get_origin(hint) in (Union, UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint
