"""A form at the terminal: its fields one after the other, and only those at fault again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from bot.adapters.terminal.completion import Completion
from bot.adapters.terminal.screen import Screen
from bot.adapters.terminal.wrapping import Line, Look, Piece, one_line, wrapped
from bot.commands.dispatch import Answered, FormErrors
from bot.replies.card import Field, Form

STOP = "cancel"
STOPPED = "Stopped. Nothing was sent and nothing was changed."


class Forms:
    """Asks for the fields of a form and sends it in."""

    def __init__(self, screen: Screen, completion: Completion) -> None:
        self._screen = screen
        self._completion = completion

    async def fill(
        self, form: Form, submit: Callable[[str, Mapping[str, str]], Awaitable[Answered | FormErrors]]
    ) -> Answered | None:
        """Ask until the form is taken; None if the person stops."""
        values = {field.name: field.value for field in form.fields}
        self._say(f"Enter keeps what stands in [ ]; {STOP} stops.", Look.SMALL)
        wanted = form.fields
        while wanted:
            for field in wanted:
                typed = await self._ask(form, field, values[field.name])
                if typed is None or typed.strip().casefold() == STOP:
                    self._say(STOPPED)
                    self._screen.show([Line()])
                    return None
                values[field.name] = typed.strip() or values[field.name]
            result = await submit(form.submit.text, values)
            if isinstance(result, Answered):
                return result
            for sentence in result.errors.values():
                self._say(sentence)
            wanted = tuple(field for field in form.fields if field.name in result.errors)
        return None

    async def _ask(self, form: Form, field: Field, value: str) -> str | None:
        about = [Piece(field.label, Look.STRONG)]
        if field.options:
            about.append(Piece(f": {', '.join(label for _, label in field.options)}"))
        if field.hint and field.hint != value:
            about += [Piece(", such as "), Piece(field.hint, Look.CODE)]
        if not field.required and not value:
            about.append(Piece("; may stay empty", Look.SMALL))
        self._screen.show(wrapped(about, self._screen.width()))
        offers = partial(self._completion.field, form.submit.what, field.name)
        return await self._screen.ask(f"[{one_line(value)}]> " if value else "> ", offers)

    def _say(self, sentence: str, look: Look = Look.TEXT) -> None:
        self._screen.show(wrapped([Piece(sentence, look)], self._screen.width()))
