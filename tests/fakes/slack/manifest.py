"""The app's account of itself to Slack: its commands, scopes and events."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.fakes.slack.wire import JsonObject, a_string, an_object, is_true, objects

SCOPES = frozenset({"commands", "chat:write", "chat:write.public", "users:read", "channels:read"})

EVENTS = frozenset(
    {
        "app_home_opened",
        "app_uninstalled",
        "tokens_revoked",
        "channel_archive",
        "channel_unarchive",
        "channel_deleted",
        "channel_id_changed",
    }
)


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command Slack knows."""

    name: str
    should_escape: bool = True


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything an app may do and hear. The default is that of Studybot's own manifest."""

    commands: tuple[Command, ...] = (Command("/study"), Command("/quiz"), Command("/role"))
    scopes: frozenset[str] = SCOPES
    events: frozenset[str] = EVENTS
    message_shortcuts: frozenset[str] = frozenset()
    global_shortcuts: frozenset[str] = frozenset()
    home_tab: bool = True
    messages_tab: bool = True
    app_name: str = field(default="Studybot")

    def command(self, name: str) -> Command | None:
        """The command of that name, if the app has it."""
        return next((command for command in self.commands if command.name == name), None)

    @classmethod
    def parse(cls, written: JsonObject) -> Manifest:
        """A manifest as it is pasted into Slack's settings."""
        features = an_object(written.get("features"))
        home = an_object(features.get("app_home"))
        shortcuts = objects(features.get("shortcuts"))
        settings = an_object(written.get("settings"))
        scopes = an_object(an_object(written.get("oauth_config")).get("scopes"))
        return cls(
            commands=tuple(
                Command(a_string(entry.get("command")), is_true(entry.get("should_escape")))
                for entry in objects(features.get("slash_commands"))
            ),
            scopes=frozenset(scopes.get("bot") or ()),
            events=frozenset(an_object(settings.get("event_subscriptions")).get("bot_events") or ()),
            message_shortcuts=frozenset(
                a_string(e.get("callback_id")) for e in shortcuts if e.get("type") == "message"
            ),
            global_shortcuts=frozenset(a_string(e.get("callback_id")) for e in shortcuts if e.get("type") == "global"),
            home_tab=is_true(home.get("home_tab_enabled")),
            messages_tab=is_true(home.get("messages_tab_enabled")),
            app_name=a_string(an_object(written.get("display_information")).get("name")),
        )
