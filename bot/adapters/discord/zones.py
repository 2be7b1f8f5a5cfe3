"""A first guess at a server's time zone, from its language: Discord knows no zone of anyone."""

from __future__ import annotations

import discord

from bot.domain.identifiers import ZoneName

_UTC = ZoneName("UTC")
# Only languages whose speakers mostly live in one zone; the form shows the guess and anyone can change it.
_GUESSES = {
    discord.Locale.british_english: "Europe/London",
    discord.Locale.bulgarian: "Europe/Sofia",
    discord.Locale.croatian: "Europe/Zagreb",
    discord.Locale.czech: "Europe/Prague",
    discord.Locale.danish: "Europe/Copenhagen",
    discord.Locale.dutch: "Europe/Amsterdam",
    discord.Locale.finnish: "Europe/Helsinki",
    discord.Locale.french: "Europe/Paris",
    discord.Locale.german: "Europe/Berlin",
    discord.Locale.greek: "Europe/Athens",
    discord.Locale.hindi: "Asia/Kolkata",
    discord.Locale.hungarian: "Europe/Budapest",
    discord.Locale.italian: "Europe/Rome",
    discord.Locale.japanese: "Asia/Tokyo",
    discord.Locale.korean: "Asia/Seoul",
    discord.Locale.lithuanian: "Europe/Vilnius",
    discord.Locale.norwegian: "Europe/Oslo",
    discord.Locale.polish: "Europe/Warsaw",
    discord.Locale.brazil_portuguese: "America/Sao_Paulo",
    discord.Locale.romanian: "Europe/Bucharest",
    discord.Locale.spain_spanish: "Europe/Madrid",
    discord.Locale.swedish: "Europe/Stockholm",
    discord.Locale.taiwan_chinese: "Asia/Taipei",
    discord.Locale.thai: "Asia/Bangkok",
    discord.Locale.turkish: "Europe/Istanbul",
    discord.Locale.ukrainian: "Europe/Kyiv",
    discord.Locale.vietnamese: "Asia/Ho_Chi_Minh",
}


def zone_of(locale: discord.Locale | None) -> ZoneName:
    """The zone to begin with in the form."""
    guess = _GUESSES.get(locale) if locale else None
    return ZoneName(guess) if guess else _UTC
