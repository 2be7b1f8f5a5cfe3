"""Discord's rules for the components of a message, checked as Discord checks them."""

from __future__ import annotations

from tests.fakes.discord import components as parts
from tests.fakes.discord.errors import FormErrors
from tests.fakes.discord.wire import Json, JsonValue

Path = tuple[str | int, ...]

MOST_COMPONENTS = 40
MOST_TEXT = 4000

_TOP_V1 = frozenset({parts.ACTION_ROW})
_TOP_V2 = frozenset(
    {
        parts.ACTION_ROW,
        parts.SECTION,
        parts.TEXT_DISPLAY,
        parts.MEDIA_GALLERY,
        parts.FILE,
        parts.SEPARATOR,
        parts.CONTAINER,
    }
)
_IN_CONTAINER = _TOP_V2 - {parts.CONTAINER}
_BAD_TYPE = 'Value of field "type" must be one of {types}.'


def check_components(found: FormErrors, components: list[Json], path: Path, *, v2: bool) -> None:
    """Note everything in a message's components that Discord refuses."""
    _check_list(found, components, path, _TOP_V2 if v2 else _TOP_V1)
    _check_custom_ids(found, components, path)
    if v2:
        if sum(1 for _ in parts.every(components)) > MOST_COMPONENTS:
            found.add(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "The total number of components is over 40")
        if sum(len(text) for text in parts.texts(components)) > MOST_TEXT:
            found.add(
                path,
                "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
                f"The total displayable text size exceeds the maximum size of {MOST_TEXT}",
            )
    else:
        found.length(path, components, 0, 5)


def _check_list(found: FormErrors, components: list[Json], path: Path, allowed: frozenset[int]) -> None:
    for index, component in enumerate(components):
        here = (*path, index)
        if component.get("type") not in allowed:
            found.add((*here, "type"), "UNION_TYPE_CHOICES", _BAD_TYPE.format(types=tuple(sorted(allowed))))
        else:
            _check_one(found, component, here)


def _check_one(found: FormErrors, component: Json, path: Path) -> None:
    kind = component["type"]
    if kind == parts.ACTION_ROW:
        _check_row(found, component, path)
    elif kind == parts.CONTAINER:
        inside = component.get("components") or []
        found.length((*path, "components"), inside, 1, MOST_COMPONENTS)
        _check_list(found, inside, (*path, "components"), _IN_CONTAINER)
    elif kind == parts.SECTION:
        inside = component.get("components") or []
        found.length((*path, "components"), inside, 1, 3)
        _check_list(found, inside, (*path, "components"), frozenset({parts.TEXT_DISPLAY}))
        accessory = component.get("accessory")
        found.required((*path, "accessory"), accessory)
        if accessory:
            _check_list(found, [accessory], (*path, "accessory"), frozenset({parts.BUTTON, parts.THUMBNAIL}))
    elif kind == parts.BUTTON:
        _check_button(found, component, path)
    elif kind in parts.SELECTS:
        check_select(found, component, path)
    elif kind == parts.TEXT_DISPLAY:
        found.required((*path, "content"), component.get("content"))
        found.length((*path, "content"), component.get("content"), 1, MOST_TEXT)
    elif kind == parts.THUMBNAIL:
        _check_media(found, component, path)
    elif kind == parts.MEDIA_GALLERY:
        items = component.get("items") or []
        found.length((*path, "items"), items, 1, 10)
        for index, item in enumerate(items):
            _check_media(found, item, (*path, "items", index))


def _check_row(found: FormErrors, row: Json, path: Path) -> None:
    inside = row.get("components") or []
    selects = sum(1 for one in inside if one.get("type") in parts.SELECTS)
    found.length((*path, "components"), inside, 1, 5)
    if selects and len(inside) > 1:
        found.add((*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the width")
    _check_list(found, inside, (*path, "components"), frozenset({parts.BUTTON}) | parts.SELECTS)


def _check_button(found: FormErrors, button: Json, path: Path) -> None:
    style = button.get("style")
    found.required((*path, "style"), style)
    found.length((*path, "label"), button.get("label"), 0, 80)
    if style == parts.LINK_STYLE:
        found.required((*path, "url"), button.get("url"))
        found.length((*path, "url"), button.get("url"), 1, 512)
        if button.get("custom_id") is not None:
            found.add(
                path,
                "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                "A custom id and url cannot both be specified",
            )
    elif style in (1, 2, 3, 4):
        found.required((*path, "custom_id"), button.get("custom_id"))
        if button.get("url") is not None:
            found.add(
                path,
                "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                "A custom id and url cannot both be specified",
            )
    if style != 6 and not button.get("label") and not button.get("emoji"):
        found.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or an emoji is required")


def check_select(found: FormErrors, select: Json, path: Path) -> None:
    """A menu, in a message or in a form."""
    found.required((*path, "custom_id"), select.get("custom_id"))
    found.length((*path, "placeholder"), select.get("placeholder"), 0, 150)
    least, most = select.get("min_values"), select.get("max_values")
    for name, value, lowest in (("min_values", least, 0), ("max_values", most, 1)):
        if value is not None and not lowest <= value <= 25:
            found.add((*path, name), "NUMBER_TYPE_RANGE", f"int value should be between {lowest} and 25.")
    if least is not None and most is not None and least > most:
        found.add(path, "SELECT_COMPONENT_MIN_OVER_MAX", "The minimum is over the maximum")
    if select["type"] != parts.STRING_SELECT:
        return
    options = select.get("options") or []
    found.length((*path, "options"), options, 1, 25)
    values: set[str] = set()
    for index, option in enumerate(options):
        here = (*path, "options", index)
        for name in ("label", "value"):
            found.required((*here, name), option.get(name))
            found.length((*here, name), option.get(name), 1, 100)
        found.length((*here, "description"), option.get("description"), 1, 100)
        if option.get("value") in values:
            found.add(
                (*here, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        values.add(option.get("value"))
    if (most or 1) > len(options):
        found.add((*path, "max_values"), "SELECT_COMPONENT_MAX_VALUES", "More values than there are options")


def _check_media(found: FormErrors, item: Json, path: Path) -> None:
    url = (item.get("media") or {}).get("url")
    found.required((*path, "media", "url"), url)
    found.length((*path, "media", "url"), url, 1, 2048)
    found.length((*path, "description"), item.get("description"), 1, 1024)
    if url and not str(url).startswith(("http://", "https://", "attachment://")):
        found.add((*path, "media", "url"), "URL_TYPE_INVALID_SCHEME", "Not a well formed URL.")


def _check_custom_ids(found: FormErrors, components: list[Json], path: Path) -> None:
    used: set[JsonValue] = set()
    for component in parts.every(components):
        custom_id = component.get("custom_id")
        if custom_id is None:
            continue
        found.length((*path, "custom_id"), custom_id, 1, 100)
        if custom_id in used:
            found.add(path, "COMPONENT_CUSTOM_ID_DUPLICATED", f"Component custom id cannot be duplicated: {custom_id}")
        used.add(custom_id)
    ids = [component["id"] for component in parts.every(components) if component.get("id")]
    if len(ids) != len(set(ids)):
        found.add(path, "COMPONENT_ID_DUPLICATED", "Component ids must be unique")
