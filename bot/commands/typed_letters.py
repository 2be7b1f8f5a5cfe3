"""An answer typed instead of pressed: "b", "B)", "/answer b", "I think it's b"; and what only may be one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.domain.grading import LETTERS

_MARKS = "\"'`*_~()[]{}<>.,!:;\u2026- "
_LETTER = re.compile(
    r"/?(?:(?:choose|pick|select|i (?:think|guess|say|choose|pick|chose|picked|vote(?: for)?|go for|take|would say)"
    r"|my guess is) )?"
    r"(?:(?:it'?s|its|it is|that'?s|is it|maybe|probably|perhaps) )?"
    r"(?:(?:my |the )?(?:final )?(?:answer|option|choice|letter|ans|pick|vote|guess)(?: is| ?:| ?=|'s)? )?"
    r"[\"'`*_(\[{<]*(?P<letter>[a-d])[\"'`*_)\]}>]*"
    r"(?P<after>(?: (?:please|pls|i think|i guess|i believe|final answer|probably|maybe|or|and|then|for me))*)"
)
_PLACES = {
    **dict.fromkeys(("1", "one", "1st", "first"), "A"),
    **dict.fromkeys(("2", "two", "2nd", "second"), "B"),
    **dict.fromkeys(("3", "three", "3rd", "third"), "C"),
    **dict.fromkeys(("4", "four", "4th", "fourth"), "D"),
    "last": "D",
}
_PLACE = re.compile(
    r"/?(?:(?:choose|pick|select|i (?:think|guess|choose|pick)|it'?s|its|my answer is|answer) )?"
    r"(?:(?:the )?(?:(?P<ordinal>first|second"
    r"|third|fourth|last|1st|2nd|3rd|4th)(?: one| option| answer| choice)?)"
    r"|(?:the )?(?:option|number|no|nr|answer|choice|#) ?#?(?P<cardinal>[1-4]|one|two|three|four)"
    r"|(?:the )?(?P<bottom>last|bottom|top) (?:one|option|answer))"
)
_SEVERAL = re.compile(r"[a-d](?:(?:,? (?:or|and) |, ?| )[a-d])+")


@dataclass(frozen=True, slots=True)
class TypedLetter:
    """The letter a text means; unsure where it may mean something else, such as the second button."""

    letter: str
    """Nothing if the text names several."""
    sure: bool = True


def typed_letter(text: str) -> TypedLetter | None:
    """The letter that is answered with, if the text is an answer."""
    plain = " ".join(unicodedata.normalize("NFKC", text[:60]).casefold().replace("\u2019", "'").split())
    asks = plain.endswith("?")
    plain = plain.rstrip("?").strip()
    bare = plain.strip(_MARKS)
    if len(bare) == 1 and bare.upper() in LETTERS:
        return TypedLetter(bare.upper(), sure=not asks)
    plain = re.sub(r"[:=] ?", ": ", plain.rstrip(".!,;\u2026 "))
    if said := _LETTER.fullmatch(plain):
        doubted = (
            asks
            or plain.startswith("is it")
            or any(word in plain.split() for word in ("maybe", "perhaps", "or", "and"))
        )
        return TypedLetter(said["letter"].upper(), sure=not doubted)
    if place := _PLACE.fullmatch(plain):
        named = place["ordinal"] or place["cardinal"] or place["bottom"]
        return TypedLetter(_PLACES.get(named, "A" if named == "top" else "D"), sure=False)
    if _SEVERAL.fullmatch(plain):
        return TypedLetter("", sure=False)
    return None
