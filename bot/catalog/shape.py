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


def nodes(hint: object, tree: Tree, at: At = ()) -> Iterator[tuple[At, object, Tree]]:
    """Every part of a tree, the keys of mappings too, with its place and the type wanted there."""
    yield at, hint, tree
    if isinstance(tree, str):
        return
    if isinstance(tree, list) and get_origin(hint) is tuple:
        (inner, *_) = get_args(hint)
        for position, part in enumerate(tree):
            yield from nodes(inner, part, (*at, position))
    elif isinstance(tree, dict) and get_origin(hint) is Mapping:
        key_hint, value_hint = get_args(hint)
        for key, part in tree.items():
            yield (*at, key), key_hint, key
            yield from nodes(value_hint, part, (*at, key))
    elif isinstance(tree, dict) and is_dataclass(hint) and isinstance(hint, type):
        for name, field_hint in field_types(hint).items():
            if name in tree:
                yield from nodes(field_hint, tree[name], (*at, name))


def _present(hint: object) -> object:
    if get_origin(hint) in (Union, UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint
