"""A running bot whose commands all answer with what a test hands it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from bot.commands.declare import Handler
from bot.commands.dispatch import Answered, Dispatch
from bot.ports.call import Call, Share
from bot.ports.catalog import Catalog
from bot.replies.card import Reply
from bot.replies.said import said


class Script:
    """The bot's next answer, whatever it is asked."""

    def __init__(self) -> None:
        self._next: Answered | None = None
        self._shared: Reply | None = None

    def answer(self, reply: Reply, *, private: bool = True) -> None:
        """Answer the next command, press or form with this."""
        self._next = Answered(reply, private)

    def share(self, reply: Reply) -> None:
        """Post this where the next command is used, and say so."""
        self._shared = reply
        self._next = Answered(said("Shared."))

    async def take(self, dispatch: Dispatch, call: Call, handler: Handler, args: Mapping[str, object]) -> Answered:
        """Stand in for running the command."""
        assert self._next is not None, f"nothing is ready to answer {handler.name} with"
        answered, self._next = self._next, None
        shared, self._shared = self._shared, None
        if shared is None:
            return answered
        instead = await dispatch._perform(call, (Share(call.place, shared),))
        return Answered(instead or answered.reply)


@contextmanager
def scripted() -> Iterator[Script]:
    """From here on every command of every face answers from the script."""
    script, patch = Script(), pytest.MonkeyPatch()

    async def run(
        dispatch: Dispatch, call: Call, catalog: Catalog, handler: Handler, args: Mapping[str, object]
    ) -> Answered:
        return await script.take(dispatch, call, handler, args)

    patch.setattr(Dispatch, "_run", run)
    try:
        yield script
    finally:
        patch.undo()
