"""Storage's work for the core is described once, on the ports that its classes name as their bases."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import FunctionType

import pytest

import bot.storage
from bot.ports.storage import UnitOfWork
from bot.storage.cache import Cache
from bot.storage.storage import Storage
from bot.storage.unit_of_work import SqlUnitOfWork

NOT_FOR_THE_CORE: dict[type, set[str]] = {
    Storage: {"open", "close", "displaced", "remember", "remembered"},
}
"""Public methods beside those of a port, by whom they are for: only ``bot.app`` and ``bot.cli`` call these."""


def classes() -> Iterator[type]:
    for module in pkgutil.walk_packages(bot.storage.__path__, "bot.storage."):
        for value in vars(import_module(module.name)).values():
            if inspect.isclass(value) and value.__module__ == module.name and not value.__name__.startswith("_"):
                yield value


def methods(cls: type) -> dict[str, FunctionType]:
    return {
        name: value
        for name, value in vars(cls).items()
        if isinstance(value, FunctionType) and not name.startswith("_") and value.__module__ == cls.__module__
    }


def ports(cls: type) -> tuple[type, ...]:
    return tuple(base for base in cls.__mro__ if base.__module__.startswith("bot.ports.") and methods(base))


IMPLEMENTING = [cls for cls in classes() if ports(cls) and not issubclass(cls, Exception)]


def test_every_family_of_a_unit_of_work_names_its_port() -> None:
    families = inspect.get_annotations(UnitOfWork, eval_str=True)
    unit = vars(SqlUnitOfWork(None, Cache()))  # type: ignore[arg-type]  # no statement is run
    assert len(families) > 5
    assert {name for name, port in families.items() if port not in type(unit[name]).__mro__} == set()


@pytest.mark.parametrize("cls", IMPLEMENTING, ids=lambda cls: cls.__name__)
def test_public_methods_are_those_of_a_port_and_described_there_alone(cls: type) -> None:
    described = {name for port in ports(cls) for name, method in methods(port).items() if inspect.getdoc(method)}
    own = NOT_FOR_THE_CORE.get(cls, set())
    assert set(methods(cls)) - described == own, "describe it on the port, or list it"
    assert {name for name in described if name in methods(cls) and methods(cls)[name].__doc__} == set()


@pytest.mark.parametrize("cls", [cls for cls in classes() if cls not in IMPLEMENTING], ids=lambda cls: cls.__name__)
def test_what_no_port_describes_is_described_where_it_is(cls: type) -> None:
    assert cls.__doc__
    assert {name for name, method in methods(cls).items() if not method.__doc__} == set()


@pytest.mark.parametrize("cls", NOT_FOR_THE_CORE, ids=lambda cls: cls.__name__)
def test_listed_methods_are_described_where_they_are(cls: type) -> None:
    assert {name for name in NOT_FOR_THE_CORE[cls] if not methods(cls)[name].__doc__} == set()
