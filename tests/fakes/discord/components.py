"""Walking through the components of a message: ids, texts, buttons and menus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.fakes.discord.wire import Json

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SECTION, TEXT_DISPLAY, THUMBNAIL, MEDIA_GALLERY, FILE, SEPARATOR = 9, 10, 11, 12, 13, 14
CONTAINER, LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 17, 18, 19, 21, 22, 23

SELECTS = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT})
ONLY_V2 = frozenset({SECTION, TEXT_DISPLAY, THUMBNAIL, MEDIA_GALLERY, FILE, SEPARATOR, CONTAINER})
SHOW_MEDIA = frozenset({THUMBNAIL, MEDIA_GALLERY, FILE})
LINK_STYLE = 5


def every(components: list[Json]) -> list[Json]:
    """Each component, nested ones too, in the order they are read."""
    found: list[Json] = []
    for component in components:
        found.append(component)
        if inside := component.get("components"):
            found += every(inside)
        for key in ("accessory", "component"):
            if nested := component.get(key):
                found += every([nested])
    return found


def texts(components: list[Json]) -> list[str]:
    return [component["content"] for component in every(components) if component.get("type") == TEXT_DISPLAY]


def numbered(components: list[Json]) -> list[Json]:
    """A copy as Discord stores it: each component has an id of its own."""
    found: list[Json] = _copied(components)
    all_of_them = every(found)
    taken = {component["id"] for component in all_of_them if component.get("id")}
    following = 1
    for component in all_of_them:
        if not component.get("id"):
            while following in taken:
                following += 1
            component["id"] = following
            taken.add(following)
    return found


def _copied(value: Any) -> Any:
    """Copy what came as JSON; ``deepcopy`` takes three times as long, for shared parts that JSON cannot have."""
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_copied(each) for each in value]
    return value


def _media(components: list[Json]) -> Iterator[Json]:
    """The pictures and files that components show."""
    for component in every(components):
        if component.get("type") in SHOW_MEDIA:
            media = [component.get("media"), component.get("file")]
            media += [item.get("media") for item in component.get("items") or []]
            yield from filter(None, media)


def media_names(components: list[Json]) -> set[str]:
    """The names of the uploaded files that components show."""
    urls = [str(one.get("url", "")) for one in _media(components)]
    return {url.removeprefix("attachment://") for url in urls if url.startswith("attachment://")}


def with_media_urls(components: list[Json], files: dict[str, Json]) -> list[Json]:
    """`attachment://name` becomes the address the file was given."""
    for one in _media(components):
        file = files.get(str(one.get("url", "")).removeprefix("attachment://"))
        if file is not None:
            one |= {"url": file["url"], "attachment_id": file["id"]}
        one |= {"id": file["id"] if file else "1", "proxy_url": one["url"]}
    return components
