"""The names things go by: one type per kind of id, so that a round is never passed where a track is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NewType, TypeVar

CommunityId = NewType("CommunityId", int)
MemberId = NewType("MemberId", int)
TrackId = NewType("TrackId", int)
RoundId = NewType("RoundId", int)

BankId = NewType("BankId", str)
QuestionId = NewType("QuestionId", str)
ConceptId = NewType("ConceptId", str)
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
BackgroundId = NewType("BackgroundId", str)

ProfileId = NewType("ProfileId", str)
"""Something that /role shows: the id of a role card, of a short role, or of a background."""

ZoneName = NewType("ZoneName", str)
"""An IANA time zone name, such as ``Europe/Berlin``, that zoneinfo can load."""
UTC_ZONE = ZoneName("UTC")

PlaceRef = NewType("PlaceRef", str)
"""A platform's own id of a channel."""

MessageRef = NewType("MessageRef", str)
"""A platform's own id of a posted message."""


Numbered = TypeVar("Numbered", RoundId, TrackId)


@dataclass(frozen=True, slots=True)
class _Tagged(Generic[Numbered]):
    """Something as its buttons name it: its number and a random tag.

    A number alone is used again after a database is restored, lost or replaced, and what an old button names must not
    pass for what has its number now.
    """

    id: Numbered
    tag: str | None = None

    def __str__(self) -> str:
        return f"{self.id}" if self.tag is None else f"{self.id}-{self.tag}"


@dataclass(frozen=True, slots=True)
class RoundRef(_Tagged[RoundId]):
    """A round as its post names it; one that was posted before there were tags has none."""


@dataclass(frozen=True, slots=True)
class TrackRef(_Tagged[TrackId]):
    """A track as panels, forms and messages to a person name it; only buttons from before there were tags have none."""
