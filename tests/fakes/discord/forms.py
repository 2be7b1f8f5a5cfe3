"""Filling in a form as a client does: prefilled values kept, required and lengths checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from tests.fakes.discord import components as parts
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.members import Member
from tests.fakes.discord.roles import Role
from tests.fakes.discord.wire import Json

Picked: TypeAlias = Channel | Role | Member
Value: TypeAlias = str | bool | Picked | Sequence[str | Picked]


class BadForm(AssertionError):
    """The client would not let this form be sent."""


def filled(modal: Json, values: dict[str, Value]) -> tuple[Json, list[Picked]]:
    """The data of the submission, and whom or what the pickers name."""
    left = dict(values)
    picked: list[Picked] = []
    components: list[Json] = []
    for component in modal["components"]:
        kind = component["type"]
        if kind == parts.TEXT_DISPLAY:
            components.append({"type": kind, "id": component["id"]})
            continue
        inner = component["component"] if kind == parts.LABEL else component["components"][0]
        label = component["label"] if kind == parts.LABEL else inner.get("label", "")
        key = inner["custom_id"] if inner["custom_id"] in left else label
        given = left.pop(key, None)
        field = _field(inner, label, given)
        picked += [one for one in _as_list(given) if isinstance(one, Channel | Role | Member)]
        outer: Json = {"type": kind, "id": component["id"]}
        components.append(outer | ({"component": field} if kind == parts.LABEL else {"components": [field]}))
    if left:
        raise BadForm(f"The form has no field {next(iter(left))!r}.")
    return {"custom_id": modal["custom_id"], "components": components}, picked


def chosen(select: Json, values: list[str | Picked]) -> list[str]:
    """The values of a menu's options, named by label or value; ids for what a picker offers."""
    found: list[str] = []
    for value in values:
        if isinstance(value, Channel):
            kinds = select.get("channel_types")
            if kinds and value.kind not in kinds:
                raise BadForm("The picker does not offer this kind of channel.")
        if not isinstance(value, str):
            found.append(value.id)
        elif select["type"] == parts.STRING_SELECT:
            found.append(_option_value(select, value))
        else:
            found.append(value)
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= len(found) <= most:
        raise BadForm(f"The menu takes {least} to {most} choices, not {len(found)}.")
    return found


def _option_value(menu: Json, value: str) -> str:
    for option in menu["options"]:
        if value in (option["label"], option["value"]):
            return str(option["value"])
    raise BadForm(f"The menu has no {value!r}, only {[option['label'] for option in menu['options']]}.")


def _as_list(given: Value | None) -> list[str | Picked]:
    if given is None or isinstance(given, bool):
        return []
    if isinstance(given, str | Channel | Role | Member):
        return [given]
    return list(given)


def _field(inner: Json, label: str, given: Value | None) -> Json:
    kind = inner["type"]
    found: Json = {"type": kind, "id": inner["id"], "custom_id": inner["custom_id"]}
    required = inner.get("required", True)
    if kind == parts.TEXT_INPUT:
        return found | {"value": _text(inner, label, given, required=required)}
    if kind == parts.CHECKBOX:
        return found | {"value": bool(inner.get("default", False) if given is None else given)}
    if given is None:
        values = [option["value"] for option in inner.get("options") or [] if option.get("default")]
        values += [default["id"] for default in inner.get("default_values") or []]
    elif kind in parts.SELECTS:
        values = chosen(inner, _as_list(given))
    else:
        values = [_option_value(inner, str(one)) for one in _as_list(given)]
    if kind == parts.CHECKBOX_GROUP and (values or required):
        least, most = inner.get("min_values", 1), inner.get("max_values") or len(inner["options"])
        if not least <= len(values) <= most:
            raise BadForm(f"{label!r} takes {least} to {most} choices, not {len(values)}.")
    if required and not values:
        raise BadForm(f"{label!r} is required.")
    if kind == parts.RADIO_GROUP:
        return found | {"value": values[0] if values else None}
    return found | {"values": values}


def _text(inner: Json, label: str, given: Value | None, *, required: bool) -> str:
    value = str(inner.get("value") or "") if given is None else given
    if not isinstance(value, str):
        raise BadForm(f"{label!r} takes text.")
    if required and not value:
        raise BadForm(f"{label!r} is required.")
    if value and not (inner.get("min_length") or 0) <= len(value) <= (inner.get("max_length") or 4000):
        raise BadForm(f"{label!r} is too short or too long.")
    return value
