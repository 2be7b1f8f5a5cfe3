"""files.*: the three steps of an upload, as far as one picture in a channel needs them."""

from __future__ import annotations

from tests.fakes.slack.api.call import Call
from tests.fakes.slack.api.refused import Refused
from tests.fakes.slack.wire import JsonObject, objects


def get_upload_url(call: Call) -> JsonObject:
    """files.getUploadURLExternal"""
    name, length = call.needed("filename"), int(call.needed("length"))
    id = call.world.ids.next("F")
    call.world.files[id] = {"id": id, "name": name, "length": length, "alt_txt": call.text("alt_txt")}
    return {"upload_url": f"{call.world.base}/upload/{id}", "file_id": id}


def complete_upload(call: Call) -> JsonObject:
    """files.completeUploadExternal"""
    wanted = objects(call.arguments.get("files"))
    if not wanted:
        raise Refused("invalid_arguments")
    done = []
    for entry in wanted:
        file = call.world.files.get(str(entry.get("id")))
        if file is None or "content" not in file:
            raise Refused("file_not_found")
        file["title"] = entry.get("title") or file["name"]
        done.append({"id": file["id"], "title": file["title"]})
    if call.text("channel_id"):
        channel = call.channel(call.text("channel_id"))
        if call.workspace.bot_user_id not in channel.members:
            raise Refused("not_in_channel")
        message = call.world.compose(call.workspace, channel, {"text": call.text("initial_comment")})
        message.file_ids = tuple(str(entry["id"]) for entry in done)
        call.world.post(channel, message)
    return {"files": done}
