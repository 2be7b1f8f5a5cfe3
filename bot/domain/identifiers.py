"""The names things go by: one type per kind of id, so that a round is never passed where a track is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

CommunityId = NewType("CommunityId", int)
MemberId = NewType("MemberId", int)
TrackId = NewType("TrackId", int)
RoundId = NewType("RoundId", int)

QuestionId = NewType("QuestionId", str)
OptionId = NewType("OptionId", str)
TopicId = NewType("TopicId", str)
ObjectiveId = NewType("ObjectiveId", str)
RoleId = NewType("RoleId", str)
StepId = NewType("StepId", str)
PayRowId = NewType("PayRowId", str)
SourceId = NewType("SourceId", str)

TermId = NewType("TermId", str)
MythId = NewType("MythId", str)
PredictionId = NewType("PredictionId", str)
PitfallId = NewType("PitfallId", str)
FaqId = NewType("FaqId", str)
InterviewId = NewType("InterviewId", str)
ProjectId = NewType("ProjectId", str)
DisagreementId = NewType("DisagreementId", str)
IndustryId = NewType("IndustryId", str)
ShortRoleId = NewType("ShortRoleId", str)
NoteId = NewType("NoteId", str)

ProfileId = NewType("ProfileId", str)
"""What /role shows: the id of a role card, or of a short role."""

ZoneName = NewType("ZoneName", str)
"""An IANA time zone name, such as ``Europe/Berlin``, that zoneinfo can load."""

PlaceRef = NewType("PlaceRef", str)
"""A platform's own id of a channel."""

MessageRef = NewType("MessageRef", str)
"""A platform's own id of a posted message."""


@dataclass(frozen=True, slots=True)
class RoundRef:
    """A round as its post names it: its number and a random tag.

    A number alone is used again after a database is restored, lost or replaced, and an old post must not pass for the
    new round's. Rounds posted before there were tags have none.
    """

    id: RoundId
    tag: str | None = None

    def __str__(self) -> str:
        return f"{self.id}" if self.tag is None else f"{self.id}-{self.tag}"
