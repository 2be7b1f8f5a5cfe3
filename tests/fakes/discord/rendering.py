"""Messages and forms as plain text, for who looks on."""

from __future__ import annotations

from collections.abc import Iterator

from tests.fakes.discord import components as parts
from tests.fakes.discord.messages import Message
from tests.fakes.discord.wire import Json


def plain(message: Message) -> str:
    """A message as a person reads it, with the buttons in brackets."""
    head = message.author.name
    if message.audience is not None:
        head += f" (only {message.audience.name} sees this)"
    if message.silent:
        head += " (silent)"
    if message.thinking:
        return f"{head} is thinking..."
    lines = [*message.content.splitlines(), *_lines(message.components)]
    for embed in message.embeds:
        lines += [str(embed[key]) for key in ("title", "description") if embed.get(key)]
    lines += [f"[file {one['filename']}: {one.get('description') or 'no description'}]" for one in message.attachments]
    return "\n".join([head, *(f"  {line}" for line in lines)])


def plain_form(modal: Json) -> str:
    """A form, each field with what stands in it."""
    lines = [f"[form] {modal['title']}"]
    for component in modal["components"]:
        if component["type"] == parts.TEXT_DISPLAY:
            lines += [f"  {line}" for line in str(component["content"]).splitlines()]
            continue
        inner = component.get("component") or component["components"][0]
        label = component.get("label") or inner.get("label")
        options = " | ".join(
            f"({option['label']})" if option.get("default") else str(option["label"])
            for option in inner.get("options") or []
        )
        optional = "" if inner.get("required", True) else " (optional)"
        lines.append(f"  {inner['custom_id']}: {label}{optional}: {options or inner.get('value') or ''}".rstrip())
    return "\n".join(lines)


def _lines(components: list[Json]) -> Iterator[str]:
    for component in components:
        kind = component["type"]
        if kind == parts.TEXT_DISPLAY:
            yield from str(component["content"]).splitlines()
        elif kind == parts.SEPARATOR:
            yield "---"
        elif kind == parts.ACTION_ROW:
            yield " ".join(_control(one) for one in component["components"])
        elif kind == parts.MEDIA_GALLERY:
            yield from (f"[picture: {item.get('description')}]" for item in component["items"])
        elif kind in (parts.CONTAINER, parts.SECTION):
            yield from _lines(component["components"])
            if accessory := component.get("accessory"):
                yield _control(accessory)


def _control(control: Json) -> str:
    if control["type"] in parts.SELECTS:
        options = " | ".join(str(option["label"]) for option in control.get("options") or [])
        return f"[{control.get('placeholder') or control['custom_id']} v {options}]"
    if control["type"] == parts.THUMBNAIL:
        return f"[picture: {control.get('description')}]"
    label = control.get("label") or (control.get("emoji") or {}).get("name") or "?"
    if control.get("style") == parts.LINK_STYLE:
        return f"[{label} -> {control['url']}]"
    return f"[{label}, off]" if control.get("disabled") else f"[{label}]"
