"""Which method is which function, and what it needs."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fakes.slack.api import app, chat, conversations, files, people, views
from tests.fakes.slack.api.call import Method

METHODS: Mapping[str, tuple[Method, str | None]] = {
    "auth.test": (app.auth_test, None),
    "chat.delete": (chat.delete, "chat:write"),
    "chat.getPermalink": (chat.get_permalink, None),
    "chat.postEphemeral": (chat.post_ephemeral, "chat:write"),
    "chat.postMessage": (chat.post_message, "chat:write"),
    "chat.update": (chat.update, "chat:write"),
    "conversations.info": (conversations.info, None),
    "conversations.join": (conversations.join, "channels:join"),
    "conversations.list": (conversations.list_conversations, None),
    "conversations.open": (conversations.open_conversation, "im:write"),
    "files.completeUploadExternal": (files.complete_upload, "files:write"),
    "files.getUploadURLExternal": (files.get_upload_url, "files:write"),
    "team.info": (app.team_info, "team:read"),
    "usergroups.list": (people.list_groups, "usergroups:read"),
    "users.info": (people.info, "users:read"),
    "users.list": (people.list_users, "users:read"),
    "views.open": (views.open_view, None),
    "views.publish": (views.publish, None),
    "views.push": (views.push, None),
    "views.update": (views.update, None),
}
"""The function of each method, and the scope it needs whatever it is asked for.

Those of ``conversations.info`` and ``conversations.list`` depend on the kind of channel. ``apps.connections.open`` and
``oauth.v2.access`` take no bot token and are answered before these.
"""
