"""Every table. Answers, pauses and rounds are the truth; what is derived can be counted again.

Slim on the path of an answer: no index beyond the key on answers, standings kept by (track, member), votes
counted in the round's own row. Every further index there is paid for by every answer.
"""

from __future__ import annotations

from bot.storage.tables.answered import answers, marks, points, standings
from bot.storage.tables.columns import LONG_AGO, NEWEST, NOT_READABLE, OLDEST, Id, LocalDate, UtcTime, metadata
from bot.storage.tables.people import aways, communities, delegates, members
from bot.storage.tables.practice import attempts, reports, review, roadmap_steps
from bot.storage.tables.running import chat_state, heartbeats, install_states, installations, notices, outages
from bot.storage.tables.scheduled import days_off, question_versions, rounds, tracks

__all__ = [
    "LONG_AGO",
    "NEWEST",
    "NOT_READABLE",
    "OLDEST",
    "Id",
    "LocalDate",
    "UtcTime",
    "answers",
    "attempts",
    "aways",
    "chat_state",
    "communities",
    "days_off",
    "delegates",
    "heartbeats",
    "install_states",
    "installations",
    "marks",
    "members",
    "metadata",
    "notices",
    "outages",
    "points",
    "question_versions",
    "reports",
    "review",
    "roadmap_steps",
    "rounds",
    "standings",
    "tracks",
]
