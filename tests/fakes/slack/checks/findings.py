"""Collecting what is wrong, each with the way to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tests.fakes.slack.wire import JsonObject


@dataclass(frozen=True, slots=True)
class Violation:
    """Something Slack refuses, or a person would be badly served by."""

    path: str
    sentence: str
    refused: bool = True
    """Whether Slack itself answers with an error; else only our own rules are broken."""

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"


class Findings:
    """Violations found, in the order they were met."""

    def __init__(self) -> None:
        self.found: list[Violation] = []

    def add(self, path: str, sentence: str, *, refused: bool = True) -> None:
        """Note something wrong."""
        self.found.append(Violation(path, sentence, refused))

    def keys(self, path: str, body: JsonObject, allowed: Collection[str], needed: Iterable[str] = ()) -> None:
        """Only known keys, and all that are needed."""
        for key in body.keys() - set(allowed) - {"type"}:
            self.add(f"{path}.{key}", "is no key Slack knows here")
        for key in needed:
            if body.get(key) is None:
                self.add(path, f"lacks {key}")

    def length(self, path: str, value: object, most: int, *, least: int = 1) -> None:
        """A string within its bounds, if there is one."""
        if value is None:
            return
        if not isinstance(value, str):
            self.add(path, f"must be a string, not {type(value).__name__}")
        elif not least <= len(value) <= most:
            self.add(path, f"has {len(value)} characters; {least} to {most} are allowed")

    def count(self, path: str, value: object, most: int, *, least: int = 1) -> None:
        """A list within its bounds, if there is one."""
        if value is None:
            return
        if not isinstance(value, list):
            self.add(path, f"must be a list, not {type(value).__name__}")
        elif not least <= len(value) <= most:
            self.add(path, f"has {len(value)} entries; {least} to {most} are allowed")

    def flag(self, path: str, value: object) -> None:
        """A boolean, if there is one."""
        if value is not None and not isinstance(value, bool):
            self.add(path, "must be true or false")

    def unique(self, path: str, values: Iterable[object], what: str, *, refused: bool = True) -> None:
        """No value twice."""
        seen: set[object] = set()
        for value in values:
            if value is not None and value in seen:
                self.add(path, f"{what} {value!r} is there twice", refused=refused)
            seen.add(value)
