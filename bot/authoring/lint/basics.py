"""The basics of every question: reasons, versions, lengths, sentences of its own, facts looked after, safe texts.

L08, L10, L11, L12, L24, L25, L26, L28 and L29.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.authoring.lint.context import Context, accepted, runs_of
from bot.authoring.lint.cues import key_position
from bot.authoring.lint.words import plain, texts_of, word_set, words_in
from bot.catalog.characters import HIDDEN
from bot.domain.common_fields import Status
from bot.domain.content_faults import Fault
from bot.domain.question import Question

REVEAL_LIMIT = 1900
"""The key, every reason, takeaway and sources in one message: Discord takes 2,000 characters."""
KAHOOT_STEM = 120

TO_WRITE = "TO WRITE"
"""What every placeholder begins with."""

_MONEY_OR_SHARE = re.compile(r"[$\u20ac\u00a3]\s?\d|\d[\d,.]*\s?(?:[$\u20ac\u00a3%]|per cent\b|percent\b)", re.I)
_REFUSED = (
    (re.compile(r"\b(?!https:)[a-z][a-z0-9+.-]*://|\bjavascript:|\bdata:[a-z]+/", re.I), "a link that is not https"),
    (re.compile(r"<[@#!&][^>\s]*>?"), "a chat control sequence"),
    (re.compile(r"(?<![\w.@])@[A-Za-z]\w*"), "a mention"),
    (re.compile(r"</?[A-Za-z][^<>]*>"), "HTML"),
    (re.compile(r"```"), "a code fence"),
)
_UNSEEN = ((HIDDEN, "a character nobody sees"),)
_SAYING_WRONG = word_set(
    "this that the a an is are was it not no so option answer choice one here right wrong incorrect correct false "
    "true because simply just please try again another and therefore question sorry in for to of"
)


def only_says_wrong(why: str) -> bool:
    """Return whether a reason says no more than that the option is wrong."""
    return not set(words_in(why)) - _SAYING_WRONG


def reasons(question: Question, context: Context) -> Iterator[Fault]:
    """Each option has a reason of its own."""
    seen: dict[str, int] = {}
    for position, option in enumerate(question.options):
        first = seen.setdefault(plain(option.why), position)
        if first != position:
            told = f"the same reason as option {question.options[first].id}: say what is wrong with this one"
            yield Fault("L08", ("options", position, "why"), told)
        elif only_says_wrong(option.why):
            yield Fault("L08", ("options", position, "why"), "this says only that it is wrong: say why")


def same_version(question: Question, context: Context) -> Iterator[Fault]:
    """The text accepted under this version still stands word for word."""
    before = context.accepted.get(question.id)
    if before is None:
        return
    now = accepted(question)
    if now.version < before.version:
        told = f"version {now.version} is below {before.version}, which was accepted: count on from there"
        yield Fault("L10", ("version",), told)
    elif now.version == before.version and now.fingerprint != before.fingerprint:
        told = f"stem, an option or the key changed within version {now.version}: write version: {now.version + 1}"
        yield Fault("L10", ("version",), told)


def reveal_length(question: Question) -> int:
    """About how many characters the reveal takes with every reason told."""
    told = [question.stem, question.takeaway]
    told += [part for option in question.options for part in (option.text, option.why)]
    told += [question.block.text] if question.block else []
    told += [question.picture.alt] if question.picture else []
    told += [part for ref in question.refs for part in (ref.section, ref.general, ref.citation) if part]
    return sum(len(part) for part in told)


def reveal(question: Question, context: Context) -> Iterator[Fault]:
    """Everything the reveal tells fits one message."""
    length = reveal_length(question)
    if length > REVEAL_LIMIT:
        told = f"the whole reveal has {length:,} characters, at most {REVEAL_LIMIT:,} fit: shorten reasons or sources"
        yield Fault("L11", ("options",), told)


def kahoot(question: Question, context: Context) -> Iterator[Fault]:
    """The stem also fits a Kahoot."""
    if len(question.stem) > KAHOOT_STEM:
        yield Fault("L12", ("stem",), f"stem has {len(question.stem)} characters, Kahoot takes {KAHOOT_STEM}")


def ageing_key(question: Question, context: Context) -> Iterator[Fault]:
    """A key with money or a percentage is volatile and has a date of review."""
    if _MONEY_OR_SHARE.search(question.key.text) and not (question.volatile and question.review_by):
        told = "the right option holds a figure that ages: add volatile: true and review_by"
        yield Fault("L24", ("options", key_position(question), "text"), told)


def overdue(question: Question, context: Context) -> Iterator[Fault]:
    """A live question's date of review is still to come."""
    if question.status is Status.LIVE and question.review_by and question.review_by < context.today:
        told = f"review_by {question.review_by} is past: look at the facts again, or set the status to review"
        yield Fault("L26", ("review_by",), told)


def own_words(question: Question, context: Context) -> Iterator[Fault]:
    """No text of the question shares seven words in a row with a source."""
    if not context.runs:
        return
    for at, text in texts_of(question):
        for run in runs_of(words_in(text)):
            source = context.runs.get(run)
            if source is not None:
                yield Fault("L25", at, f"{' '.join(run)!r} stands in source {source} too: say it in your own words")
                break


def inert(question: Question, context: Context) -> Iterator[Fault]:
    """No text does anything but be read."""
    # Code is shown as such: what is markup elsewhere does nothing there.
    code = {("options", position, "text") for position, option in enumerate(question.options) if option.code}
    for at, text in texts_of(question):
        for pattern, what in _UNSEEN if at in code else (*_REFUSED, *_UNSEEN):
            found = pattern.search(text)
            if found:
                yield Fault("L28", at, f"{what} ({found[0]!r}): take it out")
                break


def is_unwritten(text: str) -> bool:
    """Return whether the text is a placeholder."""
    return TO_WRITE in text


def unwritten(question: Question, context: Context) -> Iterator[Fault]:
    """Nothing is left to be written."""
    said = [*texts_of(question), (("note",), question.note or "")]
    for at, text in said:
        if is_unwritten(text):
            rest = text.partition(TO_WRITE)[2].strip(" :")
            yield Fault("L29", at, f"still to be written: {rest}" if rest else "still to be written")
