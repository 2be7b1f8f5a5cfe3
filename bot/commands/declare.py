"""Declaring a command, a press or a form by the signature of the function that carries it out."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from bot.commands.kinds import kind_of
from bot.commands.option_kind import Kind
from bot.domain.bank import Shelf
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork

F = TypeVar("F", bound=Callable[..., Outcome])

NAME = re.compile(r"[a-z][a-z0-9-]{0,23}")
DESCRIPTION_LIMIT = 100
OPTIONS_LIMIT = 25
# Slack keeps these for itself; one of them voids the whole array of an app's commands.
SLACK_RESERVED = frozenset(
    {
        *("me", "status", "search", "topic", "leave", "who", "away", "dnd", "remind", "invite"),
        *("join", "kick", "msg", "dm", "mute", "open", "prefs", "shortcuts", "shrug", "archive"),
        *("collapse", "expand", "feed", "rename", "star", "active", "apps", "call"),
    }
)


class Needs(StrEnum):
    """The things a command works on."""

    CATALOG = "catalog"
    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Opt:
    """An option or a field as a person is told about it."""

    description: str
    least: int = 1
    most: int = 100
    """Limits of a number, or of a text's length."""
    example: str = ""
    shelf: Shelf | None = None
    """The shelf it needs; where no bank has it, help and completion leave the option out."""


@dataclass(frozen=True, slots=True)
class CommandOption:
    """An option of a command or a field of a form, as every face reads it."""

    name: str
    description: str
    kind: Kind
    required: bool
    least: int
    most: int
    example: str = ""
    has_default: bool = False
    shelf: Shelf | None = None


@dataclass(frozen=True, slots=True)
class Handler:
    """A declared function: how to call it, and who may."""

    name: str
    summary: str
    function: Callable[..., Outcome]
    needs: Needs
    manager: bool
    given: Mapping[str, str]
    """Parameters filled by dispatch: name -> what (call, uow, catalog, registry)."""
    options: tuple[CommandOption, ...] = ()
    carried: tuple[CommandOption, ...] = ()
    """Arguments a route carries, in order."""
    example: str = ""
    title: str = ""
    private: bool = True
    asks_manager: bool = False
    """Wants to know whether the caller manages, without demanding it."""
    by_hand: bool = False
    """People do it themselves; no program does it for them."""
    shelf: Shelf | None = None
    """The shelf it needs; where no bank has it, help, buttons and completion leave the command out."""


class _Carried:
    """Marks a parameter of a form that its route carries."""


CARRIED = _Carried()


def command(
    name: str,
    *,
    private: bool = True,
    needs: str = "read",
    manager: bool = False,
    asks_manager: bool = False,
    example: str = "",
    shelf: Shelf | None = None,
) -> Callable[[F], F]:
    """Make the function a command of that name; its docstring's first line is what people read about it."""
    if not NAME.fullmatch(name):
        raise ValueError(f"command name {name!r} must be lower-case letters, digits and hyphens, at most 24")
    if name in SLACK_RESERVED:
        raise ValueError(f"Slack keeps /{name} for itself; choose another name")

    def declare(function: F) -> F:
        made = _handler(name, function, Needs(needs), manager, everything="options", example=example)
        made = replace(made, private=private, asks_manager=asks_manager, shelf=shelf)
        if len(made.options) > OPTIONS_LIMIT:
            raise ValueError(f"/{name} has more than {OPTIONS_LIMIT} options")
        optional_before = False
        for option in made.options:
            if option.required and optional_before:
                raise ValueError(f"/{name}: required options come first")
            optional_before = optional_before or not option.required
        _mark(function, "command", made)
        return function

    return declare


def pressed(what: str, *, needs: str = "read", manager: bool = False, by_hand: bool = False) -> Callable[[F], F]:
    """Make the function what happens when a button with that route is pressed."""

    def declare(function: F) -> F:
        made = _handler(what, function, Needs(needs), manager, everything="carried")
        _mark(function, "press", replace(made, by_hand=by_hand))
        return function

    return declare


def submitted(what: str, *, title: str, needs: str = "write", manager: bool = False) -> Callable[[F], F]:
    """Make the function what happens when a form of that name is submitted; its options are the form's fields."""

    def declare(function: F) -> F:
        made = _handler(what, function, Needs(needs), manager, everything="options", title=title)
        if not 1 <= len(made.options) <= 5:
            raise ValueError(f"form {what!r} has 1 to 5 fields")
        if len(title) > 24:
            raise ValueError(f"form title {title!r} has at most 24 characters")
        _mark(function, "form", made)
        return function

    return declare


def _mark(function: Callable[..., Outcome], what: str, made: Handler) -> None:
    earlier = getattr(function, "__declared__", ())
    function.__declared__ = (*earlier, (what, made))  # type: ignore[attr-defined]  # read back by the registry


_FILLED = {Call: "call", UnitOfWork: "uow", Catalog: "catalog"}


def _handler(
    name: str,
    function: Callable[..., Outcome],
    needs: Needs,
    manager: bool,
    *,
    everything: str,
    example: str = "",
    title: str = "",
) -> Handler:
    hints = get_type_hints(function, include_extras=True)
    given: dict[str, str] = {}
    options: list[CommandOption] = []
    carried: list[CommandOption] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY:
            continue  # for callers in code: no person fills it, and no route carries it
        hint = hints[parameter.name]
        filled = _FILLED.get(hint) or ("registry" if getattr(hint, "__name__", "") == "Registry" else None)
        if filled:
            given[parameter.name] = filled
            continue
        option, is_carried = _option(name, parameter, hint)
        (carried if is_carried or everything == "carried" else options).append(option)
    summary = (inspect.getdoc(function) or "").split("\n")[0].strip()
    if not 0 < len(summary) <= DESCRIPTION_LIMIT:
        raise ValueError(f"{name}: the docstring's first line is what people read, 1 to {DESCRIPTION_LIMIT} characters")
    if needs is not Needs.CATALOG and "uow" not in given.values():
        raise ValueError(f"{name} needs {needs} but takes no unit of work")
    return Handler(
        name, summary, function, needs, manager, given, tuple(options), tuple(carried), example=example, title=title
    )


def _option(owner: str, parameter: inspect.Parameter, hint: Any) -> tuple[CommandOption, bool]:  # noqa: ANN401 - any type may be written there
    opt = Opt("")
    is_carried = False
    if get_origin(hint) is Annotated:
        hint, *marks = get_args(hint)
        for mark in marks:
            if isinstance(mark, Opt):
                opt = mark
            is_carried = is_carried or mark is CARRIED
    has_default = parameter.default is not inspect.Parameter.empty
    required = not has_default
    if get_origin(hint) in (Union, UnionType):
        inner = [part for part in get_args(hint) if part is not NoneType]
        if len(inner) != 1:
            raise ValueError(f"{owner}: {parameter.name} must be one type, or that or None")
        required = required and NoneType not in get_args(hint)
        hint = inner[0]
    if len(opt.description) > DESCRIPTION_LIMIT:
        raise ValueError(f"{owner}: the description of {parameter.name} is over {DESCRIPTION_LIMIT} characters")
    return (
        CommandOption(
            parameter.name,
            opt.description,
            kind_of(hint),
            required,
            opt.least,
            opt.most,
            opt.example,
            has_default,
            opt.shelf,
        ),
        is_carried,
    )
