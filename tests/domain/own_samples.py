"""Questions of a community's own."""

from __future__ import annotations

from bot.domain.identifiers import TopicId
from bot.domain.own_question import OwnOption, OwnQuestion, option_id, own_question


def own(stem: str = "What does a chloroplast make?", *, key: str = "Sugar", topic: str = "cells") -> OwnQuestion:
    """A question as a teacher writes it: a reason for the key and nothing else."""
    texts = (key, "Bone", "Salt")
    options = [OwnOption(option_id(at), text, "" if at else "From light.", at == 0) for at, text in enumerate(texts)]
    return own_question(stem, options, TopicId(topic))
