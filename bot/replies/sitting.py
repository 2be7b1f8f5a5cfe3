"""A run of practice questions, and how its buttons carry it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.domain.identifiers import QuestionId, TopicId, TrackId, TrackRef
from bot.domain.question import Difficulty
from bot.replies.routes import Route, route

QUESTIONS_AT_MOST = 20
_LEVELS = {level.value[:1]: level for level in Difficulty}
_TRACK = re.compile(r"c(\d{1,18})(?:-([a-z0-9]+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A run of practice questions on a topic and at a level, or catching up on a track's rounds."""

    topic: TopicId | None = None
    level: Difficulty | None = None
    catching_up: TrackRef | None = None
    left: int = 0
    """How many more follow the question shown."""

    @classmethod
    def read(cls, topic: TopicId | None, kind: str, left: int) -> Sitting:
        """The sitting that a button carries as a topic, a level's first letter or ``c`` and a track, and a number."""
        track = _TRACK.fullmatch(kind)
        catching_up = TrackRef(TrackId(int(track[1])), track[2]) if track else None
        return cls(topic, _LEVELS.get(kind), catching_up, max(left, 0))

    def carried(self) -> tuple[TopicId | None, str, int]:
        """The sitting as a button carries it."""
        kind = f"c{self.catching_up}" if self.catching_up else self.level.value[:1] if self.level else ""
        return self.topic, kind, self.left

    def one_less(self) -> Sitting:
        """The sitting once its next question is shown."""
        return replace(self, left=max(0, min(self.left, QUESTIONS_AT_MOST) - 1))

    def next_after(self, question: QuestionId) -> Route:
        """Where a verdict on a question leads: on with the catching up, or to the next of the sitting."""
        if self.catching_up:
            return route("catchup", self.catching_up)
        topic, kind, left = self.carried()
        return route("next", topic, kind, left or None, question)
