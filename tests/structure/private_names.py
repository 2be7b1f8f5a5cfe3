"""The private names of libraries that the bot uses, each with its reason: no public way, or a lot to gain.

A name counts as private if it begins with an underscore, or if its library's documentation leaves it out. No other may
be used in ``bot/``; test_private_names.py looks for that, and whether each still stands where it stood.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Private:
    """A private name in use."""

    where: str
    name: str
    stands: str
    """Where the library has it, as ``module:Class.name``."""
    reason: str


_CLIENT = "bot/adapters/discord/client.py"
_COMPONENTS = "bot/adapters/discord/components.py"
_FACE = "bot/adapters/discord/face.py"
_OWN_ADDRESSES = "A proxy, or a Discord on loopback: the library has no setting for its addresses."
_PLAIN_OBJECTS = "Components as plain objects: 13 % of an answer's time, and 70 MB after 10,000 presses."
_NO_VOICE = "Nobody speaks here, and the library warns at every start that it could not; nothing public turns that off."

LISTED = (
    Private(_CLIENT, "discord.VoiceClient.warn_nacl", "discord:VoiceClient.warn_nacl", _NO_VOICE),
    Private(_CLIENT, "discord.VoiceClient.warn_dave", "discord:VoiceClient.warn_dave", _NO_VOICE),
    Private(_CLIENT, "AutoShardedClient.launch_shard", "discord:AutoShardedClient.launch_shard", _OWN_ADDRESSES),
    Private(_CLIENT, "discord.gateway.DiscordWebSocket", "discord.gateway:DiscordWebSocket", _OWN_ADDRESSES),
    Private(
        _CLIENT,
        "discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY",
        "discord.gateway:DiscordWebSocket.DEFAULT_GATEWAY",
        _OWN_ADDRESSES,
    ),
    Private(_FACE, "discord.http.Route", "discord.http:Route", _OWN_ADDRESSES),
    Private(_FACE, "discord.http.Route.BASE", "discord.http:Route.BASE", _OWN_ADDRESSES),
    Private(_COMPONENTS, "LayoutView.to_components", "discord.ui:LayoutView.to_components", _PLAIN_OBJECTS),
    Private(_COMPONENTS, "BaseView.to_components", "discord.ui.view:BaseView.to_components", _PLAIN_OBJECTS),
    Private(_COMPONENTS, "BaseView.has_components_v2", "discord.ui.view:BaseView.has_components_v2", _PLAIN_OBJECTS),
    Private(
        "bot/adapters/discord/registration.py",
        "http",
        "discord:Client.http",
        "Commands are registered as the plain objects that the registry becomes; the library's tree wants a typed "
        "function for each, and would answer them itself.",
    ),
    Private(
        "bot/adapters/slack/web.py",
        "AsyncRetryHandler.can_retry_async",
        "slack_sdk.http_retry.async_handler:AsyncRetryHandler.can_retry_async",
        "Public, but without a docstring: the SDK's handler has no setting for the longest limit it sleeps through.",
    ),
    Private(
        "bot/adapters/slack/socket_mode.py",
        "AsyncBaseSocketModeClient.is_connected",
        "slack_sdk.socket_mode.async_client:AsyncBaseSocketModeClient.is_connected",
        "The base always says no, without a word that its clients have to answer; the SDK's own all do.",
    ),
)
