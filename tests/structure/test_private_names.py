"""No file uses a private name of a library that is not listed, and every listed name is still where it was."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import bot
from tests.structure.private_names import LISTED, Private

BOT = Path(__file__).parents[2] / "bot"
LIBRARIES = ("discord", "slack_sdk", "slack_bolt", "sqlalchemy")
DOCUMENTED = {"discord", "discord.abc", "discord.app_commands", "discord.ui", "discord.utils"}
"""The modules discord.py documents; every other is its own affair."""
UNDOCUMENTED = {"http", "ws", "parsers"}
"""Attributes of discord.py's client that its documentation leaves out."""


def of_a_library(module: str) -> bool:
    return module.partition(".")[0] in LIBRARIES


def private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def dotted(node: ast.expr) -> tuple[str, ...]:
    """A chain of names, as in ``discord.VoiceClient.warn_nacl``; empty for anything else."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return (*before, node.attr)
    return ()


def used(tree: ast.Module) -> Iterator[str]:
    """The private names of libraries that a file names."""
    imported = {name: whole for name, whole, _ in _imports(tree)}
    yield from (whole for _, whole, is_module in _imports(tree) if _hidden(whole, is_module))
    own = {name for node in ast.walk(tree) for name in _defined(node)}
    knows_discord = any(name.startswith("discord") for name in imported.values())
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            root = dotted(node)[:1]
            module = imported.get(root[0], "") if root else ""
            if isinstance(node.ctx, ast.Store) and of_a_library(module):
                yield ".".join((module, *dotted(node)[1:]))
            if private(node.attr) and root not in (("self",), ("cls",)) and node.attr not in own:
                if module.partition(".")[0] not in sys.stdlib_module_names:
                    yield node.attr
            elif knows_discord and node.attr in UNDOCUMENTED and root != ("self",):
                yield node.attr
        elif isinstance(node, ast.Call) and dotted(node.func)[-1:] in (("getattr",), ("setattr",), ("delattr",)):
            name = node.args[1]
            if isinstance(name, ast.Constant) and private(str(name.value)):
                yield str(name.value)


def _imports(tree: ast.Module) -> Iterator[tuple[str, str, bool]]:
    """Yield what each name in a file stands for, and whether that is a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.asname or alias.name.partition(".")[0], alias.name, True) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield alias.asname or alias.name, whole, of_a_library(whole) and _is_module(whole)


def _is_module(dotted: str) -> bool:
    try:
        return importlib.util.find_spec(dotted) is not None
    except ModuleNotFoundError:
        return False  # a name in a module


def _hidden(name: str, is_module: bool) -> bool:
    if not of_a_library(name):
        return False
    module = name if is_module else name.rpartition(".")[0]
    return any(private(part) for part in name.split(".")) or (name.startswith("discord") and module not in DOCUMENTED)


def _defined(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and dotted(node)[:1] == ("self",):
        yield node.attr
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id


@cache
def modules() -> tuple[ModuleType, ...]:
    names = [one.name for one in pkgutil.walk_packages(bot.__path__, "bot.") if not one.name.endswith("__main__")]
    return tuple(importlib.import_module(name) for name in names)


def overridden(module: ModuleType) -> Iterator[str]:
    """Members that our classes change in those of a library without its documentation's leave, or name like its own."""
    for cls in vars(module).values():
        if not inspect.isclass(cls) or cls.__module__ != module.__name__:
            continue
        for base in (base for base in cls.__mro__[1:] if of_a_library(base.__module__)):
            inner = set(re.findall(r"self\.(_[a-z]\w*)", _source(base))) | set(vars(base))
            ours = {name for name, member in vars(cls).items() if inspect.isroutine(member)}
            ours |= set(re.findall(r"self\.(_[a-z]\w*)", _source(cls)))
            for name in (name for name in ours & inner if not name.startswith("__") and name in _source(cls)):
                if private(name) or not _meant_to_be_overridden(getattr(base, name, None)):
                    yield f"{base.__name__}.{name}"


def _source(of: Any) -> str:
    try:
        return inspect.getsource(of)
    except (OSError, TypeError):
        return ""  # compiled to C


def _meant_to_be_overridden(member: object) -> bool:
    """Return whether the library documents it, or leaves it for others to write."""
    function = getattr(member, "fget", None) or member
    if not inspect.isroutine(function):
        return not callable(member)
    return bool(function.__doc__) or "NotImplementedError" in _source(function)


def found() -> set[tuple[str, str]]:
    """Every use, by file and name."""
    every: set[tuple[str, str]] = set()
    for path in sorted(BOT.rglob("*.py")):
        where = path.relative_to(BOT.parent).as_posix()
        every |= {(where, name) for name in used(ast.parse(path.read_text(encoding="utf-8")))}
    for module in modules():
        assert module.__file__
        where = Path(module.__file__).relative_to(BOT.parent).as_posix()
        every |= {(where, name) for name in overridden(module)}
    return every


def test_every_private_name_in_use_is_listed_with_its_reason() -> None:
    listed = {(one.where, one.name) for one in LISTED}
    assert found() - listed == set(), "private names of a library: find a public way, or list them with the reason"
    assert listed - found() == set(), "listed, but no longer used: take them off the list"
    assert all(one.reason for one in LISTED)


@pytest.mark.parametrize("one", LISTED, ids=lambda one: f"{one.where}:{one.name}")
def test_a_listed_name_is_still_where_the_library_had_it(one: Private) -> None:
    module, _, path = one.stands.partition(":")
    *outer, last = path.split(".")
    owner: object = importlib.import_module(module)
    for name in outer:
        owner = getattr(owner, name)
    if hasattr(owner, last):
        return
    assert inspect.isclass(owner), f"{one.stands} is gone"
    assert re.search(rf"self\.{last}\b.*=|^\s*{last}\s*:", inspect.getsource(owner), re.M), f"{one.stands} is gone"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("from discord.state import ConnectionState", "discord.state.ConnectionState"),
        ("import discord\nimport discord.state", "discord.state"),
        ("from discord import gateway", "discord.gateway"),
        ("from sqlalchemy.sql import _typing", "sqlalchemy.sql._typing"),
        ("import slack_sdk.web._helpers", "slack_sdk.web._helpers"),
        ("import discord\nclient = discord.Client()\nclient._connection", "_connection"),
        ("import discord\nclient.http.request()", "http"),
        ("from discord.ui import View\nView.timeout = 3", "discord.ui.View.timeout"),
        ("import sqlalchemy\ngetattr(row, '_data')", "_data"),
    ],
)
def test_the_search_finds_a_private_name(text: str, name: str) -> None:
    assert name in set(used(ast.parse(text)))
