"""Settings from the environment and .env, and where content and migrations lie."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import AliasGenerator, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.env_file import read_env_file

ROOM = Path(__file__).parent
ENV_FILE = Path(".env")
CHAT_DATABASE = "sqlite:///studybot-chat.db"


def packaged(name: str) -> Path:
    """Where ``content`` or ``migrations`` lies: inside an installed package, or beside it in a checkout."""
    inside = ROOM / f"_{name}"
    return inside if inside.is_dir() else ROOM.parent / name


def name_of(field: str) -> str:
    """Name a setting as the environment has it: a platform's by itself, any other with STUDYBOT_ before it."""
    return field.upper() if field.startswith(("discord_", "slack_")) else f"STUDYBOT_{field.upper()}"


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        # With the prefix, names without it mean nothing in the environment; tests give settings by their fields' names.
        env_prefix="STUDYBOT_",
        alias_generator=AliasGenerator(validation_alias=name_of),
        extra="ignore",
        populate_by_name=True,
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what is given, then the environment, then .env."""
        # Not pydantic's own reader of .env, which takes one encoding and skips lines it cannot read.
        file = {name.upper(): value for name, value in read_env_file(ENV_FILE).values.items()}
        written = {name: file[name] for name in map(name_of, settings_cls.model_fields) if name in file}
        return init_settings, env_settings, InitSettingsSource(settings_cls, written)

    database_url: str = Field("sqlite:///studybot.db", description="Where a running bot keeps everything.")
    content_dir: Path | None = Field(None, description="Another folder with a bank, or of banks.")
    log_format: Literal["plain", "json"] = Field("plain", description="How log lines look.")
    support_url: str | None = Field(None, description="Where people can report trouble; shown with apologies.")

    discord_token: SecretStr | None = Field(None, description="The bot's token from Discord's Developer Portal.")
    discord_api_url: str | None = Field(None, description="Another address of Discord's API, such as a proxy's.")
    discord_gateway_url: str | None = Field(None, description="Another address of Discord's gateway.")
    discord_dev_guild: int | None = Field(None, description="Register commands in this one server only, for trying.")

    slack_bot_token: SecretStr | None = Field(None, description="The bot's token in one workspace; begins with xoxb-.")
    slack_app_token: SecretStr | None = Field(
        None, description="The app-level token for Socket Mode; begins with xapp-."
    )
    slack_signing_secret: SecretStr | None = Field(
        None, description="What Slack signs its requests with, in HTTP mode."
    )
    slack_client_id: str | None = Field(None, description="The app's id, for installing it in many workspaces.")
    slack_client_secret: SecretStr | None = Field(None, description="The app's secret, for installing it.")
    slack_api_url: str | None = Field(None, description="Another address of Slack's API, such as a proxy's.")
    http_bind: str = Field("127.0.0.1:3000", description="Where HTTP mode listens, behind your reverse proxy.")
    secret_key: SecretStr | None = Field(
        None, description="Encrypts the tokens of workspaces; several, separated by commas, to change it."
    )

    @field_validator("discord_token", "slack_signing_secret", "slack_client_id", "slack_client_secret")
    @classmethod
    def _one_word(cls, value: SecretStr | str | None, field: ValidationInfo) -> SecretStr | str | None:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value or ""
        belongs = _where_it_belongs(text)
        if belongs and not (belongs is _DISCORD and field.field_name == "discord_token"):
            raise ValueError(f"cannot be this; it {belongs}")
        _copied_well(text)
        return value

    @field_validator("log_format", mode="before")
    @classmethod
    def _format(cls, value: object) -> object:
        if value not in ("plain", "json"):
            raise ValueError("must be plain or json")
        return value

    @field_validator("discord_dev_guild", mode="before")
    @classmethod
    def _guild(cls, value: object) -> object:
        if isinstance(value, str) and not (value.isascii() and value.isdigit()):
            raise ValueError("must be a server's number, such as 123456789012345678 (Copy Server ID in Discord)")
        return value

    @field_validator("discord_api_url", "slack_api_url")
    @classmethod
    def _http(cls, url: str | None, field: ValidationInfo) -> str | None:
        if url and not url.startswith(("http://", "https://")):
            own = "https://discord.com/api/v10" if field.field_name == "discord_api_url" else "https://slack.com/api/"
            raise ValueError(f"must begin with http:// or https://, such as {own}")
        return _with_a_good_port(url)

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _slack_token(cls, token: SecretStr | None, field: ValidationInfo) -> SecretStr | None:
        begins = "xoxb-" if field.field_name == "slack_bot_token" else "xapp-"
        text = token.get_secret_value() if token else begins
        if not text.startswith(begins):
            raise ValueError(f"must begin with {begins}; {_what_it_is(text)}")
        _copied_well(text)
        return token

    @field_validator("http_bind")
    @classmethod
    def _host_and_port(cls, bind: str) -> str:
        host, colon, port = bind.rpartition(":")
        if "://" in bind or not (host and colon and port.isascii() and port.isdigit() and int(port) < 65536):
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
        return _with_a_good_port(url)

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        scheme = url.partition("://")[0].partition("+")[0]
        if scheme not in ("sqlite", "postgresql", "postgres"):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        if scheme == "sqlite" and not url.partition("://")[2].startswith("/"):
            raise ValueError("needs three slashes for a file here, such as sqlite:///studybot.db, and four for /a/path")
        if "?" in url.rpartition("@")[0]:
            raise ValueError("has an @ or a ? in a user, password or option; write those as %40 and %3F")
        if scheme != "sqlite":
            from sqlalchemy import make_url
            from sqlalchemy.exc import ArgumentError

            try:
                port = make_url(url).port
            except (ArgumentError, ValueError):
                port = 0
            if port is not None and not 0 < port < 65536:
                raise ValueError(_BAD_PORT)
        return url

    @field_validator("support_url")
    @classmethod
    def _https(cls, url: str | None) -> str | None:
        if url and not url.startswith("https://"):
            raise ValueError("must begin with https://")
        return url

    # The last of these runs first.
    @field_validator("*", mode="before")
    @classmethod
    def _bare(cls, value: object, field: ValidationInfo) -> object:
        assert field.field_name is not None
        return (bare(value) or cls.model_fields[field.field_name].default) if isinstance(value, str) else value

    @property
    def slack(self) -> bool:
        """Return whether any of what Slack needs is set; ``slack_lacks`` says what is missing."""
        return any((self.slack_bot_token, self.slack_app_token, self.slack_signing_secret, self.slack_client_secret))

    def slack_lacks(self) -> str | None:
        """Name what is missing of what Slack needs, as a sentence; None if it is complete, or not wanted at all."""
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


def bare(value: str) -> str:
    """Take off white space and quotes, which come along when copying and which `docker --env-file` leaves on."""
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1].strip() if quoted else value


def _copied_well(token: str) -> None:
    if not token.isascii() or any(letter.isspace() or letter in "'\"" for letter in token):
        raise ValueError("has spaces, quotes or other letters in it that do not belong there; copy it once more")


_BAD_PORT = "has a wrong port; it must be a number from 1 to 65535, after the host and a colon"


def _with_a_good_port(url: str | None) -> str | None:
    try:
        bad = urlsplit(url or "").port == 0
    except ValueError:
        bad = True
    if "@" in (url or ""):
        raise ValueError("must have no user and no password in it; Studybot sends its token instead")
    if bad:
        raise ValueError(_BAD_PORT)
    return url


_DISCORD = "looks like Discord's bot token, which belongs in DISCORD_TOKEN"
_TOKENS = (
    (r"xapp-", "looks like Slack's app-level token, which belongs in SLACK_APP_TOKEN"),
    (r"xoxb-", "looks like Slack's bot token, which belongs in SLACK_BOT_TOKEN"),
    (r"xox[a-z]", "looks like a user token of Slack's, which Studybot does not use"),
    (r"(Bot )?[\w-]{20,}\.[\w-]{4,}\.[\w-]{20,}$", _DISCORD),
)


def _where_it_belongs(token: str) -> str | None:
    """Say which token this looks like; None if like none."""
    return next((told for pattern, told in _TOKENS if re.match(pattern, token)), None)


def _what_it_is(token: str) -> str:
    """Say which other token of Slack's or Discord's this looks like."""
    belongs = _where_it_belongs(token)
    return f"this {belongs}" if belongs else "Slack's settings show several kinds of token"
