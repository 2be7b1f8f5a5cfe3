"""Runs of words two texts share: content says facts in its own words, never a sentence of a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.lookup import words

RUN = 7
"""The length, in words, from which an overlap is a sentence of theirs."""


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of seven words of a text, however it is cased and punctuated."""
    said = words(text)
    return (tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1))


def shared(text: str, sources: Iterable[str]) -> list[str]:
    """The runs a text shares with any of the sources."""
    theirs = {run for source in sources for run in runs(source)}
    return [" ".join(run) for run in runs(text) if run in theirs]
