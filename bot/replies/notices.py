"""Notices to a manager about a daily question, with the buttons to decide at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.identifiers import PlaceRef, RoundRef, TrackRef
from bot.domain.track import Track, when_in_words
from bot.replies.card import Card, Choice, Paragraph, Reply, Tone, paragraph
from bot.replies.markup import Markup, Place, bold, markup
from bot.replies.routes import route


@dataclass(frozen=True, slots=True)
class ToKnow:
    """Something a manager has to know."""

    text: str
    track: TrackRef | None = None
    place: PlaceRef | None = None
    when: str = ""
    undecided: RoundRef | None = None
    """A round that may or may not be there, as the manager may see."""

    @classmethod
    def about(cls, track: Track, text: str, undecided: RoundRef | None = None) -> ToKnow:
        """Something about a track, such as a round of it that a manager can decide on."""
        return cls(text, track.ref, track.settings.place, when_in_words(track), undecided)

    def spans(self) -> Markup:
        """Which daily question it is about, then the text."""
        if self.place is None:
            return markup(self.text)
        return markup(Place(self.place), f" at {self.when}: ", self.text)

    def block(self) -> Paragraph:
        """The notice above a reply."""
        return paragraph(bold("To know: "), self.spans())

    def choices(self) -> tuple[Choice, ...]:
        """Return what the manager can say of the round."""
        return () if self.undecided is None else deciding(self.undecided, self.place)


def deciding(round: RoundRef, place: PlaceRef | None = None) -> tuple[Choice, ...]:
    """The two ways to settle a round of unknown fate; with several on a page, each names its place."""
    return (
        Choice("It is there", route("cfg-there", round), place=place, anywhere=True),
        Choice("Post it again", route("cfg-resend", round), place=place, anywhere=True),
    )


@dataclass(frozen=True, slots=True)
class ManagerTold:
    """A private message to a manager."""

    notice: ToKnow

    def as_card(self) -> Card:
        """The notice, its decision, and the way to the settings."""
        known = self.notice
        settings = Choice("Settings", route("cfg", known.track) if known.track is not None else route("run", "config"))
        decision = () if known.undecided is None else deciding(known.undecided)
        return Card(
            title="Please look: was it posted?" if known.undecided is not None else "About the daily question",
            blocks=(paragraph(known.spans()),),
            choices=(*decision, settings),
            tone=Tone.NOTICE,
        )


@dataclass(frozen=True, slots=True)
class WithNotices:
    """A reply to a manager who could not be told privately: what they have to know comes first."""

    notices: tuple[ToKnow, ...]
    reply: Reply

    def as_card(self) -> Card:
        """The notices above the reply, their decisions before its choices."""
        card = self.reply.as_card()
        told = tuple(notice.block() for notice in self.notices)
        decisions = tuple(choice for notice in self.notices for choice in notice.choices())
        return replace(card, blocks=(*told, *card.blocks), choices=(*decisions, *card.choices))
