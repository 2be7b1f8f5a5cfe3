"""Checking requests against Discord's official OpenAPI document, where it can be found."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fakes.discord.wire import Json, JsonValue

if TYPE_CHECKING:
    # Tools of the tests, imported on first use: who only runs the bot tries it in this Discord without them.
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError
    from referencing import Registry

_ROOT = Path(__file__).resolve().parents[3]
_NAME = Path("shared/specs/discord-openapi.json")
_QUERY_ALLOWANCES = {("post", "/channels/{channel_id}/threads"): {"use_nested_fields"}}
_METHODS = frozenset({"get", "post", "put", "patch", "delete"})

# What discord.py sends and Discord takes, though the document does not name it: schema name -> fields.
_ALLOWANCES = {
    re.compile(r"ApplicationCommand\w*Request$"): ("nsfw",),
    re.compile(r"RichEmbed$"): ("flags",),
    re.compile(r"CreateForumThreadRequest$"): ("type",),
    re.compile(r"BaseCreateMessageCreateRequest$"): ("tts",),
    re.compile(r"(IncomingWebhookUpdate\w*|MessageEditRequest\w*)$"): ("tts",),
}


def document() -> Path | None:
    """Where the document is: named by STUDYBOT_DISCORD_SPEC (empty: nowhere), or beside the project."""
    named = os.environ.get("STUDYBOT_DISCORD_SPEC")
    if named is not None:
        return Path(named) if named else None
    return next((parent / _NAME for parent in _ROOT.parents if (parent / _NAME).is_file()), None)


# How many requests of this process were checked, came without a document, or were left out on purpose.
tally: Counter[str] = Counter()


class OpenApi:
    """The document, its request objects closed: a field it does not name is a violation."""

    def __init__(self, found: Json) -> None:
        from referencing import Registry
        from referencing.jsonschema import DRAFT202012

        self._paths: list[tuple[re.Pattern[str], str, Json]] = []
        self._validators: dict[tuple[str, str], Draft202012Validator | None] = {}
        _close(found["components"]["schemas"])
        self._registry: Registry[JsonValue] = Registry().with_resource(
            "urn:discord", DRAFT202012.create_resource(found)
        )
        for path in sorted(found["paths"], key=lambda one: one.count("{")):
            pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + r"\Z")
            self._paths.append((pattern, path, found["paths"][path]))
        self._routes: dict[str, tuple[str, Json] | None] = {}
        self._looked_at: dict[tuple[str, str, str], list[str]] = {}

    def violations(self, method: str, path: str, route: str, query: dict[str, str], body: JsonValue) -> list[str]:
        """List what the document says against a request. `route` is the path with its placeholders, for the memory."""
        if route not in self._routes:
            self._routes[route] = next(((name, item) for find, name, item in self._paths if find.match(path)), None)
        place = self._routes[route]
        if place is None:
            return [f"{method} {path}: the document has no such path"]
        name, item = place
        operation = item.get(method.lower())
        if operation is None or method.lower() not in _METHODS:
            return [f"{method} {path}: the document has no such method for {name}"]
        parameters = [*item.get("parameters", ()), *operation.get("parameters", ())]
        known = {one["name"] for one in parameters if one.get("in") == "query"}
        known |= _QUERY_ALLOWANCES.get((method.lower(), name), set())
        found = [f"{method} {path}: unknown query field {one!r}" for one in query if one not in known]
        return found + [f"{method} {path}: {problem}" for problem in self._problems(name, method.lower(), body)]

    def answer_violations(self, method: str, path: str, status: int, body: JsonValue) -> list[str]:
        """List what the document says against an answer of this fake."""
        name, item = next(((name, item) for find, name, item in self._paths if find.match(path)), ("", {}))
        said = item.get(method.lower(), {}).get("responses", {}).get(str(status))
        if said is None:
            return [f"{method} {path}: the document knows no answer {status}"]
        if "content" not in said or body is None:
            return [] if "content" not in said and body is None else [f"{method} {path}: a body is missing or too much"]
        key = (name, f"{method.lower()} {status}")
        if key not in self._validators:
            self._validators[key] = self._at(name, method.lower(), "responses", str(status))
        validator = self._validators[key]
        assert validator is not None
        return [f"{method} {path} was answered with {_sentence(error)}" for error in validator.iter_errors(body)]

    def _problems(self, name: str, method: str, body: JsonValue) -> list[str]:
        validator = self._validator(name, method)
        if validator is None:
            return [] if body is None else ["a body where the document has none"]
        if body is None:
            return []
        # The same bodies come again and again (the commands at every start), and looking takes a third of a second.
        key = (name, method, json.dumps(body, sort_keys=True))
        if key not in self._looked_at:
            self._looked_at[key] = [_sentence(error) for error in validator.iter_errors(body)]
        return self._looked_at[key]

    def _validator(self, name: str, method: str) -> Draft202012Validator | None:
        if (name, method) not in self._validators:
            item = next(item for _, known, item in self._paths if known == name)
            content = item[method].get("requestBody", {}).get("content", {})
            self._validators[name, method] = (
                self._at(name, method, "requestBody") if "application/json" in content else None
            )
        return self._validators[name, method]

    def _at(self, *steps: str) -> Draft202012Validator:
        from jsonschema import Draft202012Validator

        pointer = "/".join(
            step.replace("~", "~0").replace("/", "~1")
            for step in ("paths", *steps, "content", "application/json", "schema")
        )
        return Draft202012Validator({"$ref": f"urn:discord#/{pointer}"}, registry=self._registry)


@cache
def load(path: Path) -> OpenApi:
    """Read the document; once a process is enough."""
    return OpenApi(json.loads(path.read_text(encoding="utf-8")))


def _close(schemas: Json) -> None:
    for name, schema in schemas.items():
        if schema.get("type") == "object" and "properties" in schema and "additionalProperties" not in schema:
            schema["additionalProperties"] = False
            for pattern, fields in _ALLOWANCES.items():
                if pattern.search(name):
                    schema["properties"] |= {field: {} for field in fields if field not in schema["properties"]}
    # discord.py sends ids as numbers in bodies, and Discord takes them.
    snowflake = schemas["SnowflakeType"]
    schemas["SnowflakeType"] = {"anyOf": [snowflake, {"type": "integer", "minimum": 0}]}


def _sentence(error: ValidationError) -> str:
    """The most telling part of an error: down into the branch whose `type` is right."""
    while error.context:
        branches: dict[JsonValue, list[ValidationError]] = {}
        for one in error.context:
            branches.setdefault(one.schema_path[0], []).append(one)
        right = [
            branch
            for branch in branches.values()
            if not any(list(one.path) == ["type"] or one.validator == "type" for one in branch)
        ]
        best = min(right or list(branches.values()), key=len)
        error = max(best, key=lambda one: len(one.absolute_path))
    where = ".".join(str(step) for step in error.absolute_path) or "the body"
    return f"{where}: {error.message[:300]}"
