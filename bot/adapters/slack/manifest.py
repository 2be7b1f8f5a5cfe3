"""The app's manifest: what is pasted into Slack once, made from the commands as they are declared."""

from __future__ import annotations

from collections.abc import Iterator

from bot.adapters.slack.cards import Json
from bot.adapters.slack.http_mode import EVENTS
from bot.adapters.slack.installing import BACK
from bot.adapters.slack.text import STUDY
from bot.adapters.slack.workspaces import SCOPES
from bot.commands.declare import NAME, SLACK_RESERVED, Handler
from bot.commands.registry import Registry
from bot.domain.explained import Explained

BY_DEFAULT = ("quiz", "role")
"""Commands typed most, beside the one that reaches all."""
HEARD = (
    "app_home_opened",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_id_changed",
    "channel_unarchive",
    "tokens_revoked",
)
DESCRIPTION = "One question a day for a study group, answered in private."
LONG = (
    "Studybot posts one multiple-choice question a day in a channel you choose, at your local time. Everyone answers "
    "in private and is told at once whether it was right, why, and why the others are wrong; when the next question "
    "comes, the channel sees the answer and how the group voted. In between there is practice, a roadmap and role "
    "profiles. Nobody, managers included, can see what anyone chose. No names, no messages and no answer times are "
    "kept."
)
COMMANDS_AT_MOST = 50


class Unfit(Explained):
    """A manifest that Slack would refuse."""


def manifest(
    registry: Registry,
    *,
    prefix: str = "",
    all_commands: bool = False,
    http: str | None = None,
) -> Json:
    """The manifest for Socket Mode, or for HTTP mode at that public address. ``Unfit`` if it would be refused.

    The prefix is for every command but ``/study``: other apps of a workspace may want the same names.
    """
    base = http.rstrip("/") if http else None
    if base and not base.startswith("https://"):
        raise Unfit("The address of HTTP mode must begin with https://, such as https://studybot.example.org")
    names = list(registry.commands) if all_commands else [name for name in BY_DEFAULT if name in registry.commands]
    commands = [_study(base), *(_command(registry.commands[name], prefix, base) for name in names)]
    if len(commands) > COMMANDS_AT_MOST:
        raise Unfit(f"Slack takes {COMMANDS_AT_MOST} commands of an app. Leave --all-commands out; /study reaches all.")
    made: Json = {
        "_metadata": {"major_version": 1},
        "display_information": {
            "name": "Studybot",
            "description": DESCRIPTION,
            "long_description": LONG,
            "background_color": "#1f5f6b",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Studybot", "always_online": True},
            "shortcuts": list(_shortcuts()),
            "slash_commands": commands,
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(HEARD)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": base is None,
            "token_rotation_enabled": False,
        },
    }
    if base:
        made["oauth_config"]["redirect_urls"] = [f"{base}{BACK}"]
        made["settings"]["event_subscriptions"]["request_url"] = f"{base}{EVENTS}"
        made["settings"]["interactivity"] |= {
            "request_url": f"{base}{EVENTS}",
            "message_menu_options_url": f"{base}{EVENTS}",
        }
    return made


def _shortcuts() -> Iterator[Json]:
    """Where slash commands do not work, as in threads."""
    yield {
        "name": "Open Studybot",
        "type": "global",
        "callback_id": "open",
        "description": "Everything Studybot does, without typing.",
    }
    yield {
        "name": "Today's question",
        "type": "message",
        "callback_id": "today",
        "description": "Answer it here, or see your result.",
    }


def _study(base: str | None) -> Json:
    hint = "quiz rag | role ai engineer | config | help"
    return _entry(STUDY, "Today's question, practice, roles, roadmap, settings: everything.", hint, base)


def _command(handler: Handler, prefix: str, base: str | None) -> Json:
    name = f"{prefix}{handler.name}"
    if not NAME.fullmatch(name) or name in SLACK_RESERVED or f"/{name}" == STUDY:
        raise Unfit(f"/{name} is no name for a command on Slack. Choose another prefix, such as sg-")
    words = (option.name if option.required else f"[{option.name}]" for option in handler.options)
    return _entry(f"/{name}", handler.summary, " ".join(words), base)


def _entry(command: str, summary: str, hint: str, base: str | None) -> Json:
    made = {"command": command, "description": summary, "should_escape": True}
    if hint:
        made["usage_hint"] = hint
    if base:
        made["url"] = f"{base}{EVENTS}"
    return made
