"""The score of a guesser on some questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.authoring.lint.chance import Tally, tally
from bot.authoring.lint.cues import key_position
from bot.domain.question import Question

Liking = Sequence[float]
"""The preference for each option of a question."""
Strategy = Callable[[Question], Liking]

LIMIT = 0.31
"""The most a guesser may get right of our bank; chance gives a quarter to a third."""
LED_FROM = 50
"""A sign that leads in fewer questions helps nobody, however seldom it is right."""
_AS_GOOD = 1e-6
"""Options that differ by less are liked equally."""


@dataclass(frozen=True, slots=True)
class Guessed:
    """The score of a guesser on some questions."""

    guesser: str
    right: float
    """Of options liked equally one is taken at random, so that this may be a fraction."""
    of: int
    chance: float
    led: Tally
    """Questions whose key was among the options it liked most, where it did not like all of them equally."""
    two_sided: bool = False
    """Fewer right than chance explains fail too: who knows of it takes another option."""
    at_least: int = 0
    """With fewer questions than this it proves nothing."""

    @property
    def share(self) -> float:
        """The share of the whole that it gets right."""
        return self.right / self.of if self.of else 0.0

    @property
    def too_often(self) -> bool:
        """Return whether it gets more right than the bank may give away."""
        return self.of >= self.at_least and self.share > LIMIT

    @property
    def too_seldom(self) -> bool:
        """Return whether what it likes is right so seldom that chance does not explain it."""
        return self.two_sided and self.led.of >= LED_FROM and self.led.too_few


def scored(
    guesser: str,
    guesses: Iterable[tuple[Question, Liking]],
    *,
    two_sided: bool = False,
    at_least: int = 0,
) -> Guessed:
    """Score a guesser on questions, each with how it likes the options."""
    tries = [(question, key_position(question), liked_most(liking)) for question, liking in guesses]
    return Guessed(
        guesser,
        right=sum(1 / len(liked) for _, key, liked in tries if key in liked),
        of=len(tries),
        chance=sum(1 / len(question.options) for question, _, _ in tries),
        led=tally(
            (key in liked, len(liked) / len(question.options))
            for question, key, liked in tries
            if len(liked) < len(question.options)
        ),
        two_sided=two_sided,
        at_least=at_least,
    )


def liked_most(liking: Liking) -> list[int]:
    """The positions of the options liked most."""
    most = max(liking)
    return [place for place, one in enumerate(liking) if one > most - _AS_GOOD]
