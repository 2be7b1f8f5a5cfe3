"""Discord's rules for a message as it is written or edited."""

from __future__ import annotations

from tests.fakes.discord import components as parts
from tests.fakes.discord.component_limits import Path, check_components
from tests.fakes.discord.errors import FormErrors, refusal
from tests.fakes.discord.wire import COMPONENTS_V2, EPHEMERAL, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS, Json

MOST_CONTENT = 2000
MOST_EMBED_TEXT = 6000
_MAY_SET = COMPONENTS_V2 | SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS


def check_message(
    body: Json,
    *,
    path: Path = (),
    v2_already: bool = False,
    private: bool = False,
    uploads: frozenset[str] = frozenset(),
    kept: frozenset[str] = frozenset(),
) -> None:
    """Raise 50035 for what breaks a limit. `uploads` are the new files, `kept` those the message has already."""
    found = FormErrors()
    flags = body.get("flags") or 0
    content = body.get("content")
    v2 = v2_already or bool(flags & COMPONENTS_V2)
    components = body.get("components") or []
    found.length((*path, "content"), content, 0, MOST_CONTENT)
    if flags & ~(_MAY_SET | (EPHEMERAL if private else 0)):
        found.add((*path, "flags"), "MESSAGE_FLAGS_INVALID", "These flags cannot be set")
    if v2:
        for name in ("content", "embeds", "sticker_ids", "poll"):
            if body.get(name):
                found.add(
                    (*path, name),
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
                )
    check_components(found, components, (*path, "components"), v2=v2)
    _check_embeds(found, body.get("embeds") or [], (*path, "embeds"))
    _check_attachments(found, body, path, v2=v2, uploads=uploads, kept=kept)
    _check_mentions(found, body.get("allowed_mentions"), (*path, "allowed_mentions"))
    nonce = body.get("nonce")
    if isinstance(nonce, str):
        found.length((*path, "nonce"), nonce, 0, 25)
    found.raise_if_any()


def check_not_empty(body: Json, *, uploads: frozenset[str] = frozenset()) -> None:
    """Raise 50006 when there is nothing in it to see."""
    if not (
        (body.get("content") or "").strip()
        or any(body.get(name) for name in ("components", "embeds", "sticker_ids", "poll", "attachments"))
        or uploads
    ):
        raise refusal(50006)


def _check_embeds(found: FormErrors, embeds: list[Json], path: Path) -> None:
    found.length(path, embeds, 0, 10)
    total = 0
    for index, embed in enumerate(embeds):
        here = (*path, index)
        fields = embed.get("fields") or []
        found.length((*here, "fields"), fields, 0, 25)
        limits = [
            (("title",), embed.get("title"), 256),
            (("description",), embed.get("description"), 4096),
            (("footer", "text"), (embed.get("footer") or {}).get("text"), 2048),
            (("author", "name"), (embed.get("author") or {}).get("name"), 256),
        ]
        for place, field in enumerate(fields):
            limits.append((("fields", str(place), "name"), field.get("name"), 256))
            limits.append((("fields", str(place), "value"), field.get("value"), 1024))
        for where, text, most in limits:
            found.length((*here, *where), text, 0, most)
            total += len(text or "")
    if total > MOST_EMBED_TEXT:
        found.add(path, "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MOST_EMBED_TEXT}")


def _check_attachments(
    found: FormErrors, body: Json, path: Path, *, v2: bool, uploads: frozenset[str], kept: frozenset[str]
) -> None:
    attachments = body.get("attachments") or []
    found.length((*path, "attachments"), attachments, 0, 10)
    names = {str(one.get("filename")) for one in attachments} | uploads | kept
    for index, attachment in enumerate(attachments):
        found.length((*path, "attachments", index, "description"), attachment.get("description"), 0, 1024)
    shown = parts.media_names(body.get("components") or [])
    for missing in sorted(shown - names):
        found.add(
            (*path, "components"),
            "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
            f"The referenced attachment was not found: {missing}",
        )
    if v2 and body.get("components"):
        for unseen in sorted(uploads - shown):
            found.add(
                (*path, "attachments"),
                "COMPONENTS_V2_ATTACHMENT_NOT_REFERENCED",
                f"No component shows the file {unseen}",
            )


def _check_mentions(found: FormErrors, allowed: Json | None, path: Path) -> None:
    if allowed is None:
        return
    parse = allowed.get("parse") or []
    for name in ("users", "roles"):
        ids = allowed.get(name) or []
        found.length((*path, name), ids, 0, 100)
        if ids and name in parse:
            found.add(
                (*path, "parse"),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{name}"] and {name}: [ids...] are mutually exclusive.',
            )
