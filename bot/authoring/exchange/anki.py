"""Anki decks (.apkg), through genanki: install Studybot with the extra ``anki`` for it."""

from __future__ import annotations

import html
import io
import zlib
from collections.abc import Sequence
from typing import Any

from bot.authoring.exchange.found import FileRefused
from bot.domain.question import Option, Question

# Ids that stay: Anki takes another id for another deck and another kind of note.
MODEL = 1_817_264_301
MISSING = (
    "Anki decks need a package that is not installed: run `pip install 'studybot[anki]'`, or choose --format csv, "
    "which Anki reads too."
)
_CSS = ".card { font-family: sans-serif; font-size: 18px; text-align: left; } .right { font-weight: bold; }"


def write(questions: Sequence[Question]) -> bytes:
    """A deck a topic; a note keeps its learner's progress when its words change, since its id is the question's."""
    try:
        import genanki
    except ImportError:
        raise FileRefused(MISSING) from None
    model = genanki.Model(
        MODEL,
        "Studybot question",
        fields=[{"name": name} for name in ("Question", "Answer", "Id")],
        templates=[{"name": "Card", "qfmt": "{{Question}}", "afmt": "{{FrontSide}}<hr id=answer>{{Answer}}"}],
        css=_CSS,
    )
    decks: dict[str, Any] = {}
    for question in questions:
        deck = decks.get(question.topic)
        if deck is None:
            name = f"Studybot::{question.topic}"
            deck = decks[question.topic] = genanki.Deck((1 << 30) + zlib.crc32(name.encode()) % (1 << 30), name)
        deck.add_note(
            genanki.Note(
                model=model,
                fields=[front(question), back(question), question.id],
                tags=[question.topic, str(question.difficulty), *question.tags],
                guid=genanki.guid_for("studybot", question.id),
            )
        )
    file = io.BytesIO()
    # Written with the time of now: Anki takes a changed note only if it is newer than its own.
    genanki.Package(list(decks.values())).write_to_file(file)
    return file.getvalue()


def front(question: Question) -> str:
    """Stem and options, as HTML."""
    options = "".join(f"<li>{_html(option.text)}</li>" for option in question.options)
    block = f"<pre>{_html(question.block.text)}</pre>" if question.block else ""
    picture = f"<p>[Picture: {_html(question.picture.alt)}]</p>" if question.picture else ""
    return f"<p>{_html(question.stem)}</p>{block}{picture}<ol type=A>{options}</ol>"


def back(question: Question) -> str:
    """The key, every reason, the takeaway and the sources, as HTML."""
    options = "".join(_reason(option) for option in question.options)
    refs = "; ".join(
        f"{ref.source}, {ref.section}" if ref.source else f"{ref.general} ({ref.citation})" for ref in question.refs
    )
    return f"<ol type=A>{options}</ol><p>{_html(question.takeaway)}</p><p><small>{_html(refs)}</small></p>"


def _reason(option: Option) -> str:
    marked = f"<span class=right>{_html(option.text)} (right)</span>" if option.correct else _html(option.text)
    return f"<li>{marked}<br>{_html(option.why)}</li>"


def _html(text: str) -> str:
    return html.escape(text, quote=False)
