"""An effect that breaks in a way nobody foresaw: the person is not told that it was done."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef, TrackId, TrackRef
from bot.ports.call import Call, Effect, Introduce, Recount, Share, Wake
from bot.posting.effects import Perform
from bot.replies.said import said

CALL = Call(Platform.TERMINAL, "terminal", PlaceRef("#general"), "ana", datetime(2026, 11, 23, 8, tzinfo=UTC), 1)
CARD = said("A card.")
UNSAID = said("Saved, but not introduced.")


class Broken:
    """Whatever is asked of it, it fails."""

    def __getattr__(self, name: str) -> Any:
        async def fail(*args: object, **kwargs: object) -> None:
            raise ValueError("RoleProfile does not fit one message")

        return fail


def no_wake() -> None:
    raise RuntimeError("no loop")


@pytest.mark.parametrize(
    ("effect", "told"),
    [
        (Share(CALL.place, CARD), "Look before you share it again"),
        (Introduce(TrackRef(TrackId(1)), CALL.place, CARD, UNSAID), "Saved, but not introduced."),
        (Wake(), "tries that step again"),
        (Recount(TrackId(1)), "tries that step again"),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_a_fault_replaces_the_reply(effect: Effect, told: str) -> None:
    perform = Perform(cast("Any", Broken()), cast("Any", Broken()), no_wake)
    instead = await perform(CALL, (effect,))
    assert instead is not None
    assert told in str(instead.as_card())
