"""Which method is which function."""

from __future__ import annotations

from tests.fakes.slack.api import app, chat, conversations, files, people, views
from tests.fakes.slack.api.call import Method

METHODS: dict[str, Method] = {
    "auth.test": app.auth_test,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.get_permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.info": conversations.info,
    "conversations.join": conversations.join,
    "conversations.list": conversations.list_conversations,
    "conversations.open": conversations.open_conversation,
    "files.completeUploadExternal": files.complete_upload,
    "files.getUploadURLExternal": files.get_upload_url,
    "team.info": app.team_info,
    "usergroups.list": people.list_groups,
    "users.info": people.info,
    "users.list": people.list_users,
    "views.open": views.open_view,
    "views.publish": views.publish,
    "views.push": views.push,
    "views.update": views.update,
}
"""``apps.connections.open`` and ``oauth.v2.access`` take no bot token and are answered before these."""
