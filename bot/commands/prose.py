"""Sentences typed instead of commands: what they ask of the bot is offered as buttons and never done at once."""

from __future__ import annotations

import re

from bot.commands.resolve import run_route
from bot.replies.card import Choice
from bot.replies.common_buttons import (
    ALL_COMMANDS,
    HOW_IT_WORKS,
    LEADERBOARD,
    MY_PROGRESS,
    PRACTISE,
    PRIVACY,
    ROADMAP,
    ROLES,
    TODAYS_QUESTION,
)
from bot.replies.routes import route

_HISTORY = Choice("My history", run_route("progress", {"show": "history"}))
_AWAY = Choice("Away", route("away"))
_HIDE = Choice("Hide me from leaderboards", route("hide-me"))
_UNHIDE = Choice("Show me on leaderboards", route("show-me"))
_DELETE = Choice("Delete my data", route("forget"))
_EXPORT = Choice("Export my data", route("export"))
_SETTINGS = Choice("Settings, for managers", run_route("config", {}))
_NEXT_STEP = Choice("My next step", run_route("roadmap", {"step": "next"}))
_HARDER = Choice("Hard questions", run_route("quiz", {"level": "hard"}))
_EASIER = Choice("Easy questions", run_route("quiz", {"level": "easy"}))
_RESULT = Choice("My result, with the reasons", run_route("daily", {}))
_REPORT = Choice("Report it from my result", run_route("daily", {}))

_ASKED_FOR = (
    (
        r"^(report|flag)\b|\b(report|flag)\b.*\b(question|error|mistake|typo|bug)\b|^(a |found a )?(bug|typo)$"
        r"|\bthere('?s| is| are) (a |an )?(typo|bug|mistake|error)s?\b"
        r"|\b(question|answer|this|that|it|you)('?s|'?re| is| are) (wrong|incorrect)\b|^i disagree",
        (_REPORT, HOW_IT_WORKS),
    ),
    (
        r"^why( not)?( [a-d])?$|\bwhy\b.*\b(wrong|incorrect|right|correct)\b|^why (is|was) (it|that|this)$"
        r"|^explain( (it|that|this|why|[a-d]))?$"
        r"|\b(explain|show|tell|give|what'?s|what (is|was))\b.*"
        r"\b(the|my|today'?s) (right |correct )?(answer|solution|result)\b"
        r"|^(the )?(right|correct) answer$|\bi was (right|wrong)\b",
        (_RESULT, PRACTISE, HOW_IT_WORKS),
    ),
    (
        r"^(i )?(skip|pass)( (this|it|the|a|one|today'?s|question)){0,3}$",
        (TODAYS_QUESTION, PRACTISE, _AWAY),
    ),
    (r"\byesterday\b|\b(last|previous) (question|answer|round|quiz|week)\b", (_HISTORY, TODAYS_QUESTION)),
    (
        r"\bfreezes?\b|\b(skip(ped|ping)?|miss(ed|ing)?)\b.*\b(days?|questions?|weeks?|rounds?)\b.*",
        (HOW_IT_WORKS, MY_PROGRESS, _AWAY, TODAYS_QUESTION),
    ),
    (r"\b(too|that was( too)?|so) easy\b|^(something |give me )?(harder|more difficult)\b", (_HARDER, PRACTISE)),
    (r"\b(too|so) (hard|difficult)\b|^(something |give me )?(easier|simpler)\b", (_EASIER, PRACTISE)),
    (
        r"\b(next|which|what|current) step\b|\bwhat (should|do|can|must) i (learn|do|study|read)( first| next| now)?$"
        r"|\bwhere (do|should|can) i (start|begin)\b|^mark\b.*\bstep\b",
        (_NEXT_STEP, ROADMAP, TODAYS_QUESTION),
    ),
    (
        r"\b(which|what) (role|job|career)\b.*\b(me|i|fits?|suits?|right|best)\b",
        (ROLES, ROADMAP),
    ),
    (
        r"\bunhide\b|^opt in$|\bmake me visible\b"
        r"|\b(show|put|list|see|get) me (back )?(on|in)\b.*\b(board|leaderboard|ranking)",
        (_UNHIDE, PRIVACY),
    ),
    (r"\bhide me|\b(hide|remove)\b.*\b(board|leaderboard|ranking)", (_HIDE, PRIVACY)),
    (r"\b(delete|erase|forget|wipe|remove)\b.*\b(me|my|data|account|everything)\b", (_DELETE, PRIVACY)),
    (r"\b(export|download)\b.*\b(me|my|data)\b", (_EXPORT, PRIVACY)),
    (
        r"\b(privacy|what do you (know|store|keep)|who (can )?sees?\b.*\b(my|i)|is (this|it) anonymous)",
        (PRIVACY, HOW_IT_WORKS),
    ),
    (
        r"\b(stop|mute|unsubscribe|opt out|turn off|no more|don'?t|leave me)\b.*"
        r"\b(remind\w*|notif\w*|ping\w*|messag\w*|spam\w*|post\w*|questions?|alone|bother\w*|me|this)\b"
        r"|^(unsubscribe|mute|opt out)\b|\b(remind|notify|ping)\w* me\b|\b(set|add|create) an? (reminder|alarm)\b"
        r"|\b(reminders?|notifications?|pings?)( (on|off|please|settings?))?$",
        (_AWAY, HOW_IT_WORKS, _SETTINGS),
    ),
    (
        r"\b(change|undo|take back|changed)\b.*\bmy (answer|choice|vote|mind)\b|^undo\b|^take (it|that) back$"
        r"|\bwho (answered|got|was|is)\b.*\b(right|wrong|[a-d])\b"
        r"|\bwhat did \w+ (answer|choose|press|pick)\b",
        (HOW_IT_WORKS, PRIVACY),
    ),
    (
        r"\bhow did (the )?(others|everyone|people|we|they|group|team|rest)\b"
        r"|\b(did|has|have) (every\w+|any\w+|others|people|they|the others)\b.*\b(right|wrong|answer\w*|it)\b"
        r"|\bhow many (people |members |others )?(got|were|had|answered)\b",
        (TODAYS_QUESTION, HOW_IT_WORKS, PRIVACY),
    ),
    (
        r"\b(change|set|move|switch|edit|update)\b.*\b(time|hour|zone|timezone|channel|days?|schedule|topics?|level"
        r"|question|\d{1,2} ?(am|pm)|\d{1,2}:\d\d)\b|^(skip|post) (tomorrow|today|next|now|the|a|one)\b|\bset ?up\b",
        (_SETTINGS, HOW_IT_WORKS),
    ),
    (
        r"\baway (until|from|since|for|on)\b|^(pause|resume|unpause|skip|stop|restart|reset|holidays?|vacation)\b"
        r"|\b(on|going on) (vacation|holidays?|leave)\b|\bi('?m| am| will be) (away|sick|ill|busy|off|out)\b"
        r"|\bturn (this|it|that|you) off\b|\bno questions? (on|tomorrow|today|until|for|next)\b"
        r"|\b(days?|week|month) off\b",
        (_AWAY, _SETTINGS),
    ),
    (
        r"\b(when|what time)\b.*\b(questions?|next|post\w*|quiz|(does|is) it (come|start|open|close|end|over)\w*)\b"
        r"|\bnext (daily )?question\b|\btoday'?s (question|quiz|answer)\b"
        r"|^(the |a |a new |new )?question$|\btomorrow'?s (question|quiz)\b"
        r"|\b(daily question|question of the day|question today)\b",
        (TODAYS_QUESTION, HOW_IT_WORKS, PRACTISE),
    ),
    (
        r"\b(who('?s| is)? (is )?(winning|first|leading|on top)|ranking|rankings|high ?scores?|top (ten|10|players))\b"
        r"|\bam i (winning|first|last|leading|losing)\b",
        (LEADERBOARD, MY_PROGRESS),
    ),
    (
        r"\bhow (many|much) (points|freezes|questions) (do|did|have) i\b"
        r"|\b(my|i|am i)\b.*\b(streaks?|scores?|points|progress|stats|rank|results?|freezes?|doing)\b"
        r"|\b(streaks?|freezes?)\b.*\b(lost|broken|work|mean|gone|why)\b|\b(lost|lose|broke|why|how)\b.*\bstreaks?\b",
        (MY_PROGRESS, HOW_IT_WORKS, LEADERBOARD),
    ),
    (
        r"\b(give|ask|send|test|quiz|show)\b.*\b(me|us|another|a)\b.*\b(questions?|quiz(zes)?|test)\b",
        (PRACTISE, TODAYS_QUESTION),
    ),
    (r"\b(list|show|all|which|what)\b.*\b(roles|jobs|careers)\b", (ROLES, ALL_COMMANDS)),
    (
        r"\bhow (does|do|to|can) (this|it|the bot|you|(i )?(use|answer|play|start)\b)|\bwhat (can|do) (you|i) do\b"
        r"|\b(who|what) are you\b|\bwho (made|built|created|wrote|runs) (you|this|it)\b"
        r"|\bare you (a |an )?(bot|robot|human|real|ai|person|machine|chatgpt|gpt|llm)\b|\bwhat is this\b|\bhelp\b",
        (HOW_IT_WORKS, ALL_COMMANDS),
    ),
)
"""What a sentence may ask of the bot, the most particular first, and the ways to it."""
_PATTERNS = tuple((re.compile(pattern), ways) for pattern, ways in _ASKED_FOR)

# "next" alone stands on a button of practice and is practice; with a question mark it asks.
_WHAT_NEXT = re.compile(
    r"(?:(?:so|ok|okay|well|and|hm+)[,.]? )*"
    r"(?:what(?:'?s| is| comes?| (?:do|can|should|shall|must) (?:i|we) do| to do)? ?(?:up )?(?:next|now|then)"
    r"|now what|(?:and|so) (?:next|now)|next ?\?)[?!. ]*"
)


def what_next(typed: str) -> tuple[Choice, ...]:
    """The ways on for whoever asks what comes now: a step of the roadmap, the daily question, or practice."""
    asked = _WHAT_NEXT.fullmatch(" ".join(typed.casefold().replace("\u2019", "'").split()))
    return (_NEXT_STEP, TODAYS_QUESTION, PRACTISE) if asked else ()


def asked_for(text: str) -> tuple[Choice, ...]:
    """The ways to what a plain text may ask of the bot; none for one that asks about the subject."""
    return next((ways for pattern, ways in _PATTERNS if pattern.search(text)), ())
