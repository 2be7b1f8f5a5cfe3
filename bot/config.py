"""Settings from the environment and .env, and where content and migrations lie."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOM = Path(__file__).parent
CHAT_DATABASE = "sqlite:///studybot-chat.db"


def packaged(name: str) -> Path:
    """Where ``content`` or ``migrations`` lies: inside an installed package, or beside it in a checkout."""
    inside = ROOM / f"_{name}"
    return inside if inside.is_dir() else ROOM.parent / name


def wrong_settings(error: ValidationError) -> list[tuple[str, str]]:
    """What is wrong with which setting, by the name it is set with."""
    found = []
    for one in error.errors():
        name = str(one["loc"][0])
        shown = name if name.isupper() else f"STUDYBOT_{name.upper()}"
        found.append((shown, str(one["msg"]).removeprefix("Value error, ")))
    return found


class Settings(BaseSettings):
    """Everything that can be set; names carry the prefix STUDYBOT_ unless they are a platform's."""

    model_config = SettingsConfigDict(
        env_prefix="STUDYBOT_", env_file=".env", env_file_encoding="utf-8", extra="ignore", populate_by_name=True
    )

    database_url: str = Field("sqlite:///studybot.db", description="Where a running bot keeps everything.")
    content_dir: Path | None = Field(None, description="Another folder of questions, roles and roadmap.")
    log_format: Literal["plain", "json"] = Field("plain", description="How log lines look.")
    support_url: str | None = Field(None, description="Where people can report trouble; shown with apologies.")

    discord_token: SecretStr | None = Field(
        None, validation_alias="DISCORD_TOKEN", description="The bot's token from Discord's Developer Portal."
    )
    discord_api_url: str | None = Field(
        None, validation_alias="DISCORD_API_URL", description="Another address of Discord's API, such as a proxy's."
    )
    discord_gateway_url: str | None = Field(
        None, validation_alias="DISCORD_GATEWAY_URL", description="Another address of Discord's gateway."
    )
    discord_dev_guild: int | None = Field(
        None, validation_alias="DISCORD_DEV_GUILD", description="Register commands in this one server only, for trying."
    )

    slack_bot_token: SecretStr | None = Field(
        None, validation_alias="SLACK_BOT_TOKEN", description="The bot's token in one workspace; begins with xoxb-."
    )
    slack_app_token: SecretStr | None = Field(
        None, validation_alias="SLACK_APP_TOKEN", description="The app-level token for Socket Mode; begins with xapp-."
    )
    slack_signing_secret: SecretStr | None = Field(
        None, validation_alias="SLACK_SIGNING_SECRET", description="What Slack signs its requests with, in HTTP mode."
    )
    slack_client_id: str | None = Field(
        None, validation_alias="SLACK_CLIENT_ID", description="The app's id, for installing it in many workspaces."
    )
    slack_client_secret: SecretStr | None = Field(
        None, validation_alias="SLACK_CLIENT_SECRET", description="The app's secret, for installing it."
    )
    slack_api_url: str | None = Field(
        None, validation_alias="SLACK_API_URL", description="Another address of Slack's API, such as a proxy's."
    )
    http_bind: str = Field("127.0.0.1:3000", description="Where HTTP mode listens, behind your reverse proxy.")
    secret_key: SecretStr | None = Field(
        None, description="Encrypts the tokens of workspaces; several, separated by commas, to change it."
    )

    @field_validator(
        "discord_token",
        "discord_api_url",
        "discord_gateway_url",
        "discord_dev_guild",
        "slack_bot_token",
        "slack_app_token",
        "slack_signing_secret",
        "slack_client_id",
        "slack_client_secret",
        "slack_api_url",
        "secret_key",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: str | None) -> str | None:
        return value.strip() or None if isinstance(value, str) else value

    @field_validator("discord_api_url", "slack_api_url")
    @classmethod
    def _http(cls, url: str | None, field: ValidationInfo) -> str | None:
        if url and not url.startswith(("http://", "https://")):
            own = "https://discord.com/api/v10" if field.field_name == "discord_api_url" else "https://slack.com/api/"
            raise ValueError(f"must begin with http:// or https://, such as {own}")
        return url

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _slack_token(cls, token: SecretStr | None, field: ValidationInfo) -> SecretStr | None:
        begins = "xoxb-" if field.field_name == "slack_bot_token" else "xapp-"
        if token and not token.get_secret_value().startswith(begins):
            raise ValueError(f"must begin with {begins}; Slack's settings show several kinds of token")
        return token

    @field_validator("http_bind")
    @classmethod
    def _host_and_port(cls, bind: str) -> str:
        host, colon, port = bind.rpartition(":")
        if not (host and colon and port.isascii() and port.isdigit() and int(port) < 65536):
            raise ValueError("must be a host and a port, such as 127.0.0.1:3000")
        return bind

    @field_validator("secret_key")
    @classmethod
    def _keys(cls, given: SecretStr | None) -> SecretStr | None:
        for key in given.get_secret_value().split(",") if given else ():
            try:
                good = len(urlsafe_b64decode(key.strip().encode("ascii"))) == 32
            except ValueError:
                good = False
            if not good:
                raise ValueError("must be 32 random bytes in URL-safe base64; `studybot secret-key` makes one")
        return given

    @field_validator("discord_gateway_url")
    @classmethod
    def _websocket(cls, url: str | None) -> str | None:
        if url and not url.startswith(("ws://", "wss://")):
            raise ValueError("must begin with ws:// or wss://")
        return url

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        scheme = url.partition("://")[0].partition("+")[0]
        if scheme not in ("sqlite", "postgresql", "postgres"):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return url

    @field_validator("support_url")
    @classmethod
    def _https(cls, url: str | None) -> str | None:
        if url and not url.startswith("https://"):
            raise ValueError("must begin with https://")
        return url or None

    @property
    def slack(self) -> bool:
        """Whether any of what Slack needs is set; ``slack_lacks`` says what is missing."""
        return any((self.slack_bot_token, self.slack_app_token, self.slack_signing_secret, self.slack_client_secret))

    def slack_lacks(self) -> str | None:
        """What is missing of what Slack needs, as a sentence; None if it is complete, or not wanted at all."""
        if not self.slack:
            return None
        if self.slack_bot_token:
            if self.slack_app_token or self.slack_signing_secret:
                return None
            return "Slack lacks SLACK_APP_TOKEN (an app-level token for Socket Mode), or SLACK_SIGNING_SECRET for HTTP."
        if self.slack_app_token:
            return "Slack lacks SLACK_BOT_TOKEN: install the app in your workspace and copy the token it is given."
        wanted = {
            "SLACK_SIGNING_SECRET": self.slack_signing_secret,
            "SLACK_CLIENT_ID": self.slack_client_id,
            "SLACK_CLIENT_SECRET": self.slack_client_secret,
            "STUDYBOT_SECRET_KEY": self.secret_key,
        }
        lacking = [name for name, value in wanted.items() if not value]
        if not lacking:
            return None
        makes = " `studybot secret-key` makes one." if "STUDYBOT_SECRET_KEY" in lacking else ""
        return f"Slack's HTTP mode for many workspaces lacks {' and '.join(lacking)}.{makes}"

    @property
    def content(self) -> Path:
        """The content folder in use."""
        return self.content_dir or packaged("content")


def wrong_with(name: str, text: str) -> str | None:
    """What is wrong with a setting that is set to a text; None if nothing is."""
    field = name.removeprefix("STUDYBOT_").lower() if name.startswith("STUDYBOT_") else name
    try:
        Settings(_env_file=None, **{field: text})  # type: ignore[arg-type]
    except ValidationError as error:
        return dict(wrong_settings(error)).get(name)
    return None
