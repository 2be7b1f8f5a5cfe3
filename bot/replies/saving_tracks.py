"""Replies when a manager saves a track: its introduction, what was saved, or why it cannot be posted there."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.identifiers import PlaceRef, TrackRef
from bot.domain.question import Difficulty
from bot.domain.schedule import days_in_words
from bot.domain.streak import SENTENCE
from bot.domain.track import when_in_words
from bot.domain.zones import zone_in_words
from bot.replies.card import Block, Card, Choice, Tone, Weight, paragraph
from bot.replies.common_buttons import ALL_SETTINGS
from bot.replies.configuring import TrackSeen
from bot.replies.markup import Markup, Moment, MomentStyle, Person, Place, bold, listed, markup
from bot.replies.routes import route


@dataclass(frozen=True, slots=True)
class TrackIntroduced:
    """The one post a new track makes: what comes, when, that results are private, who set it up."""

    seen: TrackSeen
    subject: str = ""

    def as_card(self) -> Card:
        """The introduction."""
        track = self.seen.track
        schedule, level = track.settings.schedule, track.settings.wanted.level
        subject = listed(self.seen.topics) or self.subject
        about = f" on {subject}" if subject else ""
        one = f"{'An' if level is Difficulty.EASY else 'A'} {level} question" if level else "A question"
        first: Markup = markup("")
        if track.next_due_at:
            first = markup(" The first comes ", Moment(track.next_due_at, MomentStyle.DATE_TIME, schedule.zone), ".")
        return Card(
            title="One question a day",
            blocks=(
                paragraph(
                    f"{one}{about} will be posted here at {schedule.at:%H:%M} "
                    f"({zone_in_words(schedule.zone)}), {days_in_words(schedule.weekdays)}.",
                    first,
                ),
                paragraph(
                    "Press a letter and you are told privately whether it was right and why. Nobody here sees what you "
                    "chose, managers included; only whoever runs Studybot could read it in its database. When the next "
                    "one comes, this channel sees the answer and how the group voted."
                ),
                paragraph(SENTENCE, small=True),
                paragraph("Set up by ", Person(track.saved_by), ". /help shows what else there is.", small=True),
            ),
        )


@dataclass(frozen=True, slots=True)
class TrackSaved:
    """A track was saved: read back in local time, with what to do next."""

    seen: TrackSeen
    new: bool
    introduced: bool = False
    """An introduction stands where it will be posted."""
    twin: str = ""
    """When another daily question of the same place comes, if they ever come at the same moment."""

    def as_card(self) -> Card:
        """The settings read back."""
        track = self.seen.track
        text = markup(
            "A question will be posted in ",
            Place(track.settings.place),
            f" at {when_in_words(track)}. It is ",
            self.seen.state(),
            ".",
        )
        blocks: list[Block] = [paragraph(text), paragraph(f"Question bank: {self.seen.bank()}.", small=True)]
        if self.twin:
            blocks.append(
                paragraph(
                    bold("Twice at once: "),
                    "another daily question is posted in ",
                    Place(track.settings.place),
                    f" at {self.twin}. If one is enough, change or delete the other under All settings.",
                )
            )
        if self.introduced:
            blocks.append(paragraph("An introduction was posted there.", small=True))
        return Card(
            title="Saved",
            blocks=tuple(blocks),
            choices=(
                Choice(
                    "Post the first one now" if self.new else "Post one now",
                    route("cfg-now", track.ref),
                    weight=Weight.LEADS,
                ),
                Choice("Preview", route("cfg-preview", track.ref)),
                Choice("Topics and level", route("cfg-ask", track.ref)),
                Choice("More settings", route("cfg", track.ref)),
                *((ALL_SETTINGS,) if self.twin else ()),
            ),
            tone=Tone.GOOD,
        )


@dataclass(frozen=True, slots=True)
class NotPostable:
    """A place refused the introduction, so its questions would not be taken either."""

    track: TrackRef
    place: PlaceRef
    reason: str
    new: bool
    """A new track, of which nothing was kept; else one that moved there and is paused."""

    def as_card(self) -> Card:
        """Why, what is kept, and how to go on."""
        kept = "Nothing was saved." if self.new else "The move is saved and the daily question is paused."
        again = (
            Choice("Try again", route("cfg-new"), weight=Weight.LEADS)
            if self.new
            else Choice("Resume", route("cfg-resume", self.track))
        )
        return Card(
            title="It cannot be posted there",
            blocks=(
                paragraph("In ", Place(self.place), f": {self.reason} {kept} Change that, or choose another place."),
            ),
            choices=(again, ALL_SETTINGS),
            tone=Tone.NOTICE,
        )
