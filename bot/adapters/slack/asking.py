"""Who did something on Slack, where, with what, and where the answer belongs."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.adapters.slack.forms import place_of
from bot.adapters.slack.people import People
from bot.adapters.slack.places import Places
from bot.adapters.slack.surfaces import InChannel, InModal, OverAll, Surface
from bot.adapters.slack.web import Web
from bot.adapters.slack.workspaces import Workspace, Workspaces
from bot.commands.declare import Handler
from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, PlaceRef
from bot.ports.call import Call
from bot.ports.clock import Clock, Dice
from bot.replies.said import Refusal

REMEMBERED = 4096
"""Interactions kept to know one that is delivered twice."""

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody did something: who and where, and where the answer belongs."""

    workspace: Workspace
    call: Call
    surface: Surface
    again: str = ""
    """The route that was pressed, to press again."""


class Asking:
    """Reads payloads."""

    def __init__(
        self, web: Web, workspaces: Workspaces, people: People, places: Places, clock: Clock, dice: Dice
    ) -> None:
        self._web = web
        self._workspaces = workspaces
        self._people = people
        self._places = places
        self._clock = clock
        self._dice = dice

    async def asked(self, payload: Payload) -> Asked | None:
        """What an interaction is; None if the app is not installed where it comes from."""
        workspace = await self._workspaces.find(*_where(payload))
        if workspace is None:
            return None
        user = str(payload.get("user_id") or payload["user"]["id"])
        view = payload.get("view") or {}
        channel = payload.get("channel") or {}
        place = PlaceRef(str(payload.get("channel_id") or channel.get("id") or place_of(view)))
        if payload.get("channel_name") and payload["channel_name"] not in ("privategroup", "directmessage"):
            self._places.keep(place, str(payload["channel_name"]))
        call = Call(
            platform=Platform.SLACK,
            community=workspace.id,
            place=place,
            user=user,
            now=self._clock.now(),
            seed=self._dice.seed(),
            zone=self._people.zone(workspace.id, user),
            message=_post(payload),
        )
        return Asked(workspace, call, self._surface(payload, workspace, call), _pressed(payload))

    def _surface(self, payload: Payload, workspace: Workspace, call: Call) -> Surface:
        view = payload.get("view") or {}
        trigger = str(payload.get("trigger_id") or "")
        if view.get("type") == "modal":
            return InModal(workspace, str(view["id"]), str(view.get("hash") or ""), call.place)
        url = str(payload.get("response_url") or "")
        if not url or payload.get("type") in ("shortcut", "message_action"):
            return OverAll(workspace, call.user, trigger, call.place)
        ephemeral = bool((payload.get("container") or {}).get("is_ephemeral"))
        return InChannel(self._web, workspace, call.user, call.place, url, trigger, ephemeral)

    async def with_zone(self, asked: Asked, handler: Handler | None) -> Call:
        """The call with the caller's zone, for managers' commands: who they are is asked there anyway."""
        if handler is None or not (handler.manager or handler.asks_manager):
            return asked.call
        try:
            profile = await self._people.of(asked.workspace, asked.call.user)
        except Refusal:
            return asked.call  # said where it is asked whether they may manage
        return replace(asked.call, zone=profile.zone)


class Doubles:
    """Knows an interaction that is delivered twice: each carries a trigger of its own."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, None] = OrderedDict()

    def seen(self, payload: Payload) -> bool:
        """Whether this very interaction was taken in before."""
        trigger = str(payload.get("trigger_id") or "")
        if not trigger:
            return False
        if trigger in self._seen:
            return True
        self._seen[trigger] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return False


def _where(payload: Payload) -> tuple[str | None, str | None]:
    """The team in which the app is installed, and its organisation.

    In a channel shared with others, whoever presses may belong to another team than the one we are in.
    """
    team = payload.get("team") or {}
    enterprise = payload.get("enterprise") or {}
    installed = (payload.get("view") or {}).get("app_installed_team_id")
    return (
        installed or payload.get("team_id") or team.get("id"),
        payload.get("enterprise_id") or team.get("enterprise_id") or enterprise.get("id"),
    )


def _pressed(payload: Payload) -> str:
    """The route behind what was pressed or picked."""
    actions = payload.get("actions") or ()
    if not actions:
        return ""
    chosen = actions[0].get("selected_option")
    return str(chosen["value"] if chosen else actions[0].get("value") or actions[0].get("action_id") or "")


def _post(payload: Payload) -> MessageRef | None:
    """The message in a channel whose button was pressed; a private one proves nothing about a post."""
    container = payload.get("container") or {}
    private = container.get("is_ephemeral") or str(container.get("channel_id") or "D").startswith("D")
    if payload.get("type") != "block_actions" or private or not container.get("message_ts"):
        return None
    return MessageRef(str(container["message_ts"]))
