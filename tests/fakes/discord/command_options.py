"""The options of a call, typed as the registered command says."""

from __future__ import annotations

from typing import Any

from tests.fakes.discord.channels import Channel
from tests.fakes.discord.members import Member
from tests.fakes.discord.roles import Role
from tests.fakes.discord.wire import Json

SUB_COMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = range(1, 11)

_TYPES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    USER: (Member,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    MENTIONABLE: (Member, Role),
    NUMBER: (int, float),
}


class BadOption(AssertionError):
    """The client would not let this be sent."""


def encode(
    command: Json, path: list[str], values: dict[str, Any], *, focused: str | None = None, force: bool = False
) -> list[Json]:
    """The `options` of the interaction. `path` names the sub-command; `focused` the option being typed into."""
    declared: list[Json] = command.get("options") or []
    nested = [one for one in declared if one["type"] in (SUB_COMMAND, GROUP)]
    if path:
        for one in nested:
            if one["name"] == path[0]:
                inside = encode(one, path[1:], values, focused=focused, force=force)
                return [{"name": one["name"], "type": one["type"], "options": inside}]
        raise BadOption(f"/{command['name']} has no {path[0]!r}.")
    if nested:
        raise BadOption(f"/{command['name']} is called with one of {[one['name'] for one in nested]}.")
    by_name = {one["name"]: one for one in declared}
    if unknown := [name for name in values if name not in by_name]:
        raise BadOption(f"/{command['name']} has no option {unknown[0]!r}, only {list(by_name)}.")
    if not force and focused is None:
        for one in declared:
            if one.get("required") and one["name"] not in values:
                raise BadOption(f"/{command['name']} asks for {one['name']!r}.")
    return [_encode_one(by_name[name], value, focused=focused, force=force) for name, value in values.items()]


def _encode_one(option: Json, value: Any, *, focused: str | None, force: bool) -> Json:
    name, kind = option["name"], option["type"]
    found: Json = {"name": name, "type": kind}
    if name == focused:
        return found | {"value": str(value), "focused": True}
    if not isinstance(value, _TYPES[kind]) or (kind == INTEGER and isinstance(value, bool)):
        raise BadOption(f"{name!r} is of another type than {value!r}.")
    if not force:
        _check_value(option, value)
    return found | {"value": value.id if isinstance(value, Member | Channel | Role) else value}


def _check_value(option: Json, value: Any) -> None:
    name = option["name"]
    choices = option.get("choices") or []
    if choices and value not in [one["value"] for one in choices]:
        raise BadOption(f"{name!r} takes only its choices, not {value!r}.")
    if isinstance(value, str):
        if not option.get("min_length", 0) <= len(value) <= option.get("max_length", 6000):
            raise BadOption(f"{name!r} is too short or too long.")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        least, most = option.get("min_value"), option.get("max_value")
        if (least is not None and value < least) or (most is not None and value > most):
            raise BadOption(f"{name!r} lies outside {least} to {most}.")
    elif isinstance(value, Channel):
        kinds = option.get("channel_types")
        if kinds and value.kind not in kinds:
            raise BadOption(f"{name!r} does not offer this kind of channel.")
