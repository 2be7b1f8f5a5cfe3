"""Reference codes: what a person reads out, and what the log has it under."""

from __future__ import annotations

import random


def reference_code(seed: int) -> str:
    """Six letters and digits that are easy to read out, for finding an error in the log."""
    return "".join(random.Random(f"reference:{seed}").choices("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", k=6))
