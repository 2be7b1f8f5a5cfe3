"""Greetings, thanks, yes and no: what is typed to be kind, or to nobody, and asks for nothing."""

from __future__ import annotations

import re

from bot.commands import other_languages
from bot.replies.common_buttons import ALL_COMMANDS, PRACTISE, TODAYS_QUESTION

_POLITE = re.compile(
    r"^(?:(?:hey|hi|hello|ok|please|pls|plz|studybot|bot|can|could|would|you|i|i'd|we|want|wanna|like|need|to|let|me|us"
    r"|show|list|see|open|go|give|get|tell|view|display|what'?s|what is|what|which|any|the|a|an|now|just|of|all)\s+)+"
    r"|\s+(?:please|pls|plz|now|thanks|there are|are there)$"
)


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


_GREETED = _phrases(
    """hi, hello, hey, yo, gm, start, menu, begin, info, about, options, main menu, good morning, good evening,
    good day, good afternoon, get started, help, help me, help please, please help, please help me, i need help,
    can you help, can you help me, who, what, when, where, which, how"""
)
_GREETING = re.compile(r"(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|evening|afternoon))")
_TO_ALL = _phrases("there, bot, studybot, all, everyone, everybody, again, team, folks, guys, friend, friends, you")
_PLEASE = frozenset({"please", "pls", "then", "and", "it", "you", "not", "now", "later"})
_THANKS = re.compile(
    r"(?:ok(?:ay)? |great |cool |many |wow )?(?:thanks|thank you|thank u|thankyou|thx|ty|tysm|cheers|good bot|nice bot)"
    r"(?: (?:a lot|so much|very much|a million|bot|studybot|all|everyone|for .{1,40}|again|you))*"
)
_SAID = _phrases(
    """ok, okay, k, kk, yes, yeah, yea, yep, yup, y, no, nope, nah, n, sure, maybe, cool, great, nice, good, fine,
    perfect, awesome, amazing, wow, lol, rofl, omg, wtf, bye, goodbye, bye bye, good night, gn, see you, cya,
    sorry, oops, test, testing, hm, hmm, huh, aha, ah, oh, ugh, meh, fuck, fuck you, fuck off, shit, damn, you
    suck, boring, this is boring, i hate this, i love this, i like this, great question, good question, bad
    question, nice question, well done, cancel, never mind, nevermind, wrong, right, done, correct, true,
    false, end, exit, quit quiz, exit quiz, end quiz, close, stop quiz, back, go back, again, repeat, repeat
    the question, say that again, once more, wait, continue, how are you, how are you doing, how's it going,
    what's up, whats up, sup, wassup, tell me a joke, i am bored, i'm bored, weather, what's the weather, what
    day is it, what time is it, i see, got it, understood, i understand, i don't understand, i dont
    understand, i don't get it, not now, later, maybe later, do it, perfect thank you, cheers mate"""
)
_LAUGHTER = re.compile(r"a?(?:h[aei]|ja){2,}h?|x+d+|lo+l")
_GLAD = frozenset("\U0001f44d\u2764\U0001f64f\U0001f60a\U0001f389\U0001f970\U0001f49a\U0001f499\U0001f44f\U0001f642")
ACKNOWLEDGED = (TODAYS_QUESTION, PRACTISE, ALL_COMMANDS)
WELCOME = "You are welcome. There is this to go on with:"
NOTHING_WAITS = "Nothing waits for a word like that, and nothing was changed. To go on:"
ENGLISH_ONLY = (
    "Studybot reads and writes English only. A name works in any language, such as RAG or AI Engineer. To go on:"
)


def plainly(text: str) -> str:
    """The text in small letters, without the marks and emoji around its words."""
    return " ".join(word for typed in text.casefold().split() if (word := _MARKS.sub("", typed)))


_MARKS = re.compile(r"^[^\w]+|[^\w]+$")


def without_courtesies(text: str) -> str:
    """The rest of a plain text when "please show me the" is taken off it."""
    while (shorter := _POLITE.sub("", text)) != text:
        text = shorter
    return text


def greets(text: str) -> bool:
    """Return whether a plain text only says hello, or asks for help without saying with what."""
    if text in _GREETED or other_languages.greets_in_another_language(text):
        return True
    hello = _GREETING.match(text)
    return hello is not None and all(word in _TO_ALL for word in text[hello.end() :].split())


def acknowledged(typed: str) -> str:
    """The answer to a text that says no more than thanks or yes; nothing for any other."""
    plain = plainly(typed)
    if _THANKS.fullmatch(plain) or other_languages.thanks(plain) or (not plain and _GLAD.intersection(typed)):
        return WELCOME
    said = [word.strip(",.!") for word in plain.split()]
    if said and all(word in _SAID or _THANKS.fullmatch(word) or word in _PLEASE for word in said):
        return WELCOME if any(_THANKS.fullmatch(word) for word in said) and "no" not in said else NOTHING_WAITS
    nothing = not any(char.isalnum() for char in typed) or plain in _SAID or _LAUGHTER.fullmatch(plain)
    return NOTHING_WAITS if typed and nothing else ""
