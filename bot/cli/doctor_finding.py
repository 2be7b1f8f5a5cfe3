"""A finding of the doctor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A thing that was checked, whether it is well, and what to do if not."""

    what: str
    good: bool
    told: str

    def line(self) -> str:
        """The finding as printed."""
        return f"{'ok   ' if self.good else 'WRONG'}  {self.what}: {self.told}"
