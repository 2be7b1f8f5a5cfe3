"""Words of other languages: who greets, thanks or asks for help is understood; all else is told that we read English.

Names of the field are alike in most languages, so what stands among foreign words is still found: "was ist SQL?".
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from bot.domain.lookup import words

_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_ASKED_FOR = re.compile(
    r"\b(?:speak|talk|answer|ask|write|translate|in|into|to) (?:me )?(?:in |to |into )?"
    r"(?:german|french|spanish|italian|portuguese|dutch|polish|russian|chinese|arabic|turkish|hindi|japanese|english)$"
    r"|^(?:change|switch|other|another|set)(?: the| my)? languages?$"
)
_MARKS = "!?.,;:\u2026\u00a1\u00bf\"'"


@cache
def _known(kind: str) -> frozenset[str]:
    rows = (files("bot.commands") / "other_languages.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(word for row in rows if row.startswith(f"{kind}\t") for word in row.partition("\t")[2].split())


def greets_in_another_language(text: str) -> bool:
    """Return whether a text says hello or asks for help in another language, and no more."""
    return _only_says(text, _known("greeting") | _known("help"))


def thanks(text: str) -> bool:
    """Return whether a text says thanks in another language, and no more."""
    return _only_says(text, _known("thanks"))


def _only_says(text: str, said: frozenset[str]) -> bool:
    typed = _typed(text)
    return any(word in said for word in typed) and all(word in said or word in _known("courtesy") for word in typed)


def is_foreign(text: str) -> bool:
    """Return whether a text is written in another language, as far as its letters and a few common words tell."""
    letters = [char for char in text if char.isalpha()]
    if letters and sum(not _LATIN.match(char) for char in letters) * 2 >= len(letters):
        return True
    typed = _typed(text)
    # A word that English has, too, tells nothing beside English ones.
    sure = sum(word in _known("common") and word not in _known("also-english") for word in typed)
    perhaps = sum(word in _known("common") or word in _known("also-english") for word in typed)
    return sure > 0 and (perhaps > 1 or 2 * sure >= len(typed))


def is_asked_for(text: str) -> bool:
    """Return whether a plain text asks in English for another language."""
    return bool(_ASKED_FOR.search(text))


def named_among(text: str) -> str:
    """The words of a foreign text that may be a name: without the common ones of its language."""
    common = _known("common") | _known("also-english") | _known("courtesy") | _known("article")
    kept = (word for word in _typed(re.sub("[^\x00-\u024f]+", " ", text)) if word not in common)
    return " ".join(part for word in kept for part in words(word))


def _typed(text: str) -> list[str]:
    bare = (word.strip(_MARKS) for word in text.casefold().replace("\u2019", "'").split())
    return [word for word in bare if word]
