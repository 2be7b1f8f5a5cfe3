"""Discord's rules for a form."""

from __future__ import annotations

from tests.fakes.discord import components as parts
from tests.fakes.discord.component_limits import Path, check_select
from tests.fakes.discord.errors import FormErrors
from tests.fakes.discord.wire import Json

_IN_LABEL = parts.SELECTS | {
    parts.TEXT_INPUT,
    parts.FILE_UPLOAD,
    parts.RADIO_GROUP,
    parts.CHECKBOX_GROUP,
    parts.CHECKBOX,
}


def check_modal(data: Json) -> None:
    """Raise 50035 for what breaks a limit."""
    found = FormErrors()
    path: Path = ("data",)
    components = data.get("components") or []
    for name, most in (("title", 45), ("custom_id", 100)):
        found.required((*path, name), data.get(name))
        found.length((*path, name), data.get(name), 1, most)
    found.length((*path, "components"), components, 1, 5)
    used: set[str] = set()
    for index, component in enumerate(components):
        here = (*path, "components", index)
        field = _field_of(found, component, here)
        if field is None:
            continue
        _check_field(found, field, (*here, "component"))
        custom_id = field.get("custom_id")
        if custom_id in used:
            found.add(here, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
        used.add(str(custom_id))
    found.raise_if_any()


def _field_of(found: FormErrors, component: Json, path: Path) -> Json | None:
    kind = component.get("type")
    if kind == parts.TEXT_DISPLAY:
        found.length((*path, "content"), component.get("content"), 1, 4000)
        return None
    if kind == parts.ACTION_ROW:
        inside = component.get("components") or []
        found.length((*path, "components"), inside, 1, 1)
        field: Json | None = inside[0] if inside else None
        if field is not None and field.get("type") != parts.TEXT_INPUT:
            found.add((*path, "components", 0, "type"), "UNION_TYPE_CHOICES", "A row of a form takes a text field")
            return None
        if field is not None:
            found.length((*path, "components", 0, "label"), field.get("label"), 1, 45)
        return field
    if kind == parts.LABEL:
        found.required((*path, "label"), component.get("label"))
        found.length((*path, "label"), component.get("label"), 1, 45)
        found.length((*path, "description"), component.get("description"), 1, 100)
        found.required((*path, "component"), component.get("component"))
        inner: Json | None = component.get("component")
        if inner is not None and inner.get("type") not in _IN_LABEL:
            found.add((*path, "component", "type"), "UNION_TYPE_CHOICES", "This component cannot be in a label")
            return None
        return inner
    found.add((*path, "type"), "UNION_TYPE_CHOICES", "A form takes labels, texts and action rows")
    return None


def _check_field(found: FormErrors, field: Json, path: Path) -> None:
    found.required((*path, "custom_id"), field.get("custom_id"))
    found.length((*path, "custom_id"), field.get("custom_id"), 1, 100)
    kind = field.get("type")
    if field.get("disabled"):
        found.add((*path, "disabled"), "MODAL_COMPONENT_DISABLED", "Fields of a form cannot be disabled")
    if kind == parts.TEXT_INPUT:
        found.length((*path, "value"), field.get("value"), 0, 4000)
        found.length((*path, "placeholder"), field.get("placeholder"), 0, 100)
        for name, lowest in (("min_length", 0), ("max_length", 1)):
            if (value := field.get(name)) is not None and not lowest <= value <= 4000:
                found.add((*path, name), "NUMBER_TYPE_RANGE", f"int value should be between {lowest} and 4000.")
        if field.get("style") not in (1, 2):
            found.add((*path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.")
    elif kind in parts.SELECTS:
        check_select(found, field, path)
    elif kind in (parts.RADIO_GROUP, parts.CHECKBOX_GROUP):
        options = field.get("options") or []
        found.length((*path, "options"), options, 2 if kind == parts.RADIO_GROUP else 1, 10)
        if kind == parts.CHECKBOX_GROUP:
            least, most = field.get("min_values") or 0, field.get("max_values") or 1
            if not 0 <= least <= most <= max(len(options), 1):
                found.add((*path, "max_values"), "NUMBER_TYPE_RANGE", "More values than there are options")
        elif sum(bool(option.get("default")) for option in options) > 1:
            found.add((*path, "options"), "RADIO_GROUP_DEFAULTS", "Only one option can be chosen")
        for index, option in enumerate(options):
            for name in ("label", "value"):
                found.length((*path, "options", index, name), option.get(name), 1, 100)
