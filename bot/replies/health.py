"""The health of daily questions as managers read it: the last post of each, reports, and a clock that is off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.clock_check import distance
from bot.domain.identifiers import PlaceRef
from bot.domain.round import Round, RoundState
from bot.replies.card import Block, Card, Facts, paragraph
from bot.replies.common_buttons import ALL_SETTINGS
from bot.replies.markup import Place, bold, counted, markup


def last_post(last: Round | None, refused: str | None) -> str:
    """Say what became of the latest question of a track; ``refused`` is why one could not be posted."""
    if last is None:
        return "nothing was posted yet"
    words = {
        RoundState.OPEN: "open",
        RoundState.CLOSED: "closed",
        RoundState.UNPOSTED: "not posted: too late, or no question was left",
        RoundState.UNKNOWN: "posted or not, nobody can tell; see Change",
        RoundState.FAILED: f"not posted: {refused or 'the platform refused'}",
        RoundState.VOID: "withdrawn",
        RoundState.DUE: "waiting to be posted",
        RoundState.SENDING: "being posted",
    }[last.state]
    return f"the question of {last.local_date:%a %d %b} is {words}; {last.votes.participation()}"


def clock_is_off(by: timedelta) -> str:
    """Say to a manager that the clock is not believed."""
    return (
        f"The clock of the computer that runs Studybot is {distance(by)} the platform's. Until it is set right nothing "
        "is posted or closed"
    )


@dataclass(frozen=True, slots=True)
class HealthShown:
    """The health of the daily questions: last posts, open ends, reports."""

    rows: tuple[tuple[PlaceRef, str], ...]
    reports: tuple[tuple[str, str, int], ...]
    """(question id, reason, how many)."""
    clock_off: timedelta | None = None
    """The lead of the computer's clock over the platform's, while nothing is posted because of it."""

    def as_card(self) -> Card:
        """One line a track, then reports by question."""
        blocks: list[Block] = []
        if self.clock_off is not None:
            text = f"{clock_is_off(self.clock_off)}; answers count as ever. Tell whoever runs it."
            blocks.append(paragraph(bold("Nothing is posted: "), text))
        blocks += [paragraph(Place(place), f": {line}") for place, line in self.rows]
        if self.reports:
            blocks.append(paragraph(bold("Reported questions")))
            blocks.append(
                Facts(tuple((id, markup(f"{reason}: {counted(n, 'member')}")) for id, reason, n in self.reports))
            )
        return Card(
            title="Health",
            blocks=tuple(blocks) or (paragraph("No daily question is set up yet."),),
            choices=(ALL_SETTINGS,),
        )
