"""Reading who did something on Slack, where, with what, and where the answer belongs."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from bot.adapters.slack.forms import place_of
from bot.adapters.slack.people import People
from bot.adapters.slack.places import Places
from bot.adapters.slack.surfaces import InChannel, InModal, OverAll, Surface
from bot.adapters.slack.web import Web
from bot.adapters.slack.workspaces import Workspace, Workspaces
from bot.commands.declare import Handler
from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, PlaceRef
from bot.kit import Latest, reference_code
from bot.ports.call import Call
from bot.ports.clock import Clock, Dice
from bot.ports.storage import StorageFault
from bot.replies.card import Reply
from bot.replies.said import Apology, Refusal, said

log = logging.getLogger(__name__)
T = TypeVar("T")

NOT_INSTALLED = "Studybot is not installed in this workspace any more. Ask an admin to install it again."

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody did something: who and where, and where the answer belongs."""

    workspace: Workspace
    call: Call
    surface: Surface
    again: str = ""
    """The route that was pressed, to press again."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """There is no workspace to answer in, and what is said of that."""

    reply: Reply
    malformed: bool = False
    """It does not even say where it came from."""


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

    async def asked(self, payload: Payload) -> Asked | Nowhere:
        """Read an interaction, or find what is said where it has no workspace."""
        try:
            workspace = await self._workspaces.find(*_where(payload))
            if workspace is None:
                return Nowhere(said(NOT_INSTALLED), malformed=not any(_where(payload)))
            return self._asked(payload, workspace)
        except StorageFault as fault:
            return Nowhere(Apology(fault.reference))
        except Exception:
            reference = reference_code(self._dice.seed())
            log.exception("reading what came from Slack failed %s", reference, extra={"reference": reference})
            return Nowhere(Apology(reference), malformed=True)

    def _asked(self, payload: Payload, workspace: Workspace) -> Asked:
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


class Taken(Generic[T]):
    """Interactions taken in before, with something kept of each: every one carries a trigger of its own."""

    def __init__(self, most: int) -> None:
        self._kept = Latest[str, T](most)

    def first(self, payload: Payload, kept: T) -> bool:
        """Return whether this was not delivered before; the oldest are forgotten."""
        trigger = str(payload.get("trigger_id") or "")
        if not trigger:
            return True
        if trigger in self._kept:
            return False
        self._kept[trigger] = kept
        return True

    def kept(self, payload: Payload) -> T | None:
        """Whatever was kept of it, if it was delivered before."""
        return self._kept.get(str(payload.get("trigger_id") or ""))


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
