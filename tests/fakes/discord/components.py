"""Walking through the components of a message: ids, texts, buttons and menus."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from tests.fakes.discord.wire import Json

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SECTION, TEXT_DISPLAY, THUMBNAIL, MEDIA_GALLERY, FILE, SEPARATOR = 9, 10, 11, 12, 13, 14
CONTAINER, LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 17, 18, 19, 21, 22, 23

SELECTS = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT})
ONLY_V2 = frozenset({SECTION, TEXT_DISPLAY, THUMBNAIL, MEDIA_GALLERY, FILE, SEPARATOR, CONTAINER})
LINK_STYLE = 5


def every(components: list[Json]) -> Iterator[Json]:
    """Each component, nested ones too, in the order they are read."""
    for component in components:
        yield component
        yield from every(component.get("components") or [])
        for key in ("accessory", "component"):
            if nested := component.get(key):
                yield from every([nested])


def texts(components: list[Json]) -> list[str]:
    return [component["content"] for component in every(components) if component.get("type") == TEXT_DISPLAY]


def numbered(components: list[Json]) -> list[Json]:
    """A copy as Discord stores it: each component has an id of its own."""
    found = deepcopy(components)
    taken = {component["id"] for component in every(found) if component.get("id")}
    following = 1
    for component in every(found):
        if not component.get("id"):
            while following in taken:
                following += 1
            component["id"] = following
            taken.add(following)
    return found


def media_names(components: list[Json]) -> set[str]:
    """The names of the uploaded files that components show."""
    found = set()
    for component in every(components):
        media = [component.get("media"), component.get("file")]
        media += [item.get("media") for item in component.get("items") or []]
        for one in media:
            if one and str(one.get("url", "")).startswith("attachment://"):
                found.add(str(one["url"]).removeprefix("attachment://"))
    return found


def with_media_urls(components: list[Json], files: dict[str, Json]) -> list[Json]:
    """`attachment://name` becomes the address the file was given."""
    for component in every(components):
        media = [component.get("media"), component.get("file")]
        media += [item.get("media") for item in component.get("items") or []]
        for one in media:
            if not one:
                continue
            file = files.get(str(one.get("url", "")).removeprefix("attachment://"))
            if file is not None:
                one |= {"url": file["url"], "attachment_id": file["id"]}
            one |= {"id": file["id"] if file else "1", "proxy_url": one["url"]}
    return components
