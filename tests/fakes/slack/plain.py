"""Messages, forms and Home tabs as plain text, for whoever watches in a terminal."""

from __future__ import annotations

from tests.fakes.slack.elements import Element, elements_of, option_text
from tests.fakes.slack.wire import JsonObject, a_string, an_object, objects


def plain_text(blocks: list[JsonObject], values: dict[str, dict[str, JsonObject]] | None = None) -> list[str]:
    """Blocks as lines: texts as they are written, buttons in brackets, fields with what they hold."""
    lines: list[str] = []
    for block in blocks:
        lines += _texts(block)
        for at, element in enumerate(elements_of([block])):
            held = (values or {}).get(element.block_id, {}).get(element.action_id)
            shown = _shown(element, held)
            if block.get("type") == "actions" and at:
                lines[-1] += f"  {shown}"
            else:
                lines.append(shown)
    return lines


def _texts(block: JsonObject) -> list[str]:
    match block.get("type"):
        case "divider":
            return ["---"]
        case "image":
            return [f"(picture: {a_string(block.get('alt_text'))})"]
        case "context":
            return [" · ".join(_text(element) for element in objects(block.get("elements")))]
        case "markdown":
            return [a_string(block.get("text"))]
        case "section" | "header":
            texts = [_text(block.get("text")), *(_text(field) for field in objects(block.get("fields")))]
            return [text for text in texts if text]
        case _:
            return []


def _shown(element: Element, held: JsonObject | None) -> str:
    if element.type == "button":
        return f"[{element.label}]"
    options = " / ".join(option_text(option) for option in element.options())
    kind = f"{element.type}: {options}" if options else element.type
    filled = {key: value for key, value in (held or {}).items() if key != "type" and value}
    return f"{element.label or element.action_id} <{kind}>" + (f" = {filled}" if filled else "")


def _text(text: object) -> str:
    body = an_object(text)
    return a_string(body.get("text")) or a_string(body.get("alt_text"))
