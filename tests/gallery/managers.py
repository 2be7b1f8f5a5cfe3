"""Scenes of managers, of help, and of something going wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from bot.adapters.discord.forms import Drafts
from bot.commands.resolve import arguments, field_errors, run_route
from bot.domain.common_fields import Status
from bot.domain.identifiers import (
    CommunityId,
    PlaceRef,
    RoundId,
    TrackId,
)
from bot.domain.round import Round, RoundState
from bot.domain.schedule import WEEKDAYS, Schedule
from bot.domain.track import PauseReason, Track, TrackSettings, TrackState, when_in_words
from bot.features.help import told
from bot.posting.sending_outcomes import undecided
from bot.replies.asked import QuestionPreviewed
from bot.replies.card import Choice, Reply, Weight
from bot.replies.configuring import ConfigShown, DeleteWarned, TrackPanel, TrackSeen, edit_route
from bot.replies.health import HealthShown
from bot.replies.helping import CommandHelp, Greeted, HelpShown
from bot.replies.markup import markup
from bot.replies.notices import ManagerTold, ToKnow, WithNotices
from bot.replies.own_bank import OwnBankShown, OwnQuestionShown, PastedShown
from bot.replies.routes import route
from bot.replies.said import Apology, Refusal, said
from bot.replies.saving_tracks import NotPostable, TrackSaved
from tests.commands.samples import registry
from tests.domain.own_samples import own
from tests.domain.samples import content
from tests.gallery.sending import (
    BERLIN,
    CLOSES,
    EVENING,
    HERE,
    TODAY,
    TRACK,
    YESTERDAY,
    Scene,
    asked,
    direct,
    form,
    private,
    sent,
)


def managing() -> Iterator[Scene]:
    handlers = tuple(told(handler) for handler in registry().commands.values())
    yield Scene(
        "help",
        "Help",
        "You alone, after /help; each command can be pressed.",
        private(HelpShown(handlers, subject=content().subject)),
    )
    first = HelpShown(
        handlers,
        markup("set up the daily question; it takes one short form."),
        Choice("Set up", route("cfg-new"), weight=Weight.LEADS),
        subject=content().subject,
    )
    yield Scene("help-manager", "Help, for a manager", "A manager alone: the next step comes first.", private(first))
    quiz = registry().commands["quiz"]
    yield Scene(
        "help-command",
        "One command",
        "You alone, after /help and a command.",
        private(CommandHelp(told(quiz), Choice("/quiz", run_route("quiz", {})))),
    )
    values = {"place": "101", "time": "09:00", "zone": "Europe/Berlin", "weekdays": "mon-fri"}
    empty = ConfigShown((), (), boards_shown=True, boards_right=False, delegates=())
    yield Scene(
        "set-up",
        "Setting up",
        "A manager alone, after /config where nothing is set up yet; the button opens the form, and that is all.",
        (*private(empty), form("set-up", **values)),
    )
    typed = {**values, "time": "9 o'clock", "zone": "Berln"}
    errors = field_errors(registry().forms["set-up"], typed, content())
    page = Drafts().asked(registry().form("set-up", values=typed), errors)
    yield Scene(
        "form-wrong",
        "A form with something wrong in it",
        "A manager alone, after sending it in; the button opens it again as it was.",
        (replace(sent(page), asked=registry().form("set-up", values=values), wrong=errors),),
    )
    seen = seen_track()
    yield Scene(
        "saved", "Saved", "A manager alone, once the form is right.", private(TrackSaved(seen, True, introduced=True))
    )
    evening = seen_track(TrackId(2), EVENING, ping=None, paused=True)
    yield Scene(
        "settings",
        "Settings",
        "A manager alone, after /config.",
        private(
            ConfigShown(
                (seen, evening),
                (
                    ToKnow(
                        "The daily question has 20 new questions left for its topics and level.",
                        TRACK,
                        seen.track.settings.place,
                        when_in_words(seen.track),
                    ),
                ),
                True,
                False,
                ("302",),
            )
        ),
    )
    yield Scene(
        "panel",
        "One daily question",
        "A manager alone, after Change.",
        private(TrackPanel(seen, "Saved.", open_round=True)),
    )
    yield Scene(
        "form-topics", "The form of topics", "A manager alone, after Topics and level.", (form("topics", TRACK),)
    )
    today = asked(TODAY)
    topic = content().topic_title(today.question.topic)
    yield Scene(
        "preview",
        "The next question",
        "A manager alone, after Preview.",
        private(QuestionPreviewed(today, topic, CLOSES, BERLIN, False, route("cfg", TRACK))),
    )
    yield Scene(
        "own-draft",
        "A question of one's own, before it is saved",
        "A manager alone, after the form behind Add a question in /bank.",
        private(OwnQuestionShown(replace(own(), status=Status.DRAFT), "Cells", ("have a stem too long for Kahoot",))),
    )
    yield Scene(
        "own-bank",
        "Questions of one's own",
        "A manager alone, after /bank.",
        private(OwnBankShown((own(), replace(own("Which part of a cell breathes?"), status=Status.RETIRED)), 0, 1, 2)),
    )
    yield Scene(
        "own-pasted",
        "What was pasted, before it is saved",
        "A manager alone, after the form behind Add several in /bank.",
        private(
            PastedShown(
                (
                    "Line 2: new; in cells",
                    "Line 3: a copy; own-12 is the same",
                    "Line 4: left out; two options say the same",
                ),
                "3 found: 1 new, 0 changed, 1 copies, 1 left out.",
                1,
                "7",
            )
        ),
    )
    yield Scene(
        "delete",
        "Before a daily question is deleted",
        "A manager alone, after Delete.",
        private(DeleteWarned(TRACK, HERE, 7, edit_route(seen.track))),
    )
    yield Scene(
        "health",
        "Health",
        "A manager alone, after Health.",
        private(
            HealthShown(
                ((HERE, "the question of Fri 20 Nov is open; 13 answered"),), ((f"{YESTERDAY} v1", "it is unclear", 2),)
            )
        ),
    )


def seen_track(
    id: TrackId = TRACK.id,
    place: PlaceRef = HERE,
    ping: str | None = "201",
    paused: bool = False,
    next_due: datetime = CLOSES,
) -> TrackSeen:
    """A daily question as a manager sees it."""
    settings = TrackSettings(place, Schedule(time(9), BERLIN, WEEKDAYS), ping_role=ping)
    track = Track(id, CommunityId(1), settings, TrackState.RUNNING, "301", next_due.date(), next_due)
    if paused:
        track = replace(track, state=TrackState.PAUSED, pause_reason=PauseReason.UNANSWERED)
    return TrackSeen(track, (), 9, 47, (date(2026, 12, 24), date(2026, 12, 25)))


def going_wrong() -> Iterator[Scene]:
    yield Scene(
        "trouble",
        "Word of trouble",
        "The manager who saved the daily question last, in a private message.",
        direct(
            said(
                "The daily question was paused: its channel was deleted. Streaks and settings are kept; move it to "
                "another channel with Time and place in /config, then press Resume."
            )
        ),
    )
    yield Scene(
        "greeting-direct",
        "The greeting, in private",
        "Whoever owns the server, where Studybot may not write in that channel.",
        direct(Greeted(False, content().subject)),
    )
    yield Scene(
        "not-postable",
        "A channel that cannot be used",
        "A manager alone, when the introduction was refused there.",
        private(NotPostable(TRACK, HERE, "Studybot lacks Send Messages there.", new=True)),
    )
    lost = Round(RoundId(42), TRACK.id, date(2026, 11, 23), CLOSES, RoundState.UNKNOWN, HERE, closed_at=CLOSES)
    known = undecided(lost, seen_track().track, CLOSES)
    yield Scene(
        "undecided",
        "Posted or not",
        "A manager, in a private message, when a post was cut off and nobody can tell whether it arrived.",
        direct(ManagerTold(known)),
    )
    yield Scene(
        "undecided-here",
        "Posted or not, in the server",
        "A manager who takes no private messages, atop the next reply.",
        private(WithNotices((known,), HealthShown(((HERE, "nothing was posted yet"),), ()))),
    )
    yield Scene(
        "refusal",
        "Not understood",
        "You alone, when what you typed fits nothing.",
        private(refused("role", name="engineer")),
    )
    yield Scene("apology", "Sorry", "You alone, when something broke on our side.", private(Apology("K7Q2MX")))


def refused(command: str, **typed: str) -> Reply:
    """The reply to somebody who typed this."""
    try:
        arguments(registry().commands[command], typed, content())
    except Refusal as refusal:
        return refusal.reply()
    raise AssertionError(f"/{command} is understood now: choose what fits nothing")
