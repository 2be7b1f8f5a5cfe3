"""The MCP face: a tool is called, goes through the one hallway, and the reply is handed back as text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from importlib.metadata import version
from typing import Any

from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.types import CallToolRequestParams, CallToolResult, ListToolsResult, PaginatedRequestParams, TextContent

from bot.adapters.mcp.text import BY_HAND, as_plain_text
from bot.adapters.mcp.tools import BUTTON, PRESS, tools
from bot.commands.declare import Handler
from bot.commands.dispatch import Dispatch
from bot.commands.registry import Registry
from bot.ports.call import Call
from bot.replies.card import Choice, Reply

INSTRUCTIONS = (
    "Studybot helps one person learn, with practice questions, roles, a roadmap and terms, each with its source. "
    "Where a reply names /role, that is the tool role. The choices beneath a reply are pressed with the tool press. "
    f"The daily question is for the person alone: it is answered {BY_HAND}."
)
LEFT_TO_PEOPLE = (
    f"That is done {BY_HAND}: answering the daily question, managing, sharing and deleting are left to people. "
    "Nothing was counted or changed."
)


def for_programs(handler: Handler) -> bool:
    """Tell whether a program may do it for a person."""
    return not (handler.by_hand or handler.manager)


class McpFace:
    """Answers tool calls; its hallway has only what is for programs, ``everything`` the rest as well."""

    def __init__(
        self,
        dispatch: Dispatch,
        everything: Registry,
        called: Callable[[], Awaitable[Call]],
        news: Callable[[], list[Reply]],
    ) -> None:
        """``called`` makes the call of this moment; ``news`` is what came of itself since the last one."""
        self._dispatch = dispatch
        self._everything = everything
        self._called = called
        self._news = news

    def server(self) -> Server[Any]:
        """The face as a server of the protocol."""
        return Server(
            "studybot",
            title="Studybot",
            version=version("studybot"),
            instructions=INSTRUCTIONS,
            on_list_tools=self._list,
            on_call_tool=self._call,
        )

    async def _list(self, _: ServerRequestContext[Any], __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=tools(self._dispatch.registry.offered(self._dispatch.catalogs.shared).values()))

    async def _call(self, _: ServerRequestContext[Any], asked: CallToolRequestParams) -> CallToolResult:
        text = await self._answer(asked.name, asked.arguments or {})
        return CallToolResult(content=[TextContent(text=text)])

    async def _answer(self, tool: str, given: Mapping[str, Any]) -> str:
        texts = {name: str(value) for name, value in given.items() if value is not None}
        call = await self._called()
        if tool != PRESS:
            answered = await self._dispatch.command(call, tool, texts)
        elif self._left_to_people(button := texts.get(BUTTON, "")):
            return LEFT_TO_PEOPLE
        else:
            answered = await self._dispatch.press(call, button)
        replies = [*self._news(), answered.reply]
        *came, said = (as_plain_text(reply.as_card(), call.zone, self._by_hand) for reply in replies)
        return "\n\n---\n\n".join([*(f"This came meanwhile:\n\n{one}" for one in came), said])

    def _by_hand(self, choice: Choice) -> bool:
        return self._left_to_people(choice.route.text)

    def _left_to_people(self, button: str) -> bool:
        handler = self._everything.behind(button)
        return handler is not None and not for_programs(handler)
