"""Name settings that have no effect: a name nobody knows, or a line that a later one overrides."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator

from bot.app.faces import CONNECTED
from bot.config import ENV_FILE, Settings, name_of
from bot.env_file import EnvFile, read_env_file

KNOWN = tuple(name_of(field, told) for field, told in Settings.model_fields.items())
PREFIXES = ("STUDYBOT_", *(connection.prefix for _, connection in CONNECTED))
FOR_TESTS = ("STUDYBOT_TEST_", "STUDYBOT_SEEDS", "STUDYBOT_DISCORD_SPEC")
LIKELY = 80
"""Likeness in percent from which a name is offered for another one."""
CERTAIN = 86
"""The same for names in the environment, where other programs keep theirs too."""


def unused_settings() -> Iterator[str]:
    """Say in a sentence each what is set without effect."""
    file = read_env_file(ENV_FILE)
    for name in file.lines:
        yield from _about_line(file, name)
    missing = set(KNOWN) - {name.upper() for name in (*file.values, *os.environ)}
    for name in os.environ:
        if name.upper() in KNOWN or name.startswith(FOR_TESTS) or name in file.lines:
            continue
        if name.startswith("STUDYBOT_"):
            yield _unknown("the environment", name, _nearest(name, KNOWN, LIKELY))
        elif likely := _nearest(name, missing, CERTAIN):
            yield _unknown("the environment", name, likely)


def _about_line(file: EnvFile, name: str) -> Iterator[str]:
    if name.upper() in KNOWN:
        first, *others = file.lines[name]
        if others:
            yield f"{file.place(name)}: {name} is set again, after line {first}; this line counts. Keep one of them."
        return
    with_or_without = (f"STUDYBOT_{name.upper()}", name.upper().removeprefix("STUDYBOT_"))
    likely = next((one for one in with_or_without if one in KNOWN), None) or _nearest(name, KNOWN, LIKELY)
    if likely or name.upper().startswith(PREFIXES):
        yield _unknown(file.place(name), name, likely)


def _unknown(place: str, name: str, likely: str | None) -> str:
    meant = f"did you mean {likely}?" if likely else "docs/running.md lists every setting."
    return f"{place}: {name} is not a setting of Studybot and has no effect; {meant}"


def _nearest(name: str, among: Collection[str], floor: int) -> str | None:
    from rapidfuzz import fuzz, process

    # pyrefly: ignore[no-matching-overload]
    found = process.extractOne(name.upper().replace("-", "_"), sorted(among), scorer=fuzz.ratio, score_cutoff=floor)
    return found[0] if found else None
