"""Words typed as if they were commands: those on buttons, verbs, and what people call a whole shelf of knowledge."""

from __future__ import annotations

from bot.domain.search import TOPIC

WORDS = {
    **dict.fromkeys(
        ("practise", "practice", "practise another", "practice another", "another", "another one", "another question"),
        "quiz",
    ),
    **dict.fromkeys(
        ("next", "next one", "quiz me", "test me", "catch up", "drill", "flashcards", "learn", "exercises"), "quiz"
    ),
    **dict.fromkeys(("today", "today's question", "answer privately", "my result", "today's result", "more"), "daily"),
    **dict.fromkeys(("todays question", "question of the day", "daily question", "don't know", "dont know"), "daily"),
    **dict.fromkeys(("idk", "dunno", "answer", "next question", "daily quiz", "result"), "daily"),
    **dict.fromkeys(("i don't know", "i dont know", "no idea", "no clue", "i have no idea", "not sure"), "daily"),
    **dict.fromkeys(("my progress", "streak", "my streak", "history", "away"), "progress"),
    **dict.fromkeys(
        ("stats", "my stats", "score", "my score", "points", "my points", "i am back", "i'm back"), "progress"
    ),
    **dict.fromkeys(("my history", "me", "profile", "streaks", "my results", "results", "review"), "progress"),
    **dict.fromkeys(("roles", "all roles", "titles in short", "jobs", "careers", "career"), "role"),
    **dict.fromkeys(("steps", "my roadmap"), "roadmap"),
    **dict.fromkeys(("board", "boards", "leaderboards", "ranking", "top", "winners"), "leaderboard"),
    **dict.fromkeys(("who is winning", "whos winning", "who's winning", "scoreboard", "score board"), "leaderboard"),
    **dict.fromkeys(("search",), "find"),
    **dict.fromkeys(("my data", "export", "delete my data", "delete", "hide me", "gdpr"), "privacy"),
    **dict.fromkeys(
        ("commands", "all commands", "how this works", "how it works", "faq", "menu", "start", "everything", "all"),
        "help",
    ),
    **dict.fromkeys(("settings", "all settings", "more settings", "set up", "set up daily question"), "config"),
    **dict.fromkeys(("skip next", "skip the next", "preview", "post one now", "health"), "config"),
    **dict.fromkeys(("days off", "time and place", "topics and level", "another daily question"), "config"),
}
"""Words on buttons, each with the command that does it or shows it."""
VERBS = {
    **dict.fromkeys(("practice", "practise", "drill", "topic"), "quiz"),
    **dict.fromkeys(("search", "look", "lookup", "define", "term", "terms", "glossary"), "find"),
    "roles": "role",
    "step": "roadmap",
}
"""Words that stand for a command when more follows."""
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
    **dict.fromkeys(("backgrounds", "background", "my background", "all backgrounds"), "background"),
}
"""Words for all of a kind, each with the kind."""
