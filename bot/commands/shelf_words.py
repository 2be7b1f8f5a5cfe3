"""What people call a whole shelf of knowledge."""

from __future__ import annotations

from bot.domain.search import TOPIC

NAMED_SHELVES = {
    **dict.fromkeys(("terms", "term", "glossary", "vocabulary", "definitions", "all terms", "words"), "term"),
    **dict.fromkeys(("topics", "topic", "subjects", "categories", "all topics"), TOPIC),
    **dict.fromkeys(("titles", "job titles"), "title"),
    **dict.fromkeys(("faqs", "questions often asked", "often asked", "frequently asked questions"), "faq"),
    **dict.fromkeys(("myths", "myth"), "myth"),
    **dict.fromkeys(("predictions", "prediction"), "prediction"),
    **dict.fromkeys(("pitfalls", "pitfall", "mistakes", "common mistakes"), "pitfall"),
    **dict.fromkeys(("disagreements", "disagreement", "disagreements of the sources"), "disagreement"),
    **dict.fromkeys(("industries", "industry", "sectors"), "industry"),
    **dict.fromkeys(("projects", "project", "project ideas", "portfolio projects", "ideas for projects"), "project"),
    **dict.fromkeys(("interview questions", "interviews", "interview", "interview prep"), "interview"),
    **dict.fromkeys(("notes", "note", "certificates and degrees"), "note"),
}
"""Words for all of a kind, each with the kind."""
