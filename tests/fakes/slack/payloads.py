"""The payloads of what people do, field by field as Slack sends them."""

from __future__ import annotations

from datetime import datetime

from tests.fakes.slack.channel import Channel
from tests.fakes.slack.elements import Element
from tests.fakes.slack.message import Message
from tests.fakes.slack.people import User
from tests.fakes.slack.team import Team
from tests.fakes.slack.view import View
from tests.fakes.slack.wire import JsonObject

VERIFICATION_TOKEN = "old-verification-token"
"""Deprecated, and still in every payload."""


def slash_command(
    app_id: str,
    workspace: Team,
    channel: Channel,
    user: User,
    command: str,
    text: str,
    *,
    trigger_id: str,
    response_url: str,
) -> JsonObject:
    """A typed command: flat, every value a string."""
    payload: JsonObject = {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.id,
        "team_domain": workspace.name,
        "channel_id": channel.id,
        "channel_name": channel.name_in_payloads,
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }
    if workspace.enterprise_id is not None:
        payload |= {"enterprise_id": workspace.enterprise_id, "enterprise_name": "The enterprise"}
    return payload


def interaction(type: str, app_id: str, workspace: Team, user: User) -> JsonObject:
    """The common part of every interaction's payload."""
    return {
        "type": type,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "api_app_id": app_id,
        "token": VERIFICATION_TOKEN,
        "team": workspace.named(),
        "enterprise": workspace.enterprise(),
        "is_enterprise_install": False,
    }


def container(place: Message | View) -> JsonObject:
    """Where an element stands."""
    if isinstance(place, View):
        return {"type": "view", "view_id": place.id}
    return {
        "type": "message",
        "message_ts": place.ts,
        "channel_id": place.channel_id,
        "is_ephemeral": place.ephemeral_to is not None,
    }


def place_fields(place: Message | View, channel: Channel | None) -> JsonObject:
    """The message or the view itself. Of an ephemeral message Slack sends no content."""
    if isinstance(place, View):
        return {"view": place.as_json()}
    named = {} if channel is None else {"channel": {"id": channel.id, "name": channel.name_in_payloads}}
    return named if place.ephemeral_to is not None else named | {"message": place.as_json()}


def action(element: Element, held: JsonObject | None, now: datetime) -> JsonObject:
    """The part of a payload on what was done with one element."""
    done: JsonObject = {
        "action_id": element.action_id,
        "block_id": element.block_id,
        "type": element.type,
        "action_ts": f"{now.timestamp():.6f}",
    }
    if element.type == "button":
        done["text"] = element.body.get("text")
        if "value" in element.body:
            done["value"] = element.body["value"]
        if "style" in element.body:
            done["style"] = element.body["style"]
    if "placeholder" in element.body:
        done["placeholder"] = element.body["placeholder"]
    return done | (held or {})
