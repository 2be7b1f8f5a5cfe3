"""A reply as it stands on a platform once it was sent, beside what its card says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.replies.card import Card, Reply
from bot.replies.helping import HelpShown
from bot.replies.routes import decode
from tests.replies.words import words


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message as it arrived: what can be read, what can be pressed, for whom."""

    text: str
    pressable: tuple[tuple[str, str], ...] = ()
    """Labels and where they lead."""
    private: bool = True


def faults(reply: Reply, arrived: Sequence[Arrived], *, private: bool, typed: Callable[[str], str] = str) -> list[str]:
    """List what of the card does not stand there; ``typed`` writes commands as the face does."""
    card = reply.as_card()
    return [
        *(f"{len(arrived)} messages" for _ in range(not arrived)),
        *_unread(reply, card, "".join(_squeezed(one.text) for one in arrived), typed),
        *_unpressed(card, arrived, typed),
        *(f"message {at} is not {'private' if private else 'public'}" for at, one in enumerate(arrived, 1)
          if one.private is not private),
    ]  # fmt: skip


def _unread(reply: Reply, card: Card, said: str, typed: Callable[[str], str]) -> list[str]:
    """Pieces of text that are missing. Help shows commands as each face has them."""
    if isinstance(reply, HelpShown):
        return []
    pieces = [_squeezed(typed(piece)) for piece in words(card, documents=False)]
    return [f"not there: {piece!r}" for piece in pieces if piece not in said]


def _unpressed(card: Card, arrived: Sequence[Arrived], typed: Callable[[str], str]) -> list[str]:
    """Ways on that are missing, not in their order, called otherwise, or not on the last message."""
    if not arrived:
        return []
    *before, last = arrived
    early = [label for one in before for label, _ in one.pressable]
    there = {to: label for label, to in last.pressable}
    wanted = {choice.route.text: typed(choice.label) for choice in card.choices}
    return [
        *(f"before the last message: {label!r}" for label in early),
        *(f"leads to {list(there)}, not to {list(wanted)}" for _ in range(_in_order(there) != _in_order(wanted))),
        *(f"{to} is labelled {there[to]!r}" for to in wanted if to in there and not there[to].startswith(wanted[to])),
        *(f"cannot be pressed: {to}" for to in wanted if to not in there),
    ]


def _in_order(routes: Iterable[str]) -> list[str]:
    """Without the one that stands beside the line it is about."""
    return [to for to in routes if decode(to).what != "why"]


def _squeezed(said: str) -> str:
    return re.sub(r"[\s`\u02cb\u200b*_]+", "", said)
