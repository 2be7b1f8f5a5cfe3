"""Words that stand on buttons, typed as if they were commands: each with the command that does it or shows it."""

from __future__ import annotations

WORDS = {
    **dict.fromkeys(
        ("practise", "practice", "practise another", "practice another", "another", "next question"), "quiz"
    ),
    **dict.fromkeys(("today", "today's question", "answer privately", "my result", "today's result", "more"), "daily"),
    **dict.fromkeys(("my progress", "streak", "my streak", "history", "away"), "progress"),
    **dict.fromkeys(("roles", "all roles", "titles in short"), "role"),
    **dict.fromkeys(("steps", "my roadmap"), "roadmap"),
    **dict.fromkeys(("board", "boards", "leaderboards"), "leaderboard"),
    **dict.fromkeys(("search",), "find"),
    **dict.fromkeys(("my data", "export", "delete my data", "hide me"), "privacy"),
    **dict.fromkeys(("commands", "all commands", "how this works"), "help"),
    **dict.fromkeys(("settings", "all settings", "more settings", "set up", "set up daily question"), "config"),
    **dict.fromkeys(("skip next", "pause", "pause until", "resume", "preview", "post one now", "health"), "config"),
    **dict.fromkeys(("days off", "time and place", "topics and level", "another daily question"), "config"),
}
