"""The registry's commands as tools."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mcp.types import Tool, ToolAnnotations

from bot.commands.declare import CommandOption, Handler, Needs

PRESS = "press"
BUTTON = "button"


def tools(commands: Iterable[Handler]) -> list[Tool]:
    """A tool for each command, and one that presses what a reply shows."""
    button = {"type": "string", "description": "What stands behind the choice, such as sb1:how"}
    return [
        *map(_tool, commands),
        _made(PRESS, "Press a button that a reply has shown.", {BUTTON: button}, [BUTTON], reads=False),
    ]


def _tool(handler: Handler) -> Tool:
    properties = {option.name: _schema(option) for option in handler.options}
    required = [option.name for option in handler.options if option.required]
    return _made(handler.name, handler.summary, properties, required, reads=handler.needs is not Needs.WRITE)


def _made(name: str, summary: str, properties: dict[str, Any], required: list[str], *, reads: bool) -> Tool:
    schema = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    # What destroys anything is done by hand, and nothing here reaches beyond the file.
    hints = ToolAnnotations(read_only_hint=reads, destructive_hint=False, open_world_hint=False)
    return Tool(name=name, description=summary, input_schema=schema, annotations=hints)


def _schema(option: CommandOption) -> dict[str, Any]:
    example = f", such as {option.example}" if option.example else ""
    made: dict[str, Any] = {"type": "string", "description": f"{option.description}{example}"}
    match option.kind.name:
        case "number":
            made |= {"type": "integer", "minimum": option.least, "maximum": option.most}
        case "flag":
            made["type"] = "boolean"
        case _ if option.kind.choices:
            made["enum"] = list(option.kind.choices)
    return made
