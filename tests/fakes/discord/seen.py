"""The bot's answers as a person sees them."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes.discord.interactions import Answer, Interaction
from tests.fakes.discord.messages import Message
from tests.fakes.discord.wire import Json
from tests.fakes.patience import PATIENCE


@dataclass(slots=True)
class Seen:
    """The outcome of one act, for the person who acted. It follows later edits and follow-ups."""

    interaction: Interaction

    @property
    def did_not_respond(self) -> bool:
        """Discord says "The application did not respond" under the act."""
        return self.interaction.answer is Answer.NOTHING

    @property
    def thinking(self) -> bool:
        """The bot "is thinking" still."""
        original = self.interaction.original
        return self.interaction.answer is Answer.THINKING and original is not None and original.thinking

    @property
    def answer(self) -> Answer:
        """The kind of the bot's first answer."""
        return self.interaction.answer

    @property
    def updated(self) -> bool:
        """The message under the click was changed (or will be) instead of a new one written."""
        return self.interaction.answer in (Answer.UPDATED, Answer.WILL_UPDATE)

    @property
    def message(self) -> Message:
        """The message that answers: a new one, or the changed one."""
        if self.interaction.original is None:
            raise AssertionError(f"No message came: {self.interaction.answer.value}.")
        return self.interaction.original

    @property
    def messages(self) -> list[Message]:
        """The answer and all follow-ups that still stand."""
        original = self.interaction.original
        found = [original] if original is not None else []
        return [one for one in [*found, *self.interaction.followups] if not one.deleted]

    @property
    def text(self) -> str:
        """Everything there is to read in the answer and its follow-ups."""
        return "\n".join(one.text for one in self.messages)

    @property
    def ephemeral(self) -> bool:
        return self.message.ephemeral

    @property
    def modal(self) -> Json:
        """The form that opened."""
        if self.interaction.modal is None:
            raise AssertionError(f"No form opened: {self.interaction.answer.value}.")
        return self.interaction.modal

    @property
    def choices(self) -> list[Json]:
        """The suggestions, each with name and value."""
        return self.interaction.choices

    @property
    def took(self) -> float:
        """Seconds from the act to the first response."""
        return self.interaction.answered_at - self.interaction.sent_at

    async def settled(self, *, timeout: float = PATIENCE) -> Seen:  # noqa: ASYNC109
        """Wait until the bot no longer thinks: the deferred answer or update has come."""
        one = self.interaction
        if one.answer in (Answer.THINKING, Answer.WILL_UPDATE):
            await one.discord.pulse.until(
                lambda: one.changes > 0, timeout=timeout, what="The bot never finished what it deferred."
            )
        return self

    async def changed(self, times: int = 1, *, timeout: float = PATIENCE) -> Seen:  # noqa: ASYNC109
        """Wait until edits and follow-ups after the first response are this many."""
        one = self.interaction
        await one.discord.pulse.until(
            lambda: one.changes >= times, timeout=timeout, what=f"Only {one.changes} later changes came."
        )
        return self
