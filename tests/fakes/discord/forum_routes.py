"""REST: posts in forums, and threads as such."""

from __future__ import annotations

from tests.fakes.discord import posting
from tests.fakes.discord.calls import Call, Reply, routes
from tests.fakes.discord.channel_routes import channel_of, may_read
from tests.fakes.discord.channels import Channel, Kind, Tag
from tests.fakes.discord.errors import FormErrors, refusal
from tests.fakes.discord.message_limits import check_message, check_not_empty
from tests.fakes.discord.permissions import Can

FORUMS = (Kind.FORUM, Kind.MEDIA)
ARCHIVE_AFTER = (60, 1440, 4320, 10080)


@routes.add("POST", "/channels/{channel}/threads")
def create_post(call: Call) -> Reply:
    """A post in a forum. Neither a nonce nor anything else makes a second one the first."""
    forum = channel_of(call)
    if forum.kind not in FORUMS:
        raise refusal(50024)
    may = forum.home.me.permissions_in(forum)
    if Can.SEND_MESSAGES not in may:
        raise refusal(50013)
    found = FormErrors()
    found.required(("name",), call.form.get("name"))
    found.length(("name",), call.form.get("name"), 1, 100)
    found.required(("message",), call.form.get("message"))
    if call.form.get("auto_archive_duration") not in (None, *ARCHIVE_AFTER):
        found.add(("auto_archive_duration",), "BASE_TYPE_CHOICES", f"Value must be one of {ARCHIVE_AFTER}.")
    tags = _tags(found, forum, call.form.get("applied_tags") or [])
    found.raise_if_any()
    if forum.requires_tag and not tags:
        raise refusal(40067)
    if any(tag.moderated for tag in tags) and Can.MANAGE_THREADS not in may:
        raise refusal(50013)
    body = call.form["message"]
    check_message(body, path=("message",), uploads=call.upload_names)
    check_not_empty(body, uploads=call.upload_names)
    id = call.discord.ids.now()
    thread = forum.home.channel(str(call.form["name"]), Kind.PUBLIC_THREAD, forum, id=id)
    thread.tags, thread.auto_archive = tags, call.form.get("auto_archive_duration") or 1440
    message = posting.create(call, thread, body, path=("message",), id=id)
    return 201, thread.payload() | {"message": message.payload()}


def _tags(found: FormErrors, forum: Channel, wanted: list[str]) -> list[Tag]:
    found.length(("applied_tags",), wanted, 0, 5)
    known = {tag.id: tag for tag in forum.tags}
    for index, id in enumerate(wanted):
        if str(id) not in known:
            found.add(("applied_tags", index), "INVALID_FORUM_TAG", "Unknown tag")
    return [known[str(id)] for id in wanted if str(id) in known]


@routes.add("GET", "/channels/{channel}/threads/archived/public")
def archived_posts(call: Call) -> Reply:
    channel = channel_of(call)
    if not may_read(channel):
        raise refusal(50001)
    threads = [
        one.payload()
        for one in reversed(channel.home.channels.values())
        if one.is_thread and one.parent is channel and one.archived
    ]
    return 200, {"threads": threads[: int(call.query.get("limit", "50"))], "members": [], "has_more": False}


@routes.add("PATCH", "/channels/{channel}")
def edit_thread(call: Call) -> Reply:
    """Put a thread away or take it out again; nothing else of channels is changed here."""
    channel = channel_of(call)
    if not channel.is_thread:
        raise refusal(50024)
    may = channel.home.me.permissions_in(channel)
    if Can.MANAGE_THREADS not in may and (channel.locked or Can.SEND_MESSAGES_IN_THREADS not in may):
        raise refusal(50013)
    if call.form.get("archived") is False:
        channel.unarchive()
    elif call.form.get("archived"):
        channel.archive(locked=bool(call.form.get("locked")))
    return 200, channel.payload()
