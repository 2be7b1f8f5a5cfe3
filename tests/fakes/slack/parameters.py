"""Reading a call of the Web API, however the SDK sent it: query, form, JSON or several parts."""

from __future__ import annotations

import json

from aiohttp import web

from tests.fakes.slack.wire import JsonObject

_JSON_FIELDS = frozenset({"blocks", "attachments", "metadata", "view", "files"})
"""Fields that are JSON written as text when they come in a form."""


class Unreadable(Exception):
    """The body is no JSON, though it says so."""


async def arguments_of(request: web.Request) -> JsonObject:
    """The arguments of a call, whichever way they came."""
    arguments: JsonObject = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError as error:
            raise Unreadable from error
        if not isinstance(body, dict):
            raise Unreadable
        arguments |= {key: value for key, value in body.items() if value is not None}
    elif request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        arguments |= dict(await request.post())
    for field in _JSON_FIELDS & arguments.keys():
        value = arguments[field]
        if isinstance(value, str):
            try:
                arguments[field] = json.loads(value)
            except ValueError as error:
                raise Unreadable from error
    return arguments


def token_of(request: web.Request, arguments: JsonObject) -> str:
    """The token of a call: in the header, or among the arguments."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else str(arguments.pop("token", ""))
