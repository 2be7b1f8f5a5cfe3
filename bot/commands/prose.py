"""Sentences typed instead of commands: what they ask of the bot is offered as buttons and never done at once."""

from __future__ import annotations

import re

from bot.commands.resolve import run_route
from bot.replies.card import Choice
from bot.replies.routes import route

_TODAY = Choice("Today's question", run_route("daily", {}))
_PRACTISE = Choice("Practise", run_route("quiz", {}))
_PROGRESS = Choice("My progress", run_route("progress", {}))
_BOARD = Choice("Leaderboard", run_route("leaderboard", {}))
_AWAY = Choice("Away", route("away"))
_HIDE = Choice("Hide me from leaderboards", route("hide-me"))
_DELETE = Choice("Delete my data", route("forget"))
_EXPORT = Choice("Export my data", route("export"))
_PRIVACY = Choice("Privacy", run_route("privacy", {}))
_ROLES = Choice("Roles", run_route("role", {}))
_HOW = Choice("How this works", route("how"))
_SETTINGS = Choice("Settings, for managers", run_route("config", {}))
HELP = Choice("All commands", run_route("help", {}))

_ASKED_FOR = (
    (r"\b(delete|erase|forget|wipe|remove)\b.*\b(me|my|data|account|everything)\b", (_DELETE, _PRIVACY)),
    (r"\b(export|download)\b.*\b(me|my|data)\b", (_EXPORT, _PRIVACY)),
    (
        r"\b(privacy|what do you (know|store|keep)|who (can )?sees?\b.*\b(my|i)|is (this|it) anonymous)",
        (_PRIVACY, _HOW),
    ),
    (
        r"\b(stop|mute|unsubscribe|opt out|turn off|no more|don'?t|leave me)\b.*"
        r"\b(remind\w*|notif\w*|ping\w*|messag\w*|spam\w*|post\w*|questions?|alone|bother\w*|me|this)\b"
        r"|^(unsubscribe|mute|opt out)\b|\b(remind|notify|ping)\w* me\b",
        (_AWAY, _HOW, _SETTINGS),
    ),
    (
        r"\b(change|undo|take back)\b.*\bmy (answer|choice|vote)\b|\bwho (answered|got|was|is)\b.*\b(right|wrong)\b"
        r"|\bwhat did \w+ (answer|choose|press|pick)\b",
        (_HOW, _PRIVACY),
    ),
    (r"\bhide me|\b(hide|remove)\b.*\b(board|leaderboard|ranking)", (_HIDE, _PRIVACY)),
    (
        r"\b(change|set|move|switch|edit|update)\b.*\b(time|hour|zone|timezone|channel|days?|schedule|topics?|level"
        r"|question|\d{1,2} ?(am|pm)|\d{1,2}:\d\d)\b|^(skip|post) (tomorrow|today|next|now|the|a|one)\b|\bset ?up\b",
        (_SETTINGS, _HOW),
    ),
    (
        r"\baway (until|from|since|for|on)\b|^(pause|resume|unpause|skip|stop|restart|reset|holidays?|vacation)\b"
        r"|\b(on|going on) (vacation|holidays?|leave)\b|\bi('?m| am| will be) away\b"
        r"|\bno questions? (on|tomorrow|today|until|for|next)\b|\b(days?|week|month) off\b",
        (_AWAY, _SETTINGS),
    ),
    (
        r"\bwhen\b.*\b(questions?|next|post\w*|quiz)\b|\bnext (daily )?question\b|\btoday'?s (question|quiz|answer)\b"
        r"|\b(daily question|question of the day|question today)\b",
        (_TODAY, _HOW, _PRACTISE),
    ),
    (
        r"\b(who('?s| is)? (is )?(winning|first|leading|on top)|ranking|rankings|high ?scores?|top (ten|10|players))\b",
        (_BOARD, _PROGRESS),
    ),
    (
        r"\b(my|i|am i)\b.*\b(streaks?|scores?|points|progress|stats|rank|results?|freezes?|doing)\b"
        r"|\b(streaks?|freezes?)\b.*\b(lost|broken|work|mean|gone|why)\b|\b(lost|lose|broke|why|how)\b.*\bstreaks?\b",
        (_PROGRESS, _HOW, _BOARD),
    ),
    (
        r"\b(give|ask|send|test|quiz|show)\b.*\b(me|us|another|a)\b.*\b(questions?|quiz(zes)?|test)\b",
        (_PRACTISE, _TODAY),
    ),
    (r"\b(list|show|all|which|what)\b.*\b(roles|jobs|careers)\b", (_ROLES, HELP)),
    (
        r"\bhow (does|do) (this|it|the bot|you|i (use|answer|play|start))\b|\bwhat (can|do) (you|i) do\b"
        r"|\b(who|what) are you\b|\bwhat is this\b|\bhelp\b",
        (_HOW, HELP),
    ),
)
"""What a sentence may ask of the bot, the most particular first, and the ways to it."""
_PATTERNS = tuple((re.compile(pattern), ways) for pattern, ways in _ASKED_FOR)

_POLITE = re.compile(
    r"^(?:(?:hey|hi|hello|ok|please|pls|plz|studybot|bot|can|could|would|you|i|we|want|wanna|like|need|to|let|me|us|show"
    r"|see|open|go|give|get|tell|view|display|what'?s|what is|the|a|an|now|just)\s+)+|\s+(?:please|pls|plz|now|thanks)$"
)
_GREETED = frozenset(
    {
        *(
            "hi",
            "hello",
            "hey",
            "hallo",
            "hola",
            "salut",
            "moin",
            "yo",
            "good morning",
            "good evening",
            "start",
            "menu",
        ),
        *("main menu", "begin", "get started", "help me", "info", "about", "hilfe", "ayuda", "aide", "options"),
    }
)
_ANSWERED = frozenset(
    {
        *(
            "ok",
            "okay",
            "yes",
            "no",
            "k",
            "cool",
            "great",
            "nice",
            "lol",
            "good",
            "bye",
            "sorry",
            "sure",
            "yep",
            "nope",
        ),
        *("wow", "test", "testing", "cancel", "never mind", "nevermind", "wrong", "right", "done", "y", "n"),
    }
)
_THANKED = frozenset(
    {"thanks", "thank you", "thx", "ty", "danke", "merci", "gracias", "good bot", "thank you very much"}
)
ACKNOWLEDGED = (_TODAY, _PRACTISE, HELP)


def plainly(text: str) -> str:
    """The text in small letters, without the marks around its words' ends."""
    return " ".join(word.strip("!?.,;:\u2026") for word in text.casefold().split()).strip()


def without_courtesies(text: str) -> str:
    """What is left of a plain text when "please show me the" is taken off it."""
    while (shorter := _POLITE.sub("", text)) != text:
        text = shorter
    return text


def greets(text: str) -> bool:
    """Whether a plain text only says hello, or asks for help without saying with what."""
    return text in _GREETED


def acknowledged(text: str) -> str:
    """The answer to a plain text that says no more than thanks or yes; nothing for any other."""
    if text in _THANKED or (text and not any(char.isalnum() for char in text)):
        return "You are welcome. There is this to go on with:"
    return "Nothing waits for a word like that, and nothing was changed. To go on:" if text in _ANSWERED else ""


def asked_for(text: str) -> tuple[Choice, ...]:
    """The ways to what a plain text may ask of the bot; none for one that asks about the subject."""
    return next((ways for pattern, ways in _PATTERNS if pattern.search(text)), ())
