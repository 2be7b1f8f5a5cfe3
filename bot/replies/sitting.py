"""Sittings as buttons carry them."""

from __future__ import annotations

import re

from bot.domain.identifiers import QuestionId, RoleId, StepId, TopicId, TrackId, TrackRef
from bot.domain.question import Difficulty
from bot.domain.sitting import QUESTIONS_AT_MOST, Sitting, Subject
from bot.replies.routes import Route, UnreadableRoute, route

_LEVELS = {level.value[:1]: level for level in Difficulty}
_DIGITS = "0123456789abcdefghijk"
_CODE = re.compile(r"([trsc])([emh-])([w-])([0-9a-j])([1-9a-k])", re.ASCII)
_SEED = re.compile(r"[0-9a-f]{1,9}", re.ASCII)
_TRACK = re.compile(r"(\d{1,18})(?:-([a-z0-9]+))?", re.ASCII)


def carried(sitting: Sitting) -> tuple[str, str, str]:
    """The sitting as a button carries it: the question's seed, a name, and a letter for each thing else.

    The letters say what the name names (topic, role, step, or c for a track to catch up on), the level, w for what was
    wrong only, how many questions came before and how many there are.
    """
    about = sitting.about
    named = {"t": about.topic, "r": about.role, "s": about.step, "c": about.catching_up}
    kind, name = next(((kind, name) for kind, name in named.items() if name), ("t", ""))
    level = about.level.value[:1] if about.level else "-"
    only = "w" if about.missed else "-"
    code = f"{kind}{level}{only}{_DIGITS[sitting.done]}{_DIGITS[sitting.of]}"
    return f"{sitting.seed:x}", str(name), code


def read_sitting(seed: str, name: str | None, code: str) -> Sitting:
    """The sitting that a button carries; ``UnreadableRoute`` if none does."""
    found = _CODE.fullmatch(code)
    if not found or not _SEED.fullmatch(seed):
        raise UnreadableRoute(code)
    kind, level, only = found[1], found[2], found[3]
    done, of = _DIGITS.index(found[4]), _DIGITS.index(found[5])
    track = _track(name or "") if kind == "c" else None
    if done >= of or (kind != "t" and not name) or (kind == "c" and track is None):
        raise UnreadableRoute(code)
    about = Subject(
        topic=TopicId(name) if kind == "t" and name else None,
        level=_LEVELS.get(level),
        role=RoleId(name) if kind == "r" and name else None,
        step=StepId(name) if kind == "s" and name else None,
        catching_up=track,
        missed=only == "w",
    )
    return Sitting(about, of, done, int(seed, 16) - done)


def read_old(topic: TopicId | None, kind: str, left: int, seed: int) -> Sitting:
    """The sitting that buttons carried before it was counted: how many more follow, the first letter of a level."""
    track = _track(kind[1:]) if kind.startswith("c") else None
    about = Subject(topic, _LEVELS.get(kind), catching_up=track)
    return Sitting(about, min(max(left, 0) + 1, QUESTIONS_AT_MOST), begun=seed)


def _track(text: str) -> TrackRef | None:
    found = _TRACK.fullmatch(text)
    return TrackRef(TrackId(int(found[1])), found[2]) if found else None


def onward(sitting: Sitting, after: QuestionId) -> Route:
    """Where a verdict on a question leads: to the next of the sitting, or to its end."""
    return route("turn", after, *carried(sitting))
